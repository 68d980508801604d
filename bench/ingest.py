"""Times `lkip ingest` and `lkip audit` on a folder, in fresh processes on a new database, and the peak memory of each.

    python bench/ingest.py FOLDER [--repeat 3] [--jobs N]

Prints, for the best of the repeats: seconds of ingest, of audit, of both again with nothing to do, documents per second, MB;
and the processor seconds of all repeats, which a busy machine changes less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = "from pipeline.cli.main import main; import sys; main(sys.argv[1:])"


def run(*arguments: str, db: Path) -> tuple[float, str]:
    """Seconds and standard output of one command."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**os.environ, "LKIP_DB": f"sqlite:///{db}"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return time.perf_counter() - started, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args()
    jobs = ("--jobs", str(options.jobs)) if options.jobs else ()
    rounds = []
    summary: dict[str, object] = {}
    for _ in range(options.repeat):
        with tempfile.TemporaryDirectory() as folder:
            db = Path(folder) / "a.db"
            first, printed = run("ingest", options.folder, "--format", "json", *jobs, db=db)
            summary = json.loads(printed)
            audit, _report = run("audit", "--format", "json", db=db)
            idle = run("ingest", options.folder, "--quiet", db=db)[0] + run("audit", "--format", "json", db=db)[0]
            rounds.append((first + audit, first, audit, idle))
    both, first, audit, idle = min(rounds)
    print(*(f"{name} {summary[name]}" for name in ("documents", "ingested", "failed", "tables", "indikator")), sep=", ")
    print(f"ingest {first:.2f} s + audit {audit:.2f} s = {both:.2f} s; again, with nothing to do: {idle:.2f} s")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"processor: {(usage.ru_utime + usage.ru_stime) / options.repeat:.2f} s a repeat for all four commands")
    print(f"{float(str(summary['documents'])) / first:.1f} documents a second; peak {usage.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

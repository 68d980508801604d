"""Draws findings of severity error and warning at random, to be read against the page: how often does the audit accuse rightly?

    python -m bench.precision samples ../shared/corpus --number 100 --seed 1 > drawn.tsv

Prints a TSV with an empty column `verdict` (right, wrong, unclear) for the reader. docs/accuracy.md keeps the last draw with its verdicts.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.audit import audit
from pipeline.errors import LkipError
from pipeline.model import Berkas
from pipeline.normalize import read_berkas

COLUMNS = ("verdict", "rule", "severity", "document", "place", "message")
READ = (".txt", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html")


def documents(folders: Sequence[Path]) -> list[Berkas]:
    """Every readable document of the folders; one that cannot be read is named on standard error."""
    found = []
    for path in sorted(path for folder in folders for path in folder.iterdir() if path.suffix in READ):
        try:
            found.append(read_berkas(path, path.name))
        except LkipError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of documents")
    parser.add_argument("--number", type=int, default=100, help="how many findings to draw")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    berkas = documents(options.folders)
    names = {one.dokumen.sha256: one.dokumen.path for one in berkas}
    grave = [finding for finding in audit(berkas).findings if finding.severity != "notice"]
    grave.sort(key=lambda finding: (names[finding.sha256], finding.fingerprint))
    drawn = random.Random(options.seed).sample(grave, min(options.number, len(grave)))
    print("\t".join(COLUMNS))
    for finding in sorted(drawn, key=lambda f: (names[f.sha256], f.where.page or 0, f.where.line or 0)):
        place = f"line {finding.where.line}" if finding.where.line else f"page {finding.where.page}"
        print("\t".join(("", finding.rule, finding.severity, names[finding.sha256], place, finding.message)))
    print(f"{len(drawn)} of {len(grave)} findings of severity error and warning", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

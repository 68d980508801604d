"""Times every screen of the app: `python -m bench.web DATABASE-URL [FINDINGS]`.

With FINDINGS, a copy of the (SQLite) database gets that many findings, made by repeating its own with other fingerprints.
Prints the median of five requests in milliseconds a screen, and exits 1 above the bar: 100 ms, or 300 ms with 50,000
findings and more.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from pipeline.web import make_app

BASE = "http://127.0.0.1:8123"
REPEATS = 5
BARS = {"small": 100.0, "large": 300.0}
LARGE = 50_000


def grown(path: Path, wanted: int, folder: Path) -> Path:
    """A copy of the database with `wanted` findings and the evidence of each."""
    made = folder / "grown.db"
    shutil.copy(path, made)
    with sqlite3.connect(made) as base:
        base.execute("PRAGMA synchronous = OFF")
        names = {
            table: [row[1] for row in base.execute(f"PRAGMA table_info({table})")] for table in ("finding", "evidence")
        }
        findings = base.execute("SELECT * FROM finding ORDER BY ordinal").fetchall()
        evidence = base.execute("SELECT * FROM evidence").fetchall()
        at = {table: {name: number for number, name in enumerate(columns)} for table, columns in names.items()}
        size, top = len(findings), max(row[at["finding"]["id"]] for row in findings)
        last = max((row[at["evidence"]["id"]] for row in evidence), default=0)
        for lap in range(1, -(-wanted // size)):
            copies = []
            for row in findings[: max(0, wanted - lap * size)]:
                values = list(row)
                values[at["finding"]["id"]] += lap * (top + 1)
                values[at["finding"]["ordinal"]] += lap * size
                values[at["finding"]["fingerprint"]] = f"{lap:08x}{values[at['finding']['fingerprint']][:8]}"
                copies.append(values)
            base.executemany(f"INSERT INTO finding VALUES ({', '.join('?' * len(names['finding']))})", copies)
            kept = {row[at["finding"]["id"]] - lap * (top + 1) for row in copies}
            shown = []
            for row in evidence:
                if row[at["evidence"]["finding_id"]] in kept:
                    values = list(row)
                    values[at["evidence"]["id"]] += lap * (last + 1)
                    values[at["evidence"]["finding_id"]] += lap * (top + 1)
                    shown.append(values)
            base.executemany(f"INSERT INTO evidence VALUES ({', '.join('?' * len(names['evidence']))})", shown)
    return made


def screens(path: Path) -> list[str]:
    """The address of every screen, with the largest document, indicator and office behind the deep links."""
    with sqlite3.connect(path) as base:

        def one(sql: str) -> str:
            return str(base.execute(sql).fetchone()[0])

        finding = one("SELECT fingerprint FROM finding ORDER BY ordinal LIMIT 1 OFFSET 20")
        document = one(
            "SELECT d.sha256 FROM document d JOIN cell c ON c.document_id = d.id GROUP BY d.id ORDER BY COUNT(*) DESC"
        )
        key = one("SELECT kunci FROM indikator WHERE kunci <> '' GROUP BY kunci ORDER BY COUNT(*) DESC")
        office = one("SELECT i.kunci FROM instansi i JOIN document d ON d.instansi_id = i.id JOIN finding f ON f.document_id = d.id "
                     "GROUP BY i.id ORDER BY COUNT(*) DESC")  # fmt: skip
    return [
        "/", "/temuan", "/temuan?page=3", "/temuan?severity=error", "/temuan?status=open", "/temuan?q=jumlah+desa", f"/temuan?document={document}",
        f"/temuan/{finding}", "/dokumen", f"/dokumen/{document}", "/indikator", "/indikator?q=desa", f"/indikator/{quote(key, safe='')}",
        "/instansi", f"/instansi/{quote(office, safe='')}", "/aturan", "/aturan/FRM001", "/sql?nama=temuan-per-instansi",
    ]  # fmt: skip


def measure(path: Path) -> list[tuple[str, float, float, int]]:
    """(address, first ms, median ms, bytes) of every screen."""
    found = []
    with TestClient(make_app(f"sqlite:///{path}", key="k"), base_url=BASE) as client:
        client.get("/?key=k")
        for address in screens(path):
            times, size = [], 0
            for _ in range(REPEATS):
                start = time.perf_counter()
                answer = client.get(address)
                times.append(1000 * (time.perf_counter() - start))
                answer.raise_for_status()
                size = len(answer.content)
            found.append((address, times[0], statistics.median(times), size))
    return found


def main(arguments: list[str]) -> int:
    path = Path(arguments[0].removeprefix("sqlite:///"))
    wanted = int(arguments[1]) if len(arguments) > 1 else 0
    bar = BARS["large" if wanted >= LARGE else "small"]
    with tempfile.TemporaryDirectory() as folder:
        used = grown(path, wanted, Path(folder)) if wanted else path
        slow = 0
        for address, first, median, size in measure(used):
            slow += median > bar
            print(
                f"{median:8.1f} ms  first {first:8.1f} ms  {size / 1024:7.0f} kB  {'SLOW ' if median > bar else ''}{address[:70]}"
            )
    print(f"{slow} screens above {bar:g} ms")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

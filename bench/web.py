"""Times every screen of the app: `python -m bench.web DATABASE-URL [FINDINGS [spread]]`.

Always on a copy. With FINDINGS, the copy of the (SQLite) database gets that many findings, by repeating its own with
other fingerprints; with `spread` the documents and offices are repeated too, so that the findings come from thousands of
files instead of piling up in a few. A hundred decisions are made in the copy. Prints the median of five requests in
milliseconds a screen, and of the processor's milliseconds (what it would be on an idle machine), what earlier requests
searched and counted forgotten before each, and exits 1 above the bar: 100 ms, or 300 ms with 50,000 findings and more.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from pipeline.store.query import queries
from pipeline.web import make_app
from pipeline.web.listing import ORDERS

BASE = "http://127.0.0.1:8123"
REPEATS = 5
BARS = {"small": 100.0, "large": 300.0}
LARGE = 50_000
DECISIONS = 100


def grown(path: Path, wanted: int, folder: Path, *, spread: bool = False) -> Path:
    """A copy of the database with `wanted` findings (0: its own) and the evidence of each."""
    made = folder / "grown.db"
    with sqlite3.connect(path) as source, sqlite3.connect(made) as copy:
        source.backup(copy)
    base = sqlite3.connect(made)
    base.execute("PRAGMA synchronous = OFF")
    size = base.execute("SELECT COUNT(*) FROM finding").fetchone()[0]
    changed = {
        "instansi": {"id": "id + {step}", "kunci": "kunci || '#{lap}'", "nama": "nama || ' {lap}'"},
        "document": {"id": "id + {step}", "sha256": "printf('%08x', {lap}) || substr(sha256, 1, 56)", "path": "'{lap}/' || path",
                     "instansi_id": "instansi_id + {step}"},
        "finding": {"id": "id + {step}", "ordinal": "ordinal + {lap} * {size}",
                    "fingerprint": "printf('%08x', {lap}) || substr(fingerprint, 1, 8)"},
        "evidence": {"id": "id + {step}", "finding_id": "finding_id + {step}"},
    }  # fmt: skip
    if spread:
        changed["finding"]["document_id"] = changed["evidence"]["document_id"] = "document_id + {step}"
    else:
        del changed["instansi"], changed["document"]
    step = 10_000_000  # above every id of the copied rows
    for lap in range(1, -(-wanted // size) if wanted else 0):
        left = min(size, wanted - lap * size)
        for table, new in changed.items():
            names = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            values = [new.get(name, f'"{name}"').format(lap=lap, step=step * lap, size=size) for name in names]
            limit = {
                "finding": f"ordinal <= {left}",
                "evidence": f"finding_id IN (SELECT id FROM finding WHERE ordinal <= {left})",
            }
            base.execute(
                f"INSERT INTO {table} SELECT {', '.join(values)} FROM {table} WHERE id < {step} AND {limit.get(table, '1')}"
            )
    base.commit()
    base.close()
    return made


def screens(path: Path) -> Iterator[str]:
    """The address of every screen, with the largest document, indicator and office behind the deep links."""
    base = sqlite3.connect(path)

    def column(sql: str) -> list[str]:
        return [quote(str(row[0]), safe="") for row in base.execute(sql)]

    busiest = "JOIN document d ON d.id = f.document_id GROUP BY d.id ORDER BY COUNT(*) DESC, d.id LIMIT 1"
    (severity,) = column("SELECT severity FROM finding GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1")
    (family,) = column("SELECT family FROM finding GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1")
    (rule,) = column("SELECT rule FROM finding GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1")
    (year,) = column("SELECT tahun FROM document WHERE tahun > 0 GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1")
    (document,) = column(f"SELECT d.sha256 FROM finding f {busiest}")
    (office,) = column(
        "SELECT i.kunci FROM instansi i JOIN document d ON d.instansi_id = i.id JOIN finding f ON f.document_id = d.id "
        "GROUP BY i.id ORDER BY COUNT(*) DESC, i.id LIMIT 1"
    )
    facets = {
        "severity": severity,
        "family": family,
        "rule": rule,
        "document": document,
        "office": office,
        "year": year,
    }
    choices = [f"{name}={value}" for name, value in facets.items()]
    yield from ("/", "/temuan", "/temuan?page=3", "/temuan?page=1900")
    yield from (f"/temuan?{choice}" for choice in choices)
    yield from (f"/temuan?{one}&{other}" for n, one in enumerate(choices) for other in choices[n + 1 :])
    yield "/temuan?" + "&".join(choices)
    yield from (f"/temuan?status={name}" for name in ("open", "reopened", "accept", "reject", "unsure"))
    yield from (f"/temuan?sort={name}" for name in ORDERS)
    yield from (f"/temuan?sort={name}&status=open&{choices[0]}&q=indikator" for name in ORDERS)
    for q in (
        "desa",
        "tidakadakatanya",
        "jumlah+indikator",
        "tercetak+seharusnya+persen",
        "e",
        "a+e+i+o+u+n+t+k",
        "txt",
        rule,
    ):
        yield f"/temuan?q={q}"
        yield f"/temuan?q={q}&{choices[0]}&status=open"
    yield from (f"/temuan/{name}" for name in column("SELECT MIN(fingerprint) FROM finding GROUP BY family"))
    long = "SELECT fingerprint FROM finding ORDER BY LENGTH(trace) DESC, id LIMIT 1"
    yield from (f"/temuan/{name}?q=indikator&sort=document&status=open" for name in column(long))
    yield from (f"/temuan/{name}" for name in column("SELECT fingerprint FROM review ORDER BY id LIMIT 2"))
    yield from (
        "/dokumen",
        "/dokumen?q=iku",
        "/indikator",
        "/indikator?q=jumlah",
        "/instansi",
        "/instansi?q=dinas",
        "/aturan",
        f"/aturan/{rule}",
    )
    for name in column(
        "SELECT d.sha256 FROM document d JOIN cell c ON c.document_id = d.id GROUP BY d.id ORDER BY COUNT(*) DESC LIMIT 3"
    ):
        yield f"/dokumen/{name}"
        yield f"/dokumen/{name}?tabel=1"
    yield f"/dokumen/{document}"
    for name in column(
        "SELECT d.sha256 FROM document d JOIN page p ON p.document_id = d.id WHERE media = 'pdf' GROUP BY d.id"
    ):
        yield f"/dokumen/{name}"
        yield f"/dokumen/{name}/halaman/1.jpg"
    for row in base.execute(
        "SELECT f.fingerprint, e.ordinal FROM evidence e JOIN finding f ON f.id = e.finding_id JOIN document d ON d.id = e.document_id "
        "WHERE d.media = 'pdf' AND e.bbox IS NOT NULL GROUP BY d.id, f.document_id"
    ):
        yield f"/temuan/{row[0]}/bukti/{row[1]}.png"
    yield from (
        f"/indikator/{key}"
        for key in column("SELECT kunci FROM indikator WHERE kunci <> '' GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 2")
    )
    yield f"/instansi/{office}"
    yield from ("/sql", *(f"/sql?nama={query.name}" for query in queries()))
    base.close()


def decide(client: TestClient, path: Path) -> float:
    """Makes the decisions; the median of their milliseconds, the answer and the page after it together."""
    with sqlite3.connect(path) as base:
        last = base.execute("SELECT MAX(ordinal) FROM finding").fetchone()[0]
        every = max(1, last // DECISIONS)
        chosen = base.execute(
            "SELECT fingerprint FROM finding WHERE ordinal % ? = 0 ORDER BY ordinal", (every,)
        ).fetchall()
    times = []
    for number, (name,) in enumerate(chosen[:DECISIONS]):
        form = {"verdict": ("accept", "reject", "unsure")[number % 3], "reason": "diperiksa", "by": "bench"}
        start = time.perf_counter()
        client.post(f"/temuan/{name}/keputusan", data=form, headers={"Origin": BASE}).raise_for_status()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def measure(path: Path) -> Iterator[tuple[str, float, float, int]]:
    """(address, processor ms, median ms, bytes) of every screen."""
    app = make_app(f"sqlite:///{path}", key="k")
    with TestClient(app, base_url=BASE) as client:
        client.get("/?key=k")
        yield "decision and the page after it", 0.0, decide(client, path), 0
        for address in screens(path):
            times, busy, size = [], [], 0
            for _ in range(REPEATS):
                app.state.data.forget()
                start, used = time.perf_counter(), time.process_time()
                answer = client.get(address)
                times.append(1000 * (time.perf_counter() - start))
                busy.append(1000 * (time.process_time() - used))
                if answer.status_code != 404 or not address.endswith(
                    (".png", ".jpg")
                ):  # the source file may be elsewhere
                    answer.raise_for_status()
                size = len(answer.content)
            yield address, statistics.median(busy), statistics.median(times), size


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    path = Path(arguments[0].removeprefix("sqlite:///"))
    wanted = int(arguments[1]) if len(arguments) > 1 else 0
    bar = BARS["large" if wanted >= LARGE else "small"]
    with tempfile.TemporaryDirectory() as folder:
        used = grown(path, wanted, Path(folder), spread="spread" in arguments)
        found = sorted(measure(used), key=lambda item: -item[2])
    for address, busy, median, size in found:
        slow = "SLOW " if median > bar else ""
        print(f"{median:8.1f} ms  processor {busy:8.1f} ms  {size / 1024:7.0f} kB  {slow}{address[:90]}")
    above = sum(median > bar for _, _, median, _ in found)
    print(f"{above} of {len(found)} screens above {bar:g} ms")
    return 1 if above else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Prints how fast PDF pages become tables and records, beside pdfplumber in the same run.

    python bench/pdf.py [--corpus ../shared/corpus] [--repeat 1]

Each measurement is one process of its own over all born-digital PDFs of the folder (those whose pages have a text layer);
OCR is off in all of them. Seconds are processor seconds of that process, after its imports.

    pdfplumber   page.extract_tables() of every page, page closed after use
    lkip tables  read_pdf and build_tables: logical tables with typed columns
    lkip ingest  the whole of `lkip ingest`: records, formulas, an SQLite database
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

CORPUS = ROOT.parent / "shared" / "corpus"


def plumber(paths: Sequence[Path]) -> int:
    import pdfplumber

    tables = 0
    for path in paths:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                tables += len(page.extract_tables())
                page.close()
    return tables


def tables(paths: Sequence[Path]) -> int:
    from pipeline.extract.pdf import read_pdf
    from pipeline.tables import build_tables

    return sum(len(build_tables(read_pdf(path.read_bytes(), path.name))) for path in paths)


def ingest(paths: Sequence[Path]) -> int:
    from pipeline.normalize import read_berkas
    from pipeline.store import open_store

    count = 0
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        for path in paths:
            berkas = read_berkas(path)
            store.save(berkas)
            count += len(berkas.tables)
    return count


WORK: dict[str, Callable[[Sequence[Path]], int]] = {"pdfplumber": plumber, "lkip tables": tables, "lkip ingest": ingest}


def child(name: str, paths: Sequence[Path]) -> None:
    """Runs one measurement in this process and prints it as JSON."""
    import resource

    gc.set_threshold(200_000, 20, 50)  # as the program sets it; pdfplumber gains by it too
    WORK[name](paths[:1])  # imports, grammars and vocabularies are loaded once, however many files follow
    start = time.process_time()
    found = WORK[name](paths)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "tables": found, "memory": memory}))


def born_digital(folder: Path) -> tuple[list[Path], int]:
    """PDFs whose first pages have text that is not an OCR layer, and how many pages they have."""
    import pypdfium2

    from pipeline.extract.pdf_page import content_of

    paths, pages = [], 0
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        sources = []
        for index in range(min(3, len(document))):
            page = document[index]
            text_page = page.get_textpage()
            sources.append(content_of(page, text_page, scans=False).source)
            text_page.close()
            page.close()
        if sources.count("text") * 2 > len(sources):
            paths.append(path)
            pages += len(document)
        document.close()
    return paths, pages


def measured(name: str, paths: Sequence[Path]) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", name, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LKIP_OCR": "off"})
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--repeat", type=int, default=1, help="measure so many times, keep the best of each")
    parser.add_argument("--child", choices=list(WORK), help=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="*", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child, given.paths)
        return
    paths, pages = born_digital(given.corpus)
    print(f"{len(paths)} born-digital files, {pages} pages")
    best: dict[str, dict[str, float]] = {}
    for _ in range(given.repeat):
        for name in WORK:
            result = measured(name, paths)
            if name not in best or result["seconds"] < best[name]["seconds"]:
                best[name] = result
    print(f"{'':<14}{'seconds':>9}{'ms/page':>9}{'tables':>8}{'MB':>7}{'times as fast':>15}")
    for name, result in best.items():
        ratio = best["pdfplumber"]["seconds"] / result["seconds"]
        print(
            f"{name:<14}{result['seconds']:>9.2f}{1000 * result['seconds'] / pages:>9.1f}{result['tables']:>8.0f}"
            f"{result['memory']:>7.0f}{ratio:>14.1f}x"
        )


if __name__ == "__main__":
    main()

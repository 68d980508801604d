"""Prints how many gold cells and rows of real tables come out exactly, for lkip and for other table readers.

    python bench/accuracy.py [--corpus ../shared/corpus] [--engine lkip --engine pdfplumber …] [--misses]

The gold (`bench/gold/tables.json`) was read from the pages as pictures, Word and Excel files as LibreOffice shows them; it
holds hashes of cell texts, not the texts, since the documents belong to their offices. `readers`: how many persons compared
the table with its picture. A row is exact when an engine gives a row with the same filled cells in the same order; some
tables hold a part of the rows. Office files (page 0: the whole file) are no matter for the other engines. White space is folded; a cell that differs by nothing but spaces is counted apart. Engines other than lkip and
pdfplumber run where they are installed: pip install camelot-py img2table pymupdf (pymupdf is AGPL: never a dependency).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

GOLD = Path(__file__).resolve().parent / "gold" / "tables.json"
CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
Rows = list[list[str]]


WHOLE = 0
"""Stands for the page where a table's file has none."""
KINDS = {"pdf": "born-digital", "scan": "scan", "docx": "office", "doc": "office", "xlsx": "office", "xls": "office"}


def mark(text: str) -> str:
    """The hashes of a cell, with and without its spaces; formulas carry an `f`, so that they can be counted apart."""
    folded = " ".join(text.replace("-\n", "-").split())  # "e-\nprocurement"
    parts = (hashlib.sha256(part.encode()).hexdigest()[:12] for part in (folded, folded.replace(" ", "")))
    return ":".join(parts) + (":f" if "\\frac" in text else "")


@dataclass
class Score:
    rows: int = 0
    rows_exact: int = 0
    cells: int = 0
    cells_exact: int = 0
    spacing: int = 0
    seconds: float = 0.0
    by_kind: dict[str, list[int]] = field(default_factory=dict)


def compare(gold: dict[str, Any], found: Rows, score: Score) -> list[list[str]]:
    """Adds one gold table to the score; returns the gold rows that were missed."""
    rows = [[mark(cell) for cell in row if cell.strip()] for row in found]
    exact = Counter(tuple(cell.removesuffix(":f") for cell in row) for row in rows)
    tally = score.by_kind.setdefault(KINDS[gold["medium"]], [0, 0])
    missed = []
    for row in gold["rows"]:
        wanted = [cell.removesuffix(":f") for cell in row]
        score.rows += 1
        tally[0] += 1
        score.cells += len(wanted)
        if exact[tuple(wanted)] > 0:
            exact[tuple(wanted)] -= 1
            score.rows_exact += 1
            tally[1] += 1
            score.cells_exact += len(wanted)
            continue
        missed.append(row)
        best = max(rows, key=lambda other: _common(wanted, other), default=[])
        same = _common(wanted, best)
        score.cells_exact += same
        plain = sum((Counter(_plain(wanted)) & Counter(_plain(best))).values())
        score.spacing += max(plain - same, 0)
    return missed


def _common(one: list[str], two: list[str]) -> int:
    return sum((Counter(one) & Counter(cell.removesuffix(":f") for cell in two)).values())


def _plain(row: list[str]) -> list[str]:
    return [cell.split(":")[1] for cell in row]


def lkip(path: Path, pages: list[int]) -> dict[int, Rows]:
    from pipeline.extract import extract
    from pipeline.model import RawTable
    from pipeline.tables import build_tables

    out: dict[int, Rows] = {page: [] for page in pages}
    extraction = extract(path)
    for table in build_tables(extraction):  # words that a narrow column broke are whole again in the logical rows
        for row in table.rows:
            page = 0 if WHOLE in out else row.where.page
            if page in out:
                out[page].append(["" if cell.inherited else cell.text for cell in row.cells])
    for block in extraction.blocks:  # headers, and rows as the page shows them
        page = 0 if WHOLE in out else block.where.page
        if isinstance(block, RawTable) and page in out:
            out[page].extend([cell.text for cell in row.cells] for row in block.rows)
    return out


def pdfplumber(path: Path, pages: list[int]) -> dict[int, Rows]:
    import pdfplumber as plumber

    with plumber.open(path) as document:
        return {
            page: [[cell or "" for cell in row] for table in document.pages[page - 1].extract_tables() for row in table]
            for page in pages
        }


def camelot(path: Path, pages: list[int]) -> dict[int, Rows]:
    import camelot as reader

    out: dict[int, Rows] = {page: [] for page in pages}
    for table in reader.read_pdf(str(path), pages=",".join(map(str, pages)), flavor="lattice"):
        out[int(table.page)].extend([str(cell) for cell in row] for row in table.df.values.tolist())
    return out


def img2table(path: Path, pages: list[int]) -> dict[int, Rows]:
    from img2table.document import PDF

    found = PDF(str(path), pages=[page - 1 for page in pages]).extract_tables(borderless_tables=False)
    return {
        page: [
            [str(cell or "") for cell in row] for table in found.get(page - 1, []) for row in table.df.values.tolist()
        ]
        for page in pages
    }


def pymupdf(path: Path, pages: list[int]) -> dict[int, Rows]:
    import pymupdf as fitz

    with fitz.open(path) as document:
        return {
            page: [
                [cell or "" for cell in row]
                for table in document[page - 1].find_tables().tables
                for row in table.extract()
            ]
            for page in pages
        }


ENGINES: dict[str, Callable[[Path, list[int]], dict[int, Rows]]] = {
    "lkip": lkip, "pdfplumber": pdfplumber, "camelot": camelot, "img2table": img2table, "pymupdf": pymupdf,
}  # fmt: skip


def run(engine: str, corpus: Path, gold: list[dict[str, Any]]) -> tuple[Score, list[tuple[str, int, list[str]]]]:
    score = Score()
    if engine != "lkip":
        gold = [table for table in gold if KINDS[table["medium"]] != "office"]
    missed: list[tuple[str, int, list[str]]] = []
    for name in sorted({table["file"] for table in gold}):
        tables = [table for table in gold if table["file"] == name]
        start = time.perf_counter()
        try:
            found = ENGINES[engine](corpus / name, sorted({table["page"] for table in tables}))
        except ImportError:
            raise
        except Exception as error:  # a peer that crashes on a file found nothing there
            print(f"{engine}: {name}: {error}", file=sys.stderr)
            found = {}
        score.seconds += time.perf_counter() - start
        for table in tables:
            missed.extend((name, table["page"], row) for row in compare(table, found.get(table["page"], []), score))
    return score, missed


def lines(scores: dict[str, Score]) -> Iterator[str]:
    yield (
        f"{'engine':<12}{'cell-exact':>12}{'row-exact':>12}{'born-digital':>14}{'office':>10}{'scans':>10}"
        f"{'spacing only':>14}{'seconds':>9}"
    )
    for engine, score in scores.items():
        kinds = [score.by_kind.get(kind, [0, 0]) for kind in ("born-digital", "office", "scan")]
        shares = [f"{100 * good / count:.1f}%" if count else "-" for count, good in kinds]
        yield (
            f"{engine:<12}{100 * score.cells_exact / score.cells:>11.1f}%{100 * score.rows_exact / score.rows:>11.1f}%"
            f"{shares[0]:>14}{shares[1]:>10}{shares[2]:>10}{100 * score.spacing / score.cells:>13.2f}%{score.seconds:>9.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--engine", action="append", choices=list(ENGINES))
    parser.add_argument("--misses", action="store_true", help="list the missed rows of lkip")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    rows = sum(len(table["rows"]) for table in gold)
    print(f"{len(gold)} tables, {rows} rows, {len({table['file'] for table in gold})} files")
    scores: dict[str, Score] = {}
    for engine in given.engine or list(ENGINES):
        try:
            scores[engine], missed = run(engine, given.corpus, gold)
        except ImportError:
            print(f"{engine}: not installed")
            continue
        if engine == "lkip" and given.misses:
            for name, page, row in missed:
                print(f"missed: {name} page {page}: row of {len(row)} cells")
    print("\n".join(lines(scores)))


if __name__ == "__main__":
    main()

"""Everything is reported ready for use, but the inventory lists damaged things.

"44 unit siap pakai dari 44 unit" cannot be right where the list of the same 44 units says *Rusak Berat* or *Kurang Baik* beside some of them.

Wrong: *(10 unit BMD yang siap pakai / 10 unit BMD) x 100%* with an inventory that has *Printer, 3 unit, Rusak Berat*. Right: *7 / 10 = 70%*.

Decides: a sentence or calculation in prose in which as many units are "siap pakai", "berfungsi" or "dalam kondisi baik" as there are, or 100% of them, and a
list of things in units with a column "Kondisi" that has a row in bad condition (rusak, kurang baik, tidak berfungsi).

Limits: the thing in bad condition may not belong to the counted ones; the message shows it, so that a person can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding
from pipeline.normalize.names import normal

_READY = r"(?:siap pakai|berfungsi(?: dengan)? baik|(?:dalam )?kondisi baik)"
_ALL_OF = re.compile(
    rf"(\d+)\s*(?:\\text\{{)?\s*(?:unit|buah|set)\b[^/=]{{0,60}}{_READY}[^/=\d]{{0,20}}/\s*(\d+)\s*(?:\\text\{{)?\s*(?:unit|buah|set)\b",
    re.IGNORECASE,
)  # "(44 unit BMD yang siap pakai / 44 unit BMD)"
_BAD = re.compile(
    r"\b(?:rusak|kurang baik|tidak baik|tidak berfungsi|tidak layak)\b[^\d;,]{0,12}(\d*)", re.IGNORECASE
)  # "Baik: 4 Rusak Berat: 1"

_PIECES = re.compile(r"^\s*\d+\s*(?:unit|buah|set)\b", re.IGNORECASE)  # things are listed, not roads by condition

RULE = Rule(
    code="NAR006",
    name="Disebut siap pakai seluruhnya, tetapi ada yang rusak",
    family="LOGIC",
    severity="warning",
    texts={
        "": (
            "Naskah menyebut {semua} dari {semua} unit baik, tetapi daftar inventaris memuat {rusak}.",
            "The text calls {semua} of {semua} units fit for use, but the inventory lists {rusak}.",
        )
    },
    kriteria="PermenPANRB 53/2014: realisasi sesuai data pendukung",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    claims = [
        (where, text, match)
        for where, text in doc.spoken
        if (match := _ALL_OF.search(text)) and match.group(1) == match.group(2)
    ]
    if not claims:
        return
    bad = list(_damaged(doc))
    for where, text, match in claims:
        if bad:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, text),
                    *(cite(doc.berkas, cell, role="counterpart") for _, cell in bad),
                ],
                found=match.group(1),
                semua=match.group(1),
                rusak=", ".join(f"“{name.text}: {cell.text}”" for name, cell in bad),
            )


def _damaged(doc: Doc) -> Iterator[tuple[Cell, Cell]]:
    """(name, condition) of each thing that a list with a column "Kondisi" calls damaged."""
    for table in doc.tables():
        column = next((i for i, c in enumerate(table.columns) if normal(c.label) in ("kondisi", "keadaan")), None)
        if column is None:
            continue
        for row in table.rows:
            cell = row.cells[column] if row.kind == "data" and column < len(row.cells) else None
            match = (
                _BAD.search(cell.text) if cell is not None and any(_PIECES.search(c.text) for c in row.cells) else None
            )
            if cell is not None and match is not None and match.group(1) != "0":
                name = next((c for c in row.cells if sum(letter.isalpha() for letter in c.text) > 2), cell)
                yield name, cell

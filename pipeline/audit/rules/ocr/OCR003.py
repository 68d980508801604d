"""Amounts that are well-formed but a thousand times too small.

A program of 1.159.000 over activities of 820.000.000, a year of 65.000 beside years of 65.000.000: three zeros were lost on the page or in its reading.
Sums with such amounts are right or wrong by a factor of a thousand.

Seen: *120.000.000* for a kegiatan whose parts cost 120.000.000.000. Right: *120.000.000.000*.

Decides: cells of money columns written in groups of three whose reading was doubted because the amount is smaller than a part of it, or a thousand times smaller than the amounts beside it. One
notice per table with all places, saying what each is taken for where a sum decides.

Limits: a small activity beside large ones may be as small as printed; tables in which every other amount is sound are not doubted.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

_MONEY = ("anggaran", "realisasi_anggaran", "anggaran_akhir")
DOUBTS = frozenset({"smaller than a part of it", "a thousand times smaller than the amounts beside it"})
SHOWN = 200  # places in the evidence

RULE = Rule(
    code="OCR003",
    name="Jumlah uang kehilangan tiga angka nol",
    family="OCR",
    severity="notice",
    texts={
        "": (
            "{jumlah} jumlah uang tampaknya kehilangan tiga angka nol, mis. {contoh}; periksa halamannya.",
            "{jumlah} amounts seem to have lost three zeros, e.g. {contoh}; look at the page.",
        )
    },
    kriteria="Kesalahan pembaca, mungkin penulis",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables():
        columns = [i for i, column in enumerate(table.columns) if column.field in _MONEY]
        small: list[Cell] = []
        for row in table.rows if columns else ():
            for cell in (row.cells[i] for i in columns if i < len(row.cells)):
                if not cell.inherited and cell.reading is not None and DOUBTS & set(cell.reading.repairs):
                    small.append(cell)
        if small:
            yield finding(
                RULE,
                doc.berkas,
                small[0].where,
                evidence=[cite(doc.berkas, cell) for cell in small[:SHOWN]],
                found=small[0].text,
                trace={
                    "taken_for": {
                        cell.text: str(cell.reading.value)
                        for cell in small[:SHOWN]
                        if cell.reading and cell.reading.value
                    }
                },
                jumlah=len(small),
                contoh=", ".join(
                    f"“{text}”" for text in list(dict.fromkeys(" ".join(c.text.split()) for c in small))[:3]
                ),
            )

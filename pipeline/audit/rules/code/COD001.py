"""Codes that are not in the nomenclature's form.

A programme code is `U.BB.PP.K.KK.SS` (Permendagri 90/2019). Dots in the wrong place (`20.6` for `2.06`), a missing authority digit or a letter
keep other systems from finding the row.

Wrong: 4.01.01.**20.6**. Right: 4.01.01.2.06.

Decides: every repair that the reading of the code needed besides white space and stray dots; one notice per table, with all cells.

Limits: the reader of a scan may have made the mistake.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

RULE = Rule(
    code="COD001",
    name="Bentuk kode tidak baku",
    family="CODE",
    severity="notice",
    texts={
        "": (
            "{jumlah} kode tidak berbentuk baku, mis. “{kode}” (dibaca {dibaca}).",
            "{jumlah} codes are not in standard form, e.g. “{kode}” (read as {dibaca}).",
        )
    },
    kriteria="Permendagri 90/2019",
)
_HARMLESS = ("spaces removed", "doubled dot removed", "trailing dot removed", "leading dot removed")


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables():
        odd: list[Cell] = []
        for line in (one for one in lines(doc, table.kind) if one.table is table):
            cell = line.first("kode")
            if cell is None or cell.reading is None or cell.reading.kind != "code":
                continue
            broken = cell.reading.status == "unreadable" or any(r not in _HARMLESS for r in cell.reading.repairs)
            if broken and line.name is not None:
                odd.append(cell)
        if odd:
            reading = odd[0].reading
            yield finding(
                RULE,
                doc.berkas,
                odd[0].where,
                evidence=[cite(doc.berkas, cell) for cell in odd[:40]],
                found=odd[0].text,
                expected=reading.code if reading else None,
                jumlah=len(odd),
                kode=odd[0].text,
                dibaca=(reading.code if reading else None) or "?",
            )

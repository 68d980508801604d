"""A total adds up different units.

Five flash disks (buah), two curtains (set) and ten chairs (unit) are not "44 unit": the total counts unlike things, and hides that two rows have no
unit at all.

Wrong: *1 set, 5 buah, 10 unit — Jumlah 16 unit*. Right: totals per unit, or no total.

Decides: a row of totals with a number and a unit, whose column above adds up to it and has at least two different units.

Limits: units that are one word apart in spelling count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.audit.context import Context
from pipeline.audit.identities.figures import Sheet, sheets
from pipeline.audit.identities.trees import is_total
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

_COUNTED = re.compile(r"^(\d{1,3}(?:\.\d{3})*)\s*([A-Za-z]{2,15})?$")  # "44 unit", "2"
LEAST = 3

RULE = Rule(
    code="UNT009",
    name="Jumlah menggabungkan satuan yang berbeda",
    family="UNIT",
    severity="notice",
    texts={
        "": (
            "Jumlah “{jumlah}” menggabungkan {satuan}.",
            "The total “{jumlah}” adds up {satuan}.",
        )
    },
    kriteria="Hanya satuan yang sama dapat dijumlahkan",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for sheet in sheets(doc.berkas):
        for index, row in enumerate(sheet.table.rows):
            if not is_total(row, sheet):
                continue
            for column, cell in enumerate(row.cells):
                total = _COUNTED.match(" ".join(cell.text.split()))
                parts = _parts(sheet, index, column)
                units = list(dict.fromkeys(unit for _, _, unit in parts if unit))
                if total is None or not total[2] or len(units) < 2 or len(parts) < LEAST:
                    continue
                if sum(value for _, value, _ in parts) != _number(total[1]):
                    continue
                yield finding(
                    RULE,
                    doc.berkas,
                    cell.where,
                    evidence=[
                        cite(doc.berkas, cell),
                        *(cite(doc.berkas, one, role="counterpart") for one, _, _ in parts),
                    ],
                    found=cell.text,
                    trace={"units": units},
                    jumlah=cell.text,
                    satuan=", ".join(units),
                )


def _parts(sheet: Sheet, total: int, column: int) -> list[tuple[Cell, Decimal, str]]:
    found: list[tuple[Cell, Decimal, str]] = []
    for row in range(total - 1, -1, -1):
        if is_total(sheet.table.rows[row], sheet):
            break
        cell = sheet.cell(row, column)
        match = _COUNTED.match(" ".join(cell.text.split())) if cell is not None else None
        if cell is not None and match is not None:
            found.append((cell, _number(match[1]), (match[2] or "").lower()))
    return found[::-1]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", ""))

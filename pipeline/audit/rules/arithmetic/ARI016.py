"""A column of differences is not the difference of its two columns.

"Percepatan/perlambatan −0,13" between 99,62% and 99,75%: the sign is wrong. Columns such as *sisa anggaran*, *selisih*, *kekurangan* can be
recomputed row by row.

Wrong: pagu 100.000.000, realisasi 80.000.000, *sisa 2.000.000*. Right: *sisa 20.000.000*.

Decides: a column whose header speaks of a difference (selisih, sisa, lebih, kurang, percepatan, gap, …) and two other columns of the table whose difference it is, within
the printed digits, in at least four rows and three in four of all; the rows where it is not. Rows of totals and means are left out.

Limits: columns that hold for fewer rows are taken for something else. A column without any negative figure may print how far apart two figures are, or nought
where nothing is lacking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from pipeline.audit.context import Context, Doc
from pipeline.audit.identities.figures import Sheet, sheets
from pipeline.audit.identities.means import is_mean_row
from pipeline.audit.identities.trees import is_total
from pipeline.audit.identities.wording import number
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, LogicalTable

_DIFFERENCE = re.compile(
    r"\b(?:selisih|sisa|kekurangan|kelebihan|lebih|kurang|percepatan|perlambatan|gap|deviasi|defisit|surplus|efisiensi|bertambah|berkurang)\b",
    re.IGNORECASE,
)  # "Sisa Anggaran (Rp)", "Percepatan / Perlambatan"
MIN_ROWS = 4
WIDEST = 12

RULE = Rule(
    code="ARI016",
    name="Kolom selisih salah hitung",
    family="ARITHMETIC",
    severity="warning",
    texts={
        "": (
            "{kolom} “{nama}”: tertulis {tertulis}, seharusnya {benar} ({a} − {b}), seperti {cocok} baris lain.",
            "{kolom} of “{nama}”: printed {tertulis}, should be {benar} ({a} − {b}), as in {cocok} other rows.",
        )
    },
    kriteria="Selisih = kolom pertama - kolom kedua",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A row's three cells, and how far the printed difference is from the right one."""

    row: int
    cell: Cell
    first: Cell
    second: Cell
    right: Fraction
    holds: bool
    bare: bool
    """Printed without the sign of a negative difference, or as nought in its place."""


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for sheet in sheets(doc.berkas):
        columns = sheet.table.columns
        if len(columns) > WIDEST:
            continue
        for column, spec in enumerate(columns):
            if _DIFFERENCE.search(spec.label):
                yield from _wrong(doc, sheet, column)


def _wrong(doc: Doc, sheet: Sheet, column: int) -> Iterator[Finding]:
    best: list[Trial] = []
    for a, b in permutations([i for i in range(len(sheet.table.columns)) if i != column], 2):
        trials = list(_trials(sheet, column, a, b))
        if sum(one.holds for one in trials) > sum(one.holds for one in best):
            best = trials
    kept = sum(one.holds for one in best)
    if kept < MIN_ROWS or kept * 4 < len(best) * 3:
        return
    signed = any(one.cell.reading is not None and (one.cell.reading.value or 0) < 0 for one in best)
    for one in best:
        if one.bare and not signed:
            continue
        if not one.holds and one.cell.reading is not None and one.cell.reading.status == "exact":
            places = max(cell.reading.places if cell.reading else 0 for cell in (one.first, one.second))
            right = number(one.right, places)
            yield finding(
                RULE,
                doc.berkas,
                one.cell.where,
                evidence=[
                    cite(doc.berkas, one.cell),
                    cite(doc.berkas, one.first, role="witness"),
                    cite(doc.berkas, one.second, role="witness"),
                ],
                found=one.cell.text,
                expected=right,
                suggestion=right,
                trace={"formula": "a - b", "a": one.first.text, "b": one.second.text, "result": right},
                kolom=sheet.table.columns[column].label,
                nama=_name(sheet.table, one.row),
                tertulis=one.cell.text,
                benar=right,
                a=one.first.text,
                b=one.second.text,
                cocok=kept,
            )


def _trials(sheet: Sheet, column: int, a: int, b: int) -> Iterator[Trial]:
    for index, row in enumerate(sheet.table.rows):
        if row.kind != "data" or is_total(row, sheet) or is_mean_row(sheet, index):
            continue
        cell, first, second = (sheet.cell(index, one) for one in (column, a, b))
        if cell is None or first is None or second is None:
            continue
        readings = [one.reading for one in (cell, first, second)]
        if any(one is None or one.value is None or one.status not in ("exact", "repaired") for one in readings):
            continue
        d, x, y = (Fraction(one.value) for one in readings if one is not None and one.value is not None)
        if not x or not y:
            continue
        unit = sum(Fraction(1, 10**one.places) for one in readings if one is not None and one.places)
        bare = x < y and (d == 0 or abs(y - x - d) <= unit)
        yield Trial(index, cell, first, second, x - y, abs(x - y - d) <= unit, bare)


def _name(table: LogicalTable, row: int) -> str:
    cells = table.rows[row].cells
    return next((" ".join(c.text.split()) for c in cells if sum(ch.isalpha() for ch in c.text) > 3), f"{row + 1}")

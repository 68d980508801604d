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
from decimal import Decimal
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
    right: Decimal
    holds: bool
    bare: bool
    """Printed without the sign of a negative difference, or as nought in its place."""


Figure = tuple[Cell, Decimal, Decimal]
"""A cell, its value, and one unit of its last printed place (nought for whole numbers)."""


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for sheet in sheets(doc.berkas):
        columns = sheet.table.columns
        differences = [at for at, spec in enumerate(columns) if _DIFFERENCE.search(spec.label)]
        if not differences or len(columns) > WIDEST:
            continue
        figures = [_figures(sheet, at) for at in range(len(columns))]
        for column in differences:
            yield from _wrong(doc, sheet, figures, column)


def _wrong(doc: Doc, sheet: Sheet, figures: list[dict[int, Figure]], column: int) -> Iterator[Finding]:
    best: list[Trial] = []
    for a, b in permutations([i for i in range(len(figures)) if i != column], 2):
        trials = list(_trials(figures[column], figures[a], figures[b]))
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
            right = number(Fraction(one.right), places)
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


def _figures(sheet: Sheet, column: int) -> dict[int, Figure]:
    """The figures of a column that were read surely, by row."""
    found: dict[int, Figure] = {}
    for index, row in enumerate(sheet.table.rows):
        cell = sheet.cell(index, column)
        reading = cell.reading if cell is not None else None
        if cell is None or reading is None or reading.value is None or reading.status not in ("exact", "repaired"):
            continue
        if row.kind == "data" and not is_total(row, sheet) and not is_mean_row(sheet, index):
            unit = Decimal(1).scaleb(-reading.places) if reading.places else Decimal(0)
            found[index] = (cell, reading.value, unit)
    return found


def _trials(printed: dict[int, Figure], first: dict[int, Figure], second: dict[int, Figure]) -> Iterator[Trial]:
    for index, (cell, d, unit) in printed.items():
        one, two = first.get(index), second.get(index)
        if one is None or two is None or not one[1] or not two[1]:
            continue
        right, slack = one[1] - two[1], unit + one[2] + two[2]
        bare = right < 0 and (d == 0 or abs(right + d) <= slack)
        yield Trial(index, cell, one[0], two[0], right, abs(right - d) <= slack, bare)


def _name(table: LogicalTable, row: int) -> str:
    cells = table.rows[row].cells
    return next((" ".join(c.text.split()) for c in cells if sum(ch.isalpha() for ch in c.text) > 3), f"{row + 1}")

"""Makes figures of table cells and statements: which columns hold what, and what each printed number may mean there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pipeline.audit.identities.model import Figure, Ref
from pipeline.interval import Interval
from pipeline.model import Berkas, Cell, Column, LogicalTable, Reading, Row, Statement, Where

MONEY = {"anggaran": "pagu", "realisasi_anggaran": "realisasi_anggaran", "anggaran_akhir": "anggaran_akhir"}
DECIDED = frozenset({"pagu", "target", "target_akhir", "baseline", "anggaran_akhir"})
"""Figures that somebody decided rather than measured: they mean exactly what they print."""
_LETTERS = re.compile(r"[^\W\d_]{3}")  # a name has a word; "14." and "a." have none
NAMES = ("uraian", "sub_kegiatan", "kegiatan", "program", "indikator", "sasaran", "tujuan", "no")


@dataclass(frozen=True)
class Sheet:
    """A table of one document, with what the collectors ask for again and again."""

    sha256: str
    table: LogicalTable

    @cached_property
    def names(self) -> list[str]:
        """What each row is about."""
        return [name_of_row(row, self.table.columns) for row in self.table.rows]

    @cached_property
    def money(self) -> list[int]:
        """Columns of amounts: by their field, where the cells read as amounts and not as shares."""
        columns = []
        for index in self.columns(*MONEY):
            cells = [row.cells[index] for row in self.table.rows if index < len(row.cells)]
            kinds = [cell.reading.kind for cell in cells if cell.reading and cell.reading.value is not None]
            if kinds and sum(kind != "percent" for kind in kinds) * 2 > len(kinds):
                columns.append(index)
        return columns

    def columns(self, *fields: str) -> list[int]:
        return [index for index, column in enumerate(self.table.columns) if column.field in fields]

    def column(self, index: int) -> Column:
        return self.table.columns[index]

    def cell(self, row: int, column: int) -> Cell | None:
        cells = self.table.rows[row].cells
        return cells[column] if column < len(cells) else None

    def figure(self, row: int, column: int, peran: str | None = None) -> Figure | None:
        """The figure of a cell, or None where the cell states no number (empty cells included)."""
        cell = self.cell(row, column)
        if cell is None or cell.inherited or cell.reading is None or cell.reading.status == "empty":
            return None
        role = peran or _peran(self.column(column))
        return Figure(
            Ref(self.sha256, self.table.ordinal, row, column),
            cell.reading,
            placed(cell.where, self.table.ordinal, row, column),
            self.names[row],
            role,
            meaning(cell.reading, role),
        )


def placed(where: Where, table: int, row: int, column: int) -> Where:
    """The place with its address in the logical table."""
    return Where(where.page, where.line, table, row, column, where.bbox)


def _peran(column: Column) -> str:
    return MONEY.get(column.field or "", column.field or "")


def meaning(reading: Reading, peran: str) -> Interval | None:
    """What a printed number may stand for: decided figures and counts are points, measured ones round to the print."""
    if reading.value is None:
        return None
    if peran in DECIDED or reading.interval is None:
        return Interval.exact(reading.value)
    return reading.interval


def truncation(reading: Reading) -> Interval | None:
    """What the number may stand for if its author cut decimals off instead of rounding."""
    if reading.value is None:
        return None
    unit = Fraction(1, 10**reading.places)
    value = Fraction(reading.value)
    return Interval(value, value + unit, False, True) if value >= 0 else Interval(value - unit, value, True, False)


def name_of_row(row: Row, columns: tuple[Column, ...]) -> str:
    """What a row is about: the most specific name its cells give."""
    by_field: dict[str, str] = {}
    for cell, column in zip(row.cells, columns, strict=False):
        if column.field in NAMES and _LETTERS.search(cell.text) and column.field not in by_field:
            by_field[column.field or ""] = " ".join(cell.text.split())
    for name in NAMES:
        if by_field.get(name):
            return by_field[name]
    return next((" ".join(cell.text.split()) for cell in row.cells if cell.text.strip()), "")


def sheets(berkas: Berkas) -> Iterator[Sheet]:
    for table in berkas.tables:
        yield Sheet(berkas.dokumen.sha256, table)


def of_statement(berkas: Berkas, index: int, statement: Statement, peran: str) -> Figure:
    return Figure(
        Ref(berkas.dokumen.sha256, statement=index),
        statement.reading,
        statement.where,
        statement.about,
        peran,
        meaning(statement.reading, peran),
    )

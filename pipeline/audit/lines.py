"""The rows of tables as rules walk them: cells by field, the indikator each figure belongs to, the name of an activity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.context import Doc
from pipeline.model import Cell, Column, LogicalTable, Row
from pipeline.normalize.records import nearest_left

NAMES = ("program", "kegiatan", "sub_kegiatan", "uraian")
FIGURES = ("baseline", "target", "realisasi", "target_akhir")


@dataclass(frozen=True, slots=True)
class Line:
    """A data row of a table of one document."""

    doc: Doc
    table: LogicalTable
    index: int
    row: Row

    def cells(self, *fields: str) -> Iterator[tuple[Column, Cell]]:
        """The filled cells of these fields that stand in this row itself, left to right."""
        for column, cell in zip(self.table.columns, self.row.cells, strict=False):
            if column.field in fields and cell.text.strip() and not cell.inherited:
                yield column, cell

    def first(self, *fields: str) -> Cell | None:
        return next((cell for _, cell in self.cells(*fields)), None)

    @property
    def name(self) -> Cell | None:
        """The program, kegiatan or sub kegiatan that the row names: the innermost."""
        return next((cell for _, cell in reversed(list(self.cells(*NAMES)))), None)

    @property
    def section(self) -> tuple[str, ...]:
        """The bands in force; where they name no section, with the unit responsible for the row."""
        band = self.row.band
        unit = next(
            (
                cell.text
                for column, cell in zip(self.table.columns, self.row.cells, strict=False)
                if column.field == "penanggung_jawab" and cell.text.strip()
            ),
            "",
        )
        return (*band, unit) if len(band) == 1 and unit else band

    def figures(self) -> Iterator[tuple[Cell, list[tuple[Column, Cell]]]]:
        """(indikator cell, its baseline, target and realisasi cells with a reading) for each indikator of the row."""
        columns = self.table.columns
        groups: dict[int, list[tuple[Column, Cell]]] = {}
        for number, (column, cell) in enumerate(zip(columns, self.row.cells, strict=False)):
            if column.field in FIGURES and cell.reading is not None and not cell.inherited and cell.text.strip():
                source = nearest_left(columns, number, ("indikator", "indikator_tujuan"))
                if source is not None and source < len(self.row.cells):
                    groups.setdefault(source, []).append((column, cell))
        for source, cells in groups.items():
            if self.row.cells[source].text.strip():
                yield self.row.cells[source], cells


def lines(doc: Doc, *kinds: str) -> Iterator[Line]:
    """Every data row of the document's tables of these kinds (all without an argument)."""
    for table in doc.tables(*kinds):
        for index, row in enumerate(table.rows):
            if row.kind == "data":
                yield Line(doc, table, index, row)

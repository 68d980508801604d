"""The rows of tables as rules walk them: cells by field, the indikator each figure belongs to, the name of an activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
    places: Mapping[str, tuple[int, ...]] = field(repr=False, compare=False)  # columns of the table by field
    measured: tuple[tuple[int, int], ...] = field(
        repr=False, compare=False
    )  # columns of figures, and of their indikator

    def cells(self, *fields: str) -> Iterator[tuple[Column, Cell]]:
        """The filled cells of these fields that stand in this row itself, left to right."""
        cells, columns = self.row.cells, self.table.columns
        if len(fields) == 1:
            found: Sequence[int] = self.places.get(fields[0], ())
        else:
            found = sorted(number for name in fields for number in self.places.get(name, ()))
        for number in found:
            if number < len(cells) and cells[number].text.strip() and not cells[number].inherited:
                yield columns[number], cells[number]

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
        cells, columns = self.row.cells, self.table.columns
        groups: dict[int, list[tuple[Column, Cell]]] = {}
        for number, source in self.measured:
            if number >= len(cells) or source >= len(cells):
                continue
            cell = cells[number]
            if cell.reading is not None and not cell.inherited and cell.text.strip():
                groups.setdefault(source, []).append((columns[number], cell))
        for source, found in groups.items():
            if cells[source].text.strip():
                yield cells[source], found


def lines(doc: Doc, *kinds: str) -> Iterator[Line]:
    """Every data row of the document's tables of these kinds (all without an argument)."""
    for table in doc.tables(*kinds):
        places: dict[str, tuple[int, ...]] = {}
        measured = []
        for number, column in enumerate(table.columns):
            if column.field is not None:
                places[column.field] = (*places.get(column.field, ()), number)
            if column.field in FIGURES:
                source = nearest_left(table.columns, number, ("indikator", "indikator_tujuan"))
                measured += [(number, source)] if source is not None else []
        for index, row in enumerate(table.rows):
            if row.kind == "data":
                yield Line(doc, table, index, row, places, tuple(measured))

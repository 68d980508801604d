"""The sub kegiatan of a yearly plan beside those of the Renstra that it is drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.context import Doc, meaning
from pipeline.audit.lines import Line, lines
from pipeline.model import Cell
from pipeline.normalize.names import normal


@dataclass(frozen=True, slots=True)
class Planned:
    """A sub kegiatan of a yearly plan with its own target, and the rows of the Renstra that have its name."""

    doc: Doc
    name: Cell
    target: Cell | None
    rows: tuple[Line, ...]


def yearly(doc: Doc, renstra: list[Line]) -> Iterator[Planned]:
    """The sub kegiatan of the document's RKT, in order."""
    by_name: dict[frozenset[str], list[Line]] = {}
    for line in renstra:
        if line.name is not None:
            by_name.setdefault(meaning(line.name.text), []).append(line)
    for line in lines(doc, "rkt"):
        position = next((i for i, c in enumerate(line.table.columns) if c.field == "sub_kegiatan"), None)
        if position is None or position >= len(line.row.cells) or not meaning(line.row.cells[position].text):
            continue
        name = line.row.cells[position]
        after = list(zip(line.table.columns, line.row.cells, strict=False))[position + 1 :]
        target = next((cell for column, cell in after if column.field == "target" and cell.text.strip()), None)
        if not name.inherited:
            yield Planned(doc, name, target, tuple(by_name.get(meaning(name.text), ())))


def renstra_rows(docs: tuple[Doc, ...], office: str) -> list[Line]:
    """The rows of the Renstra's programme tables in force: not those before an amendment, and, where rows name the office itself
    as responsible, only those."""
    held = [
        line
        for doc in docs
        for line in lines(doc, "renstra_program")
        if not any(normal(band).startswith("sebelum") for band in line.row.band)
    ]
    own = [line for line in held if _responsible(line) and normal(office).startswith(_responsible(line))]
    return own or held


def _responsible(line: Line) -> str:
    cell = line.first("penanggung_jawab")
    return normal(cell.text) if cell is not None else ""

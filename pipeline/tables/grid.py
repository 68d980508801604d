"""Lays a raw table on a grid: one slot per row and column, spans remembered, Markdown separator rows taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.extract.text_markup import strip_markup
from pipeline.model import RawCell, RawRow, RawTable, Where

LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсухкмвт", "ABEKMHOPCTXaeopcyxkmbt")
_HYPHENATED = re.compile(r"(?<=[^\W_])-[ \t]*\n\s*(?=[A-Z0-9])")  # "RKA-" at the end of a line, "SKPD" on the next
_SEPARATOR = re.compile(r"\s*:?-{2,}:?\s*")  # "--", "---------", ":---"


@dataclass(slots=True)
class GridRow:
    """`cells[c]` is the raw cell that starts in column c; `covers[c]` one from a row above that reaches down to here."""

    cells: dict[int, RawCell]
    width: int
    where: Where
    covers: dict[int, RawCell] = field(default_factory=dict)
    after_break: bool = False  # first row after a page end or a blank line
    hidden: bool = False
    marked_header: bool = False  # the source says that this is a header row
    ragged: bool = False  # cells were told apart by tabs: their number may be wrong

    def text(self, column: int) -> str:
        cell = self.cells.get(column)
        return plain(cell.text) if cell else ""

    def text_of_only_cell(self) -> str:
        return next((self.text(column) for column in self.filled()), "")

    def filled(self) -> list[int]:
        return [column for column in sorted(self.cells) if self.text(column)]


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Text of a cell on one line without markup; Cyrillic letters that OCR took for Latin ones are Latin again."""
    if not text:
        return ""
    if "-" in text:
        text = _HYPHENATED.sub("-", text)
    return " ".join(strip_markup(text if text.isascii() else text.translate(LOOKALIKES)).split())


def is_separator(row: RawRow) -> bool:
    """A row of dashes, as Markdown puts below a header and OCR engines also after an orphan fragment."""
    texts = [cell.text for cell in row.cells]
    filled = [text for text in texts if text.strip()]
    return len(filled) >= 2 and all(_SEPARATOR.fullmatch(text) for text in filled)


def lay(table: RawTable) -> list[GridRow]:
    """The rows of a raw table on its grid, without separator rows."""
    rows: list[GridRow] = []
    hanging: dict[int, tuple[RawCell, int]] = {}  # column -> cell from above, rows that it still reaches down
    ragged = table.style in ("tabs", "pipes")
    for number, raw in enumerate(table.rows):
        if is_separator(raw):
            continue
        cells: dict[int, RawCell] = {}
        width = 0
        for position, cell in enumerate(raw.cells):
            column = cell.where.column if cell.where.column is not None else position
            cells[column] = cell
            width = max(width, column + cell.colspan)
        covers = {column: cell for column, (cell, _) in hanging.items() if column not in cells}
        hanging = {column: (cell, left - 1) for column, (cell, left) in hanging.items() if left > 1}
        for column, cell in cells.items():
            if cell.rowspan > 1:
                hanging[column] = (cell, cell.rowspan - 1)
        width = max([width, *(column + cell.colspan for column, cell in covers.items())])
        rows.append(GridRow(cells, width, raw.where, covers, not rows, raw.hidden, number < table.header_rows, ragged))
    return rows


def place_of(pieces: Sequence[RawCell]) -> Where:
    """The place of the first piece, with a box around all pieces on its page: a code may stand in five narrow columns."""
    first = pieces[0].where
    boxes = [piece.where.bbox for piece in pieces if piece.where.page == first.page and piece.where.bbox is not None]
    if len(boxes) < 2 or first.bbox is None:
        return first
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return replace(first, bbox=box)

"""Turns a table whose labels stand in its first column (a cascading: TUJUAN, SASARAN, PROGRAM…) into rows under a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import RawCell
from pipeline.tables.grid import GridRow
from pipeline.tables.header import Header
from pipeline.tables.vocabulary import read_label

LEAST_LABELS = 3


def is_transposed(rows: Sequence[GridRow]) -> bool:
    """Every row starts with a label of its own, the first row has no other labels, and there are at least three rows."""
    if len(rows) < LEAST_LABELS:
        return False
    fields = [read_label(row.text(0)).field for row in rows]
    known = [field for field in fields if field]
    if len(known) < len(rows) or len(set(known)) < len(rows) or "no" in known:
        return False
    others = [row.text(column) for row in rows[:1] for column in row.filled() if column > 0]
    return bool(others) and not any(read_label(text).exact for text in others)


def transpose(rows: Sequence[GridRow]) -> tuple[Header, list[GridRow]]:
    """The header and the rows. A cell reaches right over the blank ones beside it, as a merged cell does."""
    width = max(max(row.filled(), default=0) for row in rows) + 1
    parts = tuple((row.text(0),) for row in rows)
    header = Header(parts, 0, (None,) * len(rows), (None,) * len(rows))
    result: list[GridRow] = []
    for column in range(1, width):
        cells: dict[int, RawCell] = {}
        covers: dict[int, RawCell] = {}
        for number, row in enumerate(rows):
            cell = row.cells.get(column)
            if cell is not None and row.text(column):
                cells[number] = cell
            else:
                owner = next((left for left in range(column - 1, 0, -1) if row.text(left)), None)
                if owner is not None:
                    covers[number] = replace(row.cells[owner])
        if cells:
            result.append(GridRow(cells, len(rows), rows[0].where, covers))
    return header, result

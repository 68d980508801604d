"""Fills merged cells down inside their group: what names a group is repeated on its rows, marked; figures never are."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Column
from pipeline.tables.body import WorkCell, WorkRow
from pipeline.tables.celltype import FIGURE_FIELDS, MONEY_FIELDS, is_figure

_GOALS = ("tujuan", "indikator_tujuan", "sasaran")
_NAMES = ("kode", "program", "kegiatan", "sub_kegiatan", "uraian")
_GROUP = frozenset({"no", "indikator", *_GOALS, *_NAMES})


def fill_down(rows: Sequence[WorkRow], columns: Sequence[Column]) -> None:
    """Sets inherited texts in place. Bands and totals end a group."""
    previous: WorkRow | None = None
    for row in rows:
        if not row.read:
            continue
        _fill_spans(row, columns)
        if row.kind != "data":
            if row.kind == "band":
                previous = None
            continue
        if previous is not None and previous.band == row.band:
            _fill_row(row, previous, columns)
        previous = row


def _fill_spans(row: WorkRow, columns: Sequence[Column]) -> None:
    """Cells that the source merges with the row above."""
    for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        if not cell.span:
            continue
        numbering = bool(column.label) and number + 1 < len(columns) and columns[number + 1].label == column.label
        unnamed_figure = column.field is None and is_figure(cell.text) and not numbering
        if column.field in FIGURE_FIELDS | MONEY_FIELDS or unnamed_figure:
            cell.text, cell.pieces = "", []
        else:
            cell.inherited = bool(cell.text)


def _fill_row(row: WorkRow, previous: WorkRow, columns: Sequence[Column]) -> None:
    own = [n for n, cell in enumerate(row.cells) if cell.text and not cell.inherited]
    named = [n for n in own if columns[n].field in _GROUP and columns[n].field != "no"]
    changed = False
    waiting: list[int] = []  # numbers and codes go with the name right of them
    goals = [n for n, column in enumerate(columns) if column.field in _GOALS]
    for number, column in enumerate(columns):
        unnamed_goal = column.field is None and bool(column.label) and number < max(goals[:1], default=0)
        if column.field not in _GROUP and not unnamed_goal:
            continue
        cell, above = row.cells[number], previous.cells[number]
        if cell.text:
            changed = changed or not cell.inherited
            if cell.inherited and cell.text == above.text:
                _fill_waiting(row, previous, waiting)
            continue
        if changed or not above.text:
            continue
        if column.field in ("no", "kode"):
            waiting.append(number)
        elif unnamed_goal or _may_inherit(column.field, number, named, own, columns):
            row.cells[number] = _inherit(above)
            _fill_waiting(row, previous, waiting)


def _fill_waiting(row: WorkRow, previous: WorkRow, waiting: list[int]) -> None:
    for number in waiting:
        row.cells[number] = _inherit(previous.cells[number])
    waiting.clear()


def _may_inherit(
    field: str | None, number: int, named: Sequence[int], own: Sequence[int], columns: Sequence[Column]
) -> bool:
    right = [n for n in named if n > number]
    if field in _GOALS:
        return any(n > number for n in own)
    if field == "indikator":
        return any(columns[n].field in _NAMES for n in right)
    return any(columns[n].field != field for n in right)


def _inherit(above: WorkCell) -> WorkCell:
    return WorkCell(list(above.pieces), span=True, text=above.text, inherited=True)

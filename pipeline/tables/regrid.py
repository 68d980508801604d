"""Fits the rows of a page to the columns of the page before, where the same header was drawn over other grid columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import RawCell
from pipeline.tables.grid import GridRow
from pipeline.tables.header import Header


def groups(header: Header) -> list[tuple[str, int, int]]:
    """Label, first grid column and number of columns of each run of columns under one label."""
    runs: list[tuple[str, int, int]] = []
    for column, key in enumerate(header.key):
        if runs and runs[-1][0] == key and key:
            label, start, size = runs[-1]
            runs[-1] = (label, start, size + 1)
        else:
            runs.append((key, column, 1))
    return runs


def fit(rows: Sequence[GridRow], own: Header, other: Header) -> None:
    """Moves the cells of `rows` (under header `own`) to the columns of `other`; both have the same runs of labels."""
    mine, theirs = groups(own), groups(other)
    if len(mine) != len(theirs) or [run[1:] for run in mine] == [run[1:] for run in theirs]:
        return
    place: dict[int, int] = {}
    for (_, start, size), (_, target, room) in zip(mine, theirs, strict=True):
        for offset in range(size):
            place[start + offset] = target + min(offset if size > 1 else room - 1, room - 1)
    for row in rows:
        row.cells = _moved(row.cells, place)
        row.covers = _moved(row.covers, place)
        row.width = len(other.parts)


def _moved(cells: dict[int, RawCell], place: dict[int, int]) -> dict[int, RawCell]:
    result: dict[int, RawCell] = {}
    for column in sorted(cells):
        cell = cells[column]
        target = place.get(column, column)
        there = result.get(target)
        if there is None:
            result[target] = cell
        elif cell.text.strip():
            result[target] = replace(there, text=f"{there.text} {cell.text}".strip())
    return result

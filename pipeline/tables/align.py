"""Gives each cell of a row with too many or too few cells its column: from the left, from the right, the middle by type."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Column
from pipeline.tables.celltype import FIGURE_FIELDS, MONEY_FIELDS, misfit, type_of

EDIT = 0.6
ANCHORED_EDIT = 1.6
"""Cost of an empty cell too many or too few: dear in the names at the left and right, cheap among the figures."""
FILLS_GAP = 1.5
"""Cost of putting a piece of a cut row where the row above has nothing."""


def align(
    texts: Sequence[str], columns: Sequence[Column], above: Sequence[str] | None = None
) -> list[int | None] | None:
    """Column of each cell (None: a spare empty one), or None where the filled cells are more than the columns.

    `above`: texts of the row that this row may continue, one per column.
    """
    cells, size = len(texts), len(columns)
    first, last = _figure_range(columns)
    if cells == size and sum(misfit(text, column.field) for text, column in zip(texts, columns, strict=True)) == 0:
        return list(range(size))
    infinite = float("inf")
    best = [[infinite] * (size + 1) for _ in range(cells + 1)]
    step = [[0] * (size + 1) for _ in range(cells + 1)]  # 1: cell in column, 2: spare cell, 3: column left empty
    best[0][0] = 0.0
    for i in range(cells + 1):
        for j in range(size + 1):
            here = best[i][j]
            if here == infinite:
                continue
            edit = EDIT if first <= j <= last + 1 else ANCHORED_EDIT
            if i < cells and j < size:
                cost = here + misfit(texts[i], columns[j].field)
                if above is not None and texts[i] and not above[j]:
                    cost += FILLS_GAP
                if cost < best[i + 1][j + 1]:
                    best[i + 1][j + 1], step[i + 1][j + 1] = cost, 1
            if i < cells and not texts[i]:
                spare = here + (0.1 if j == size else edit)
                if spare < best[i + 1][j]:
                    best[i + 1][j], step[i + 1][j] = spare, 2
            if j < size and here + edit < best[i][j + 1]:
                best[i][j + 1], step[i][j + 1] = here + edit, 3
    if best[cells][size] == infinite:
        return None
    places: list[int | None] = [None] * cells
    i, j = cells, size
    while i or j:
        move = step[i][j]
        if move == 1:
            i, j = i - 1, j - 1
            places[i] = j
        elif move == 2:
            i -= 1
        else:
            j -= 1
    return places


def _figure_range(columns: Sequence[Column]) -> tuple[int, int]:
    """First and last column of figures; without figures the whole row is one range."""
    figures = [n for n, column in enumerate(columns) if column.field in FIGURE_FIELDS | MONEY_FIELDS]
    return (figures[0] + 1, figures[-1]) if figures else (0, len(columns))


def split_figures(texts: Sequence[str]) -> list[list[str]] | None:
    """Cells that hold a figure and an amount at once ("12 Bulan 702.024.400") as two each, or None where there is none."""
    result: list[list[str]] = []
    found = False
    for text in texts:
        words = text.split()
        if len(words) >= 2 and type_of(words[-1]) == "money" and type_of(" ".join(words[:-1])) == "figure":
            result.append([" ".join(words[:-1]), words[-1]])
            found = True
        else:
            result.append([text])
    return result if found else None

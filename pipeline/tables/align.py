"""Gives each cell of a row with too many or too few cells its column: from the left, from the right, the middle by type."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Column
from pipeline.tables.celltype import FIGURE_FIELDS, MONEY_FIELDS, misfit, type_of

EDIT = 0.6
ANCHORED_EDIT = 1.6
"""Cost of an empty cell too many or too few: dear in the names at the left and right, cheap among the figures."""
BETWEEN_FILLED = 0.3
"""Extra cost of leaving a column empty between two filled cells rather than beside an empty one."""
STRAY = 0.7
"""Cost of reading a lone zero beside an amount as no cell of the row."""
EARLY, FINAL = 0.001, 0.05
"""Tie-breaks: it is the later years that tables leave empty, not the end of the period."""
FILLS_GAP = 1.5
"""Cost of putting a piece of a cut row where the row above has nothing."""
LIMITS = (1.0, 3.0, 9.0, float("inf"))
"""Most rows align at little cost: dear alignments are looked for only where there is no cheaper one."""


def align(
    texts: Sequence[str], columns: Sequence[Column], above: Sequence[str] | None = None
) -> tuple[float, list[int | None]] | None:
    """Cost, and column of each cell (None: a spare one, empty or a stray zero); None where the filled cells are more than the columns.

    `above`: texts of the row that this row may continue, one per column.
    """
    cells, size = len(texts), len(columns)
    first, last = _figure_range(columns)
    if cells == size and sum(misfit(text, column.field) for text, column in zip(texts, columns, strict=True)) == 0:
        return 0.0, list(range(size))
    for most in LIMITS:
        found = _cheapest(texts, columns, above, (first, last), most)
        if found is not None:
            return found
    return None


def _cheapest(
    texts: Sequence[str],
    columns: Sequence[Column],
    above: Sequence[str] | None,
    figures: tuple[int, int],
    most: float,
) -> tuple[float, list[int | None]] | None:
    """The cheapest alignment, None where each costs more than `most`: beginnings that do are not gone on with."""
    cells, size = len(texts), len(columns)
    first, last = figures
    infinite = float("inf")
    best = [[infinite] * (size + 1) for _ in range(cells + 1)]
    step = [[0] * (size + 1) for _ in range(cells + 1)]  # 1: cell in column, 2: spare cell, 3: column left empty
    best[0][0] = 0.0
    for i in range(cells + 1):
        for j in range(size + 1):
            here = best[i][j]
            if here > most or here == infinite:
                continue
            edit = EDIT if first <= j <= last + 1 else ANCHORED_EDIT
            if i < cells and j < size:
                cost = here + misfit(texts[i], columns[j].field, piece=above is not None)
                if above is not None and texts[i] and not above[j]:
                    cost += FILLS_GAP
                if cost < best[i + 1][j + 1]:
                    best[i + 1][j + 1], step[i + 1][j + 1] = cost, 1
            if i < cells and (not texts[i] or _is_stray(texts, i)):
                spare = here + (STRAY if texts[i] else 0.1 if j == size else edit)
                if spare < best[i + 1][j]:
                    best[i + 1][j], step[i + 1][j] = spare, 2
            gap = here + edit + (BETWEEN_FILLED if 0 < i < cells and texts[i - 1] and texts[i] else 0.0)
            gap += EARLY * (size - j) if j < size and columns[j].tahun_ke else FINAL
            if j < size and gap < best[i][j + 1]:
                best[i][j + 1], step[i][j + 1] = gap, 3
    if best[cells][size] > most or best[cells][size] == infinite:
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
    return best[cells][size], places


def _is_stray(texts: Sequence[str], number: int) -> bool:
    """A zero or dash of its own beside an amount, as OCR adds at the right edge of a table."""
    return number > 0 and texts[number] in ("0", "-") and type_of(texts[number - 1]) == "money"


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


def amounts_beside_figures(texts: Sequence[str]) -> list[int] | None:
    """Order of the cells that puts amounts printed one after the other beside the figures that stand without one.

    "2 dokumen, , 2 dokumen, , …, 2 dokumen, , 3.420.000, 3.420.000, 3.420.000": as many amounts in a run as figures with a
    blank at their right. None where that is not so.
    """
    runs = [n for n, text in enumerate(texts) if type_of(text) == "money"]
    if len(runs) < 2 or runs[-1] - runs[0] != len(runs) - 1:
        return None
    open_places = [
        n + 1
        for n in range(runs[0] - 1)
        if type_of(texts[n]) == "figure" and not texts[n + 1] and (n == 0 or type_of(texts[n - 1]) != "text")
    ]
    if len(open_places) != len(runs):
        return None
    order = [n for n in range(len(texts)) if n not in runs]
    for place, amount in zip(open_places, runs, strict=True):
        order[order.index(place)] = amount
    return order

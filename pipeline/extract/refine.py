"""Grids mended by what stands in them: totals whose label and figure share a cell, rows parted only by their shading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.lattice import Grid, GridCell
from pipeline.extract.pdf_lines import Line, lines_of
from pipeline.extract.pdf_types import Word

_FIGURE = re.compile(r"\(?-?(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)\s?%?\)?")  # "1,978,075", "32.64%"

_ORDINAL = re.compile(r"\d{1,3}[.)]?")  # "3."

Inside = dict[int, list[Word]]


def refined(grid: Grid, inside: Inside) -> tuple[Grid, Inside]:
    """The grid with such cells taken apart, and the words of each of its cells."""
    inside = _overflow(grid, inside)
    grid, inside = _numbered_rows(grid, inside)
    if any(cell.rowspan == 2 for cell in grid.cells):
        grid, inside = _shaded_rows(grid, inside)
    if any(cell.colspan > 1 and cell.column + cell.colspan == len(grid.xs) - 1 for cell in grid.cells):
        grid, inside = _totals(grid, inside)
    return grid, inside


def _overflow(grid: Grid, inside: Inside) -> Inside:
    """Text that runs over its neighbour, as in spreadsheets, goes back to the cell it starts in."""
    at = {(cell.row, cell.column + cell.colspan): k for k, cell in enumerate(grid.cells)}
    out = inside
    for k, cell in enumerate(grid.cells):
        left = at.get((cell.row, cell.column))
        if left is None or not out.get(k) or not out.get(left) or grid.cells[left].rowspan != cell.rowspan:
            continue
        ends = {word.last: word for word in out[left] if not word.angle and word.last >= 0}
        back: list[Word] = []
        for word in sorted(out[k], key=lambda word: word.first):
            if _goes_on(ends, word):
                back.append(word)
                ends[word.last] = word
        if back:
            out = dict(out)
            out[left] = [*out[left], *back]
            out[k] = [word for word in out[k] if word not in back]
    return out


def _goes_on(ends: dict[int, Word], word: Word) -> bool:
    one = ends.get(word.first - 2)
    if one is None or word.first < 0 or not (one.text[-1].isalpha() and word.text[0].isalpha()):
        return False
    return abs(one.base - word.base) < 0.05 * word.height and -1 < word.x0 - one.x1 < 0.4 * word.height


def _rebuilt(grid: Grid, pieces: list[tuple[GridCell, list[Word]]]) -> tuple[Grid, Inside]:
    pieces.sort(key=lambda piece: piece[0][:2])
    inside = {k: words for k, (_, words) in enumerate(pieces) if words}
    return grid._replace(cells=tuple(cell for cell, _ in pieces)), inside


def _box(grid: Grid, row: int, column: int, rowspan: int, colspan: int) -> GridCell:
    box = (grid.xs[column], grid.ys[row], grid.xs[column + colspan], grid.ys[row + rowspan])
    return GridCell(row, column, rowspan, colspan, box)


def _shaded_rows(grid: Grid, inside: Inside) -> tuple[Grid, Inside]:
    """Two rows that only some columns part with a stroke: parted in the others too where at least two of them hold
    exactly one whole figure for each row."""
    lines: dict[int, list[Line]] = {}
    votes: dict[int, list[int]] = {}
    for k, cell in enumerate(grid.cells):
        if cell.rowspan != 2:
            continue
        lines[k] = lines_of(inside.get(k, []))
        if _one_each(lines[k], grid.ys[cell.row + 1]):
            votes.setdefault(cell.row, []).append(k)
    rows = {row for row, cells in votes.items() if len(cells) >= 2}
    if not rows:
        return grid, inside
    pieces: list[tuple[GridCell, list[Word]]] = []
    for k, cell in enumerate(grid.cells):
        words = inside.get(k, [])
        middle = grid.ys[cell.row + 1]
        figures = all(_FIGURE.fullmatch(" ".join(word.text for word in line.words)) for line in lines.get(k, []))
        if cell.rowspan == 2 and cell.row in rows and (k in votes[cell.row] or (len(lines[k]) <= 1 and figures)):
            pieces.append((_box(grid, cell.row, cell.column, 1, cell.colspan), [w for w in words if w.ymid < middle]))
            pieces.append(
                (_box(grid, cell.row + 1, cell.column, 1, cell.colspan), [w for w in words if w.ymid >= middle])
            )
        else:
            pieces.append((cell, words))
    return _rebuilt(grid, pieces)


def _numbered_rows(grid: Grid, inside: Inside) -> tuple[Grid, Inside]:
    """Rows that no stroke parts (tables with upright rules only): parted where the first column counts 1, 2, 3 and at
    least two other columns begin a line at each number."""
    rows = [cell.row for k, cell in enumerate(grid.cells) if not cell.column and len(inside.get(k, ())) > 1]
    for row in sorted(rows, reverse=True):
        own = {cell.column: k for k, cell in enumerate(grid.cells) if cell.row == row and cell.rowspan == 1}
        first = own.get(0)
        if first is None or len(own) < 4 or not all(_ORDINAL.fullmatch(word.text) for word in inside[first]):
            continue
        numbers = lines_of(inside[first])
        texts = [" ".join(word.text for word in line.words) for line in numbers]
        counted = [int(text.rstrip(".)")) if _ORDINAL.fullmatch(text) else -1 for text in texts]
        if len(texts) < 2 or counted != list(range(counted[0], counted[0] + len(counted))):
            continue
        others = [lines_of(inside.get(k, [])) for column, k in own.items() if column]
        if all(sum(_begins_at(lines, line) for lines in others) >= 2 for line in numbers):
            tops = [line.box[1] - 1.0 for line in numbers[1:]]
            grid, inside = _cut(grid, inside, row, tops)
    return grid, inside


def _begins_at(lines: Sequence[Line], number: Line) -> bool:
    return any(abs(line.base - number.base) < 0.3 * number.height for line in lines)


def _cut(grid: Grid, inside: Inside, row: int, tops: Sequence[float]) -> tuple[Grid, Inside]:
    """Row `row` cut at the heights `tops`; cells that span it span its pieces."""
    more = len(tops)
    ys = (*grid.ys[: row + 1], *tops, *grid.ys[row + 1 :])
    cut = grid._replace(ys=ys)
    pieces: list[tuple[GridCell, list[Word]]] = []
    for k, cell in enumerate(grid.cells):
        words = inside.get(k, [])
        if cell.row == row and cell.rowspan == 1:
            for n in range(more + 1):
                piece = _box(cut, row + n, cell.column, 1, cell.colspan)
                low, high = ys[row + n], ys[row + n + 1]
                pieces.append((piece, [w for w in words if (n == 0 or w.ymid >= low) and (n == more or w.ymid < high)]))
        elif cell.row > row:
            pieces.append((cell._replace(row=cell.row + more), words))
        else:
            reach = more if cell.row + cell.rowspan > row else 0
            pieces.append((cell._replace(rowspan=cell.rowspan + reach), words))
    return _rebuilt(cut, pieces)


def _one_each(lines: Sequence[Line], middle: float) -> bool:
    if len(lines) != 2 or not lines[0].base < middle + 0.3 * lines[0].height or not lines[1].base > middle:
        return False
    return all(_FIGURE.fullmatch(" ".join(word.text for word in line.words)) for line in lines)


def _totals(grid: Grid, inside: Inside) -> tuple[Grid, Inside]:
    """`Rata-rata   99,28` in one cell to the end of the row: the figure goes to its own column."""
    pieces: list[tuple[GridCell, list[Word]]] = []
    last = len(grid.xs) - 1
    for k, cell in enumerate(grid.cells):
        words = sorted(inside.get(k, []), key=lambda word: word.x0)
        if (
            cell.colspan > 1
            and cell.column + cell.colspan == last
            and cell.row
            and len(words) > 1
            and len(lines_of(words)) == 1
        ):
            label, figure = words[:-1], words[-1]
            border = grid.xs[last - 1]
            apart = figure.x0 - label[-1].x1 > 0.55 * figure.height
            if (
                apart
                and figure.xmid > border > label[-1].xmid
                and _FIGURE.fullmatch(figure.text)
                and not _FIGURE.search(label[0].text)
            ):
                pieces.append((_box(grid, cell.row, cell.column, cell.rowspan, cell.colspan - 1), label))
                pieces.append((_box(grid, cell.row, last - 1, cell.rowspan, 1), [figure]))
                continue
        pieces.append((cell, inside.get(k, [])))
    return _rebuilt(grid, pieces)

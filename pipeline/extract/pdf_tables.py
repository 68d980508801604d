"""The raw tables of one page: strokes sorted into table borders and fraction bars, words into cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

from pipeline.extract.fractions import with_fractions
from pipeline.extract.lattice import Grid, GridCell, components, grid_of, merged
from pipeline.extract.pdf_lines import text_of
from pipeline.extract.pdf_types import Rule, Word
from pipeline.extract.refine import refined
from pipeline.extract.stream import stream_grids
from pipeline.model import BBox, RawCell, RawRow, RawTable, Where

Splitter = Callable[[Word, float], tuple[Word, Word] | None]
"""Takes a word apart at an x position; None where a letter stands across it."""
Style = Literal["ruled", "text"]
MANY_COLUMNS = 3
"""A drawn box of fewer columns is a frame."""
RUNNING_WORDS = 15
"""Words that a running header may have above the first table of a page."""
Bold = Callable[[Word], bool]


class Source(Protocol):
    """What a page must say of itself for its cells to be written: strokes, boldness, and where a box is displayed."""

    @property
    def found(self) -> PageTables: ...
    @property
    def bold(self) -> Bold: ...
    @property
    def shown(self) -> Callable[[BBox], BBox]: ...


class PageTables(NamedTuple):
    """`grids` and `tables` go together. `rest`: words in no table; `bars`: strokes in no table."""

    grids: list[Grid]
    rest: list[Word]
    bars: list[Rule]
    inside: list[dict[int, list[Word]]]
    styles: list[Style]


def page_grids(words: list[Word], horizontal: Sequence[Rule], vertical: Sequence[Rule], split: Splitter) -> PageTables:
    """Finds the ruled tables of a page and the words of each of their cells."""
    level = merged(horizontal)
    upright = merged(vertical)
    level, bars = _without_bars(level, upright)
    grids: list[Grid] = []
    used: set[int] = set()
    for h, v in components(level, upright):
        grid = grid_of(h, v, words)
        if grid is not None and _is_table(grid, words):
            grids.append(grid)
            used.update(id(rule) for rule in h)
    bars = [*bars, *(rule for rule in level if id(rule) not in used)]
    rest, inside = _assigned(words, grids, split)
    for k, grid in enumerate(grids):
        grids[k], inside[k] = refined(grid, inside[k])
    ruled = len(grids)
    for grid, held in stream_grids(rest, bars):
        grids.append(grid)
        inside.append(held)
        taken = {id(word) for group in held.values() for word in group}
        rest = [word for word in rest if id(word) not in taken]
    order = sorted(range(len(grids)), key=lambda k: (grids[k].box[1], grids[k].box[0]))
    styles: list[Style] = ["ruled" if k < ruled else "text" for k in order]
    return PageTables([grids[k] for k in order], rest, bars, [inside[k] for k in order], styles)


def _without_bars(level: list[Rule], upright: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Splits off strokes whose ends hang in the air between two verticals: fraction bars, also ones wider than their column."""
    borders: list[Rule] = []
    bars: list[Rule] = []
    for rule in level:
        across = [v for v in upright if v.lo - 2 <= rule.pos <= v.hi + 2]
        held = any(abs(v.pos - rule.lo) <= 4 for v in across) or any(abs(v.pos - rule.hi) <= 4 for v in across)
        left = any(v.pos < rule.lo - 4 for v in across)
        right = any(v.pos > rule.hi + 4 for v in across)
        inner = sum(rule.lo + 4 < v.pos < rule.hi - 4 for v in across)
        (bars if not held and left and right and inner <= 1 else borders).append(rule)
    return borders, bars


def _is_table(grid: Grid, words: Sequence[Word]) -> bool:
    """At least two cells with text; or one, in the rest of a row that the page before began."""
    filled = 0
    points = [(word.xmid, word.ymid) for word in words]
    for cell in grid.cells:
        x0, top, x1, bottom = cell.box
        if any(x0 <= x <= x1 and top <= y <= bottom for x, y in points):
            filled += 1
            if filled > 1:
                return True
    above = sum(y < grid.box[1] for _, y in points)
    return filled == 1 and len(grid.xs) > MANY_COLUMNS and above <= RUNNING_WORDS


def _assigned(
    words: Sequence[Word], grids: Sequence[Grid], split: Splitter
) -> tuple[list[Word], list[dict[int, list[Word]]]]:
    """Each word to the innermost cell that holds its middle; words across a border are taken apart there."""
    inside: list[dict[int, list[Word]]] = [{} for _ in grids]
    order = sorted(range(len(grids)), key=lambda k: _area(grids[k].box))
    finders = [_Finder(grid) for grid in grids]
    rest: list[Word] = []
    boxes = [(k, *grids[k].box) for k in order]
    for word in words:
        x, y = word.xmid, word.ymid
        k = next((k for k, x0, top, x1, bottom in boxes if x0 <= x <= x1 and top <= y <= bottom), None)
        if k is None:
            rest.append(word)
            continue
        pending = [word]
        while pending:
            piece = pending.pop()
            at = finders[k].cell(piece.xmid, piece.ymid)
            if at is None:
                rest.append(piece)
                continue
            cell = grids[k].cells[at]
            edge = next((x for x in (cell.box[0], cell.box[2]) if piece.x0 + 1.5 < x < piece.x1 - 1.5), None)
            parts = split(piece, edge) if edge is not None and not piece.angle else None
            if parts is None:
                inside[k].setdefault(at, []).append(piece)
            else:
                pending.extend(parts)
    return rest, inside


def _area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


class _Finder:
    """Looks up which cell holds a point."""

    def __init__(self, grid: Grid) -> None:
        self.xs, self.ys = grid.xs, grid.ys
        self.columns, self.rows = len(grid.xs) - 1, len(grid.ys) - 1
        self.owner: dict[tuple[int, int], int] = {}
        for k, cell in enumerate(grid.cells):
            for r in range(cell.row, cell.row + cell.rowspan):
                for c in range(cell.column, cell.column + cell.colspan):
                    self.owner[r, c] = k

    def cell(self, x: float, y: float) -> int | None:
        return self.owner.get((bisect_left(self.ys, y, 1, self.rows) - 1, bisect_left(self.xs, x, 1, self.columns) - 1))


def raw_table(
    grid: Grid,
    inside: dict[int, list[Word]],
    content: Source,
    page: int,
    ordinal: int,
    nested_in: int | None,
    style: Style,
) -> RawTable:
    """The table with its texts; fractions drawn inside a cell are LaTeX in its text."""
    rows: dict[int, list[RawCell]] = {row: [] for row in range(len(grid.ys) - 1)}
    for k, cell in enumerate(grid.cells):
        rows[cell.row].append(_raw_cell(cell, inside.get(k, []), content, page, ordinal))
    out = []
    for row in sorted(rows):
        box = content.shown((grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1]))
        out.append(RawRow(tuple(rows[row]), Where(page=page, table=ordinal, row=row, bbox=_rounded(box))))
    box = content.shown(grid.box)
    return RawTable(tuple(out), Where(page=page, table=ordinal, bbox=_rounded(box)), style=style, nested_in=nested_in)


def _raw_cell(cell: GridCell, words: list[Word], content: Source, page: int, ordinal: int) -> RawCell:
    x0, top, x1, bottom = cell.box
    bars = content.found.bars
    own = [bar for bar in bars if top < bar.pos < bottom and bar.lo > x0 - 4 and bar.lo < x1 and bar.hi < x1 + 60]
    text = text_of(with_fractions(words, own)) if words else ""
    return RawCell(
        text,
        Where(page=page, table=ordinal, row=cell.row, column=cell.column, bbox=_rounded(content.shown(cell.box))),
        cell.rowspan,
        cell.colspan,
        bold=bool(words) and content.bold(words[0]) and content.bold(words[-1]),
        confidence=_confidence(words),
    )


def _confidence(words: Sequence[Word]) -> float | None:
    """That of the least sure word; single signs count only where there is nothing else or they are figures."""
    known = [word for word in words if word.conf is not None]
    telling = [
        word for word in known if any(char.isdigit() for char in word.text) or sum(map(str.isalpha, word.text)) > 1
    ]
    return min((round(word.conf or 0.0, 3) for word in telling or known), default=None)


def _rounded(box: BBox) -> BBox:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))

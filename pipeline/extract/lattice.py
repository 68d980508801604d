"""Ruled tables: strokes become a grid, the grid becomes cells with their spans. Vector pages and scans come the same way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.pdf_types import Rule, Word
from pipeline.model import BBox

SNAP = 2.6
"""Strokes nearer than this (points) are one: double borders, borders drawn cell by cell."""
GAP = 3.5
"""A stroke may be interrupted this far and still be one."""
GHOST = 11.0
"""A column narrower than this without a word of its own is the padding between two borders."""
THIN_ROW = 5.0
MAX_CROSSINGS = 300_000
MAX_CELLS = 40_000
"""More strokes or cells than any table has: a map, a chart, graph paper."""


class GridCell(NamedTuple):
    row: int
    column: int
    rowspan: int
    colspan: int
    box: BBox


class Grid(NamedTuple):
    """`xs` and `ys` are the positions of grid lines. `horizontal` and `vertical`: the strokes used."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    box: BBox


def runs(rules: Sequence[Rule], snap: float = SNAP, gap: float = GAP) -> Iterator[tuple[float, float, list[Rule]]]:
    """Collinear strokes without a gap between them, in order, with the position and the end of all. Positions of strokes that
    lie side by side become their mean, weighted by length."""
    ordered = sorted(rules)
    start = 0
    for k in range(1, len(ordered) + 1):
        if (
            k < len(ordered)
            and ordered[k].pos - ordered[k - 1].pos <= snap / 2
            and ordered[k].pos - ordered[start].pos <= snap
        ):
            continue
        group = ordered[start:k]
        start = k
        weight = sum(rule.hi - rule.lo for rule in group) or 1.0
        pos = sum(rule.pos * (rule.hi - rule.lo) for rule in group) / weight
        group.sort(key=lambda rule: rule.lo)
        run, hi = [group[0]], group[0].hi
        for rule in group[1:]:
            if rule.lo <= hi + gap:
                run.append(rule)
                hi = max(hi, rule.hi)
            else:
                yield pos, hi, run
                run, hi = [rule], rule.hi
        yield pos, hi, run


def merged(rules: Sequence[Rule], snap: float = SNAP, gap: float = GAP) -> list[Rule]:
    """Collinear strokes joined."""
    return [Rule(pos, run[0].lo, hi) for pos, hi, run in runs(rules, snap, gap)]


def components(
    horizontal: Sequence[Rule], vertical: Sequence[Rule], touch: float = 3.0
) -> list[tuple[list[Rule], list[Rule]]]:
    """Strokes that cross or touch, grouped. Groups without a vertical or with a single horizontal stroke are left out."""
    if len(horizontal) * len(vertical) > MAX_CROSSINGS:
        return []
    parent = list(range(len(horizontal) + len(vertical)))

    def find(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    offset = len(horizontal)
    order = sorted(range(offset), key=lambda k: horizontal[k].pos)
    positions = [horizontal[k].pos for k in order]
    for v, (x, lo, hi) in enumerate(vertical):
        for at in range(bisect_left(positions, lo - touch), len(order)):
            if positions[at] > hi + touch:
                break
            k = order[at]
            if horizontal[k].lo - touch <= x <= horizontal[k].hi + touch:
                one, two = find(k), find(offset + v)
                if one != two:
                    parent[one] = two
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k, rule in enumerate(horizontal):
        groups.setdefault(find(k), ([], []))[0].append(rule)
    for k, rule in enumerate(vertical):
        groups.setdefault(find(offset + k), ([], []))[1].append(rule)
    return [
        group
        for group in groups.values()
        if len(group[0]) >= 1 and len(group[1]) >= 1 and len(group[0]) + len(group[1]) >= 3
    ]


def _lines(rules: Sequence[Rule], low: float, high: float, snap: float) -> list[float]:
    """Grid lines of one direction: clustered positions, with the ends of the crossing strokes as outermost lines."""
    at: list[list[float]] = []
    for rule in sorted(rules):
        if at and rule.pos - at[-1][-1] <= snap:
            at[-1].append(rule.pos)
        else:
            at.append([rule.pos])
    lines = [sum(group) / len(group) for group in at]
    if not lines or lines[0] - low > 2 * snap:
        lines.insert(0, low)
    if high - lines[-1] > 2 * snap:
        lines.append(high)
    return lines


def _nearest(lines: Sequence[float], value: float) -> int:
    k = bisect_left(lines, value)
    if k == 0:
        return 0
    if k == len(lines) or value - lines[k - 1] <= lines[k] - value:
        return k - 1
    return k


def _borders(rules: Sequence[Rule], own: Sequence[float], other: Sequence[float]) -> list[bytearray]:
    """For each grid line, which of its stretches between crossing grid lines are drawn."""
    drawn = [bytearray(max(len(other) - 1, 0)) for _ in own]
    middles = [(other[k] + other[k + 1]) / 2 for k in range(len(other) - 1)]
    for rule in rules:
        line = drawn[_nearest(own, rule.pos)]
        for k in range(bisect_left(middles, rule.lo), len(middles)):
            if middles[k] > rule.hi:
                break
            line[k] = 1
    return drawn


def grid_of(horizontal: Sequence[Rule], vertical: Sequence[Rule], words: Sequence[Word]) -> Grid | None:
    """The grid of one connected group of strokes; None where it is no table (a frame, a single box)."""
    left = min([rule.lo for rule in horizontal] + [rule.pos for rule in vertical])
    right = max([rule.hi for rule in horizontal] + [rule.pos for rule in vertical])
    top = min([rule.lo for rule in vertical] + [rule.pos for rule in horizontal])
    bottom = max([rule.hi for rule in vertical] + [rule.pos for rule in horizontal])
    xs = _lines(vertical, left, right, SNAP)
    ys = _lines(horizontal, top, bottom, SNAP)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_CELLS:
        return None
    points = [(word.xmid, word.ymid) for word in words]
    inside = [(x, y) for x, y in points if left <= x <= right and top <= y <= bottom]
    spans = _regions(xs, ys, _borders(vertical, xs, ys), _borders(horizontal, ys, xs))
    xs, spans = _without_open_sides(xs, ys, spans, vertical, inside)
    xs, ys, spans = _without_ghosts(xs, ys, spans, inside)
    if len(spans) < 2 or len(xs) < 2 or len(ys) < 2:
        return None
    cells = tuple(
        GridCell(r0, c0, r1 - r0 + 1, c1 - c0 + 1, (xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1]))
        for r0, c0, r1, c1 in sorted(spans)
    )
    return Grid(tuple(xs), tuple(ys), cells, (xs[0], ys[0], xs[-1], ys[-1]))


Span = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
Point = tuple[float, float]
"""The middle of a word."""


def _regions(xs: Sequence[float], ys: Sequence[float], upright: list[bytearray], level: list[bytearray]) -> list[Span]:
    """Elementary cells without a border between them, joined to rectangles."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], int] = {}
    spans: list[Span] = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in owner:
                continue
            c1 = c
            while c1 + 1 < columns and not upright[c1 + 1][r] and (r, c1 + 1) not in owner:
                c1 += 1
            r1 = r
            while r1 + 1 < rows and _open_below(r1, c, c1, upright, level):
                r1 += 1
            for rr in range(r, r1 + 1):
                for cc in range(c, c1 + 1):
                    owner[rr, cc] = len(spans)
            spans.append((r, c, r1, c1))
    return spans


def _open_below(row: int, c0: int, c1: int, upright: list[bytearray], level: list[bytearray]) -> bool:
    """Whether the cells c0…c1 of `row` continue into the next row: no stroke below, the same sides, no stroke between."""
    if any(level[row + 1][c] for c in range(c0, c1 + 1)):
        return False
    if any(upright[c][row + 1] for c in range(c0 + 1, c1 + 1)):
        return False
    last = len(upright) - 1
    return (c0 == 0 or bool(upright[c0][row + 1])) and (c1 + 1 == last or bool(upright[c1 + 1][row + 1]))


def _without_ghosts(
    xs: list[float], ys: list[float], spans: list[Span], points: Sequence[Point]
) -> tuple[list[float], list[float], list[Span]]:
    """Drops columns and rows that are only the gap between two borders: narrow, and no cell of their own has a word."""
    for axis in (1, 0):
        lines = xs if axis else ys
        limit = GHOST if axis else THIN_ROW
        k = len(lines) - 2
        while k >= 0 and len(lines) > 2:
            if lines[k + 1] - lines[k] < limit:
                own = [span for span in spans if span[axis] == k and span[axis + 2] == k]
                if not any(_has_word(span, xs, ys, points) for span in own):
                    spans = _collapsed(spans, axis, k)
                    middle = (lines[k] + lines[k + 1]) / 2
                    edge = lines[k] if k == 0 else lines[k + 1] if k + 2 == len(lines) else middle
                    lines[k : k + 2] = [edge]
            k -= 1
    return xs, ys, spans


def _without_open_sides(
    xs: list[float], ys: Sequence[float], spans: list[Span], vertical: Sequence[Rule], points: Sequence[Point]
) -> tuple[list[float], list[Span]]:
    """Drops an empty first or last column that no stroke closes: a line of the page's footer reaches past the table there."""
    for k, edge in ((len(xs) - 2, len(xs) - 1), (0, 0)):
        closed = any(abs(rule.pos - xs[edge]) <= SNAP for rule in vertical)
        if closed or len(xs) < 4 or any(xs[k] <= x <= xs[k + 1] for x, _ in points):
            continue
        spans = _collapsed(spans, 1, k)
        xs = xs[:edge] + xs[edge + 1 :]
    return xs, spans


def _has_word(span: Span, xs: Sequence[float], ys: Sequence[float], points: Sequence[Point]) -> bool:
    left, top, right, bottom = xs[span[1]], ys[span[0]], xs[span[3] + 1], ys[span[2] + 1]
    return any(left <= x <= right and top <= y <= bottom for x, y in points)


def _collapsed(spans: list[Span], axis: int, k: int) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        lo, hi = span[axis], span[axis + 2]
        if lo == k == hi:
            continue
        lo, hi = lo - (lo > k), hi - (hi >= k)
        out.append((lo, span[1], hi, span[3]) if axis == 0 else (span[0], lo, span[2], hi))
    return out

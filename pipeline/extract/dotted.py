"""Dotted and dashed borders: runs of specks too small to be strokes by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.extract.pdf_types import Rule
from pipeline.model import BBox

FEW = 12
"""Specks that make a border; fewer are a mark or a bullet."""
APART = 3.5
"""Points of white between two specks of one border."""
LEVEL = 0.4
"""Points by which the middles of specks of one border may differ."""
DENSE = 4.5
"""Points to the next such run at which both are part of a hatching and no borders."""


def dotted(specks: Sequence[BBox]) -> tuple[list[Rule], list[Rule]]:
    """(horizontal, vertical) borders that `specks` make."""
    if len(specks) < FEW:
        return [], []
    level = _runs(((top + bottom) / 2, x0, x1) for x0, top, x1, bottom in specks)
    upright = _runs(((x0 + x1) / 2, top, bottom) for x0, top, x1, bottom in specks)
    return _borders(level), _borders(upright)


def _runs(specks: Iterable[tuple[float, float, float]]) -> list[Rule]:
    """Runs of specks given as (position across, start, end)."""
    out: list[Rule] = []
    line: list[tuple[float, float, float]] = []
    for speck in [*sorted(specks), (float("inf"), 0.0, 0.0)]:
        if line and speck[0] - line[0][0] > LEVEL:
            out += _pieces(line)
            line = []
        line.append(speck)
    return out


def _pieces(line: list[tuple[float, float, float]]) -> Iterable[Rule]:
    ordered = sorted((lo, hi, pos) for pos, lo, hi in line)
    start = 0
    for k in range(1, len(ordered) + 1):
        if k < len(ordered) and ordered[k][0] - ordered[k - 1][1] <= APART:
            continue
        run = ordered[start:k]
        start = k
        if len(run) >= FEW:
            yield Rule(sum(pos for _, _, pos in run) / len(run), run[0][0], max(hi for _, hi, _ in run))


def _borders(runs: list[Rule]) -> list[Rule]:
    """The runs that stand alone: many close beside each other fill an area."""
    crowded = {
        id(rule)
        for one, two in pairwise(sorted(runs))
        if two.pos - one.pos < DENSE and one.lo < two.hi and two.lo < one.hi
        for rule in (one, two)
    }
    return [rule for rule in runs if id(rule) not in crowded]

"""Dotted and dashed borders: runs of specks too small to be strokes by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.lattice import runs
from pipeline.extract.pdf_types import Rule
from pipeline.model import BBox

FEW = 12
"""Specks that make a border; fewer are a mark or a bullet."""
APART = 3.5
"""Points of white between two specks of one border."""
LEVEL = 0.4
"""Points by which the middles of neighbouring specks of one border may differ; of all of them, twice as much."""
DENSE = 4.5
"""Points to the next such row at which both are part of a hatching and no borders."""


def dotted(specks: Sequence[BBox]) -> tuple[list[Rule], list[Rule]]:
    """(horizontal, vertical) borders that `specks` make."""
    level = [Rule((top + bottom) / 2, x0, x1) for x0, top, x1, bottom in specks]
    upright = [Rule((x0 + x1) / 2, top, bottom) for x0, top, x1, bottom in specks]
    return _borders(_rows(level)), _borders(_rows(upright))


def _rows(specks: Sequence[Rule]) -> list[Rule]:
    """Rows of specks long enough for a border."""
    return [Rule(pos, row[0].lo, hi) for pos, hi, row in runs(specks, 2 * LEVEL, APART) if len(row) >= FEW]


def _borders(rows: list[Rule]) -> list[Rule]:
    """The rows that stand alone: many close beside each other fill an area."""
    crowded = {
        id(rule)
        for one, two in pairwise(sorted(rows))
        if two.pos - one.pos < DENSE and one.lo < two.hi and two.lo < one.hi
        for rule in (one, two)
    }
    return [rule for rule in rows if id(rule) not in crowded]

"""Lets the sums of a programme tree decide between the candidates of its ambiguous amounts, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from pipeline.interval import Interval
from pipeline.model import Reading, Row
from pipeline.readings.magnitude import Place
from pipeline.readings.resolve import resolve

LEVELS = {"tujuan": 0, "sasaran": 1, "program": 2, "kegiatan": 3, "sub_kegiatan": 4}
MOST_COMBINATIONS = 4096
IDENTITY = "parent = sum of its children"


def families(rows: Sequence[Row]) -> dict[int, list[int]]:
    """Rows of the next lower level under each row, by the levels of the rows and within their band."""
    children: dict[int, list[int]] = {}
    stack: list[tuple[int, int]] = []  # (level, row)
    band: tuple[str, ...] | None = None
    for index, row in enumerate(rows):
        if row.kind == "band" or row.band != band:
            stack, band = [], row.band
        level = LEVELS.get(row.level or "")
        if level is None or row.kind != "data":
            continue
        if stack and stack[-1][0] == level and _same_item(rows[stack[-1][1]], row):
            continue
        while stack and stack[-1][0] >= level:
            stack.pop()
        if stack:
            children.setdefault(stack[-1][1], []).append(index)
        stack.append((level, index))
    found = {parent: members for parent, members in children.items() if _one_level(rows, members)}
    return found | _goals(rows)


def _goals(rows: Sequence[Row]) -> dict[int, list[int]]:
    """The programmes of the same band under each goal: an amount beside a tujuan or sasaran is theirs together."""
    programs: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(rows):
        if row.level == "program" and row.kind == "data":
            programs.setdefault(row.band, []).append(index)
    return {
        index: programs[row.band]
        for index, row in enumerate(rows)
        if row.level in ("tujuan", "sasaran") and row.band in programs
    }


def _same_item(one: Row, other: Row) -> bool:
    """Whether a row only adds an indicator to the item above it: same code, and the amount stands there."""
    codes = [next((cell.text for cell in row.cells if cell.field == "kode"), "") for row in (one, other)]
    return bool(codes[0]) and codes[0] == codes[1] and one.where.line == other.where.line


def _one_level(rows: Sequence[Row], members: Sequence[int]) -> bool:
    return len({rows[member].level for member in members}) == 1


def decided(amounts: Mapping[Place, Reading], tree: Mapping[int, Sequence[int]], column: int) -> dict[Place, Reading]:
    """Readings of one column that a sum settles: exactly one combination of candidates makes a parent its children's sum."""
    known = {place: reading for place, reading in amounts.items() if place[1] == column}
    found: dict[Place, Reading] = {}
    changed = True
    while changed:
        changed = False
        for parent, members in tree.items():
            places = [(parent, column), *((member, column) for member in members if (member, column) in known)]
            if places[0] not in known or len(places) < 2:
                continue
            settled = _settle([known[place] for place in places])
            for place, reading in zip(places, settled, strict=True):
                if reading is not known[place]:
                    known[place] = found[place] = reading
                    changed = True
    return found


def _settle(family: Sequence[Reading]) -> list[Reading]:
    """The readings of a parent and its children, with the ambiguous ones decided where the sum allows one combination."""
    open_ones = [index for index, reading in enumerate(family) if reading.value is None and reading.status != "empty"]
    if not open_ones or any(not family[index].candidates for index in open_ones):
        return list(family)
    if len(open_ones) == 1:
        needed = _needed(family, open_ones[0])
        if needed is None or needed <= 0:
            return list(family)
        decision = resolve(family[open_ones[0]], Interval.exact(needed), IDENTITY)
        return [decision if index == open_ones[0] else reading for index, reading in enumerate(family)]
    if len(open_ones) == len(family):  # nothing in it is known, so nothing vouches
        return list(family)
    if prod(len(family[index].candidates) for index in open_ones) > MOST_COMBINATIONS:
        return list(family)
    known = sum((reading.value or Decimal(0) for reading in family[1:]), Decimal(0))
    below = 1 if open_ones[0] == 0 else 0  # where the chosen values of the children begin
    fitting = [
        chosen
        for chosen in product(*(family[index].candidates for index in open_ones))
        if (chosen[0] if below else family[0].value) == sum(chosen[below:], known)
    ]
    if len(fitting) != 1:
        return list(family)
    chosen_values = dict(zip(open_ones, fitting[0], strict=True))
    return [
        resolve(reading, Interval.exact(chosen_values[index]), IDENTITY) if index in chosen_values else reading
        for index, reading in enumerate(family)
    ]


def _needed(family: Sequence[Reading], index: int) -> Decimal | None:
    """What member `index` must be for parent = Σ children; None where another member is not known."""
    values = [reading.value if reading.status != "empty" else Decimal(0) for reading in family]
    others = [value for number, value in enumerate(values) if number not in (0, index)]
    parent = values[0]
    if any(value is None for value in others) or (index and parent is None):
        return None
    total = sum((value for value in others if value is not None), Decimal(0))
    return total if index == 0 else (parent or Decimal(0)) - total

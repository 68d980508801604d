"""Collects averages: rows that say *rata-rata* over the rows above them, and cells that average their sub-indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.model import Figure, Identity, computed, holds
from pipeline.audit.identities.trees import is_total
from pipeline.interval import Interval

_MEAN = re.compile(r"\brata\s*[-–]?\s*rata\b|\brerata\b", re.IGNORECASE)  # "Rata rata capaian sasaran 1"
_WORKED = re.compile(r"[=/]\s*\(?\s*\d")  # "RATA-RATA = (63,7 + 100 + 95,83) / 3" says itself what it averages
_OF_GROUP = re.compile(r"\bsasaran\b", re.IGNORECASE)  # "Rata-rata capaian sasaran 2"
_LETTERED = re.compile(r"^\(?[a-h][.)]\s+\w", re.IGNORECASE)  # "a. Pajak Kendaraan Bermotor"
MEASURED = ("capaian", "realisasi", "target", "serapan", "capaian_akhir")


def mean_rows(sheet: Sheet) -> Iterator[Identity]:
    """Rows named *rata-rata*: the mean of the rows since the last such row, of the group, or of the whole table."""
    rows = sheet.table.rows
    marks = [index for index, row in enumerate(rows) if is_mean_row(sheet, index)]
    for position, index in enumerate(marks):
        for column in sheet.columns(*MEASURED):
            result = sheet.figure(index, column)
            if result is None or not _only_number(sheet, index, column):
                continue
            starts = [_group_start(sheet, index), marks[position - 1] + 1 if position else 0, 0]
            identity = _first_fitting(sheet, result, starts, index, column, set(marks))
            if identity is not None:
                yield identity


def lettered_parts(sheet: Sheet) -> Iterator[Identity]:
    """A capaian that is the mean of the lettered rows below it ("a. Pajak Kendaraan", "b. …"), where one column shows that
    it is meant so."""
    rows = sheet.table.rows
    for index in range(len(rows) - 2):
        if _LETTERED.match(sheet.names[index]):
            continue
        parts: list[int] = []
        for row in range(index + 1, len(rows)):
            if not _LETTERED.match(sheet.names[row]):
                break
            parts.append(row)
        if len(parts) < 2:
            continue
        found: list[Identity] = []
        for column in sheet.columns("capaian"):
            result = sheet.figure(index, column)
            members = [figure for row in parts if (figure := sheet.figure(row, column)) is not None]
            if result is not None and len(members) == len(parts):
                one = mean_of("rata_rata", result, members, kolom=sheet.column(column).label)
                found.append(replace(one, soft=True))
        distinct = len({figure.value for one in found for figure in one.operands}) > 1
        if distinct and any(holds(one) for one in found):
            yield from (one for one in found if holds(one) or not _near(one))


NEAR = Fraction(1, 10)
"""A mean of figures that were rounded first may be off by so much."""


def _near(identity: Identity) -> bool:
    made = computed(identity)
    value = identity.result.value
    return made is not None and value is not None and abs(made.middle - Fraction(value)) < NEAR


def is_mean_row(sheet: Sheet, index: int) -> bool:
    """A row that gives an average of others: it says so and is no indicator with its own target."""
    row = sheet.table.rows[index]
    label = sheet.names[index]
    if not _MEAN.search(label) or _WORKED.search(label):
        return False
    targets = [sheet.figure(index, column) for column in sheet.columns("target")]
    return row.kind == "total" or not any(targets) or _MEAN.match(label) is not None


def _only_number(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.column(column).field in MEASURED and sheet.figure(row, column) is not None


def _group_start(sheet: Sheet, index: int) -> int:
    """The first row above that opens the group of `index`: the last one without figures, or with its own number."""
    for row in range(index - 1, -1, -1):
        if sheet.table.rows[row].kind != "data":
            return row + 1
        numbers = [sheet.cell(row, column) for column in sheet.columns("no")]
        if any(cell and cell.text.strip() and not cell.inherited for cell in numbers):
            return row
    return 0


def mean_of(kind: str, result: Figure, members: list[Figure], **facts: str) -> Identity:
    """result = Σ members / n. A whole percentage beside ones with decimals lost its zeros, not its precision."""
    weight = Fraction(1, len(members))
    decimals = any(member.reading.places for member in members)
    sharp = tuple(_sharp(member) if decimals or member.value == 100 else member for member in members)
    return Identity(kind, "linear", result, sharp, (weight,) * len(members), facts=facts)


def _sharp(member: Figure) -> Figure:
    if member.value is None or member.reading.places:
        return member
    return replace(member, interval=Interval.exact(member.value))


def _first_fitting(
    sheet: Sheet, result: Figure, starts: list[int], end: int, column: int, marks: set[int]
) -> Identity | None:
    found: list[Identity] = []
    for start in starts:
        members = [
            figure
            for row in range(start, end)
            if row not in marks
            and not is_total(sheet.table.rows[row], sheet)
            and (figure := sheet.figure(row, column)) is not None
        ]
        if len(members) < 2:
            continue
        identity = mean_of("rata_rata", result, members, kolom=sheet.column(column).label)
        if holds(identity):
            return identity
        found.append(identity)
    distinct = {tuple(figure.ref for figure in identity.operands) for identity in found}
    of_group = bool(_OF_GROUP.search(result.label)) and bool(found) and len(found[0].operands) > 1
    return found[0] if found and (len(distinct) == 1 or of_group) else None

"""Collects percentages of two columns: serapan, capaian by the convention a document follows, and header formulas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from pipeline.audit.identities.direction import lower_is_better
from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.model import Figure, Form, Identity, computed, holds
from pipeline.interval import Interval
from pipeline.model import Column

HUNDRED = (Fraction(100),)
CAPS = (Fraction(100), Fraction(110), Fraction(120), Fraction(150))

# `5/4 *100`, `(5:4) x 100%`, `(4/5)*100%`, `5 / 4`: two column numbers and a division in a header
_COLUMN_RATIO = re.compile(r"\(?\s*(\d{1,2})\s*[/:÷]\s*(\d{1,2})\s*\)?")


def _agree(a: Column, b: Column) -> bool:
    """Whether two columns can speak of one period: what both state is equal."""
    pairs = ((a.tahun, b.tahun), (a.tahun_ke, b.tahun_ke), (a.triwulan, b.triwulan))
    return all(x is None or y is None or x == y for x, y in pairs)


def _head(column: Column) -> str:
    """The upper header of a two-level one: "Kinerja" of "Kinerja / Target"; without the year that columns share."""
    head, bar, _ = column.label.partition(" / ")
    return head.strip().lower() if bar else ""


def partner(sheet: Sheet, column: int, *fields: str) -> int | None:
    """The column that goes with `column`: under its own upper header, else the nearest to the left, of its period."""
    own = sheet.column(column)
    found = [i for i in sheet.columns(*fields) if i != column and _agree(sheet.column(i), own)]
    same_year = [i for i in found if sheet.column(i).tahun == own.tahun] if own.tahun else []
    under = [i for i in found if _head(own) and _head(sheet.column(i)) == _head(own)]
    choice = under or same_year or found
    left = [i for i in choice if i < column]
    return left[-1] if left else (choice[0] if len(choice) == 1 else None)


def _printed_formula(sheet: Sheet, column: int) -> tuple[int, int] | None:
    """Columns (numerator, denominator) that the header's own formula names by their printed numbers."""
    stated = sheet.column(column).formula
    match = _COLUMN_RATIO.search(stated) if stated else None
    if match is None:
        return None
    numbered = {(c.nomor or "").strip("() ."): index for index, c in enumerate(sheet.table.columns) if c.nomor}
    top, bottom = numbered.get(match[1]), numbered.get(match[2])
    return None if top is None or bottom is None or column in (top, bottom) else (top, bottom)


# "(100-6)", "5 - 4": a column that is the difference of two others, or what another lacks of 100
_COLUMN_DIFFERENCE = re.compile(r"^\(?\s*=?\s*(\d{1,3})\s*[-–]\s*(\d{1,2})\s*\)?\s*%?$")


def differences(sheet: Sheet) -> Iterator[Identity]:
    """Columns whose header declares the difference of two others, or of 100 and another."""
    numbered = {(c.nomor or "").strip("() ."): index for index, c in enumerate(sheet.table.columns) if c.nomor}
    for column, spec in enumerate(sheet.table.columns):
        match = _COLUMN_DIFFERENCE.match(spec.formula.strip()) if spec.formula else None
        if match is None or match[2] not in numbered or not (match[1] in numbered or match[1] == "100"):
            continue
        found = [_difference(sheet, row, column, numbered.get(match[1]), numbered[match[2]]) for row in _rows_of(sheet)]
        yield from _trusted([one for one in found if one is not None], (numbered[match[2]], column))


def _rows_of(sheet: Sheet) -> range:
    return range(len(sheet.table.rows))


def _difference(sheet: Sheet, row: int, column: int, first: int | None, second: int) -> Identity | None:
    result, b = sheet.figure(row, column), sheet.figure(row, second)
    a = sheet.figure(row, first) if first is not None else None
    if result is None or b is None or not _named(result) or (first is not None and a is None):
        return None
    if a is None:
        return Identity("kolom", "linear", result, (b,), (Fraction(-1),), constant=Interval.exact(100))
    return Identity("kolom", "linear", result, (a, b), (Fraction(1), Fraction(-1)))


def shares(sheet: Sheet) -> Iterator[Identity]:
    """Serapan = realisasi / pagu × 100, and every column whose header declares a ratio of two others."""
    for column, spec in enumerate(sheet.table.columns):
        stated = _printed_formula(sheet, column)
        if stated is not None:
            kind = "kolom" if spec.field != "serapan" else "serapan"
            yield from _trusted(_rows(sheet, column, *stated, kind=kind), (stated[1], stated[0], column))
        elif spec.field == "serapan":
            top, bottom = partner(sheet, column, "realisasi_anggaran"), partner(sheet, column, "anggaran")
            if top is not None and bottom is not None:
                yield from _trusted(_rows(sheet, column, top, bottom, kind="serapan"), (bottom, top, column))
        elif spec.field == "capaian" and _of_money(sheet, column):
            top, bottom = (
                partner(sheet, column, "realisasi", "realisasi_anggaran"),
                partner(sheet, column, "anggaran"),
            )
            if top is not None and bottom is not None:
                yield from _trusted(_rows(sheet, column, top, bottom, kind="serapan"), (bottom, top, column))


def _of_money(sheet: Sheet, column: int) -> bool:
    """A column of capaian that stands with pagu and realisasi under one upper header."""
    head = _head(sheet.column(column))
    return bool(head) and any(_head(sheet.column(i)) == head for i in sheet.columns("anggaran"))


def _trusted(identities: Iterable[Identity], columns: tuple[int, ...]) -> list[Identity]:
    """The identities of a column, if most rows keep to them, or if the three columns stand side by side."""
    found = list(identities)
    judged = [outcome for outcome in map(holds, found) if outcome is not None]
    kept = sum(judged)
    neighbours = all(b - a == 1 for a, b in pairwise(columns))
    if kept * 2 >= len(judged) or (neighbours and (len(judged) <= 2 or kept * 3 >= len(judged))):
        return found
    return []


def _rows(sheet: Sheet, column: int, top: int, bottom: int, kind: str) -> Iterator[Identity]:
    for row in range(len(sheet.table.rows)):
        result = sheet.figure(row, column)
        a, b = sheet.figure(row, top), sheet.figure(row, bottom)
        if result is None or a is None or b is None or not comparable(a, b) or not _named(result):
            continue
        negative = any(one.value is not None and one.value < 0 for one in (a, b))
        if result.reading.kind in ("percent", "number") and not negative:
            yield Identity(kind, "ratio", result, (a, b), HUNDRED)


def _named(figure: Figure) -> bool:
    """Rows of column numbers have no name."""
    return any(ch.isalpha() for ch in figure.label)


FAR_APART = 2000
"""Figures of one measure do not differ by this factor: an amount is not compared with a share."""


def comparable(a: Figure, b: Figure) -> bool:
    """Two figures of one measure: not an amount against a share, nor one unit against another."""
    units = {unit.lower() for unit in (a.reading.satuan, b.reading.satuan) if unit}
    if len(units) > 1 or ("rupiah" in (a.reading.kind, b.reading.kind) and _share(a, b)):
        return False
    if not a.value or not b.value or a.reading.kind == b.reading.kind:
        return True
    return abs(a.value) < abs(b.value) * FAR_APART and abs(b.value) < abs(a.value) * FAR_APART


def _share(a: Figure, b: Figure) -> bool:
    return bool({"percent", "score", "ratio"} & {a.reading.kind, b.reading.kind})


def achievements(sheets: Sequence[Sheet]) -> Iterator[Identity]:
    """Capaian of every row of the document's tables, by the declared header formula or the convention rows follow."""
    columns = [found for sheet in sheets for found in _achievement_columns(sheet)]
    everything = [row for rows, _ in columns for row in rows]
    caps = _caps(everything)
    inverted = _inverts(everything)
    for rows, places in columns:
        found = [_by_convention(*row, caps=caps, inverted=inverted) for row in rows]
        told = [identity for identity in found if identity is not None]
        if 2 * sum(holds(identity) is None for identity in told) < len(told):  # else hardly a row was read right
            yield from _trusted(told, places)


Row3 = tuple[Figure, Figure, Figure]


def _achievement_columns(sheet: Sheet) -> Iterator[tuple[list[Row3], tuple[int, int, int]]]:
    """(result, realisasi, target) of each row, and the columns target, realisasi, capaian; nothing where most rows print a
    target of another measure than their realisasi: there capaian is something else than their ratio."""
    for column in sheet.columns("capaian", "capaian_akhir"):
        goal = "target" if sheet.column(column).field == "capaian" else "target_akhir"
        if _printed_formula(sheet, column) is not None or _of_money(sheet, column):
            continue
        top, bottom = partner(sheet, column, "realisasi"), partner(sheet, column, goal)
        if top is None or bottom is None:
            continue
        rows = []
        strange = 0
        for row in range(len(sheet.table.rows)):
            result = sheet.figure(row, column)
            a, b = sheet.figure(row, top), sheet.figure(row, bottom)
            if result is None or a is None or b is None or not _named(result):
                continue
            if not comparable(a, b):
                strange += 1
                continue
            if (
                sheet.table.rows[row].kind == "data"
                and result.reading.kind in ("percent", "number", "score")
                and a.reading.kind != "ratio"
            ):
                rows.append((result, a, b))
        if strange < len(rows):
            yield rows, (bottom, top, column)


def _inverts(rows: list[Row3]) -> bool:
    """Whether the document's lower-is-better rows follow T/R rather than (2T − R)/T."""
    votes: Counter[bool] = Counter()
    for row in rows:
        upward, mirrored, inverted = _conventions(*row)
        if not holds(upward) and (holds(mirrored) or holds(inverted)):
            votes[bool(holds(inverted))] += 1
    return votes[True] > votes[False]


def _make(form: Form, result: Figure, a: Figure, b: Figure, note: str, soft: bool = False) -> Identity:
    return Identity("capaian", form, result, (a, b), HUNDRED, soft=soft, note=note)


def _conventions(result: Figure, realisasi: Figure, target: Figure) -> list[Identity]:
    return [
        _make("ratio", result, realisasi, target, "R/T × 100"),
        _make("balik", result, realisasi, target, "(2T − R)/T × 100"),
        _make("ratio", result, target, realisasi, "T/R × 100"),
    ]


def _by_convention(
    result: Figure, realisasi: Figure, target: Figure, *, caps: set[Fraction], inverted: bool
) -> Identity | None:
    """The convention that fits the print; where none fits, the one its direction and the document's other rows call for;
    None where a limit holds."""
    upward, mirrored, reciprocal = _conventions(result, realisasi, target)
    if holds(upward) or holds(upward) is None:
        return upward
    downward = (reciprocal, mirrored) if inverted else (mirrored, reciprocal)
    fitting = [identity for identity in downward if holds(identity)]
    if fitting:
        return fitting[0]
    minimise = lower_is_better(result.label)
    if any(_capped(convention, caps) for convention in (upward, *(downward if minimise else ()))):
        return None
    return downward[0] if minimise else upward


def _capped(identity: Identity, caps: set[Fraction]) -> bool:
    expected = computed(identity)
    value = identity.result.value
    return expected is not None and value is not None and Fraction(value) in caps and expected.low >= Fraction(value)


def _caps(rows: list[Row3]) -> set[Fraction]:
    """Limits the document's rows keep to: a round limit printed where more was achieved, and never exceeded."""
    highest = max((Fraction(result.value) for result, *_ in rows if result.value is not None), default=Fraction(0))
    counts: Counter[Fraction] = Counter()
    for result, realisasi, target in rows:
        expected = computed(_make("ratio", result, realisasi, target, ""))
        if expected is None or result.value is None:
            continue
        value = Fraction(result.value)
        if value in CAPS and expected.low > value:
            counts[value] += 1
    return {cap for cap in counts if cap == highest}

"""Collects percentages of two columns: serapan, capaian by the convention a document follows, and header formulas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from pipeline.audit.identities.direction import lower_is_better
from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.model import Figure, Form, Identity, computed, holds
from pipeline.model import Column

HUNDRED = (Fraction(100),)
CAPS = (Fraction(100), Fraction(110), Fraction(120), Fraction(150))

# `5/4 *100`, `(5:4) x 100%`, `(4/5)*100%`, `5 / 4`: two column numbers and a division in a header
_COLUMN_RATIO = re.compile(r"\(?\s*(\d{1,2})\s*[/:÷]\s*(\d{1,2})\s*\)?")


def _same_period(a: Column, b: Column) -> bool:
    return (a.tahun, a.tahun_ke, a.triwulan) == (b.tahun, b.tahun_ke, b.triwulan)


def _partner(sheet: Sheet, column: int, field: str) -> int | None:
    """The column of `field` that goes with `column`: of its period, else the only one, else the nearest to the left."""
    found = sheet.columns(field)
    own = sheet.column(column)
    same = [index for index in found if _same_period(sheet.column(index), own)]
    if len(same) == 1:
        return same[0]
    if len(found) == 1:
        return found[0]
    left = [index for index in (same or found) if index < column]
    return left[-1] if left else None


def _printed_formula(sheet: Sheet, column: int) -> tuple[int, int] | None:
    """Columns (numerator, denominator) that the header's own formula names by their printed numbers."""
    stated = sheet.column(column).formula
    match = _COLUMN_RATIO.search(stated) if stated else None
    if match is None:
        return None
    numbered = {(c.nomor or "").strip("() ."): index for index, c in enumerate(sheet.table.columns) if c.nomor}
    top, bottom = numbered.get(match[1]), numbered.get(match[2])
    return None if top is None or bottom is None or column in (top, bottom) else (top, bottom)


def shares(sheet: Sheet) -> Iterator[Identity]:
    """Serapan = realisasi / pagu × 100, and every column whose header declares a ratio of two others."""
    for column, spec in enumerate(sheet.table.columns):
        stated = _printed_formula(sheet, column)
        if stated is not None:
            yield from _rows(sheet, column, *stated, kind="kolom" if spec.field != "serapan" else "serapan")
        elif spec.field == "serapan":
            top, bottom = _partner(sheet, column, "realisasi_anggaran"), _partner(sheet, column, "anggaran")
            if top is not None and bottom is not None:
                yield from _rows(sheet, column, top, bottom, kind="serapan")


def _rows(sheet: Sheet, column: int, top: int, bottom: int, kind: str) -> Iterator[Identity]:
    for row in range(len(sheet.table.rows)):
        result = sheet.figure(row, column)
        a, b = sheet.figure(row, top), sheet.figure(row, bottom)
        if result is None or a is None or b is None or not comparable(a, b):
            continue
        yield Identity(kind, "ratio", result, (a, b), _scale(result))


def _scale(result: Figure) -> tuple[Fraction, ...]:
    """100 for percentages. Excel columns formatted as plain numbers keep the share itself only when marked so."""
    return HUNDRED if result.reading.kind != "ratio" else (Fraction(1),)


def comparable(a: Figure, b: Figure) -> bool:
    """Two figures of one measure: not an amount against a share, nor one unit against another."""
    units = {unit.lower() for unit in (a.reading.satuan, b.reading.satuan) if unit}
    return len(units) <= 1 or units <= {"%", "persen"}


def achievements(sheets: Iterable[Sheet]) -> Iterator[Identity]:
    """Capaian of every row of the document's tables, by the declared header formula or the convention rows follow."""
    rows = [found for sheet in sheets for found in _achievement_rows(sheet)]
    caps = _caps(rows)
    for result, realisasi, target in rows:
        identity = _by_convention(result, realisasi, target, caps)
        if identity is not None:
            yield identity


Row3 = tuple[Figure, Figure, Figure]


def _achievement_rows(sheet: Sheet) -> Iterator[Row3]:
    for column in sheet.columns("capaian", "capaian_akhir"):
        goal = "target" if sheet.column(column).field == "capaian" else "target_akhir"
        stated = _printed_formula(sheet, column)
        if stated is not None:
            continue
        top, bottom = _partner(sheet, column, "realisasi"), _partner(sheet, column, goal)
        if top is None or bottom is None:
            continue
        for row in range(len(sheet.table.rows)):
            result = sheet.figure(row, column)
            a, b = sheet.figure(row, top), sheet.figure(row, bottom)
            if result is None or a is None or b is None or not comparable(a, b):
                continue
            if result.reading.kind in ("percent", "number", "score"):
                yield result, a, b


def _make(form: Form, result: Figure, a: Figure, b: Figure, note: str, soft: bool = False) -> Identity:
    return Identity("capaian", form, result, (a, b), HUNDRED, soft=soft, note=note)


def _conventions(result: Figure, realisasi: Figure, target: Figure) -> list[Identity]:
    return [
        _make("ratio", result, realisasi, target, "R/T × 100"),
        _make("balik", result, realisasi, target, "(2T − R)/T × 100"),
        _make("ratio", result, target, realisasi, "T/R × 100"),
    ]


def _by_convention(result: Figure, realisasi: Figure, target: Figure, caps: set[Fraction]) -> Identity | None:
    """The convention that fits the print; where none fits, the one its direction calls for; None where a cap holds."""
    upward, mirrored, inverted = _conventions(result, realisasi, target)
    if holds(upward) or holds(upward) is None:
        return upward
    minimise = lower_is_better(result.label)
    fitting = [identity for identity in (mirrored, inverted) if holds(identity)]
    if fitting:
        return fitting[0]
    for convention in (upward, *((mirrored, inverted) if minimise else ())):
        if _capped(convention, caps):
            return None
    return mirrored if minimise else upward


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

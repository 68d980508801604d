"""Collects quarterly figures against the annual one: they add up, or the last one is it (cumulative and trend figures)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.model import Figure, Identity, holds
from pipeline.audit.identities.ratios import comparable

ONE = (Fraction(1),)
QUARTERS = {1, 2, 3, 4}


def quarters(sheet: Sheet) -> Iterator[Identity]:
    """For targets, realisations and amounts of rows with four quarters and a year; by the way the column's rows go."""
    for field in ("anggaran", "realisasi_anggaran", "target", "realisasi"):
        columns = {sheet.column(i).triwulan: i for i in sheet.columns(field) if sheet.column(i).triwulan}
        annual = [i for i in sheet.columns(field) if sheet.column(i).triwulan is None]
        if set(columns) != QUARTERS or len(annual) != 1:
            continue
        pairs = [
            pair
            for row in range(len(sheet.table.rows))
            if (pair := _ways(sheet, row, [columns[q] for q in sorted(QUARTERS)], annual[0])) is not None
        ]
        habit = Counter(way for sums, last in pairs for way, one in (("sum", sums), ("last", last)) if holds(one))
        for sums, last in pairs:
            if holds(sums) or holds(last):
                yield sums if holds(sums) else last
            elif habit and habit.most_common(1)[0][1] * 2 > len(pairs):
                yield sums if habit.most_common(1)[0][0] == "sum" else last


def _ways(sheet: Sheet, row: int, columns: list[int], annual: int) -> tuple[Identity, Identity] | None:
    result = sheet.figure(row, annual)
    parts = [sheet.figure(row, column) for column in columns]
    known: list[Figure] = [part for part in parts if part is not None]
    if result is None or len(known) != 4 or not all(comparable(result, part) for part in known):
        return None
    adding = Identity("triwulan", "linear", result, tuple(known), (Fraction(1),) * 4, soft=True)
    return adding, Identity("triwulan", "linear", result, (known[-1],), ONE, soft=True)

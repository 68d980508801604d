"""Lets a printed absorption decide an unsure amount of its row: serapan = realisasi / pagu × 100."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.interval import Interval
from pipeline.model import Column, Reading, Row
from pipeline.readings.resolve import resolve

IDENTITY = "serapan = realisasi / pagu x 100"


def triples(columns: Sequence[Column]) -> Iterator[tuple[int, int, int]]:
    """(pagu, realisasi, serapan) columns that belong together: side by side in this order, of one year and quarter."""
    for share, column in enumerate(columns):
        if column.field != "serapan":
            continue
        left = [i for i in range(share - 1, -1, -1) if columns[i].field in ("anggaran", "realisasi_anggaran")]
        if len(left) < 2 or (columns[left[0]].field, columns[left[1]].field) != ("realisasi_anggaran", "anggaran"):
            continue
        periods = {(columns[i].tahun, columns[i].triwulan) for i in (left[0], left[1])}
        if len(periods) == 1:
            yield left[1], left[0], share


def decided_by_share(
    rows: Sequence[Row], columns: Sequence[Column], known: Mapping[tuple[int, int], Reading]
) -> dict[tuple[int, int], Reading]:
    """Readings by (row, column) that the share of their row settles: one of pagu and realisasi is known, the other has
    exactly one candidate that the printed share allows. `known`: readings decided before, which stand for the cells'."""
    found: dict[tuple[int, int], Reading] = {}
    for pagu, realisasi, serapan in triples(columns):
        for number, row in enumerate(rows):
            if row.kind == "band" or max(pagu, realisasi, serapan) >= len(row.cells):
                continue
            one, other, share = (
                known.get((number, index), row.cells[index].reading) for index in (pagu, realisasi, serapan)
            )
            if one is None or other is None or share is None or share.interval is None or share.status == "ambiguous":
                continue
            printed = share.interval.scale(Fraction(1, 100))
            if one.status == "ambiguous" and other.value:
                decision = _narrowed(one, [v for v in one.candidates if v and other.value / v in printed])
                if decision is not one:
                    found[number, pagu] = decision
            elif other.status == "ambiguous" and one.value:
                decision = _narrowed(other, [v for v in other.candidates if v / one.value in printed])
                if decision is not other:
                    found[number, realisasi] = decision
    return found


def _narrowed(reading: Reading, fitting: Sequence[Decimal]) -> Reading:
    return resolve(reading, Interval.exact(fitting[0]), IDENTITY) if len(fitting) == 1 else reading

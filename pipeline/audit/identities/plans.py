"""Collects what multi-year plans repeat: an amount for the whole period that is the sum of its years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.model import Identity, holds
from pipeline.audit.identities.sameness import superseded

MIN_ROWS = 4


def yearly_totals(sheets: Sequence[Sheet]) -> Iterator[Identity]:
    """End-of-period amount = Σ years, in the sections of a table where most rows keep to it (others print one year)."""
    for sheet in sheets:
        ends = sheet.columns("anggaran_akhir")
        years = [i for i in sheet.columns("anggaran") if sheet.column(i).tahun or sheet.column(i).tahun_ke]
        if len(ends) != 1 or len(years) < 2:
            continue
        groups: dict[object, list[Identity]] = defaultdict(list)
        for index, row in enumerate(sheet.table.rows):
            result = sheet.figure(index, ends[0])
            parts = [figure for column in years if (figure := sheet.figure(index, column)) is not None]
            if result is None or len(parts) < len(years) or superseded(row.band):
                continue
            one = Identity("tahunan", "linear", result, tuple(parts), (Fraction(1),) * len(parts), soft=True)
            groups[row.band].append(one)
        for identities in groups.values():
            keeping = sum(holds(one) is True for one in identities)
            if len(identities) >= MIN_ROWS and keeping * 4 >= len(identities) * 3:
                yield from identities

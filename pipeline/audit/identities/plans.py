"""Collects what multi-year plans repeat: an amount for the whole period that is the sum of its years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.model import Figure, Identity, holds
from pipeline.audit.identities.sameness import amount_figure, amount_key, rows_of_office, superseded
from pipeline.audit.identities.trees import MUCH_LESS
from pipeline.model import Berkas

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


MUCH_MORE = Fraction(3, 2)


def planned_amounts(berkas: Berkas) -> Iterator[Identity]:
    """The year's pagu of a program or activity against that year in the plan in force, where they are far apart: budgets
    may leave the plan, but an auditor asks why."""
    tahun = berkas.dokumen.tahun
    if tahun is None:
        return
    own_rows = rows_of_office(berkas)
    tables = {table.ordinal: table for table in berkas.tables}
    planned: dict[str, list[Figure]] = defaultdict(list)
    actual: dict[str, list[Figure]] = defaultdict(list)
    for record in berkas.anggaran:
        nth = tables[record.table].columns[record.column].tahun_ke
        name = amount_key(record.nama)
        if record.jenis != "pagu" or not record.reading.value or not name or superseded(record.band):
            continue
        figure = amount_figure(berkas.dokumen.sha256, record)
        if nth is not None:
            if record.tahun == tahun and own_rows(record.table, record.row):
                planned[name].append(figure)
        elif tables[record.table].kind != "renstra_program":
            actual[name].append(figure)
    for name, plans in planned.items():
        if len({figure.value for figure in plans}) != 1 or len({figure.value for figure in actual.get(name, ())}) != 1:
            continue
        plan, pagu = plans[0], actual[name][-1]
        low, high = sorted((Fraction(plan.value or 1), Fraction(pagu.value or 1)))
        if low * MUCH_MORE <= high < low * MUCH_LESS:
            yield Identity("rencana", "linear", pagu, (plan,), (Fraction(1),), soft=True)

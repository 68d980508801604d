"""Collects every identity of one document: the one list that checking and diagnosing start from."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.identities import (
    calculations,
    means,
    objectives,
    plans,
    prose,
    quarters,
    ratios,
    sameness,
    told,
    trees,
)
from pipeline.audit.identities.figures import sheets
from pipeline.audit.identities.model import Identity
from pipeline.model import Berkas


def collect(berkas: Berkas) -> Iterator[Identity]:
    """The redundancies within one document: table by table, between its tables, and between tables and prose."""
    found = list(sheets(berkas))
    for sheet in found:
        yield from trees.sums(sheet)
        yield from trees.totals(sheet)
        yield from ratios.shares(sheet)
        yield from ratios.differences(sheet)
        yield from means.mean_rows(sheet)
        yield from means.lettered_parts(sheet)
        yield from quarters.quarters(sheet)
    yield from ratios.achievements(found)
    yield from objectives.by_objective(found)
    own, planned = sameness.kinerja_groups(berkas), sameness.kinerja_groups(berkas, plans=True)
    yield from sameness.same_kinerja(own, planned)
    yield from sameness.last_years(berkas, planned)
    yield from sameness.same_amounts(berkas)
    yield from plans.yearly_totals(found)
    yield from plans.planned_amounts(berkas)
    yield from prose.shares(berkas)
    yield from prose.totals(berkas)
    yield from prose.means(berkas)
    yield from told.told_figures(berkas)
    yield from told.slips(berkas)
    yield from calculations.worked(berkas)

"""Collects what an office's documents must agree on: PK, RKT, Renstra and LKIP of a year, and last year's realisasi."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.audit.identities.model import Figure, Identity
from pipeline.audit.identities.sameness import (
    MEASURED,
    PLANS,
    amount_figure,
    amount_key,
    equal,
    kinerja_groups,
    superseded,
    trusted_pairs,
)
from pipeline.model import Berkas

CHAINED = MEASURED - {"capaian", "capaian_akhir"}


def between(documents: Sequence[Berkas]) -> Iterator[Identity]:
    """Equalities between documents of one office: target, realisasi and baseline by indicator and year, pagu by name."""
    if len(documents) < 2:
        return
    figures: dict[tuple[str, str, int | None], list[Figure]] = defaultdict(list)
    for one in documents:
        for (name, jenis, tahun, triwulan, old), (_, found) in kinerja_groups(one).items():
            values = {figure.value for figure in found}
            if jenis in CHAINED and tahun is not None and triwulan is None and not old and len(values) == 1:
                figures[name, jenis, tahun].append(found[0])
        for name, tahun, figure in _amounts(one):
            figures[name, figure.peran, tahun].append(figure)
    sort = {one.dokumen.sha256: (one.dokumen.kind, one.dokumen.tahun) for one in documents}
    trusted = trusted_pairs(figures.values(), chained=True)
    for found in figures.values():
        clear = _without_rival_versions(found, sort)
        if len({figure.ref.sha256 for figure in clear}) > 1:
            yield from equal(clear, "rantai", trusted)


def _without_rival_versions(figures: list[Figure], sort: dict[str, tuple[str, int | None]]) -> list[Figure]:
    """Leaves out kinds of document of which two versions of one year disagree: which of them is in force is unknown."""
    values: dict[tuple[str, int | None], set[object]] = defaultdict(set)
    for figure in figures:
        values[sort[figure.ref.sha256]].add(figure.value)
    return [figure for figure in figures if len(values[sort[figure.ref.sha256]]) == 1]


def _amounts(one: Berkas) -> Iterator[tuple[str, int | None, Figure]]:
    """Amounts of PK, RKT and LKIP; a Renstra's are plans that a budget may leave. Names printed twice are left out."""
    planned = {t.ordinal for t in one.tables if t.kind in PLANS or any(c.tahun_ke for c in t.columns)}
    found: dict[tuple[str, str, int | None], list[Figure]] = defaultdict(list)
    for record in one.anggaran:
        tahun = record.tahun or one.dokumen.tahun
        if record.jenis == "serapan" or record.table in planned or superseded(record.band) or tahun is None:
            continue
        name = amount_key(record.nama)
        if name and record.reading.value is not None:
            found[name, record.jenis, tahun].append(amount_figure(one.dokumen.sha256, record))
    for (name, _, tahun), figures in found.items():
        if len({figure.value for figure in figures}) == 1:
            yield name, tahun, figures[0]

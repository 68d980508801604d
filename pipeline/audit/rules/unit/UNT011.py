"""Targets of the year lie below what was reached the year before.

A target that was already surpassed asks nothing of the office; evaluators of AKIP ask for targets that challenge, or for the reason of the lower one.

Wrong: realisasi 2015 96,23%, target 2016 **90%**. Right: target 2016 97%, or a sentence that says why 90%.

Decides: in a report, the percentages up to 100 of one indikator in one table: its target of the report's year below its realisasi of the year before. Rates of growth, indikator that
should fall and counts are left out. One finding per table.

Limits: whether there was a good reason is not read; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.identities.direction import lower_is_better
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, Kinerja

_RATE = re.compile(r"\b(?:laju|kenaikan|pe(?:ning|nur|rtumb)\w+|efisiensi|deviasi|penyerapan|serapan)\b", re.IGNORECASE)

RULE = Rule(
    code="UNT011",
    name="Target di bawah realisasi tahun sebelumnya",
    family="UNIT",
    severity="notice",
    texts={
        "": (
            "{jumlah} target {tahun} di bawah realisasi {lalu}, mis. “{indikator}”: target {target}, realisasi {realisasi}.",
            "{jumlah} targets of {tahun} lie below the realisasi of {lalu}, e.g. “{indikator}”: target {target}, realisasi {realisasi}.",
        )
    },
    kriteria="PermenPANRB 88/2021: target kinerja menantang dan dapat dicapai",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    year = doc.dokumen.tahun
    if doc.dokumen.kind != "LKIP" or year is None:
        return
    reached = {
        (one.table, one.kunci): one for one in doc.berkas.kinerja if one.jenis == "realisasi" and _fit(one, year - 1)
    }
    low: dict[int, list[tuple[Kinerja, Kinerja]]] = {}
    for target in doc.berkas.kinerja:
        before = reached.get((target.table, target.kunci))
        if before is None or target.jenis != "target" or not _fit(target, year):
            continue
        if (target.reading.value or 0) < (before.reading.value or 0):
            low.setdefault(target.table, []).append((target, before))
    for held in low.values():
        target, before = held[0]
        yield finding(
            RULE,
            doc.berkas,
            target.where,
            evidence=[
                *(cite(doc.berkas, one.where, one.reading.text) for one, _ in held),
                *(Evidence(doc.sha256, one.where, one.reading.text, "counterpart") for _, one in held),
            ],
            found=target.reading.text,
            jumlah=len(held),
            tahun=str(year),
            lalu=str(year - 1),
            indikator=target.indikator,
            target=target.reading.text,
            realisasi=before.reading.text,
        )


def _fit(one: Kinerja, year: int) -> bool:
    """A whole year's percentage up to 100 of an indikator that should rise or stay."""
    value = one.reading.value
    return (
        one.tahun == year
        and one.triwulan is None
        and one.reading.kind == "percent"
        and value is not None
        and 0 < value <= 100
        and not lower_is_better(one.indikator)
        and not _RATE.search(one.indikator)
    )

"""A component that the indikator names has no part in its formula.

An indikator that joins several things ("kelembagaan, akuntabilitas, dan reformasi birokrasi") is measured by sub-indikator. Each
thing named needs one, or the figure says nothing about it.

Wrong: *Capaian pembinaan olahraga, kesenian, dan kepramukaan* = rata-rata dari: klub olahraga terbina; sanggar kesenian terbina.
Right: a third sub-indikator for kepramukaan.

Decides: the formula lists its components ("terdiri dari: …"); a member of the indikator's list shares no word with any component.

Limits: a component may serve the missing thing under another name; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import declared
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_LIST = re.compile(r"terdiri (?:dari|atas)\s*:?(.*?)(?=\b[b-e]\.\s|\bKetentuan\b|$)", re.IGNORECASE | re.DOTALL)
_MEMBERS = re.compile(r",\s*(?:dan|serta)\s+|,\s*")  # "A, B, dan C"

RULE = Rule(
    code="FRM013",
    name="Komponen indikator tanpa sub indikator",
    family="FORMULA",
    severity="notice",
    texts={
        "": (
            "Tidak satu pun komponen formula mengukur “{hilang}” yang disebut indikator “{indikator}”.",
            "No component of the formula measures “{hilang}” that the indikator “{indikator}” names.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: formula mengukur indikatornya sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in declared(ctx.doc):
        listed = _LIST.search(row.cell.text)
        members = _MEMBERS.split(row.indikator)
        if listed is None or len(members) < 3:
            continue
        components = meaning(listed.group(1))
        if {"lkip", "sakip", "akip"} & components:
            components |= {"akuntabilitas", "kinerja"}
        if not components:
            continue
        last = re.split(r"\s+yang\s+", members[-1])[0]
        gone = [m for m in (*members[1:-1], last) if meaning(m) and not meaning(m) & components]
        if not gone or not (meaning(members[0]) & components or len(gone) < len(members) - 1):
            continue
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=" ".join(listed.group(1).split()),
            expected=gone[0],
            hilang=", ".join(gone),
            indikator=row.indikator,
        )

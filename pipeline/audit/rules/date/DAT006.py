"""A term of office or a plan's period has another length than the law gives it.

"Masa jabatan DPRD periode 2021-2024": councils are elected for five years, in 2014, 2019 and 2024. Somebody wrote the years of another period.

Wrong: *masa jabatan DPRD periode 2021-2024*. Right: *periode 2019-2024*.

Decides: "DPRD" or "DPR RI" with "periode", "masa jabatan" or "masa bakti" and two years in one sentence; the years must be five apart and the first an election year.

Limits: only councils; plans may rightly be made for what is left of a period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_TERM = re.compile(
    r"\bDPRD?\b[^.;]{0,40}?\b(?:periode|masa\s+(?:jabatan|bakti))\b[^.;\d]{0,25}?((?:19|20)\d\d)\s*[-–/]\s*((?:19|20)\d\d)\b"
    r"|\b(?:periode|masa\s+(?:jabatan|bakti))\b[^.;\d]{0,25}?\bDPRD?\b[^.;\d]{0,25}?((?:19|20)\d\d)\s*[-–/]\s*((?:19|20)\d\d)\b"
)  # "masa jabatan DPRD periode 2019-2024"
ELECTED = frozenset({1999, 2004, 2009, 2014, 2019, 2024, 2029})
TERM = 5

RULE = Rule(
    code="DAT006",
    name="Masa jabatan DPRD keliru",
    family="DATE",
    severity="notice",
    texts={
        "": (
            "Masa jabatan DPRD lima tahun sejak pemilu (mis. {benar}), bukan {disebut}.",
            "A council sits five years from its election (e.g. {benar}), not {disebut}.",
        )
    },
    kriteria="UU 23/2014 Pasal 102 dan 155: masa jabatan anggota DPRD lima tahun",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for where, sentence in doc.sentences:
        for match in _TERM.finditer(sentence):
            first, last = (int(year) for year in match.groups() if year)
            if first in ELECTED and last - first == TERM:
                continue
            start = last - TERM if last - TERM in ELECTED else max((y for y in ELECTED if y <= first), default=first)
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[cite(doc.berkas, where, sentence)],
                found=f"{first}-{last}",
                expected=f"{start}-{start + TERM}",
                benar=f"{start}-{start + TERM}",
                disebut=f"{first}-{last}",
            )

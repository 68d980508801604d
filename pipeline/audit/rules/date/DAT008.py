"""The document rests on a national medium-term plan that has run out.

Visions and agendas of the RPJMN are copied from plan to plan; in a document of 2023 the nine agendas of 2015–2019 are no longer national policy.

Wrong (Renja 2023): *visi dan misi RPJMN Tahun 2015-2019*. Right: *RPJMN Tahun 2020-2024*.

Decides: "RPJMN" or its full name with a period, in a document whose year lies after that period and which names no RPJMN of its own time. One finding per document.

Limits: a look back may be meant; hence a notice. The periods are those of the RPJMN since 2004.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_PLAN = re.compile(
    r"\b(?:RPJMN|Rencana\s+Pembangunan\s+Jangka\s+Menengah\s+Nasional)\b(?:\s*\(RPJMN\))?[^.;]{0,30}?\b(20\d\d)\s*[-–—]\s*(20\d\d)\b",
    re.IGNORECASE,
)  # "RPJMN Tahun 2015-2019"

RULE = Rule(
    code="DAT008",
    name="RPJMN yang sudah berakhir",
    family="DATE",
    severity="notice",
    texts={
        "": (
            "Dokumen tahun {tahun} bertumpu pada RPJMN {periode}, yang berakhir sebelumnya.",
            "The document of {tahun} rests on the RPJMN {periode}, which ended before.",
        )
    },
    kriteria="UU 25/2004: rencana daerah memperhatikan RPJMN yang berlaku",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    year = doc.dokumen.tahun
    if year is None:
        return
    said = [(where, text, match) for where, text in doc.spoken for match in _PLAN.finditer(text)]
    if not said or any(int(match[1]) <= year <= int(match[2]) for _, _, match in said):
        return
    past = [(where, text, match) for where, text, match in said if int(match[2]) < year]
    if past:
        where, _, match = past[0]
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[cite(doc.berkas, place, words) for place, words, _ in past],
            found=f"{match[1]}-{match[2]}",
            tahun=str(year),
            periode=f"{match[1]}-{match[2]}",
        )

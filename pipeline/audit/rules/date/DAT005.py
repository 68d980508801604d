"""A report tells of results of a year that was still to come.

"Rata-rata capaian anggaran tahun 2023 sebesar 93,17%" in the report of 2022: the year was typed when the report was written, or the sentence was
pasted from the next report.

Wrong (report of 2022): *capaian anggaran tahun 2023 sebesar 93,17%*. Right: *… tahun 2022 …*.

Decides: in an LKIP, a sentence with "realisasi", "capaian", "pencapaian", "serapan" or "penyerapan", at most five words later "tahun" with a later
year than the report's (no more than five later), and a percentage or amount after it; sentences that speak of targets, plans or forecasts are left out.

Limits: a report whose own year was read wrongly would accuse itself; one that names its own year less often than the other says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_TOLD = re.compile(
    r"\b(?:realisasi|capaian|pencapaian|serapan|penyerapan)(?:\s+[a-z()/-]+){0,5}?\s+(?:pada\s+)?(?:tahun(?:\s+anggaran)?|ta\.?)\s+((?:19|20)\d\d)\b"
    r"[^.;]{0,60}?\d+(?:[.,]\d+)*\s*(?:%|persen)",
    re.IGNORECASE,
)  # "capaian anggaran tahun 2023 sebesar 93,17%"
_AHEAD = re.compile(
    r"\b(?:(?:di)?target\w*|(?:di)?rencana\w*|(?:di)?proyeksi\w*|(?:di)?perkira\w*|diharapkan|diupayakan|ditetapkan|ingin|hendak|akan|akhir|prognosis"
    r"|renstra|rpjmd|sampai|hingga|menuju|mendatang|s\.?d)\b",
    re.IGNORECASE,
)
FAR = 5

RULE = Rule(
    code="DAT005",
    name="Capaian tahun yang belum terjadi",
    family="DATE",
    severity="warning",
    texts={
        "": (
            "Laporan tahun {tahun} menyebut capaian tahun {disebut}: “{teks}”.",
            "The report of {tahun} tells of results of {disebut}: “{teks}”.",
        )
    },
    kriteria="Laporan kinerja melaporkan tahunnya sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    own = doc.dokumen.tahun
    if doc.dokumen.kind != "LKIP" or own is None:
        return
    told = doc.sentences
    whole = " ".join(sentence for _, sentence in told)
    for where, sentence in told:
        match = _TOLD.search(sentence)
        if match is None or _AHEAD.search(sentence) or not own < int(match[1]) <= own + FAR:
            continue
        if whole.count(str(own)) <= whole.count(match[1]):
            continue
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[cite(doc.berkas, where, sentence)],
            found=match[1],
            expected=str(own),
            suggestion=match[0].replace(match[1], str(own)),
            tahun=own,
            disebut=match[1],
            teks=match[0],
        )

"""A percentage of cases is computed as the mean of aspects.

*Persentase laporan yang tersusun sesuai ketentuan* is the share of reports that keep to the rules. "98%, rata-rata dari ketepatan waktu 100% and kualitas 96%" is
something else: it says nothing of how many reports kept to all of them.

Wrong: *Persentase LKIP sesuai ketentuan … sebesar 98%, dihitung dari rata-rata dua aspek*. Right: reports in order / all reports × 100%.

Decides: in an LKIP, a sentence that gives a percentage as the mean of aspects ("rata-rata … dua aspek"), after a text that names an indikator "Persentase … yang …" in quotation
marks; the nearest before it, twenty paragraphs back at most.

Limits: an indikator defined as a mean of aspects elsewhere is not known here; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_NAMED = re.compile(
    r"[“\"']\s*((?:persentase|prosentase|presentase|%)\s[^“”\"']{3,160}?\byang\b[^“”\"']{3,120})[”\"']", re.IGNORECASE
)
_MEAN = re.compile(
    r"\d\s*%[^.;]{0,80}?\brata[- ]?rata\b[^.;]{0,40}?\b(?:dua|tiga|empat|lima|\d)\s+(?:\(\w+\)\s+)?aspek\b",
    re.IGNORECASE,
)  # "sebesar 98%, yang dihitung berdasarkan angka rata rata realisasi dua aspek"
BACK = 20

RULE = Rule(
    code="FRM014",
    name="Persentase dihitung sebagai rata-rata aspek",
    family="FORMULA",
    severity="notice",
    texts={
        "": (
            "“{indikator}” dihitung sebagai rata-rata beberapa aspek, bukan sebagai bagian dari seluruhnya.",
            "“{indikator}” is computed as the mean of some aspects, not as a share of the whole.",
        )
    },
    kriteria="Persentase = bagian / keseluruhan x 100%",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    named: tuple[int, str] | None = None
    for index, (where, text) in enumerate(doc.spoken):
        folded = " ".join(text.split())
        match = _NAMED.search(folded)
        if match is not None:
            named = (index, match[1])
        mean = _MEAN.search(folded)
        if mean is None or named is None or index - named[0] > BACK:
            continue
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[
                cite(doc.berkas, where, text),
                cite(doc.berkas, doc.spoken[named[0]][0], doc.spoken[named[0]][1], "context"),
            ],
            found=mean[0],
            indikator=named[1],
        )

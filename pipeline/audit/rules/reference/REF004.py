"""A sentence announces the plan of one office, and the table below shows that of another.

"Rencana Strategis Sekretariat Daerah … sebagai berikut:" above the table *Rencana Strategis Bagian Contoh*: one of the two names was not adapted.

Wrong: *Rencana Kerja Dinas Satu sebagai berikut:* above *Tabel 2.1 Rencana Kerja Dinas Dua*. Right: the same office.

Decides: a paragraph that ends in "sebagai berikut:" and the caption right below it; two same words in both, each followed by the name of an office, and the offices differ.

Limits: a part of an office shown for the whole is accused too, as a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.audit.captions import captions
from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_LEADS = re.compile(r"\b(?:sebagai\s+berikut|berikut\s+ini|di\s?bawah\s+ini)\W*$", re.IGNORECASE)
_OFFICE = r"(?:Sekretariat\s+(?:Daerah|DPRD)|(?:Dinas|Badan|Bagian|Biro|Kecamatan|Inspektorat)\s+[A-Z][a-z]+)"
_OWNED = re.compile(rf"\b([A-Z][a-z]+\s+[A-Z][a-z]+)\s+({_OFFICE})\b")  # "Rencana Strategis Sekretariat Daerah"

RULE = Rule(
    code="REF004",
    name="Pengantar dan judul tabel menyebut perangkat daerah berbeda",
    family="REF",
    severity="notice",
    texts={
        "": (
            "Pengantar menyebut “{pengantar}”, tabel di bawahnya “{judul}”.",
            "The lead-in says “{pengantar}”, the table below it “{judul}”.",
        )
    },
    kriteria="Judul tabel sesuai dengan pengantarnya",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    titles = {caption.where: caption.title for caption in captions(doc)}
    for (where, text), (below, _) in pairwise(doc.spoken):
        if below not in titles or not _LEADS.search(text):
            continue
        said = {" ".join(m[1].split()): " ".join(m[2].split()) for m in _OWNED.finditer(text)}
        for match in _OWNED.finditer(titles[below]):
            office = said.get(" ".join(match[1].split()))
            if office is not None and office.lower() != " ".join(match[2].split()).lower():
                yield finding(
                    RULE,
                    doc.berkas,
                    where,
                    evidence=[
                        cite(doc.berkas, where, text),
                        cite(doc.berkas, below, titles[below], role="counterpart"),
                    ],
                    found=office,
                    expected=" ".join(match[2].split()),
                    pengantar=f"{match[1]} {office}",
                    judul=" ".join(match.group().split()),
                )

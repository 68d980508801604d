"""The same indikator rests on different regulations in two places.

The report lists the guide to reform evaluation under an indikator, the decree the guide to service standards instead: one of the two lists was not adapted.

Wrong: report *… Permen 20/2018, Permen 3/2023*; decree *… Permen 20/2018, Permen 15/2014*. Right: the same list.

Decides: two IKU tables of one document with the same indikator, each with two regulations or more (kind, number, year) in its explanation; each list has one that the other lacks.

Limits: a longer list beside a shorter one is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_CITED = re.compile(
    r"\b(PermenPAN\s?-?\s?RB|Permendagri|Permenkes|Permendikbud|Perpres|PP|UU|Pergub|Perbup|Perwali)\s*(?:no(?:mor)?\s?\.?\s*)?(\d{1,3})\s+tahun\s+(\d{4})\b",
    re.IGNORECASE,
)  # "PermenPANRB no 53 tahun 2014"
SHARED = 0.6  # of the words of the names

RULE = Rule(
    code="LEG003",
    name="Dasar aturan indikator berbeda di dua tempat",
    family="LEGAL",
    severity="notice",
    texts={
        "": (
            "Penjelasan “{indikator}” di sini menyebut {sini}, di tempat lain {sana}.",
            "The explanation of “{indikator}” cites {sini} here, {sana} elsewhere.",
        )
    },
    kriteria="Laporan mengikuti keputusan IKU",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    records = [(record, _cited(record.formula or "")) for record in doc.declared]
    rich = [(record, cited) for record, cited in records if len(cited) >= 2]
    for number, (one, first) in enumerate(rich):
        for two, second in rich[number + 1 :]:
            a, b = meaning(one.indikator), meaning(two.indikator)
            if one.table == two.table or len(a & b) < SHARED * len(a | b):
                continue
            here, there = second - first, first - second
            left, right = doc.cell(two, "formula"), doc.cell(one, "formula")
            if here and there and first & second and left is not None and right is not None:
                yield finding(
                    RULE,
                    doc.berkas,
                    left.where,
                    evidence=[
                        *(cite(doc.berkas, left, shown) for shown in sorted(here)),
                        *(cite(doc.berkas, right, shown, role="counterpart") for shown in sorted(there)),
                    ],
                    found=", ".join(sorted(here)),
                    expected=", ".join(sorted(there)),
                    indikator=two.indikator,
                    sini=", ".join(sorted(here)),
                    sana=", ".join(sorted(there)),
                )


def _cited(text: str) -> frozenset[str]:
    return frozenset(
        f"{re.sub(r'[^A-Za-z]', '', m[1]).upper().replace('PERMENPANRB', 'PermenPANRB')} {m[2]} tahun {m[3]}"
        for m in _CITED.finditer(text)
    )

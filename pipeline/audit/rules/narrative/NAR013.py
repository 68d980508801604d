"""A sentence gives target, realisasi and a capaian that do not fit each other.

"78,80 % dari target 79,00 % atau tercapai 99,24 %": the sentence contains all three figures, and one of them is left from a draft or from
another indikator.

Wrong: *realisasi 78,80 % dari target 79,00 % atau tercapai 99,24 %*. Right: *… atau tercapai 99,75 %*.

Decides: one sentence "R dari target T … tercapai C %" or "target T … realisasi R … capaian C %"; C must be R / T × 100, (2T − R) / T × 100 or
T / R × 100 within what the printed digits can mean, or 100 where the target was reached, or repeat R. Years, ranges ("1-3 hari") and what stands
between brackets are not taken for figures.

Limits: a sentence that gives the capaian of something else beside target and realisasi looks the same; differences below a tenth of a point are
left to the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pipeline.audit.attained import attained
from pipeline.audit.context import Context
from pipeline.audit.phrases import shown
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

SLIGHT = Fraction(1, 10)

RULE = Rule(
    code="NAR013",
    name="Target, realisasi dan capaian dalam satu kalimat tidak cocok",
    family="ARITHMETIC",
    severity="warning",
    texts={
        "": (
            "Realisasi {realisasi} dari target {target} adalah capaian {benar}%, bukan {disebut}%.",
            "A realisasi of {realisasi} on a target of {target} is a capaian of {benar}%, not {disebut}%.",
        )
    },
    kriteria="Capaian = realisasi / target x 100%",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for one in attained(doc):
        share = one.realisasi.value / one.target.value * 100
        if one.positive() or one.negative() or one.capped() or one.capaian.value == one.realisasi.value:
            continue
        if abs(share - one.capaian.value) < SLIGHT:
            continue
        right = shown(share)
        yield finding(
            RULE,
            doc.berkas,
            one.where,
            evidence=[cite(doc.berkas, one.where, one.sentence)],
            found=one.capaian.text + "%",
            expected=right + "%",
            suggestion=right + "%",
            trace={
                "formula": "realisasi / target × 100",
                "realisasi": one.realisasi.text,
                "target": one.target.text,
                "result": right,
            },
            realisasi=one.realisasi.text,
            target=one.target.text,
            benar=right,
            disebut=one.capaian.text,
        )

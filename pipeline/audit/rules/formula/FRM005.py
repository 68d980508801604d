"""A Nilai or an Indeks multiplied by 100%.

A *nilai* (score) or *indeks* lies on its own scale; only a share becomes a percentage. The satisfaction survey of PermenPANRB 14/2017
multiplies the 1–4 index by 25, never by 100%.

Wrong: *Indeks Kepuasan Masyarakat* = Total nilai persepsi / Total unsur terisi **× 100%**. Right: … × 25, or no multiplier.

Decides: the indikator begins with nilai, indeks or skor and the formula's multiplier is 100%. It is an `error` for the satisfaction
survey, whose formula is regulated, and a `warning` elsewhere.

Limits: an office may call a percentage "nilai"; then the name is at fault, not the formula.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import declared
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import normal

RULE = Rule(
    code="FRM005",
    name="Nilai atau indeks dikalikan 100%",
    family="FORMULA",
    severity="warning",
    texts={
        "": (
            "“{indikator}” adalah nilai/indeks, tetapi formulanya dikalikan {pengali}.",
            "“{indikator}” is a score or index, but its formula multiplies by {pengali}.",
        ),
        "skm": (
            "“{indikator}” dikalikan {pengali}; menurut PermenPANRB 14/2017 indeks 1–4 dikalikan 25 (skala 25–100).",
            "“{indikator}” is multiplied by {pengali}; PermenPANRB 14/2017 multiplies the 1–4 index by 25 (scale 25–100).",
        ),
    },
    kriteria="PermenPANRB 14/2017; PER/20/M.PAN/11/2008",
)
_INDEX = ("nilai", "indeks", "skor")


def check(ctx: Context) -> Iterable[Finding]:
    for row in declared(ctx.doc):
        words = normal(row.indikator).split()
        pengali = row.formula.pengali or ""
        if not words or words[0] not in _INDEX or pengali.replace(" ", "") != "100%":
            continue
        survey = "kepuasan" in words and "unsur" in normal(row.cell.text)
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            "skm" if survey else "",
            severity="error" if survey else None,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=f"× {pengali}",
            expected="× 25" if survey else None,
            trace={"formula": row.formula.canonical},
            indikator=row.indikator,
            pengali=pengali,
        )

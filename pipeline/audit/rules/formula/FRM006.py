"""A Persentase without × 100%.

A part over its whole lies between 0 and 1; as a percentage it is multiplied by 100. Without the multiplier, what is printed in the
formula is not what is reported.

Wrong: *Persentase jalan mantap* = Panjang jalan mantap / Panjang jalan. Right: … × 100%.

Decides: the indikator begins with persentase (or "%"), the formula divides two quantities, and neither 100 nor % stands in it.

Limits: many offices leave it out where the unit is obvious; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import shares
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import normal

RULE = Rule(
    code="FRM006",
    name="Persentase tanpa × 100%",
    family="FORMULA",
    severity="notice",
    texts={
        "": (
            "“{indikator}” adalah persentase, tetapi formulanya tidak dikalikan 100%.",
            "“{indikator}” is a percentage, but its formula is not multiplied by 100%.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in shares(ctx.doc):
        text = row.cell.text
        if not normal(row.indikator).startswith("persentase") or row.formula.pengali or "100" in text or "%" in text:
            continue
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=f"{row.pembilang} / {row.penyebut}",
            suggestion=f"{row.pembilang} / {row.penyebut} × 100%",
            trace={"formula": row.formula.canonical},
            indikator=row.indikator,
        )

"""A satisfaction survey's formula without its conversion to 25–100.

PermenPANRB 14/2017 defines SKM = (total nilai persepsi per unsur / total unsur terisi) × nilai penimbang, and converts it with × 25
so that it can be graded A–D. Without the conversion the result lies between 1 and 4, while targets are set on 25–100.

Wrong: Total nilai persepsi per unsur × nilai penimbang / Total unsur yang terisi. Right: … × 25.

Decides: the indikator is the survey's, its formula speaks of unsur, and 25 stands nowhere in the cell.

Limits: an office that reports the 1–4 value on purpose should say the unit.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import declared
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import normal

RULE = Rule(
    code="FRM012",
    name="Formula SKM tanpa konversi × 25",
    family="FORMULA",
    severity="notice",
    texts={
        "": (
            "Formula “{indikator}” tidak memuat konversi × 25: hasilnya 1–4, bukan 25–100.",
            "The formula of “{indikator}” lacks the conversion × 25: its result is 1–4, not 25–100.",
        )
    },
    kriteria="PermenPANRB 14/2017",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in declared(ctx.doc):
        name, text = normal(row.indikator), normal(row.cell.text)
        if "kepuasan masyarakat" not in name or "unsur" not in text.split() or "25" in row.cell.text:
            continue
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=row.formula.canonical,
            expected="× 25",
            indikator=row.indikator,
        )

"""Growth divided by the new value instead of the old one.

A rate of change relates the difference to where it started: (Xₜ − Xₜ₋₁) / Xₜ₋₁. Divided by the new value it understates growth and
overstates decline.

Wrong: (X(n-1) − X(n)) / X(n) × 100%. Right: (X(n-1) − X(n)) / X(n-1) × 100%.

Decides: the pembilang is a difference of two periods and the penyebut names the later of them only. Periods are n and n-1, t and t-1,
"tahun ini" and "tahun lalu/sebelumnya".

Limits: periods written as bare years are compared by their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import declared
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_EARLIER = re.compile(r"[nt]\s*[-–−]\s*1|\b(?:lalu|sebelumnya)\b", re.IGNORECASE)  # "X(n-1)", "tahun lalu"
_LATER = re.compile(r"(?<![a-z])[nt](?![a-z])(?!\s*[-–−]\s*1)|\btahun (?:ini|berjalan)\b", re.IGNORECASE)  # "X(n)"
_MINUS = re.compile(r"[-–−](?!\s*1\b)|dikurangi", re.IGNORECASE)  # a minus that is not part of "n-1"

RULE = Rule(
    code="FRM011",
    name="Pertumbuhan dibagi nilai baru",
    family="FORMULA",
    severity="warning",
    texts={
        "": (
            "Laju “{indikator}” dibagi nilai periode yang baru (“{bawah}”), bukan nilai periode awal.",
            "The rate “{indikator}” divides by the new period's value (“{bawah}”) instead of the first one's.",
        )
    },
    kriteria="PP 6/2008: laju = (Xₜ − Xₜ₋₁) / Xₜ₋₁ × 100",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in declared(ctx.doc):
        above, below = row.pembilang, row.penyebut
        two = _EARLIER.search(above) and _LATER.search(above) and _MINUS.search(above)
        if not two or not _LATER.search(below) or _EARLIER.search(below):
            continue
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=f"({above}) / ({below})",
            trace={"formula": row.formula.canonical},
            indikator=row.indikator,
            bawah=below,
        )

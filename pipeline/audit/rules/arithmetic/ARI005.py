"""An average is not the mean of the values it summarises.

**What.** Rows *rata-rata capaian sasaran*, the capaian per sasaran in tables of efficiency, and averages that the prose quotes
(`capaian 6 indikator rata-rata 94,3 %`).

**Why it matters.** Averages are often kept when one of their parts is corrected: the old value survives in them.

**Regulation.** PermenPANRB 53/2014, annex II, chapter III.A.

**Wrong.** 94,3 % as the mean of 99,5, 87,8, 100, 100, 80 and 100.
**Right.** 94,55 %; 94,3 is what results with the old 98 instead of 99,5.

**How it decides.** Interval mean over the rows since the last average, of the group, or of the table, whichever fits; every other
value printed for one of the indicators is tried as the stale one. Stale values and what was computed with them are one finding.

**Known limits.** Weighted means are not recognised as such.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI005",
    "Rata-rata salah",
    "arithmetic",
    "error",
    kriteria="Rata-rata = jumlah nilai yang dirangkum / banyaknya; setiap komponen disebut",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "rata_rata", "rata_rata_sasaran")

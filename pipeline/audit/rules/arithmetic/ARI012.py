"""Four quarters do not give the year.

**What.** In action plans and quarterly reports the quarters of an amount or count add up to the year; of a cumulative or trend
figure the last quarter is the year's.

**Why it matters.** Progress is judged by quarterly targets.

**Regulation.** PermenPANRB 53/2014 (rencana aksi as the breakdown of the agreement).

**Wrong.** 10, 20, 30, 30 for a year of 100 where other rows add up.
**Right.** 10, 20, 30, 40.

**How it decides.** A row that fits either way is right. Others are judged by the way most rows of the column go.

**Known limits.** Columns without a majority are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI012",
    "Angka triwulan tidak sesuai setahun",
    "arithmetic",
    "warning",
    kriteria="Jumlah triwulan = setahun untuk angka yang dijumlahkan; triwulan IV = setahun untuk angka kumulatif",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "triwulan")

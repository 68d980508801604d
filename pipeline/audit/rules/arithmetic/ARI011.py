"""The end-of-period figure does not agree with the years it belongs to.

**What.** For percentages and scores the target for the end of the period is the target of the last year. For amounts it is the sum
of the years in the sections of a table that keep to this.

**Why it matters.** The end of the period is what the plan promises.

**Regulation.** Permendagri 86/2017 (Renstra tables with *kondisi kinerja pada akhir periode*).

**Wrong.** Target 2026: 97 %, end of period: 98 %.
**Right.** 97 % in both.

**How it decides.** Percentages and scores only, same indicator and same state of amendment; amounts only where three quarters of the
section's rows add up.

**Known limits.** Counts may add up over the years or not and are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI011",
    "Kondisi akhir tidak sesuai tahun-tahunnya",
    "arithmetic",
    "warning",
    kriteria="Target akhir periode = target tahun terakhir; anggaran akhir = jumlah tahunnya, menurut kebiasaan tabel",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "akhir", "tahunan")

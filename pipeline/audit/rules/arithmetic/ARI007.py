"""An amount and the percentage said of it in one sentence cannot both be right.

**What.** `realisasi sebesar Rp 2.636.500.000 atau 45% dari pagu`: the amount must be that share of the total pagu of the budget
tables, or of the amount the sentence names before it.

**Why it matters.** Summaries and forewords are read more than tables.

**Regulation.** PermenPANRB 53/2014, annex II (executive summary and chapter III.B must agree).

**Wrong.** The whole pagu of 2.636.500.000 called 45 %.
**Right.** Rp 1.184.303.703 atau 45 % dari pagu.

**How it decides.** If the share fits any whole that the sentence or the budget tables offer, nothing is said. The amount is then
compared with the total realisasi of the tables for the correction.

**Known limits.** Shares of other wholes (of belanja modal, of one sasaran) are only judged where the sentence names the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI007",
    "Jumlah dan persentase dalam kalimat tidak cocok",
    "arithmetic",
    "error",
    kriteria="Rp X atau p% dari pagu: p = X / pagu x 100",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "bagian")

"""Two documents of one office print the same target, realisasi or pagu differently.

**What.** PK against RKT against Renstra against LKIP of the same year, and last year's realisasi as this year's report repeats it.

**Why it matters.** The report must account for exactly what was agreed.

**Regulation.** Perpres 29/2014, articles 8-14 and 18-27; PermenPANRB 53/2014, annexes I and II.

**Wrong.** PK 2024: target 95 %; LKIP 2024: target 90 %.
**Right.** The same target in both.

**How it decides.** Equalities by indicator name, kind of figure and year between documents of one office. Where one document has two
versions that disagree (agreement and amended agreement), that kind of document is left out.

**Known limits.** Amounts of the Renstra are indicative and not compared with budgets.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_office
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI010",
    "Dokumen satu instansi tidak sejalan",
    "arithmetic",
    "warning",
    scope="office",
    kriteria="Renstra, RKT, PK dan LKIP satu instansi memuat target, pagu dan realisasi yang sama (Perpres 29/2014; PermenPANRB 53/2014)",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_office(ctx, RULE, "rantai")

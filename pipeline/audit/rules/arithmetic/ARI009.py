"""The target of the year differs from that year's target in the plan that the document itself contains.

**What.** Annexes bring Renstra matrix, RKT and agreement together in one file; the targets of one indicator for one year must agree.

**Why it matters.** Performance agreements must implement the plan in force, after its amendment.

**Regulation.** Perpres 29/2014, articles 8-14; PermenPANRB 53/2014, annex I.

**Wrong.** RKT 2024 with 4,01 for an index of which the amended plan has 3,50 for 2024 (4,01 was the old target for 2026).
**Right.** 3,50.

**How it decides.** By indicator name, kind of figure, year and whether the row belongs to before or after an amendment.

**Known limits.** Indicators renamed between plan and agreement are not matched here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI009",
    "Target berbeda dengan rencana dalam dokumen yang sama",
    "arithmetic",
    "warning",
    kriteria="Target tahun berjalan dalam RKT, PK dan LKIP = target tahun itu dalam Renstra (Perpres 29/2014 pasal 8-14)",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "rantai", "rencana")

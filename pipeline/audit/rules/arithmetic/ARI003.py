"""A percentage is not the ratio of the two columns it is computed from.

**What.** Serapan (absorption) is realisasi divided by pagu times 100; a header such as `6 (= 5/4 * 100)%` declares the same
for any other column.

**Why it matters.** The percentage is the figure that people read; the amounts beside it prove it.

**Regulation.** PermenPANRB 53/2014, annex II, chapter III.B (budget realisation).

**Wrong.** Pagu 356.391.000, realisasi 297.151.800, 35 %.
**Right.** 83 % (83,38).

**How it decides.** The percentage stands for every value that rounds to it; the ratio of the amounts must lie there. Decimals cut
off instead of rounded are accepted. A percentage rounded to whole numbers but printed with decimals (38,82 as 39,00 %) is a
warning, one last place off a notice. Which of the three cells is wrong is decided together with all other identities.

**Known limits.** Pagu 0 gives no percentage: not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI003",
    "Persentase tidak sama dengan perbandingan kolomnya",
    "arithmetic",
    "error",
    kriteria="Serapan = realisasi / pagu x 100; rumus kolom menurut kepala tabel",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "serapan", "kolom")

"""The same figure of the same indicator or activity is printed differently in two places of a document.

**What.** Target, realisasi and capaian of one indicator, year and quarter; pagu, realisasi and serapan of one program, kegiatan
or sub kegiatan; in tables and where the prose names the indicator in full.

**Why it matters.** One of the two is wrong, and a reader cannot know which.

**Regulation.** PermenPANRB 53/2014, annex II: data in the report must be consistent and traceable.

**Wrong.** Realisasi 99,50 % in one table and 98 % in the next.
**Right.** One value everywhere.

**How it decides.** Names are compared by their normalised words; a table that prints a name twice with different values is left out.
Other identities (percentages, sums, means) decide which print is wrong; without them the finding says that both are possible, and is a notice.

**Known limits.** Indicators renamed between tables are not matched here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI008",
    "Angka yang sama tercetak berbeda",
    "arithmetic",
    "warning",
    kriteria="Target, realisasi, capaian dan pagu yang sama harus sama di semua tabel dan uraian dokumen",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "sama", "uraian")

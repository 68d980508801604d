"""The total row of a table is not the sum of its rows.

**What.** A row called Jumlah or Total must equal the sum of the outermost rows above it: since the last total, of the whole
table, or of the totals before it, whichever the table follows.

**Why it matters.** Totals are what other chapters and documents quote.

**Regulation.** PermenPANRB 53/2014, annex II (the report presents budget realisation per program and in total).

**Wrong.** JUMLAH 1.184.303.783 under a single program of 1.184.303.703.
**Right.** JUMLAH 1.184.303.703.

**How it decides.** Interval sum, exact for rupiah. The cell that other identities vouch for (the program's own sum, a percentage)
is kept, the other one is named.

**Known limits.** Where the rows that a total covers can be taken in several ways and none fits, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI002",
    "Jumlah tabel salah",
    "arithmetic",
    "error",
    kriteria="Baris JUMLAH/TOTAL = jumlah baris yang dirangkumnya",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "jumlah_tabel")

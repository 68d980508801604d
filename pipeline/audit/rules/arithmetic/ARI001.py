"""A program, kegiatan or sub kegiatan tree does not add up.

**What.** In tables of budgets and plans the amount of a program is the sum of its kegiatan, and that of a kegiatan the sum of
its sub kegiatan, in every year and money column.

**Why it matters.** A parent that leaves a child out, counts it twice or repeats last year's amount puts a wrong ceiling into
the agreement and the report; a shifted column gives every activity the money of another one.

**Regulation.** Permendagri 90/2019 (structure of program, kegiatan, sub kegiatan); PP 12/2019 on regional finance.

**Wrong.** Kegiatan 399.648.019 over sub kegiatan 232.522.416, 46.192.970 and 120.932.633, where the kegiatan says 820.648.019.
**Right.** The same with 467.192.970 in the second row.

**How it decides.** Exact interval sums over the tree. Violated sums that touch are explained together with the percentages,
totals and other prints of the same amounts: a block of rows that stands some rows too low or two exchanged rows first, then
the single cell whose correction restores most and breaks nothing. The finding names the slip (digit lost, digits exchanged,
separators moved, copied from a neighbour, child left out or counted twice) and the rivals when another cell explains as much.

**Known limits.** A blank child cell or an ambiguous reading means *not checked*. Tables in which hardly any sum holds are taken
for misread and not judged. Amounts repaired by the reader (spaces taken out) give at most a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI001",
    "Jumlah program tidak sama dengan rinciannya",
    "arithmetic",
    "error",
    kriteria="Pagu dan realisasi program = jumlah kegiatan = jumlah sub kegiatan (struktur Permendagri 90/2019; PP 12/2019 pasal 51)",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "jumlah_pohon")

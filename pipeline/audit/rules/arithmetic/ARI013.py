"""More was spent than was budgeted.

**What.** The realisasi of a program, kegiatan or sub kegiatan is higher than its pagu in the same row.

**Why it matters.** Spending above the ceiling is not allowed, so either figure is wrong, or the pagu before an amendment stands
beside the realisasi after it.

**Regulation.** PP 12/2019, article 3 and following: no expenditure without budget.

**Wrong.** Pagu 15.548.300, realisasi 50.680.000.
**Right.** Pagu 15.548.300, realisasi 5.068.000.

**How it decides.** Exact amounts of the row; a finding only where no other arithmetic finding already names one of the two cells.

**Known limits.** Ambiguous amounts are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.figures import sheets
from pipeline.audit.identities.ratios import partner
from pipeline.audit.identities.workup import accused, of_document
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    "ARI013",
    "Realisasi melebihi pagu",
    "arithmetic",
    "warning",
    texts={
        "": (
            "{nama}: realisasi {realisasi} melebihi pagu {pagu}.",
            "{nama}: realisasi {realisasi} exceeds the pagu of {pagu}.",
        )
    },
    kriteria="Pengeluaran tidak boleh melebihi pagu (PP 12/2019)",
)


def check(ctx: Context) -> Iterator[Finding]:
    berkas = ctx.doc.berkas
    named = accused(of_document(ctx.doc))
    for sheet in sheets(berkas):
        for column in sheet.columns("realisasi_anggaran"):
            ceiling = partner(sheet, column, "anggaran")
            if ceiling is None:
                continue
            for row in range(len(sheet.table.rows)):
                spent, pagu = sheet.figure(row, column), sheet.figure(row, ceiling)
                if spent is None or pagu is None or {spent.ref, pagu.ref} & named:
                    continue
                money = spent.reading.kind == pagu.reading.kind == "rupiah" and spent.certain and pagu.certain
                if money and pagu.value and spent.value and spent.value > pagu.value:
                    yield finding(
                        RULE, berkas, spent.where, evidence=[cite(berkas, spent.where, spent.text),
                        cite(berkas, pagu.where, pagu.text, "counterpart")], found=spent.text,
                        nama=spent.label, realisasi=spent.text, pagu=pagu.text,
                    )  # fmt: skip

"""The achievement (capaian) does not follow from target and realisasi.

**What.** Capaian is R/T x 100 where more is better; where less is better documents use (2T - R)/T x 100 or T/R x 100.

**Why it matters.** Capaian decides the predicate of every objective.

**Regulation.** PermenPANRB 53/2014, annex II, chapter III.A, and the formulas the document itself declares.

**Wrong.** Target 83, realisasi 82,92, capaian 98,30 %.
**Right.** 99,90 %.

**How it decides.** A row that fits one of the conventions, or a limit (100, 110, 120, 150 %) that the document keeps to in every
row, is right. Otherwise the convention of the indicator's direction gives the expected value; the target counts as exact, the
realisasi as what rounds to its print.

**Known limits.** Targets and realisations of different units are not compared; target 0, letters and opinions are not assessable.
Whether the direction itself was chosen wrongly is another rule's business.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI004",
    "Capaian tidak sesuai target dan realisasinya",
    "arithmetic",
    "error",
    kriteria="Capaian = realisasi/target x 100, atau (2T-R)/T x 100 dan T/R x 100 untuk indikator yang makin kecil makin baik",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    return in_document(ctx, RULE, "capaian")

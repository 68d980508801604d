"""More tujuan than sasaran.

Each goal needs at least one objective that leads to it. A goal without one has neither target nor measure.

Wrong: "Tujuan: 1. … 2. …" and a table with a single sasaran. Right: a sasaran for each.

Decides: an IKU document lists its tujuan by number, and the table that follows has fewer distinct sasaran than that.

Limits: one sasaran may serve two goals; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, KeyValue
from pipeline.normalize.names import normal

_NUMBERED = re.compile(r"(?:^|\n|;\s*)\s*(\d)[.)]\s")  # "1. Meningkatkan …"

RULE = Rule(
    code="CAS002",
    name="Tujuan lebih banyak daripada sasaran",
    family="CASCADE",
    severity="notice",
    texts={
        "": (
            "{tujuan} tujuan, tetapi hanya {sasaran} sasaran dalam tabel sesudahnya.",
            "{tujuan} tujuan, but only {sasaran} sasaran in the table that follows.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for block in doc.prose:
        if not isinstance(block, KeyValue) or normal(block.key) != "tujuan":
            continue
        goals = len(_NUMBERED.findall(block.value))
        line = block.where.line or 0
        after = [table for table in doc.tables("iku") if (table.where.line or 0) > line]
        if goals < 2 or not after or doc.dokumen.media != "text":
            continue
        names = {normal(r.sasaran): r for r in doc.declared if r.table == after[0].ordinal and r.sasaran}
        if 0 < len(names) < goals:
            cells = [doc.cell(record, "sasaran") for record in names.values()]
            yield finding(
                RULE,
                doc.berkas,
                block.where,
                evidence=[
                    cite(doc.berkas, block.where, block.value),
                    *(cite(doc.berkas, cell, role="counterpart") for cell in cells if cell is not None),
                ],
                found=str(len(names)),
                expected=str(goals),
                tujuan=goals,
                sasaran=len(names),
            )

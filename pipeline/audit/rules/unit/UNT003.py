"""Money is planned for a target of nought.

A target of 0 says that nothing will be delivered in that year. Money planned for it has no output to pay for: the target or the amount is
wrong.

Wrong: target 0 unit, Rp 20.000.000. Right: target 2 unit, or no amount.

Decides: in programme tables, the target and the amount of the same year in one row.

Limits: preparatory work may cost money before the first output; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="UNT003",
    name="Target nol dengan anggaran",
    family="UNIT",
    severity="notice",
    texts={
        "": (
            "Target “{indikator}” nol, tetapi dianggarkan {anggaran}.",
            "The target of “{indikator}” is nought, but {anggaran} is planned.",
        )
    },
    kriteria="Permendagri 86/2017: pagu mengikuti target",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for line in lines(doc, "renstra_program", "rkt", "anggaran"):
        amounts = list(line.cells("anggaran"))
        for name, cells in line.figures():
            for column, cell in cells:
                if column.field != "target" or cell.reading is None or cell.reading.value != 0:
                    continue
                for other, amount in amounts:
                    same = (other.tahun, other.tahun_ke, other.triwulan) == (
                        column.tahun,
                        column.tahun_ke,
                        column.triwulan,
                    )
                    if same and amount.reading is not None and (amount.reading.value or 0) > 0:
                        yield finding(
                            RULE,
                            doc.berkas,
                            cell.where,
                            evidence=[
                                cite(doc.berkas, cell),
                                cite(doc.berkas, amount, role="counterpart"),
                                cite(doc.berkas, name, role="context"),
                            ],
                            found=cell.text,
                            indikator=name.text,
                            anggaran=amount.text,
                        )

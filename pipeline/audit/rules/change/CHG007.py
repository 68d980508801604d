"""The yearly plan has another target for a sub kegiatan than any year of the Renstra.

"100 dokumen" in the yearly plan and 12 in every year of the Renstra: one of them is a slip, or the plan was changed without saying so.

Wrong: RKT *20 paket*, Renstra *1, 1, 1*. Right: one of the Renstra's yearly targets.

Decides: sub kegiatan of the same name in the RKT and in the rows of the Renstra in force that name the same office as responsible; both targets exact counts (no per cent), units that do not clash; the RKT's is none of
the yearly ones. Which column is the RKT's year need not be known.

Limits: a target may be raised on purpose; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.audit.activities import renstra_rows, yearly
from pipeline.audit.context import Context
from pipeline.audit.lines import Line
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import alike, counted, unit_of
from pipeline.model import Cell, Finding

RULE = Rule(
    code="CHG007",
    name="Target RKT berbeda dari semua target Renstra",
    family="ARITHMETIC",
    severity="notice",
    scope="office",
    texts={
        "": (
            "Target RKT “{nama}” adalah {rkt}, target tahunannya dalam Renstra {renstra}.",
            "The RKT's target of “{nama}” is {rkt}, its yearly targets in the Renstra are {renstra}.",
        )
    },
    kriteria="Permendagri 86/2017: rencana tahunan berpedoman pada Renstra",
)


def check(ctx: Context) -> Iterable[Finding]:
    for doc in ctx.docs:
        if not any(True for _ in doc.tables("rkt")):
            continue
        rows = renstra_rows(ctx.docs, doc.dokumen.instansi.nama or "")
        for one in yearly(doc, rows) if rows else ():
            years = [cell for line in one.rows for _, cell in line.cells("target")]
            if one.target is None or not years or not all(map(_count, (one.target, *years))):
                continue
            if any(_value(cell) == _value(one.target) for cell in years) or _clash(one.target, one.rows):
                continue
            yield finding(
                RULE,
                doc.berkas,
                one.target.where,
                evidence=[
                    cite(doc.berkas, one.target),
                    cite(doc.berkas, one.name, role="context"),
                    *(
                        cite(line.doc.berkas, cell, role="counterpart")
                        for line in one.rows
                        for _, cell in line.cells("target")
                    ),
                ],
                found=one.target.text,
                expected=years[0].text,
                nama=one.name.text,
                rkt=one.target.text,
                renstra=", ".join(dict.fromkeys(cell.text for cell in years)),
            )


def _count(cell: Cell) -> bool:
    return (
        cell.reading is not None
        and cell.reading.status == "exact"
        and _value(cell) is not None
        and unit_of(cell) != "%"
    )


def _value(cell: Cell) -> object:
    return cell.reading.value if cell.reading is not None else None


def _clash(target: Cell, rows: Sequence[Line]) -> bool:
    """Whether the rows count in units that are all others than the target's: those are not compared."""
    own = unit_of(target)
    units = {unit_of(cell) for line in rows for _, cell in line.cells("baseline", "target", "target_akhir")}
    units |= {counted(cell.text) for line in rows for _, cell in line.cells("indikator")}
    units -= {None, "%"}
    return own is not None and bool(units) and not any(alike(own, other) for other in units if other)

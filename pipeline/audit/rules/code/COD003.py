"""Two rows of one section carry the same code.

A code names one program, kegiatan or sub kegiatan. Doubled, one of the two rows has the other's code, or its own last part is missing.

Wrong: kegiatan 4.01.01.2.02 and below it a **sub kegiatan 4.01.01.2.02**. Right: 4.01.01.2.02.02.

Decides: same table, same section and phase, same code, different names.

Limits: a sub kegiatan that is repeated for a second indikator has the same name and is no finding.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.codes import Coded, alike, below_program, coded, likeness, listed_code, nomenclature
from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="COD003",
    name="Kode ganda",
    family="CODE",
    severity="warning",
    texts={
        "": (
            "Kode {kode} dipakai untuk “{satu}” dan untuk “{dua}”.",
            "The code {kode} is used for “{satu}” and for “{dua}”.",
        )
    },
    kriteria="Permendagri 90/2019",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    seen: dict[str, Coded] = {}
    group: tuple[int, tuple[str, ...]] | None = None
    for row in coded(doc):
        if row.group != group or row.line.row.level not in ("kegiatan", "sub_kegiatan"):
            seen, group = {}, row.group  # a program begins the section of another unit
        first = seen.setdefault(row.code, row)
        if first is row or alike(first.name.text, row.name.text):
            continue
        if any(right not in (None, row.code) for right in (listed_code(first), listed_code(row))):
            continue  # said by COD004
        right = _listed(row)
        yield finding(
            RULE,
            doc.berkas,
            row.cell.where,
            evidence=[
                cite(doc.berkas, row.cell),
                cite(doc.berkas, row.name, role="context"),
                cite(doc.berkas, first.cell, role="counterpart"),
                cite(doc.berkas, first.name, role="context"),
            ],
            found=row.code,
            expected=right,
            suggestion=right,
            kode=row.code,
            satu=first.name.text,
            dua=row.name.text,
        )


def _listed(row: Coded) -> str | None:
    """The code that the nomenclature gives the row's name, within its program."""
    if below_program(row.code) is None:
        return None
    best = max(nomenclature(), key=lambda ending: likeness(nomenclature()[ending], row.name.text))
    good = likeness(nomenclature()[best], row.name.text) >= 0.8
    return ".".join([*row.code.split(".")[:3], best]) if good else None

"""A part is larger than its whole, or some parts together are.

**What.** A single kegiatan costs more than its program, or a sub kegiatan more than its kegiatan, in the same year and column; or the parts that can be
read add up to more than the whole, whatever the others are.

**Why it matters.** Whatever the other rows say, both amounts cannot be right.

**Regulation.** Permendagri 90/2019 (structure of program, kegiatan, sub kegiatan).

**Wrong.** Program 1.583.964.750 with a kegiatan of 1.965.254.500.
**Right.** The same with a kegiatan of 196.525.450.

**How it decides.** Only where the sum as a whole could not be judged, because another part is blank or cannot be read, and where both
amounts were read beyond doubt (of several parts together, each of them without any repair). All years of one row are one finding.

**Known limits.** Which of them is wrong is not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from pipeline.audit.context import Context
from pipeline.audit.identities.model import Figure, Identity, Ref
from pipeline.audit.identities.wording import number
from pipeline.audit.identities.workup import accused, of_document
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    "ARI014",
    "Rincian lebih besar daripada induknya",
    "arithmetic",
    "warning",
    texts={
        "": (
            "{anak}: {nilai} lebih besar daripada {induk} yang memuatnya ({jumlah}).",
            "{anak}: {nilai} is larger than {induk}, which contains it ({jumlah}).",
        ),
        "together": (
            "{induk}: {jumlah} lebih kecil daripada {banyak} rinciannya yang terbaca pasti, yang berjumlah {nilai}.",
            "{induk}: {jumlah} is less than the {banyak} of its parts that can be read surely, which add up to {nilai}.",
        ),
    },
    version=2,
    kriteria="Rincian tidak dapat melebihi jumlahnya (struktur Permendagri 90/2019)",
)
READ = ("exact", "repaired")


def check(ctx: Context) -> Iterator[Finding]:
    workup = of_document(ctx.doc)
    named = accused(workup)
    found: dict[tuple[int, int], list[tuple[Figure, Figure]]] = defaultdict(list)
    for identity, _ in workup.skipped:
        for part in _too_large(identity):
            if part.ref not in named and identity.result.ref not in named:
                found[part.ref.table, part.ref.row].append((part, identity.result))
    for pairs in found.values():
        part, whole = pairs[0]
        yield finding(
            RULE,
            ctx.doc.berkas,
            part.where,
            evidence=[
                *(cite(ctx.doc.berkas, one.where, one.text) for one, _ in pairs),
                *(cite(ctx.doc.berkas, one.where, one.text, "counterpart") for _, one in pairs),
            ],
            found=part.text,
            anak=part.label,
            nilai=part.text,
            induk=whole.label,
            jumlah=whole.text,
        )

    yield from _together(
        ctx,
        [one for one, _ in workup.skipped],
        named | {ref for pairs in found.values() for a, b in pairs for ref in (a.ref, b.ref)},
    )


def _together(ctx: Context, skipped: list[Identity], named: set[Ref]) -> Iterator[Finding]:
    """Wholes that are less than the sum of those of their parts that were read without any repair."""
    rows: set[tuple[int, int]] = set()
    for identity in skipped:
        whole = identity.result
        sure = [
            figure for figure in identity.operands if figure.certain and figure.value is not None and figure.value > 0
        ]
        total = sum((figure.value for figure in sure if figure.value is not None), Decimal(0))
        if identity.kind != "jumlah_pohon" or not whole.certain or not whole.value or total <= whole.value:
            continue
        if (
            len(sure) < 2
            or (whole.ref.table, whole.ref.row) in rows
            or any(figure.ref in named for figure in (whole, *sure))
        ):
            continue
        rows.add((whole.ref.table, whole.ref.row))
        yield finding(
            RULE,
            ctx.doc.berkas,
            whole.where,
            "together",
            evidence=[
                cite(ctx.doc.berkas, whole.where, whole.text),
                *(cite(ctx.doc.berkas, one.where, one.text, "counterpart") for one in sure),
            ],
            found=whole.text,
            trace={"parts": [str(one.value) for one in sure], "whole": str(whole.value)},
            induk=whole.label,
            jumlah=whole.text,
            banyak=len(sure),
            nilai=number(total),
        )


def _too_large(identity: Identity) -> Iterator[Figure]:
    whole = identity.result
    if identity.kind != "jumlah_pohon" or whole.reading.status not in READ or not whole.value:
        return
    for part in identity.operands:
        if part.reading.status in READ and part.value and part.value > whole.value:
            yield part

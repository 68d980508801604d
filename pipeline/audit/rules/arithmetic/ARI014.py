"""A part is larger than its whole.

**What.** A single kegiatan costs more than its program, or a sub kegiatan more than its kegiatan, in the same year and column.

**Why it matters.** Whatever the other rows say, both amounts cannot be right.

**Regulation.** Permendagri 90/2019 (structure of program, kegiatan, sub kegiatan).

**Wrong.** Program 1.583.964.750 with a kegiatan of 1.965.254.500.
**Right.** The same with a kegiatan of 196.525.450.

**How it decides.** Only where the sum as a whole could not be judged, because another part is blank or cannot be read, and where both
amounts were read beyond doubt. All years of one row are one finding.

**Known limits.** Which of the two is wrong is not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.model import Figure, Identity
from pipeline.audit.identities.workup import accused, of_document
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    "ARI014",
    "rincian lebih besar daripada induknya",
    "arithmetic",
    "warning",
    texts={
        "": (
            "{anak}: {nilai} lebih besar daripada {induk} yang memuatnya ({jumlah}).",
            "{anak}: {nilai} is larger than {induk}, which contains it ({jumlah}).",
        )
    },
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


def _too_large(identity: Identity) -> Iterator[Figure]:
    whole = identity.result
    if identity.kind != "jumlah_pohon" or whole.reading.status not in READ or not whole.value:
        return
    for part in identity.operands:
        if part.reading.status in READ and part.value and part.value > whole.value:
            yield part

"""The yearly plan has an activity that the Renstra has not, or leaves one out.

The yearly plan carries out the Renstra. A sub kegiatan without a place there has no outcome to serve; one that is dropped leaves its target unreached.

Wrong: RKT with *Penyediaan Peralatan Kantor*, Renstra with *Pengadaan Mesin* instead. Right: the same list, or a note why not.

Decides: the sub kegiatan of an RKT against the rows of the Renstra in force that name the same office as responsible (all rows where none does), by the words of their names. At least half of the RKT must be found there. One finding per RKT.

Limits: a renamed activity counts as two; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.activities import renstra_rows, yearly
from pipeline.audit.context import Context, meaning
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="CHG006",
    name="Sub kegiatan berbeda antara RKT dan Renstra",
    family="CHANGE",
    severity="notice",
    scope="office",
    texts={
        "": (
            "{baru} sub kegiatan RKT tidak ada dalam Renstra ({contoh}), {hilang} sub kegiatan Renstra tidak ada dalam RKT ({lepas}).",
            "{baru} sub kegiatan of the RKT are not in the Renstra ({contoh}), {hilang} of the Renstra are not in the RKT ({lepas}).",
        )
    },
    kriteria="Permendagri 86/2017: rencana tahunan berpedoman pada Renstra",
)


def check(ctx: Context) -> Iterable[Finding]:
    for doc in ctx.docs:
        if not any(True for _ in doc.tables("rkt")):
            continue
        rows = renstra_rows(ctx.docs, doc.dokumen.instansi.nama or "")
        planned = list(yearly(doc, rows)) if rows else []
        new = [one for one in planned if not one.rows]
        if not planned or 2 * len(new) > len(planned):
            continue
        names = {meaning(one.name.text) for one in planned}
        dropped = [
            line
            for line in rows
            if line.row.level == "sub_kegiatan" and line.name is not None and meaning(line.name.text) not in names
        ]
        if (not new and not dropped) or len(dropped) > len(planned):
            continue
        first = new[0].name if new else planned[0].name
        yield finding(
            RULE,
            doc.berkas,
            first.where,
            evidence=[
                *(cite(doc.berkas, one.name) for one in new),
                *(cite(line.doc.berkas, line.name, role="counterpart") for line in dropped if line.name is not None),
            ],
            found=first.text,
            baru=len(new),
            hilang=len(dropped),
            contoh=", ".join(f"“{one.name.text}”" for one in new[:2]) or "-",
            lepas=", ".join(f"“{line.name.text}”" for line in dropped[:2] if line.name is not None) or "-",
        )

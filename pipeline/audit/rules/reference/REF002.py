"""The text refers to a table about something else.

"Berdasarkan tabel 1.4 terdapat kekurangan pegawai" while table 1.4 lists the budget: the number was not moved when tables were.

Wrong: the sentence on staff refers to the budget's table. Right: it refers to the table on staff.

Decides: the sentence shares no meaning-bearing word with the title of the table it names, and two or more with the title of exactly one
other table that stands nearer before it.

Limits: a sentence that draws on a table without naming its topic is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.captions import captions, references
from pipeline.audit.context import Context, meaning, parted
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="REF002",
    name="Rujukan ke tabel lain",
    family="REF",
    severity="notice",
    texts={
        "": (
            "Kalimat ini menunjuk tabel {nomor} (“{judul}”), padahal isinya tentang tabel {lain} (“{judul_lain}”).",
            "This sentence refers to table {nomor} (“{judul}”), but is about table {lain} (“{judul_lain}”).",
        )
    },
    kriteria="Rujukan tabel",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    own = meaning(doc.dokumen.instansi.nama) | {"tabel", "tahun", str(doc.dokumen.tahun)}
    found = {caption.number: caption for caption in captions(doc)}
    for number, block in references(doc):
        caption = found.get(number)
        if caption is None:
            continue
        sentence = next(
            s for s in [*parted(block.text), block.text] if f"tabel {number}" in s.lower() or s == block.text
        )
        words = meaning(sentence) - own
        if words & meaning(caption.title):
            continue
        here = block.where.line or 0
        before = [other for other in found.values() if (other.where.line or 0) < here]
        nearest = max(before, key=lambda other: other.where.line or 0, default=None)
        away = abs(here - (caption.where.line or 0))
        fitting = [
            other
            for other in before
            if words & (meaning(other.title) - own) and (other is nearest or here - (other.where.line or 0) < away)
        ]
        if len(fitting) == 1 and fitting[0].number != number and meaning(caption.title) - own:
            yield finding(
                RULE,
                doc.berkas,
                block.where,
                evidence=[
                    cite(doc.berkas, block.where, sentence),
                    cite(doc.berkas, caption.where, f"Tabel {number} {caption.title}", role="counterpart"),
                    cite(doc.berkas, fitting[0].where, f"Tabel {fitting[0].number} {fitting[0].title}", role="witness"),
                ],
                found=number,
                expected=fitting[0].number,
                suggestion=f"tabel {fitting[0].number}",
                nomor=number,
                judul=caption.title,
                lain=fitting[0].number,
                judul_lain=fitting[0].title,
            )

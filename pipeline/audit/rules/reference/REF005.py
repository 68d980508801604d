"""The table of contents names chapters otherwise than the chapters themselves.

"B. CAPAIAN KINERJA BAGIAN ORGANISAS … 23" was typed, not generated: letters are lost, words differ, and page numbers are then doubtful too.

Wrong: contents *E. EVALUASI & ANALISIS*, heading *E. EVALUASI DAN ANALISIS*. Right: contents made from the headings.

Decides: entries with a letter and leader dots ("B. … ..... 23") against headings with the same letter that share most of their words; a difference of a word of meaning or a word cut short. Capitals,
punctuation, "dan", years, brackets and the office's name count for nothing. All entries of a document are one notice.

Limits: only entries with leader dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, Heading, Paragraph
from pipeline.normalize.names import content_words

_ENTRY = re.compile(r"^\W*([A-Z])\.\s+(.{8,120}?)\s*\.{3,}\s*\d{0,3}\W*$")  # "B. CAPAIAN KINERJA ..... 23"
_HEADING = re.compile(r"^\W*([A-Z])\.\s+(.{8,120}?)\W*$")

RULE = Rule(
    code="REF005",
    name="Daftar isi tidak sama dengan judul bab",
    family="REF",
    severity="notice",
    texts={
        "": (
            "{jumlah} judul dalam daftar isi berbeda dari babnya, mis. “{isi}” dan “{judul}”.",
            "{jumlah} titles in the contents differ from their chapters, e.g. “{isi}” and “{judul}”.",
        )
    },
    kriteria="Daftar isi sesuai dengan isi",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    titles = [block for block in doc.prose if isinstance(block, Heading | Paragraph)]
    entries = [(block.where, m) for block in titles if (m := _ENTRY.match(block.text))]
    if len(entries) < 4:
        return
    headings = [
        (block.where, m)
        for block in titles
        if isinstance(block, Heading) and "..." not in block.text and (m := _HEADING.match(block.text))
    ]
    pairs: list[tuple[Evidence, Evidence, str, str]] = []
    for where, entry in entries:
        words = _words(doc, entry.group(2))
        same = [(w, h) for w, h in headings if h.group(1) == entry.group(1)]
        if any(_words(doc, h.group(2)) == words for _, h in same):
            continue
        near = [
            (w, h) for w, h in same if 2 * len(words & _words(doc, h.group(2))) > len(words | _words(doc, h.group(2)))
        ]
        if len(near) == 1:
            place, heading = near[0]
            pairs.append(
                (
                    cite(doc.berkas, where, entry.group(2)),
                    cite(doc.berkas, place, heading.group(2), role="counterpart"),
                    entry.group(2),
                    heading.group(2),
                )
            )
    if pairs:
        yield finding(
            RULE,
            doc.berkas,
            pairs[0][0].where,
            evidence=[item for one, two, _, _ in pairs for item in (one, two)],
            found=pairs[0][2],
            expected=pairs[0][3],
            jumlah=len(pairs),
            isi=pairs[0][2],
            judul=pairs[0][3],
        )


def _words(doc: Doc, title: str) -> frozenset[str]:
    """The words of a title without the office's name, years and brackets, which contents may leave out."""
    plain = re.sub(r"\([^)]*\)|\d+", " ", title)
    return content_words(plain) - content_words(doc.dokumen.instansi.nama or "") - {"tahun"}

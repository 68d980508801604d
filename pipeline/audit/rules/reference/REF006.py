"""Two sections have the same number.

*3.2 Realisasi Anggaran* and, eight pages on, *3.2 Upaya Perbaikan Kinerja*: the contents and every "lihat 3.2" point to the wrong one.

Wrong: 3.1, 3.2, 3.2. Right: 3.1, 3.2, 3.3.

Decides: headings that begin with a number of two or three parts ("3.2", "3.2.1"), outside the contents; the same number over two headings that share no word.

Limits: a document bound from several, each with its own numbers, has them twice by right; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Heading
from pipeline.normalize.names import content_words

_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+([^\W\d_].{3,160})$")  # "3.2.1. Perbandingan realisasi"
_LEADERS = re.compile(r"\.{4,}|…|\s\d{1,3}$")  # "3.2 Realisasi Anggaran ........ 24"

RULE = Rule(
    code="REF006",
    name="Nomor subbab ganda",
    family="REF",
    severity="notice",
    texts={
        "": (
            "Nomor {nomor} dipakai dua kali: “{satu}” dan “{dua}”.",
            "The number {nomor} is used twice: “{satu}” and “{dua}”.",
        )
    },
    kriteria="Setiap subbab mempunyai nomor sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    first: dict[str, tuple[Heading, str]] = {}
    for heading, number, title in _headings(doc):
        other = first.setdefault(number, (heading, title))
        if other[0] is heading or content_words(other[1]) & content_words(title):
            continue
        yield finding(
            RULE,
            doc.berkas,
            heading.where,
            evidence=[
                cite(doc.berkas, heading.where, heading.text),
                cite(doc.berkas, other[0].where, other[0].text, role="counterpart"),
            ],
            found=number,
            nomor=number,
            satu=other[1],
            dua=title,
        )


def _headings(doc: Doc) -> Iterable[tuple[Heading, str, str]]:
    for block in doc.prose:
        match = _NUMBERED.match(" ".join(block.text.split())) if isinstance(block, Heading) else None
        if match is not None and isinstance(block, Heading) and not _LEADERS.search(match[2]):
            yield block, match[1], match[2]

"""Paragraphs are printed twice, word for word.

An analysis that stands under three sasaran with the same words analyses none of them; a page pasted twice was not proofread.

Wrong: the same five lines under *Sasaran 2*, *Sasaran 3* and *Sasaran 5*. Right: for each sasaran what helped and hindered it.

Decides: in an LKIP, paragraphs of at least 25 words whose words are equal. Opening and closing chapters rightly repeat each other, so a paragraph that
stands twice counts only where both stand in the chapter of results. All of a document are one notice, at the second place of the longest run.

Limits: what was pasted and changed by a word is not seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Heading, Paragraph
from pipeline.normalize.names import normal

LONG = 25
_RESULTS = re.compile(r"\bakuntabilitas\s+kinerja\b|\bcapaian\s+kinerja\b", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*(?:bab\s+iv\b|penutup\b)", re.IGNORECASE)

RULE = Rule(
    code="TXT003",
    name="Alinea yang sama tertulis berulang",
    family="TEXT",
    severity="notice",
    texts={
        "": (
            "{jumlah} alinea tertulis lebih dari sekali kata demi kata, mis. “{teks}” ({kali} kali).",
            "{jumlah} paragraphs are printed more than once word for word, e.g. “{teks}” ({kali} times).",
        )
    },
    kriteria="PermenPANRB 53/2014: setiap sasaran dianalisis tersendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    printed: dict[str, list[Paragraph]] = defaultdict(list)
    reporting = False
    for block in doc.prose:
        if isinstance(block, Heading):
            reporting = (reporting or bool(_RESULTS.search(block.text))) and not _CLOSING.search(block.text)
        elif isinstance(block, Paragraph) and reporting and len(block.text.split()) >= LONG:
            printed[normal(block.text)].append(block)
    repeated = sorted((blocks for blocks in printed.values() if len(blocks) > 1), key=len, reverse=True)
    if repeated:
        first = repeated[0]
        yield finding(
            RULE,
            doc.berkas,
            first[1].where,
            evidence=[cite(doc.berkas, block.where, block.text) for blocks in repeated for block in blocks],
            found=first[1].text,
            jumlah=len(repeated),
            teks=" ".join(first[1].text.split()[:14]) + " …",
            kali=len(first),
        )

"""Paragraphs are printed twice, word for word.

An analysis that stands under three sasaran with the same words analyses none of them; a page pasted twice was not proofread.

Wrong: the same five lines under *Sasaran 2*, *Sasaran 3* and *Sasaran 5*. Right: for each sasaran what helped and hindered it.

Decides: in an LKIP, paragraphs of at least 25 words whose words are equal. Opening and closing chapters rightly repeat each other, so a paragraph that
stands twice counts only where both stand in the chapter of results. In a plan (Renja, Renstra), at least two paragraphs or items of 20 words anywhere. All of a document are one notice, at the second place of the longest run.

Limits: what was pasted and changed by a word is not seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Heading, Paragraph, Where
from pipeline.normalize.names import normal

LONG = 25
LONG_IN_PLANS = 20
PLANS = ("Renja", "Renstra")
_RESULTS = re.compile(r"\bakuntabilitas\s+kinerja\b|\bcapaian\s+kinerja\b", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*(?:bab\s+iv\b|penutup\b)", re.IGNORECASE)

RULE = Rule(
    code="TXT003",
    name="Alinea yang sama tertulis berulang",
    family="TEXT",
    severity="notice",
    version=2,
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
    if doc.dokumen.kind not in ("LKIP", *PLANS):
        return
    plan = doc.dokumen.kind in PLANS
    printed: dict[str, list[tuple[Where, str]]] = defaultdict(list)
    for where, text in doc.spoken if plan else _results(doc):
        if len(text.split()) >= (LONG_IN_PLANS if plan else LONG):
            printed[normal(text).replace(" ", "")].append((where, text))
    repeated = sorted((blocks for blocks in printed.values() if len(blocks) > 1), key=len, reverse=True)
    if len(repeated) > (1 if plan else 0):
        first = repeated[0]
        where, text = first[1]
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[cite(doc.berkas, *block) for blocks in repeated for block in blocks],
            found=text,
            jumlah=len(repeated),
            teks=" ".join(text.split()[:14]) + " …",
            kali=len(first),
        )


def _results(doc: Doc) -> Iterator[tuple[Where, str]]:
    """The paragraphs of a report's chapter of results."""
    reporting = False
    for block in doc.prose:
        if isinstance(block, Heading):
            reporting = (reporting or bool(_RESULTS.search(block.text))) and not _CLOSING.search(block.text)
        elif isinstance(block, Paragraph) and reporting:
            yield block.where, block.text

"""The text calls an absorption low that the table shows to be high.

Paragraphs are copied from objective to objective. "Serapan anggaran yang relatif rendah" under an objective with 96% was not read again.

Wrong: *Serapan anggaran yang relatif rendah …* under a sasaran with serapan 96%. Right: a sentence on this objective.

Decides: a paragraph that says "serapan/realisasi … rendah", the sasaran heading above it, and the serapan of that sasaran in the efficiency or budget
table: 80% or more is not low.

Limits: only paragraphs under a heading or key "Sasaran n".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

_LOW = re.compile(
    r"\b(?:serapan|penyerapan)\b[^.]{0,40}\brendah\b", re.IGNORECASE
)  # "Serapan anggaran yang relatif rendah"
_OBJECTIVE = re.compile(r"^\W*sasaran\s*(?:strategis\s*)?\d", re.IGNORECASE)  # "Sasaran Strategis 2 : …"
NOT_LOW = 80

RULE = Rule(
    code="NAR003",
    name="Serapan disebut rendah padahal tinggi",
    family="LOGIC",
    severity="warning",
    texts={
        "": (
            "Naskah menyebut serapan rendah untuk “{sasaran}”, padahal serapannya {serapan}.",
            "The text calls the absorption of “{sasaran}” low, but it is {serapan}.",
        )
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    shares = list(_shares(doc))
    heading = ""
    for where, text in doc.spoken:
        if _OBJECTIVE.match(text):
            heading = text
        match = _LOW.search(text)
        if match is None or not heading:
            continue
        words = meaning(heading)
        fitting = [
            (name, cell)
            for name, cell in shares
            if meaning(name.text) and len(meaning(name.text) & words) >= 0.8 * len(meaning(name.text))
        ]
        best = max(fitting, key=lambda pair: len(meaning(pair[0].text)), default=None)
        if best is None:
            continue
        name, cell = best
        if cell.reading is not None and cell.reading.value is not None and cell.reading.value >= NOT_LOW:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, text),
                    cite(doc.berkas, cell, role="counterpart"),
                    cite(doc.berkas, name, role="context"),
                ],
                found=match.group(),
                expected=cell.text,
                sasaran=name.text,
                serapan=cell.text,
            )


def _shares(doc: Doc) -> Iterable[tuple[Cell, Cell]]:
    for line in lines(doc, "efisiensi"):
        name, cell = line.first("sasaran"), line.first("serapan")
        if name is not None and cell is not None:
            yield name, cell

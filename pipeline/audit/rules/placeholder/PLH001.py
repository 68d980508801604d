"""A placeholder was left in.

"(…%)", "xx", "Rp. ……": the author meant to fill in a figure and did not. "Belum mencapai/sudah melebihi 100 persen": the form's alternatives were not
struck out.

Wrong: *terealisasi sebesar Rp 0,- (...%)*. Right: *(0%)*.

Decides: dots between brackets or before "%", "xx" as a number, "Rp" followed by dots, in the running text of a report or plan and in table
cells. Leaders of a table of contents are left out. In running text also two opposite verbs with a slash ("belum mencapai/sudah
melebihi").

Limits: dots in a form that is meant to be filled in by hand (a signature's date) are left out when nothing follows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, Heading, Paragraph

_LEFT = re.compile(
    r"\(\s*(?:\.{2,}|…)\s*%?\s*\)|(?:\.{3,}|…)\s*%|\b[xX]{2,}(?:[.,][xX]+)*\s*%|\bRp\.?\s*(?:\.{4,}|…+|[xX]{2,})|\b[xX]{3,}\b"
)  # "(...%)", "…%", "xx%", "Rp. ……"

_EITHER = re.compile(
    r"\b(?:belum|tidak)\s+[a-z]+\s?/\s?(?:sudah|telah|mendekati|melebihi)(?:\s+[a-z]+)?\b"
    r"|\b(?:sudah|telah)\s+[a-z]+\s?/\s?(?:belum|tidak)(?:\s+[a-z]+)?\b|\bcoret\s+yang\s+tidak\s+perlu\b",
    re.IGNORECASE,
)  # "belum mencapai/sudah melebihi 100 persen"

RULE = Rule(
    code="PLH001",
    name="Isian belum dilengkapi",
    family="PLACEHOLDER",
    severity="warning",
    texts={
        "": (
            "Isian “{isian}” belum dilengkapi.",
            "The placeholder “{isian}” was not filled in.",
        ),
        "either": (
            "Pilihan “{isian}” belum dicoret.",
            "Neither of the alternatives “{isian}” was struck out.",
        ),
    },
    kriteria="Naskah harus lengkap",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for block in doc.prose:
        if isinstance(block, Heading | Paragraph) and (match := _LEFT.search(block.text)):
            yield finding(
                RULE,
                doc.berkas,
                block.where,
                evidence=[cite(doc.berkas, block.where, block.text)],
                found=match.group(),
                isian=match.group(),
            )
        if isinstance(block, Paragraph) and (match := _EITHER.search(block.text)):
            yield finding(
                RULE,
                doc.berkas,
                block.where,
                "either",
                evidence=[cite(doc.berkas, block.where, block.text)],
                found=match.group(),
                isian=match.group(),
            )
    for table in doc.tables():
        for row in table.rows:
            for cell in row.cells:
                if not cell.inherited and (match := _LEFT.search(cell.text)):
                    yield finding(
                        RULE,
                        doc.berkas,
                        cell.where,
                        evidence=[Evidence(doc.sha256, cell.where, cell.text)],
                        found=match.group(),
                        isian=match.group(),
                    )

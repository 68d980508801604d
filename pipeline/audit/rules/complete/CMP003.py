"""The signature block of another kind of document.

"Pihak Pertama" and "Pihak Kedua" sign an agreement. In an IKU they show that the page was made from another document and not adapted.

Wrong: an IKU signed by "Pihak Pertama", without a second party. Right: the head of the office by name and office.

Decides: a document of kind IKU with a line "Pihak Pertama" or "Pihak Kedua" and without an agreement's table.

Limits: files that hold several documents are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_PARTY = re.compile(r"^\W*pihak\s+(?:pertama|kedua)\b", re.IGNORECASE)

RULE = Rule(
    code="CMP003",
    name="Blok tanda tangan dokumen lain",
    family="COMPLETE",
    severity="notice",
    texts={
        "": (
            "“{teks}” adalah blok tanda tangan perjanjian kinerja, bukan dokumen {jenis}.",
            "“{teks}” is the signature block of an agreement, not of the document {jenis}.",
        )
    },
    kriteria="PermenPANRB 53/2014: hanya PK ditandatangani dua pihak",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "IKU" or any(doc.tables("pk", "pk_anggaran")):
        return
    for where, text in doc.spoken:
        if _PARTY.match(text) and len(text) < 80:
            yield finding(
                RULE, doc.berkas, where, evidence=[cite(doc.berkas, where, text)], found=text, teks=text, jenis="IKU"
            )
            return

"""A predicate that is not on the declared scale.

A report that declares its scale (Sangat Tinggi … Sangat Rendah) grades with the words of that scale. Another scale's word
("Sangat Memuaskan") leaves open what was measured.

Wrong: the scale knows Sangat Tinggi, the summary says *predikat Sangat Memuaskan*. Right: *predikat Sangat Tinggi*.

Decides: after "predikat", "kategori" or "kriteria" in the running text stands a grade word of a known scale that the declared scale does not have.
One notice per document.

Limits: a sentence about another evaluation (AKIP, Ombudsman) uses its own words; sentences that name one are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Paragraph
from pipeline.normalize.names import normal

_WORDS = ("sangat memuaskan", "memuaskan", "sangat baik", "sangat tinggi", "istimewa", "cukup baik", "agak kurang")
_SAID = re.compile(rf"\b(?:predikat|kategori|kriteria)\s+(?:capaian\s+)?(?:kategori\s+)?({'|'.join(_WORDS)})\b")
_OTHERS = re.compile(r"\b(?:sakip|akip|ombudsman|opini|kemenpan\w*|spip|survei|skm|ikm|reformasi birokrasi|indeks)\b")

RULE = Rule(
    code="SCL003",
    name="Predikat di luar skala",
    family="SCALE",
    severity="notice",
    texts={
        "": (
            "Predikat “{predikat}” tidak ada dalam skala yang ditetapkan ({skala}).",
            "The predikat “{predikat}” is not on the declared scale ({skala}).",
        )
    },
    kriteria="Predikat mengikuti skala yang ditetapkan dokumen",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    scale = next((table for table in doc.tables("skala") if any(c.field == "kriteria" for c in table.columns)), None)
    if scale is None:
        return
    column = next(i for i, c in enumerate(scale.columns) if c.field == "kriteria")
    words = [row.cells[column].text for row in scale.rows if row.kind == "data" and column < len(row.cells)]
    known = {normal(word) for word in words}
    strange = []
    for block in doc.prose:
        if isinstance(block, Paragraph):
            plain = normal(block.text)
            found = [m.group(1) for m in _SAID.finditer(plain) if m.group(1) not in known]
            if found and not _OTHERS.search(plain):
                strange.append((block, found[0]))
    if strange and len(known) > 2:
        yield finding(
            RULE,
            doc.berkas,
            strange[0][0].where,
            evidence=[
                *(cite(doc.berkas, block.where, block.text) for block, _ in strange),
                cite(doc.berkas, scale.where, "; ".join(words), role="counterpart"),
            ],
            found=strange[0][1],
            predikat=strange[0][1].title(),
            skala=", ".join(words),
        )

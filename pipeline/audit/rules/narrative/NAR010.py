"""Every objective is called efficient, and the report explains the low absorption by failure.

"Efisien karena capaian lebih besar daripada serapan" holds for every objective whose money was not spent. Where the report itself says that a
procurement failed or a budget change did not come, nothing was saved.

Wrong: *Kategori: Efisien* for serapan 11%, and *realisasi rendah … karena kegagalan pengadaan*. Right: an assessment of what the same money could have achieved.

Decides: an efficiency table whose every row is called efficient, with a serapan below 60% in one of them, and a paragraph that names failure (gagal, kegagalan, "tidak dapat dilaksanakan",
"tidak terlaksana") together with pengadaan, lelang, tender, belanja or anggaran.

Limits: one objective may be efficient while another failed; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Where
from pipeline.normalize.names import normal

_FAILED = re.compile(
    r"\b(?:gagal(?:nya)?|kegagalan|tidak (?:dapat|bisa) dilaksanakan\w*|tidak terlaksana\w*)\b", re.IGNORECASE
)
_BUDGET = re.compile(r"\b(?:pengadaan|lelang|tender|belanja|anggaran|p-apbd)\b", re.IGNORECASE)
_CLAIM = re.compile(r"\befisien\b[^.]{0,20}\bkarena\b[^.]*\bserapan\b", re.IGNORECASE)  # "efisien karena % capaian …"
_LOW = re.compile(r"\b(?:realisasi|serapan|penyerapan)\b[^.]{0,60}\b(?:rendah|minim|kurang)\b", re.IGNORECASE)
SPENT = 60  # per cent from which an absorption is not low

RULE = Rule(
    code="NAR010",
    name="Disebut efisien, padahal kegiatan gagal dilaksanakan",
    family="LOGIC",
    severity="notice",
    texts={
        "": (
            "Semua sasaran disebut efisien (serapan terendah {serapan}), padahal serapan rendah dijelaskan dengan kegagalan: “{sebab}”.",
            "Every sasaran is called efficient (lowest absorption {serapan}), but the low absorption is explained by failure: “{sebab}”.",
        )
    },
    kriteria="PermenPANRB 53/2014: analisis efisiensi penggunaan sumber daya",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    labels, low = _labels(doc)
    if len(labels) < 2 or low is None or any(not normal(cell.text).startswith("efisien") for cell in labels):
        return
    failures = [(where, text) for where, text in doc.spoken if _FAILED.search(text) and _BUDGET.search(text)]
    if not failures or not any(_LOW.search(text) for _, text in doc.spoken):
        return
    claims: list[tuple[Where, str]] = [(where, text) for where, text in doc.spoken if _CLAIM.search(text)]
    where = claims[0][0] if claims else labels[0].where
    sentence = next(s for s in re.split(r"(?<=[.;])\s+", failures[-1][1]) if _FAILED.search(s))
    yield finding(
        RULE,
        doc.berkas,
        where,
        evidence=[
            *(cite(doc.berkas, place, text) for place, text in claims),
            *(cite(doc.berkas, cell) for cell in labels),
            *(cite(doc.berkas, place, text, role="counterpart") for place, text in failures),
            cite(doc.berkas, low, role="context"),
        ],
        found=labels[0].text,
        serapan=low.text,
        sebab=sentence,
    )


def _labels(doc: Doc) -> tuple[list[Cell], Cell | None]:
    """The efficiency labels of all rows, and the lowest absorption where it is low."""
    labels: list[Cell] = []
    shares: list[Cell] = []
    for line in lines(doc, "efisiensi"):
        label, share = line.first("predikat"), line.first("serapan")
        if label is not None:
            labels.append(label)
        if share is not None and share.reading is not None and share.reading.value is not None:
            shares.append(share)
    low = min(shares, key=lambda cell: cell.reading.value if cell.reading and cell.reading.value else 0, default=None)
    if low is None or low.reading is None or low.reading.value is None or low.reading.value >= SPENT:
        return labels, None
    return labels, low

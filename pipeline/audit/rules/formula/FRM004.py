"""The penyebut is not the set that the pembilang is part of.

A percentage divides a part by its whole: the same things are counted above and below. When the pembilang counts *rekomendasi hasil
rapat* and the penyebut counts *rapat*, one rapat may give many rekomendasi and the result may exceed 100%.

Wrong: Jumlah **rekomendasi** hasil audit yang selesai / Jumlah **hasil audit** × 100%.
Right: Jumlah rekomendasi hasil audit yang selesai / Jumlah rekomendasi hasil audit × 100%.

Decides: the two count different heads, the head below stands further back in the phrase above, and the head above is missing below.
Heads that share their object's unit ("realisasi anggaran / anggaran") are proper.

Limits: two unrelated heads ("rekomendasi / temuan") may be a proper ratio and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import Declared, head, shares, vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import normal

_QUALIFIER = re.compile(r"\s+yang\s+(?!.*\byang\b).*$", re.IGNORECASE)  # "… yang ditindaklanjuti" at the end

RULE = Rule(
    code="FRM004",
    name="Penyebut bukan himpunan dari pembilang",
    family="FORMULA",
    severity="warning",
    texts={
        "": (
            "Pembilang menghitung “{atas}”, penyebut menghitung “{bawah}”: yang satu bukan bagian dari yang lain (“{indikator}”).",
            "The pembilang counts “{atas}”, the penyebut counts “{bawah}”: one is no part of the other (“{indikator}”).",
        )
    },
    kriteria="Persentase membagi bagian dengan keseluruhan hal yang sama",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in shares(ctx.doc):
        if "100" not in (row.formula.pengali or "") or not _mismatch(row):
            continue
        berkas = row.doc.berkas
        whole = _QUALIFIER.sub("", row.pembilang)
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=row.penyebut,
            expected=whole if whole != row.pembilang else None,
            suggestion=whole if whole != row.pembilang else None,
            trace={"pembilang": row.pembilang, "penyebut": row.penyebut},
            atas=_counted(row.pembilang),
            bawah=_counted(row.penyebut),
            indikator=row.indikator,
        )


def _mismatch(row: Declared) -> bool:
    above, below = head(row.pembilang), head(row.penyebut)
    if not above or not below or above == below:
        return False
    if {above, below} & vocabulary()["same_unit_heads"]:
        return False
    rest = normal(row.pembilang).split()
    inside = below in rest[: _end_of_noun(rest)]
    shared = meaning(row.pembilang) & meaning(row.penyebut)
    return inside and above not in normal(row.penyebut).split() and len(shared) >= 2


def _end_of_noun(words: list[str]) -> int:
    return words.index("yang") if "yang" in words else len(words)


def _counted(phrase: str) -> str:
    words = normal(_QUALIFIER.sub("", phrase)).split()
    start = words.index(head(phrase))
    return " ".join(words[start : start + 4])

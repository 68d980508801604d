"""Pembilang and penyebut are the same.

A quantity over itself is always 100%: the indikator cannot show success or failure. Most often one of the two was pasted and its
qualifier ("yang ditindaklanjuti") forgotten.

Wrong: Jumlah desa binaan / Jumlah desa binaan × 100%. Right: Jumlah desa binaan yang mandiri / Jumlah desa binaan × 100%.

Decides: both operands carry the same words in the same order once "jumlah", "seluruh" and spellings are set aside.

Limits: two differently worded names of the same quantity are not recognised.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import shares
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import key_of

RULE = Rule(
    code="FRM002",
    name="Pembilang sama dengan penyebut",
    family="FORMULA",
    severity="error",
    texts={
        "": (
            "Pembilang dan penyebut indikator “{indikator}” sama (“{teks}”): hasilnya selalu 100%.",
            "Pembilang and penyebut of “{indikator}” are the same (“{teks}”): the result is always 100%.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: indikator harus dapat menunjukkan keberhasilan atau kegagalan",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in shares(ctx.doc):
        if any(len(word) > 2 for word in meaning(row.pembilang)) and key_of(row.pembilang) == key_of(row.penyebut):
            berkas = row.doc.berkas
            yield finding(
                RULE,
                berkas,
                row.cell.where,
                evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
                found=f"{row.pembilang} / {row.penyebut}",
                trace={"formula": row.formula.canonical, "result": "100%"},
                indikator=row.indikator,
                teks=row.pembilang,
            )

"""The text claims that all targets were reached; the table shows that they were not.

"Semua indikator telah mencapai target 100% bahkan lebih" stands under a table with a capaian of 94%. The reader who trusts the sentence is misled.

Wrong: table 94,24% and 98,30%; text: *semua realisasi indikator telah mencapai target*. Right: *dua dari lima indikator belum mencapai target*.

Decides: a sentence with semua/seluruh + indikator/sasaran + (telah) mencapai/melampaui target or 100%, and the nearest measurement table before it
with a capaian below 100%.

Limits: a sentence about part of the indikator ("semua indikator sasaran 2") is checked against the whole table only when it names no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, parted
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Where

_ALL = re.compile(
    r"\b(?:semua|seluruh|keseluruhan)\s+(?:\w+\s+){0,2}?(?:indikator|sasaran)\b(?:\s+\w+){0,4}?\s+(?:telah\s*)?"
    r"(?:mencapai|melampaui|memenuhi)\s+(?:\w+\s+){0,2}?(?:target|100)",
    re.IGNORECASE,
)  # "semua realisasi indikator telah mencapai target"
_PART = re.compile(
    r"\b(?:sasaran|tujuan)\s+(?:strategis\s+)?\d|\bprogram\b|\bkecuali\b|\bada yang\b|\bsebagian\b|\bbeberapa\b|\bbelum\b|\btidak\b",
    re.IGNORECASE,
)

RULE = Rule(
    code="NAR002",
    name="Narasi “semua target tercapai” tidak sesuai tabel",
    family="LOGIC",
    severity="warning",
    texts={
        "": (
            "Naskah menyebut semua target tercapai, tetapi tabel memuat capaian {capaian}.",
            "The text says that all targets were reached, but the table has a capaian of {capaian}.",
        )
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    tables = list(doc.tables("pengukuran"))
    for where, text in doc.spoken:
        claim = next((s for s in parted(text) if _ALL.search(s) and not _PART.search(s)), None)
        if claim is None:
            continue
        before = [table for table in tables if _place(table.where) <= _place(where)]
        if not before or (where.page or 0) - (before[-1].pages[-1] if before[-1].pages else 0) > 1:
            continue
        table = before[-1]
        low: list[Cell] = []
        for line in (one for one in lines(doc, "pengukuran") if one.table is table):
            for _, cell in line.cells("capaian"):
                if cell.reading is not None and cell.reading.interval is not None and cell.reading.interval.high < 100:
                    low.append(cell)
        if low:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, claim),
                    *(cite(doc.berkas, cell, role="counterpart") for cell in low),
                ],
                found=claim,
                capaian=", ".join(cell.text for cell in low),
            )


def _place(where: Where) -> tuple[int, int, float]:
    return where.page or 0, where.line or 0, where.bbox[1] if where.bbox else 0.0

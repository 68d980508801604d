"""Amounts that cannot be written so: digits were lost or separators moved.

"172.2200.00" and "2,817,6275.00" have groups of two or four digits: no sum with them can be checked, and nobody knows whether the page or its reading is at fault.

Seen: *72.20.000*, *254.8400.00*, *63.2700*. Right: *72.200.000*.

Decides: cells of money columns whose reading is ambiguous or failed and whose digits, spaces and "Rp" aside, are not in groups of three. One notice per table with all places; their sums are not held against anybody.

Limits: an amount that is well-formed but a thousand times too small is not seen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.amounts import doubted
from pipeline.audit.context import Context
from pipeline.audit.rule import Rule
from pipeline.model import Cell, Finding, Reading

_WELL_FORMED = re.compile(
    r"(?:\d{1,3}(?:\.\d{3})*|\d+)(?:[.,](?:\d{1,2}|-))?|\d{1,3}(?:,\d{3})*(?:[.,]\d{1,2})?"
)  # "1.250.000,00", "1,250,000.00", "1250000"; also "1,250,000,00", which is legible
_NOISE = re.compile(r"[Rr][Pp]\.?|\s|,-$|\.-$|-$")

RULE = Rule(
    code="OCR002",
    name="Jumlah uang yang tidak dapat dibaca",
    family="OCR",
    severity="notice",
    texts={
        "": (
            "{jumlah} jumlah uang tidak tertulis dalam kelompok tiga angka, mis. {contoh}; periksa halamannya.",
            "{jumlah} amounts are not written in groups of three digits, e.g. {contoh}; look at the page.",
        )
    },
    kriteria="Kesalahan pembaca, mungkin penulis",
)


def check(ctx: Context) -> Iterable[Finding]:
    return doubted(RULE, ctx.doc, _broken)


def _broken(cell: Cell, reading: Reading) -> bool:
    digits = _NOISE.sub("", cell.text)
    return (
        reading.status in ("ambiguous", "unreadable")
        and bool(digits)
        and not any(sign.isalpha() for sign in digits)
        and not _WELL_FORMED.fullmatch(digits)
    )

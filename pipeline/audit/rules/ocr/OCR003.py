"""Amounts that are well-formed but a thousand times too small.

A program of 1.159.000 over activities of 820.000.000, a year of 65.000 beside years of 65.000.000: three zeros were lost on the page or in its reading.
Sums with such amounts are right or wrong by a factor of a thousand.

Seen: *120.000.000* for a kegiatan whose parts cost 120.000.000.000. Right: *120.000.000.000*.

Decides: cells of money columns written in groups of three whose reading was doubted because the amount is smaller than a part of it, or a thousand times smaller than the amounts beside it. One
notice per table with all places, saying what each is taken for where a sum decides.

Limits: a small activity beside large ones may be as small as printed; tables in which every other amount is sound are not doubted.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.amounts import doubted
from pipeline.audit.context import Context
from pipeline.audit.rule import Rule
from pipeline.model import Finding

DOUBTS = frozenset({"smaller than a part of it", "a thousand times smaller than the amounts beside it"})

RULE = Rule(
    code="OCR003",
    name="Jumlah uang kehilangan tiga angka nol",
    family="OCR",
    severity="notice",
    texts={
        "": (
            "{jumlah} jumlah uang tampaknya kehilangan tiga angka nol, mis. {contoh}; periksa halamannya.",
            "{jumlah} amounts seem to have lost three zeros, e.g. {contoh}; look at the page.",
        )
    },
    kriteria="Kesalahan pembaca, mungkin penulis",
)


def check(ctx: Context) -> Iterable[Finding]:
    return doubted(RULE, ctx.doc, lambda _, reading: bool(DOUBTS & set(reading.repairs)))

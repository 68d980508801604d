"""A number and the words beside it differ.

"23 (delapan belas) sasaran", "Rp 2.636.500.000 (dua milyar enam ratus tiga puluh juta rupiah)": the words are there to make a slip of the
digits visible. Where the two differ, one was changed and the other forgotten.

Wrong: *23 (delapan belas) sasaran*. Right: *23 (dua puluh tiga) sasaran*.

Decides: a whole number directly followed by brackets whose words are all numerals (and "rupiah"); the words must spell the number.

Limits: numbers with decimals, and words with a typing error, are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.audit.context import Context
from pipeline.audit.identities.wording import number
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.readings.words import number_in_words

_SPELLED = re.compile(
    r"(?<![\d.,/-])(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,00|,-|,00,-)?\s?,?-?\s{0,2}\(\s*([a-z][a-z ]{2,160}?)\s*\)",
    re.IGNORECASE,
)  # "23 (delapan belas)", "Rp 2.500.000,- (dua juta lima ratus ribu rupiah)"

RULE = Rule(
    code="CNT006",
    name="Angka dan hurufnya berbeda",
    family="COUNT",
    severity="warning",
    texts={
        "": (
            "Tertulis {angka} tetapi dengan huruf “{huruf}” ({eja}).",
            "The digits say {angka}, the words “{huruf}” ({eja}).",
        )
    },
    kriteria="Angka dan huruf harus sama",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for where, sentence in doc.sentences:
        for match in _SPELLED.finditer(sentence):
            value, spelled = int(match[1].replace(".", "")), number_in_words(match[2])
            if spelled is None or spelled == value:
                continue
            right = number(Decimal(spelled))
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[cite(doc.berkas, where, sentence)],
                found=match[0],
                expected=right,
                trace={"digits": value, "words": spelled},
                angka=match[1],
                huruf=" ".join(match[2].split()),
                eja=right,
            )

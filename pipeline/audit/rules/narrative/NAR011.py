"""A shortage is given with a percentage that none of its figures gives.

"12 orang dari 25, kekurangan 13 orang atau 100%": 13 of 25 is 52%, 13 of 12 is 108%. The percentage was guessed or left over.

Wrong: *ada 12 orang, idealnya 25 orang, kekurangan 13 orang atau 100%*. Right: *… atau 52%*.

Decides: one sentence with three counts of one unit, of which one is the difference of the other two, followed by "atau n%"; n must be that difference over one of the
numbers of the sentence, rounded as printed.

Limits: only sentences in which the difference is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import permutations

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_COUNT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*)\s+(orang|pegawai|unit|dokumen|desa|sekolah|laporan|opd|buah)\b", re.IGNORECASE
)
_SHARE = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*)\s+(orang|pegawai|unit|dokumen|desa|sekolah|laporan|opd|buah)\s+(?:atau|\()\s*(?:sebesar\s+)?"
    r"(\d{1,3}(?:,\d{1,2})?)\s?%",
    re.IGNORECASE,
)  # "13 orang atau 100%"
_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*)(?![\d.,]*\d|\s?%)")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")

RULE = Rule(
    code="NAR011",
    name="Persentase selisih salah hitung",
    family="ARITHMETIC",
    severity="error",
    texts={
        "": (
            "{selisih} dari {semua} adalah {benar}%, bukan {disebut}%.",
            "{selisih} of {semua} is {benar}%, not {disebut}%.",
        )
    },
    kriteria="Persentase = bagian / keseluruhan x 100%",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for where, text in doc.spoken:
        if "%" not in text:
            continue
        for sentence in _SENTENCE.split(text):
            match = _SHARE.search(sentence)
            if match is None:
                continue
            unit = match.group(2).lower()
            part = _number(match.group(1))
            others = [
                _number(m.group(1)) for m in _COUNT.finditer(sentence[: match.start()]) if m.group(2).lower() == unit
            ]
            pair = next((p for p in permutations(dict.fromkeys(others), 2) if p[0] - p[1] == part and p[1]), None)
            wholes = [_number(m.group(1)) for m in _NUMBER.finditer(sentence) if _number(m.group(1)) not in (0, part)]
            said = Decimal(match.group(3).replace(",", "."))
            places = -int(said.as_tuple().exponent)
            if pair is None or any(abs(100 * part / whole - said).scaleb(places) < 1 for whole in wholes):
                continue
            right = f"{round(100 * part / pair[0], 1 if places else 0):f}".replace(".", ",")
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[cite(doc.berkas, where, sentence)],
                found=match.group(3) + "%",
                expected=right + "%",
                suggestion=right + "%",
                trace={"part": str(part), "whole": str(pair[0]), "printed": match.group(3)},
                selisih=match.group(1),
                semua=str(pair[0]),
                benar=right,
                disebut=match.group(3),
            )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", ""))

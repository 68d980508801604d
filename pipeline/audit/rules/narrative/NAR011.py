"""A part of a whole, or a shortage, is given with a percentage that its figures do not give.

"12 orang dari 25, kekurangan 13 orang atau 100%": 13 of 25 is 52%, 13 of 12 is 108%. "15 dari 27 kabupaten/kota atau 59,26%": 15 of 27 is 55,56%; 59,26% is 16 of 27.
The percentage was guessed or left over.

Wrong: *ada 12 orang, idealnya 25 orang, kekurangan 13 orang atau 100%*. Right: *… atau 52%*.

Decides: one sentence with three counts of one unit, of which one is the difference of the other two, followed by "atau n%"; n must be that difference over one of the
numbers of the sentence, rounded as printed. And "a dari b … atau n%", "dari b …, sebanyak a … atau n%" without another figure between: n must be a / b, or what is left of it.

Limits: only shortages of which the difference is exact; percentages called approximate are left out, and 100% where the sentence speaks of reaching a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import permutations

from pipeline.audit.context import Context, Doc
from pipeline.audit.phrases import NUMBER, bare, said, shown
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
_PART = re.compile(
    rf"(?P<a>{NUMBER})\s+(?:[a-z]+\s+)?dari\s+(?:total\s+|jumlah\s+|keseluruhan\s+|seluruh\s+)?(?P<b>{NUMBER})(?!\s*(?:%|persen))"
    rf"[^\d.;%]{{0,60}}?\batau\s+(?:sebesar\s+|mencapai\s+)?(?P<p>{NUMBER})\s*%",
    re.IGNORECASE,
)  # "15 dari 27 kabupaten/kota atau 59,26 %"
_WHOLE_FIRST = re.compile(
    rf"\bdari\s+(?:total\s+|jumlah\s+|keseluruhan\s+|seluruh\s+)?(?P<b>{NUMBER})(?!\s*(?:%|persen))[^\d.;%,]{{3,50}},?\s+"
    rf"(?:sebanyak|sejumlah|terdapat|ada|hanya|baru)\s+(?P<a>{NUMBER})(?!\s*(?:%|persen))[^\d.;%]{{0,60}}?"
    rf"(?:\batau|\()\s*(?:sebesar\s+|mencapai\s+)?(?P<p>{NUMBER})\s*%",
    re.IGNORECASE,
)  # "Dari 20 desa, sebanyak 19 desa atau 95 %"
_TARGET = re.compile(r"\btarget\w*\b|\bcapaian\w*\b", re.IGNORECASE)  # "5 dari 8 indikator mencapai target atau 100%"

RULE = Rule(
    code="NAR011",
    name="Persentase bagian salah hitung",
    family="ARITHMETIC",
    severity="error",
    version=2,
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
    yield from _parts(doc)
    for where, sentence in doc.sentences:
        match = _SHARE.search(sentence)
        if match is None:
            continue
        unit = match.group(2).lower()
        part = _number(match.group(1))
        others = [_number(m.group(1)) for m in _COUNT.finditer(sentence[: match.start()]) if m.group(2).lower() == unit]
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


def _parts(doc: Doc) -> Iterator[Finding]:
    """ "a dari b atau n%" where n is not a / b."""
    for where, sentence in doc.sentences:
        plain = bare(sentence)
        for match in (*_PART.finditer(plain), *_WHOLE_FIRST.finditer(plain)):
            part, whole, told = said(match["a"]), said(match["b"]), said(match["p"])
            if not 0 < part.value <= whole.value or part.unit != 1 or whole.unit != 1:
                continue
            if told.value == 100 and _TARGET.search(match[0]):
                continue
            share = part.value / whole.value * 100
            if told.may_be(share, share) or told.may_be(100 - share, 100 - share):
                continue
            right = shown(share, len(told.text.partition(",")[2]))
            yield finding(
                RULE,
                doc.berkas,
                where,
                severity="warning",  # one sentence may speak of two things
                evidence=[cite(doc.berkas, where, sentence)],
                found=told.text + "%",
                expected=right + "%",
                suggestion=right + "%",
                trace={"part": part.text, "whole": whole.text, "printed": told.text},
                selisih=part.text,
                semua=whole.text,
                benar=right,
                disebut=told.text,
            )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", ""))

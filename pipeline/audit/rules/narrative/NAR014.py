"""A difference told in words is not the difference of its two figures.

"81,59, sedangkan kabupaten 72,14 … lebih unggul 7,45 poin": 81,59 − 72,14 is 9,45. The sentence gives all three figures.

Wrong: *naik dari 82,11 menjadi 82,69 atau sebesar 0,7 poin*. Right: *… 0,58 poin*.

Decides: "dari A … menjadi B" with a rise or fall of D beside it, "A …, meningkat D dibandingkan … B", and "A …, sedangkan … B. … (lebih) unggul/selisih D poin"; D must be B − A, or
in per cent also its share of A or B, within what the printed digits can mean.

Limits: numbers of semesters, ranks and the like, spans of time and "atau 80% dari seluruh …" are left out; a sentence that gives the difference of something else looks the same when it has the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from pipeline.audit.context import Context
from pipeline.audit.phrases import NUMBER, Said, bare, said, shown
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_MOVE = r"\b(?:naik|kenaikan|meningkat|peningkatan|bertambah|turun|penurunan|menurun|berkurang)(?:nya)?\b"
_UNIT = r"\s*(?:%|persen|poin|point|[a-z]{3,12})?"
_FROM_TO = rf"\bdari\s+[^\d.;]{{0,40}}?(?P<a>{NUMBER}){_UNIT}\s[^\d.;]{{0,30}}?\bmenjadi\s+[^\d.;]{{0,25}}?(?P<b>{NUMBER}){_UNIT}"
_BY = rf"(?:\s+(?:sebesar|sebanyak|sekitar))?\s+(?P<d>{NUMBER})\s*(?P<u>%|persen|poin|point)"
_OF_ALL = rf"(?:\s+(?:sebesar|sebanyak|sekitar))?\s+{NUMBER}\s*(?:%|persen)\s*[a-z]"  # "menjadi 12 desa atau 80% dari seluruh desa"
_ORDINAL = re.compile(
    r"\b(?:semester|triwulan|tw|caturwulan|bulan|minggu|tahap|tahun|periode|peringkat|urutan|nomor|ke)[\s-]*$",
    re.IGNORECASE,
)  # "semester 1"
_TIME = re.compile(r"\s*(?:hari|minggu|bulan|triwulan|semester|tahun)\b", re.IGNORECASE)  # "12 bulan sebelumnya"
_FORMS = (
    re.compile(
        rf"{_MOVE}{_BY},?\s+[^\d.;]{{0,20}}?{_FROM_TO}", re.IGNORECASE
    ),  # "naik 0,58 poin dari 82,11 menjadi 82,69"
    re.compile(
        rf"{_FROM_TO}[,\s][^\d.;]{{0,30}}?(?:{_MOVE}|atau(?!{_OF_ALL})){_BY}", re.IGNORECASE
    ),  # "dari 82,11 menjadi 82,69 atau naik sebesar 0,58 poin"
    re.compile(
        rf"(?P<a>{NUMBER})[^\d.;]{{0,20}},?\s*(?:sedangkan|sementara)\b[^\d.;]{{0,160}}?(?P<b>{NUMBER})[^\d.;]{{0,20}}[.;]\s"
        rf"[^\d.;]{{0,160}}?\b(?:unggul|selisih|lebih\s+tinggi|lebih\s+rendah)\b[^\d.;]{{0,90}}?(?P<d>{NUMBER})\s*(?P<u>poin|point)",
        re.IGNORECASE,
    ),  # "tercapai 81,59, sedangkan kabupaten 72,14. … lebih unggul 7,45 poin"
    re.compile(
        rf"(?P<a>{NUMBER}){_UNIT}[^\d.;]{{0,40}}?{_MOVE}{_BY}[^\d.;]{{0,12}}?\b(?:dibanding(?:kan)?|dari)\b[^\d.;]{{0,60}}?(?P<b>{NUMBER})",
        re.IGNORECASE,
    ),  # "sebesar 86,42, meningkat 1,22 poin dibandingkan tahun 2022 sebesar 85,20"
)

RULE = Rule(
    code="NAR014",
    name="Selisih dalam naskah salah hitung",
    family="ARITHMETIC",
    severity="warning",
    texts={
        "": (
            "Selisih {a} dan {b} adalah {benar}, bukan {disebut}.",
            "{a} and {b} differ by {benar}, not by {disebut}.",
        )
    },
    kriteria="Selisih = nilai akhir - nilai awal",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for where, text in doc.spoken:
        plain = bare(" ".join(text.split()))
        for a, b, told, unit in _told(plain):
            if _fits(a, b, told, unit):
                continue
            places = max(len(one.text.partition(",")[2]) for one in (a, b))
            right = shown(abs(b.value - a.value), places)
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[cite(doc.berkas, where, text)],
                found=told.text,
                expected=right,
                suggestion=right,
                trace={"a": a.text, "b": b.text, "result": right},
                a=a.text,
                b=b.text,
                benar=right,
                disebut=told.text,
            )


def _told(text: str) -> Iterator[tuple[Said, Said, Said, str]]:
    for form in _FORMS:
        for match in form.finditer(text):
            if any(_ORDINAL.search(text, 0, match.start(name)) for name in "ab") or _TIME.match(text, match.end("b")):
                continue
            yield said(match["a"]), said(match["b"]), said(match["d"]), match["u"].lower()


def _fits(a: Said, b: Said, told: Said, unit: str) -> bool:
    low = max(Fraction(0), abs(b.value - a.value) - (a.unit + b.unit) / 2)
    high = abs(b.value - a.value) + (a.unit + b.unit) / 2
    if told.may_be(low, high) or unit.startswith("poin"):
        return told.may_be(low, high)
    shares = [(low / whole.value * 100, high / whole.value * 100) for whole in (a, b) if whole.value]
    return any(told.may_be(*share) for share in shares)

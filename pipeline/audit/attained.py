"""Sentences that give target, realisasi and capaian of one thing: "realisasi 78,80 % dari target 79,00 % atau tercapai 99,75 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.audit.context import Doc
from pipeline.audit.phrases import NUMBER, Said, bare, said
from pipeline.model import Where

_UNIT = r"\s*(?:%|‰|persen|[a-z/]{2,20}(?:\s[a-z]{3,20})?)?"
_ATTAINED = (
    r"\b(?:tercapai|(?:tingkat\s+|persentase\s+)?(?:capaian|pencapaian|ketercapaian)(?:nya)?(?:\s+(?:kinerja|target)\w*)?)"
    r"[^\d.;]{0,30}?"
)
_END = r"\s*(?:%|persen|(?=[.;)]|$))(?!\s*[/x:*])"
_REAL_FIRST = re.compile(
    rf"(?P<r>{NUMBER}){_UNIT},?\s+dari\s+(?:\w+\s+)?target[^\d.;]{{0,60}}?(?P<t>{NUMBER}){_UNIT},?\s[^\d.;]{{0,40}}?"
    rf"{_ATTAINED}(?P<c>{NUMBER}){_END}",
    re.IGNORECASE,
)  # "78,80 % dari target 79,00 % atau tercapai 99,75 %"
_TARGET_FIRST = re.compile(
    rf"\b(?:target|standar)(?:nya)?\b[^\d.;]{{0,80}}?(?P<t>{NUMBER}){_UNIT}[^\d.;]{{0,40}}?\b(?:ter)?realisasi(?:nya)?\b"
    rf"[^\d.;]{{0,40}}?(?P<r>{NUMBER}){_UNIT}[^\d.;]{{0,60}}?{_ATTAINED}(?P<c>{NUMBER}){_END}",
    re.IGNORECASE,
)  # "Target BOR adalah 85,00% dan realisasi 88,50% dengan capaian 104,12%"
_ELSE = re.compile(
    r"\b(?:naik|kenaikan|(?:me|pe)ningkat(?:an|nya)?|turun|(?:me|pe)nurun(?:an|nya)?|selisih|lalu|sebelumnya|lebih|kurang|rata[- ]rata)\b",
    re.IGNORECASE,
)  # "sehingga capaian meningkat 5%"
_SPAN = re.compile(r"\d\s*[-–]\s*$|^\s*[-–]\s*\d")  # "2-3%"


@dataclass(frozen=True, slots=True)
class Attained:
    """One such sentence; `about` is what it says before its figures."""

    where: Where
    sentence: str
    about: str
    target: Said
    realisasi: Said
    capaian: Said

    def share(self) -> tuple[Fraction, Fraction]:
        """Realisasi / target × 100, between what the printed digits can mean."""
        return (
            max(Fraction(0), self.realisasi.least) / self.target.most * 100,
            self.realisasi.most / self.target.least * 100,
        )

    def positive(self) -> bool:
        return self.capaian.may_be(*self.share())

    def negative(self) -> bool:
        """(2 × target − realisasi) / target × 100, or target / realisasi × 100: less is better."""
        low, high = self.share()
        inverse = low > 0 and self.capaian.may_be(10_000 / high, 10_000 / low)
        return self.capaian.may_be(200 - high, 200 - low) or inverse

    def capped(self) -> bool:
        """Counted as 100% from the target on."""
        return self.capaian.value == 100 and self.share()[1] >= 100


def attained(doc: Doc) -> Iterator[Attained]:
    """Every such sentence of the document whose target is a number above nought and no range.

    A rise of the capaian, or that of another year, is none.
    """
    for where, sentence in doc.sentences:
        if "target" not in sentence.lower() and "standar" not in sentence.lower():
            continue
        plain = bare(sentence)
        for pattern in (_REAL_FIRST, _TARGET_FIRST):
            for match in pattern.finditer(plain):
                if any(_ranged(plain, match, name) for name in "trc"):
                    continue
                if _ELSE.search(plain, max(match.end("t"), match.end("r")), match.start("c")):
                    continue
                target = said(match["t"])
                if target.value > 0:
                    start = min(match.start("t"), match.start("r"))
                    yield Attained(
                        where, sentence, sentence[:start].strip(), target, said(match["r"]), said(match["c"])
                    )


def _ranged(text: str, match: re.Match[str], name: str) -> bool:
    before, after = text[max(0, match.start(name) - 6) : match.start(name)], text[match.end(name) : match.end(name) + 6]
    return bool(_SPAN.search(before) or _SPAN.search(after))

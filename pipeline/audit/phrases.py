"""Numbers in sentences of running text, for the rules that recompute what a sentence says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?|\d,\d{3})(?![.,]?\d)"
"""A number of Indonesian prose: "44.051", "99,24", "74.90", "3,157"; not "27,964,035", of which the marks are not sure."""
_ASIDE = re.compile(r"\([^()]*\)")  # "(standar baik 62,51 – 81,25)"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?![.,]?\d)")  # "tahun 2016"
_PERIOD = re.compile(r"\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\b")  # "Renstra 2021-2026"
_PART_OF_YEAR = re.compile(r"\b(?:triwulan|semester|caturwulan|tahun\s+(?:lalu|sebelumnya))\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Said:
    """A printed number: its value, and one unit of its last printed place."""

    text: str
    value: Fraction
    unit: Fraction

    def may_be(self, low: Fraction, high: Fraction) -> bool:
        """Whether something between `low` and `high` may have been printed so, rounded or cut off."""
        return low - self.unit < self.value < high + self.unit

    @property
    def least(self) -> Fraction:
        return self.value - self.unit / 2

    @property
    def most(self) -> Fraction:
        return self.value + self.unit / 2


def said(text: str) -> Said:
    """The number that `NUMBER` matched: a point before three digits parts thousands, any other mark the decimals."""
    whole, mark, decimals = text.partition(",")
    if not mark and not _GROUPED.fullmatch(text):
        whole, mark, decimals = text.partition(".")
    digits = whole.replace(".", "") if "," in text or _GROUPED.fullmatch(text) else whole
    return Said(text, Fraction(int(digits + decimals), 10 ** len(decimals)), Fraction(1, 10 ** len(decimals)))


def bare(sentence: str) -> str:
    """The sentence with years and what stands between brackets blanked out, so that places stay the same."""
    blanked = _ASIDE.sub(lambda match: " " * len(match.group()), sentence)
    return _YEAR.sub(lambda match: " " * len(match.group()), blanked)


def of_year(sentence: str, year: int | None) -> bool:
    """Whether the sentence may speak of this whole year: it names no part of a year, and other years only beside it."""
    years = set(_YEAR.findall(_PERIOD.sub(" ", sentence)))
    return not _PART_OF_YEAR.search(sentence) and (not years or str(year) in years)


def shown(value: Fraction, places: int = 2) -> str:
    """A number as Indonesian prose prints it: 99,75."""
    scaled = (abs(value) * 10**places * 2 + 1) // 2  # half a unit is rounded up, as people do
    whole, decimals = divmod(int(scaled), 10**places)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}" + (f",{decimals:0{places}d}" if places else "")

"""Reads a header label: which field it names, which year, quarter and unit it states. By its words, never by its position."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.resources import read_yaml
from pipeline.tables.grid import LOOKALIKES
from pipeline.tables.periods import relative_year, year_of_plan

FUZZY_THRESHOLD = 90.0
"""Least likeness (0..100, spaces ignored) at which a damaged label still counts; shorter labels must be exact."""
FUZZY_LENGTH = 7
LONGEST_LABEL = 12  # words

_COLUMN_NUMBER = re.compile(r"\s*\(\s*(\d{1,2})\s*\)\s*$")  # "TARGET (4)"
# "(=7/8)", "(5/4x100)", "(4/5)*100%"
_COLUMN_FORMULA = re.compile(r"\(\s*(=?\s*\d{1,3}(?:\s*[-–/:+x×*]\s*\(?\d{1,3}\)?)+\s*%?)\s*\)(\s*[x×*]\s*100\s*%?)?")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_YEAR_WORD = re.compile(
    r"\b(?:tahun|thn|th|ta)\b\.?\s*(?:anggaran\s*)?(?:ke)?\s*$|\b(?:tahun|thn|th|ta)\b", re.IGNORECASE
)
_QUARTER = re.compile(
    r"\b(?:triwulan|tri\s*wulan|tw|tribulan|trw)\.?\s*(?:ke\s*)?-?\s*(I{1,3}|IV|[1-4])\b(?!\s*(?:[-–]|s\.?/?d\.?)\s*[IV\d])",
    re.IGNORECASE,
)  # "TW I", not "Triwulan I - IV"
_QUARTERS = re.compile(r"\b(?:triwulan|tri\s*wulan|tw|trw)\b", re.IGNORECASE)
_UNIT_RP = re.compile(
    r"\(?\b(?:dalam\s+)?(juta|ribu|milyar|miliar)?\s*(?:\()?\s*(?:rp|rupiah)\b[.,\-\s]*\)?", re.IGNORECASE
)
_IN_MILLIONS = re.compile(r"\(?\s*(?:dalam\s+)?(juta|ribu|milyar|miliar)\b(?:an)?\s*\)?", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w%]+")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


@dataclass(frozen=True, slots=True)
class Label:
    """What one header cell says. `plain`: folded words without year, unit and column number."""

    plain: str
    field: str | None
    tahun: int | None = None
    tahun_ke: int | None = None
    triwulan: int | None = None
    satuan: str | None = None
    nomor: str | None = None
    formula: str | None = None  # over column numbers: "7/8" of "(=7/8)"
    exact: bool = False  # in the vocabulary as printed, not by a pattern or likeness
    relatif: int | None = None  # years after the document's own: -1 of "tahun lalu"

    @property
    def is_period(self) -> bool:
        """Nothing but a year, a year of the plan, a relative year or a quarter."""
        periods = (self.tahun, self.tahun_ke, self.triwulan, self.relatif)
        return not self.plain and any(period is not None for period in periods)


@cache
def vocabulary() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("vocabulary.yml"))
    return data


def fold(text: str) -> str:
    """Lower-case words of a label, "%" as the word persen; punctuation and white space gone."""
    composed = unicodedata.normalize("NFKC", text).translate(LOOKALIKES).lower().replace("%", " persen ")
    return " ".join(_PUNCTUATION.sub(" ", composed.replace("_", " ")).split())


@cache
def _labels() -> dict[str, str]:
    table: dict[str, str] = {}
    for field, labels in vocabulary()["labels"].items():
        for label in labels:
            table.setdefault(str(label).replace(" ", ""), field)
    return table


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), field) for pattern, field in vocabulary()["patterns"])


@cache
def leaves() -> dict[str, frozenset[str]]:
    """Short labels that get their meaning from the label above: field -> folded labels."""
    return {field: frozenset(map(str, labels)) for field, labels in vocabulary()["leaves"].items()}


@cache
def other_money() -> frozenset[str]:
    """Words of columns of money that is neither budget nor spending."""
    return frozenset(vocabulary()["other_money"])


@cache
def _statement_starts() -> frozenset[str]:
    return frozenset(vocabulary()["statement_starts"])


@lru_cache(maxsize=4096)
def field_of(plain: str) -> tuple[str | None, bool]:
    """The field that folded words name, and whether the vocabulary has them exactly."""
    dense = plain.replace(" ", "")
    if not dense or dense.isdigit():
        return None, False
    labels = _labels()
    if dense in labels:
        return labels[dense], True
    words = plain.split()
    if len(words) > LONGEST_LABEL or words[0] in _statement_starts():
        return None, False
    for pattern, field in _patterns():
        if pattern.search(plain):
            return field, False
    if len(dense) >= FUZZY_LENGTH:
        from rapidfuzz import fuzz, process

        hit = process.extractOne(dense, labels.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_THRESHOLD)
        if hit:
            return labels[hit[0]], False
    return None, False


def quarter_under(text: str, above: str) -> int | None:
    """Quarter of a bare "II" under a label that speaks of quarters."""
    bare = text.strip(" .").lower()
    return _number(bare) if bare in ("i", "ii", "iii", "iv", "1", "2", "3", "4") and _QUARTERS.search(above) else None


def _number(text: str) -> int:
    return _ROMAN.get(text.lower()) or int(text)


@lru_cache(maxsize=4096)
def read_label(text: str) -> Label:
    """Reads one header cell, as printed."""
    rest = " ".join(text.split())
    nomor = None
    glued = _COLUMN_NUMBER.search(rest)
    if glued and rest[: glued.start()].strip():
        nomor, rest = glued.group(1), rest[: glued.start()]
    formula = None
    stated = _COLUMN_FORMULA.search(rest)
    if stated:
        formula = stated.group(1).strip(" =")
        if stated.group(2):
            formula = f"({formula}){stated.group(2).strip()}"
        rest = rest[: stated.start()] + " " + rest[stated.end() :]
    tahun = tahun_ke = triwulan = None
    satuan = None
    quarter = _QUARTER.search(rest)
    if quarter:
        triwulan = _number(quarter.group(1))
        rest = rest[: quarter.start()] + " " + rest[quarter.end() :]
    of_plan = year_of_plan(rest)
    if of_plan:
        tahun_ke, tahun, start = of_plan
        rest = rest[:start]
    relative = relative_year(rest)
    if relative:
        rest = relative[1]
    years = _YEAR.findall(rest)
    if len(set(years)) == 1:
        tahun = int(years[0])
        rest = _YEAR.sub(" ", rest)
        rest = _YEAR_WORD.sub(" ", rest)
    money = _UNIT_RP.search(rest)
    if money:
        satuan = f"{money.group(1).lower()} Rp" if money.group(1) else "Rp"
        without = rest[: money.start()] + " " + rest[money.end() :]
        if fold(without):
            scale = _IN_MILLIONS.search(without)
            if scale and satuan == "Rp":
                satuan = f"{scale.group(1).lower()} Rp"
                without = without[: scale.start()] + " " + without[scale.end() :]
            rest = without
    elif "(%)" in rest.replace(" ", ""):
        satuan = "%"
    plain = fold(rest)
    if satuan == "%":
        plain = fold(re.sub(r"\(\s*%\s*\)", " ", rest)) or "persen"
    elif plain.startswith("persen ") or plain.endswith(" persen") or plain == "persen":
        satuan = "%"
    field, exact = field_of(plain)
    if field is None and satuan == "%" and plain.endswith(" persen"):
        field, exact = field_of(plain.removesuffix(" persen"))
    relatif = relative[0] if relative else None
    if field == "sasaran" and satuan == "%":  # "Kinerja (%)"
        field = "capaian"
    elif field is None and plain == "kondisi" and relatif is not None:  # "Kondisi (n)"
        field = "baseline"
    return Label(plain, field, tahun, tahun_ke, triwulan, satuan, nomor, formula, exact, relatif)

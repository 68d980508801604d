"""Reads dates, years, spans of years, quarters and semesters into ISO forms (`2024-12-31`, `2024-12`, `2021/2026`, `2024-Q2`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.readings.vocabulary import vocabulary

YEAR = r"((?:19|20)\d\d)"
DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}})\s+([a-z]+)\.?\s+{YEAR}", re.IGNORECASE)  # 31 Desember 2024
NUMERIC = re.compile(rf"(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?{YEAR}")  # 31-12-2024
ISO = re.compile(rf"{YEAR}-(\d\d)-(\d\d)")
MONTH_YEAR = re.compile(rf"([a-z]+)\.?\s+{YEAR}", re.IGNORECASE)  # Desember 2024
MONTHS = re.compile(
    rf"([a-z]+)\s*(?:-|s/?d\.?|sampai|hingga)\s*([a-z]+)(?:\s+{YEAR})?", re.IGNORECASE
)  # Januari - Maret 2024
SPAN = re.compile(
    rf"(?:tahun\s*)?{YEAR}\s*(?:-|/|s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*(?:tahun\s*)?{YEAR}", re.IGNORECASE
)
ONE_YEAR = re.compile(rf"(?:tahun|th\.?|ta\.?|tahun anggaran)?\s*{YEAR}", re.IGNORECASE)
QUARTER = re.compile(
    rf"(?:tw|tri\s?wulan|tribulan|kuartal)\.?\s*(?:ke\s*-?\s*)?(iv|i{{1,3}}|[1-4])(?:\s*(?:tahun|th\.?|ta\.?)?\s*{YEAR})?",
    re.IGNORECASE,
)  # Triwulan II Tahun 2024
SEMESTER = re.compile(rf"(?:semester|smt\.?)\s*(i{{1,2}}|[12])(?:\s*(?:tahun|th\.?|ta\.?)?\s*{YEAR})?", re.IGNORECASE)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Period:
    kind: Literal["date", "period", "year"]
    iso: str
    tahun: int | None = None


def read_period(text: str) -> Period | None:
    """The date, year or period that the whole of a cleaned `text` states, or None."""
    plain = text.strip(" .;:")
    months = vocabulary().months
    if match := ISO.fullmatch(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := DAY_MONTH_YEAR.fullmatch(plain):
        month = months.get(match[2].lower())
        return _date(int(match[3]), month, int(match[1])) if month else None
    if match := NUMERIC.fullmatch(plain):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    if match := SPAN.fullmatch(plain):
        return Period("period", f"{match[1]}/{match[2]}")
    if match := ONE_YEAR.fullmatch(plain):
        return Period("year", match[1], int(match[1]))
    if match := QUARTER.fullmatch(plain):
        return _part("Q", match[1], match[2])
    if match := SEMESTER.fullmatch(plain):
        return _part("S", match[1], match[2])
    if (match := MONTH_YEAR.fullmatch(plain)) and match[1].lower() in months:
        return Period("period", f"{match[2]}-{months[match[1].lower()]:02}", int(match[2]))
    if (match := MONTHS.fullmatch(plain)) and match[1].lower() in months and match[2].lower() in months:
        year = f"{match[3]}-" if match[3] else "--"
        ends = (months[match[1].lower()], months[match[2].lower()])
        return Period("period", f"{year}{ends[0]:02}/{year}{ends[1]:02}", int(match[3]) if match[3] else None)
    return None


def _date(year: int, month: int, day: int) -> Period | None:
    try:
        return Period("date", date(year, month, day).isoformat(), year)
    except ValueError:
        return None


def _part(letter: str, number: str, year: str | None) -> Period:
    ordinal = ROMAN.get(number.lower()) or int(number)
    return Period("period", f"{year}-{letter}{ordinal}" if year else f"{letter}{ordinal}", int(year) if year else None)

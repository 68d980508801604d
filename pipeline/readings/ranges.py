"""Reads ranges, limits and ratios: classes of rating scales (`76 ≤ 90`, `>85-100`), range targets, `1:17,9`, `25/32`."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.interval import Interval
from pipeline.model import Reading
from pipeline.readings.numbers import Notation, Number, read_number

NUMBER = r"(\d[\d.,]*)"
SIGN = r"(<=|>=|=<|=>|≤|≥|<|>)"
BETWEEN = r"(?:-|s\s?\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|to|~)"
TWO_ENDS = re.compile(
    rf"{SIGN}?\s*{NUMBER}\s*(%?)\s*(?:{BETWEEN}|{SIGN}(?:\s*[a-z]\s*{SIGN})?)\s*{SIGN}?\s*{NUMBER}\s*(%?)",
    re.IGNORECASE,
)  # 50% - 74,9% ; >85-100 ; 76 ≤ 90 ; 65 < x ≤ 75
ONE_END = re.compile(rf"{SIGN}\s*{NUMBER}\s*(%?)")  # ≥ 90
WORDED_END = re.compile(
    rf"(di\s?atas|lebih dari|diatas|kurang dari|di\s?bawah|minimal|maksimal|min\.?|maks?\.?|paling sedikit|paling banyak)\s*{NUMBER}\s*(%?)",
    re.IGNORECASE,
)
TRAILING_END = re.compile(rf"{NUMBER}\s*(%?)\s*(ke\s?atas|ke\s?bawah)", re.IGNORECASE)  # 91 ke atas
RATIO = re.compile(rf"{NUMBER}\s*(?::|/|dari|per)\s*{NUMBER}", re.IGNORECASE)  # 1:17,9 ; 25/32 ; 21 dari 24
WORDED = {
    "di atas": ">", "diatas": ">", "lebih dari": ">", "kurang dari": "<", "di bawah": "<", "dibawah": "<", "minimal": ">=",
    "maksimal": "<=", "min": ">=", "min.": ">=", "mak": "<=", "mak.": "<=", "maks": "<=", "maks.": "<=", "paling sedikit": ">=", "paling banyak": "<=", "ke atas": ">=", "keatas": ">=", "ke bawah": "<=", "kebawah": "<=",
}  # fmt: skip


WITH_UNIT = re.compile(r"(.*\d)\s*([A-Za-z]{1,12}(?:/[A-Za-z]{1,12})?)\s*")  # 1-3 hari ; < 2 jam


def read_range(text: str, printed: str, notation: Notation | None) -> Reading | None:
    """A range or a limit that the whole of the cleaned `text` states, with or without a unit. Limits keep their number as
    value; ranges have none."""
    bare = _bare_range(text, printed, notation)
    counted = WITH_UNIT.fullmatch(text) if bare is None else None
    if counted is None:
        return bare
    limits = _bare_range(counted[1], printed, notation)
    return replace(limits, satuan=counted[2]) if limits is not None and limits.status == "exact" else None


def _bare_range(text: str, printed: str, notation: Notation | None) -> Reading | None:
    match = TWO_ENDS.fullmatch(text)
    if match:
        before, low, percent_low, middle, second, last, high, percent_high = match.groups()
        ends = (read_number(low, notation), read_number(high, notation))
        if ends[0].value is None or ends[1].value is None:
            return _unclear(printed, ends)
        opens = (before == ">" or (middle == "<" and second is not None), (last or second or middle) == "<")
        return _between(printed, ends, opens, bool(percent_low or percent_high))
    limit = _limit(text)
    if limit is None:
        return None
    sign, digits, percent = limit
    number = read_number(digits, notation)
    if number.value is None:
        return _unclear(printed, (number,))
    bound, is_open = number.value, "=" not in sign and sign not in "≤≥"
    upper = sign[0] in "<≤" or sign == "=<"
    interval = Interval.at_most(bound, is_open) if upper else Interval.at_least(bound, is_open)
    return Reading(printed, "range", "exact", bound, interval, "%" if percent else None, places=number.places)


def _limit(text: str) -> tuple[str, str, str] | None:
    if match := ONE_END.fullmatch(text):
        return match[1], match[2], match[3]
    if match := WORDED_END.fullmatch(text):
        return WORDED[" ".join(match[1].lower().split())], match[2], match[3]
    if match := TRAILING_END.fullmatch(text):
        return WORDED[" ".join(match[3].lower().split())], match[1], match[2]
    return None


def _between(printed: str, ends: tuple[Number, Number], opens: tuple[bool, bool], percent: bool) -> Reading:
    low, high = ends[0].value or Decimal(0), ends[1].value or Decimal(0)
    satuan = "%" if percent else None
    if low > high:
        repairs = ("the ends are in falling order",)
        return Reading(printed, "range", "ambiguous", satuan=satuan, candidates=(low, high), repairs=repairs)
    interval = Interval.exact(low) if low == high else Interval(Fraction(low), Fraction(high), *opens)
    places = max(end.places for end in ends)
    return Reading(printed, "range", "exact", None, interval, satuan, candidates=(low, high), places=places)


def _unclear(printed: str, numbers: tuple[Number, ...]) -> Reading:
    candidates = tuple(
        value for number in numbers for value in ((number.value,) if number.value is not None else number.candidates)
    )
    return Reading(
        printed, "range", "ambiguous", candidates=tuple(dict.fromkeys(candidates)), repairs=("the ends are unclear",)
    )


def read_ratio(text: str, printed: str, notation: Notation | None) -> Reading | None:
    """`1:17,9`, `25/32`, `21 dari 24`: the value is the first divided by the second, each as exact as printed."""
    match = RATIO.fullmatch(text)
    if not match:
        return None
    if re.fullmatch(r"(?:19|20)\d\d", match[2]):  # `3/2024` numbers a letter
        return None
    parts = tuple(read_number(part, notation or "id") for part in match.groups())
    if any(part.value is None for part in parts):
        return _unclear(printed, parts)
    upper, lower = (part.value or Decimal(0) for part in parts)
    if lower == 0:
        return Reading(printed, "ratio", "unreadable", candidates=(upper, lower), repairs=("division by zero",))
    intervals = [_meaning(part) for part in parts]
    return Reading(printed, "ratio", "exact", upper / lower, intervals[0] / intervals[1], candidates=(upper, lower))


def _meaning(number: Number) -> Interval:
    value = number.value or Decimal(0)
    return Interval.printed(value, number.places) if number.places else Interval.exact(value)

"""Years that a header tells without printing them: "Tahun ke-2" of a plan, "n+1", "tahun lalu". Which calendar year they mean
is a matter of the whole document (`pipeline.normalize.tahun`); here they are only recognised."""

from __future__ import annotations

import re

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_ORDINALS = {"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6}
# "Tahun 1", "Tahun ke-2", "Thn. III", "Tahun kedua", "Tahun ke-1 (2022)"
_OF_PLAN = re.compile(
    r"\b(?:tahun|thn|th)[\s.]*(?:ke\b)?[\s.-]*(?:([1-9]|I{1,3}|IV|VI?)|(pertama|kedua|ketiga|keempat|kelima|keenam))\b"
    r"\s*(?:\(?\s*(20\d\d)\s*\)?)?\s*$",
    re.IGNORECASE,
)
_OPEN_PLAN = re.compile(r"\b(?:tahun|thn|th)[\s.]*ke[\s.:-]*$", re.IGNORECASE)  # "Target Kinerja pada Tahun ke-"
_BARE_NUMBER = re.compile(r"\(?(?:ke\s*-?\s*)?([1-9])\)?")
_OFFSET = re.compile(
    r"\(?(?:\b(?:tahun|thn|th)\b\.?\s*)?\(?\b[nt]\s*([-–+])\s*(\d)\b\s*\)?\)?", re.IGNORECASE
)  # "(n-2)"
_ZERO = re.compile(r"\b(?:tahun|thn|th)\b\.?\s*\(?n\)?\s*$|\(n\)\s*$|^n$", re.IGNORECASE)  # "Rencana Tahun n"
_NAMED = re.compile(
    r"\btahun\s+(?:yang\s+)?(lalu|sebelumnya|kemarin|ini|berjalan|pelaporan|depan|berikutnya|mendatang)\b",
    re.IGNORECASE,
)
_NAMED_OFFSETS = {"lalu": -1, "sebelumnya": -1, "kemarin": -1, "depan": 1, "berikutnya": 1, "mendatang": 1}
_FORWARD = re.compile(r"\bp(?:ra|er)kiraan\s+maju\b", re.IGNORECASE)  # "Prakiraan Maju" of a Renja
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def year_of_plan(text: str) -> tuple[int, int | None, int] | None:
    """(number of the year, printed calendar year, offset of the words) where a label ends so: "Tahun ke-1 (2022)"."""
    match = _OF_PLAN.search(text)
    if match is None:
        return None
    number = match.group(1)
    nth = _ORDINALS[match.group(2).lower()] if number is None else _ROMAN.get(number.lower()) or int(number)
    return nth, int(match.group(3)) if match.group(3) else None, match.start()


def asks_for_number(text: str) -> bool:
    """Whether the number of the year stands below: "Target Kinerja pada Tahun ke-"."""
    return bool(_OPEN_PLAN.search(text.strip()))


def number_below(text: str, above: str) -> int | None:
    """Number of the year of a bare "2" under such a label."""
    match = _BARE_NUMBER.fullmatch(text.strip(" ."))
    return int(match.group(1)) if match and asks_for_number(above) else None


def relative_year(text: str) -> tuple[int, str] | None:
    """(years after the document's own, the label without these words); None where a year is printed or none is meant."""
    if _YEAR.search(text):
        return None
    match = _OFFSET.search(text)
    if match:
        offset = int(match.group(2)) * (1 if match.group(1) == "+" else -1)
    elif match := _ZERO.search(text):
        offset = 0
    elif match := _NAMED.search(text):
        offset = _NAMED_OFFSETS.get(match.group(1).lower(), 0)
    elif _FORWARD.search(text):
        return 1, text
    else:
        return None
    return offset, text[: match.start()] + " " + text[match.end() :]


def is_named(text: str) -> bool:
    """Whether words ("tahun lalu") and no letter n tell the year: a plan and a report mean different years by them."""
    return bool(_NAMED.search(text)) and not _OFFSET.search(text)

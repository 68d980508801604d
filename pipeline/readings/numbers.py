"""Reads one printed number: which marks are thousands and which decimals, and what remains when OCR broke it.

Only forms that can mean one thing are `exact`. White space inside a number is removed and said (`repaired`); groups that
do not have three digits are `ambiguous`, with every value that the print may once have been.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Notation = Literal["id", "en"]
Status = Literal["exact", "repaired", "ambiguous", "unreadable"]

GROUPED = {
    "id": re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?"),  # 1.184.303.703,00
    "en": re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?"),  # 413,780,075.00
}
PLAIN = re.compile(r"\d+")  # 12
ONE_MARK = re.compile(r"(\d+)([.,])(\d+)")  # 99,50 or 0.648
PIECES = re.compile(r"[\d.,' ]+")
DECIDING = {
    "id": re.compile(r"\d+,\d{1,2}(?!\d|[.,])|\d\.\d{3}\.\d{3}|\.\d{3},\d"),
    "en": re.compile(r"\d+\.\d{1,2}(?!\d|[.,])|\d,\d{3},\d{3}|,\d{3}\.\d"),
}


@dataclass(frozen=True, slots=True)
class Number:
    """`value` as printed with `places` decimals; None where ambiguous (see `candidates`) or unreadable."""

    status: Status
    value: Decimal | None = None
    places: int = 0
    candidates: tuple[Decimal, ...] = ()
    repairs: tuple[str, ...] = ()
    notation: Notation | None = None


def notation_of(text: str) -> Notation | None:
    """The notation that this number alone proves, or None: `1.234` and `12` prove nothing."""
    found = {name for name, pattern in DECIDING.items() if pattern.search(text)}
    if found == {"id"}:
        return "id"
    return "en" if found == {"en"} else None


def consensus(texts: Iterable[str]) -> Notation | None:
    """The notation of a column: what at least four in five of its deciding cells prove; None where they are mixed, so that
    `1,417` among `161.30` and `106,00` keeps both its readings."""
    votes = [notation_of("".join(text.split())) for text in texts]
    counts: dict[Notation, int] = {"id": votes.count("id"), "en": votes.count("en")}
    most = max(counts, key=lambda notation: counts[notation])
    return most if counts[most] and counts[most] * 5 >= sum(counts.values()) * 4 else None


def read_number(text: str, notation: Notation | None = None, *, whole: bool = False) -> Number:
    """Reads digits, points, commas and spaces (nothing else) as one number.

    `whole`: the thing counted has no parts (rupiah, persons), so three digits after a mark are thousands and two zeros
    are cents. Without `notation` a single mark before three digits stays ambiguous unless `whole` decides it.
    """
    packed = text.replace("'", "").strip()
    if not PIECES.fullmatch(packed) or not any(ch.isdigit() for ch in packed):
        return Number("unreadable")
    spaced = " " in packed
    joined = "".join(packed.split())
    number = _tight(joined, notation, whole)
    if not spaced or number.value is None:
        return _with_pieces(number, packed) if spaced else number
    if not _may_join(packed, joined, number):
        pieces = tuple(Decimal(piece) for piece in re.findall(r"\d+", packed))
        return Number("ambiguous", candidates=_distinct((number.value, *pieces)), repairs=("spaces inside the number",))
    return Number("repaired", number.value, number.places, (), ("spaces removed", *number.repairs), number.notation)


def _may_join(packed: str, joined: str, number: Number) -> bool:
    """Whether spaces may be dropped: the marks of the joined form prove it, or it is one long run of zeros' groups."""
    if any(mark in joined for mark in ".,"):
        return True
    return (len(joined) >= 6 and joined.endswith("000")) or bool(re.fullmatch(r"\d{1,3}(?: \d{3})+", packed))


def _with_pieces(number: Number, packed: str) -> Number:
    """Adds the readings of the pieces on their own, as two cells may have run into one."""
    pieces = [_tight(piece, None, False) for piece in packed.split()]
    more = [piece.value for piece in pieces if piece.value is not None and piece.value >= 1000]
    more += pieces[0].candidates  # the rest may be a fragment of a neighbour
    return Number(
        number.status, None, 0, _distinct((*number.candidates, *more)), ("spaces inside the number", *number.repairs)
    )


def _tight(text: str, notation: Notation | None, whole: bool) -> Number:
    """Reads a number without spaces."""
    if PLAIN.fullmatch(text):
        if len(text) > 1 and text.startswith("0"):
            return Number("ambiguous", candidates=(Decimal(text),), repairs=("leading zero",))
        return Number("exact", Decimal(text))
    one = ONE_MARK.fullmatch(text)
    if one:
        return _one_mark(*one.groups(), notation=notation, whole=whole)
    for name, pattern in GROUPED.items():
        match = pattern.fullmatch(text)
        if match:
            return _grouped(match[1], match[2] or "", "id" if name == "id" else "en", notation, whole)
    return _damaged(text)


def _one_mark(left: str, mark: str, right: str, *, notation: Notation | None, whole: bool) -> Number:
    """`99,50`, `0.648`, `1.234`: one mark between digits."""
    decimal = Decimal(f"{left}.{right}")
    own: Notation = "id" if mark == "," else "en"
    thousands_possible = len(right) == 3 and len(left) <= 3 and not left.startswith("0")
    if len(left) > 1 and left.startswith("0"):
        return Number("ambiguous", candidates=_distinct((decimal, Decimal(left + right))), repairs=("leading zero",))
    if whole:
        return _one_mark_whole(left, right, decimal, own, notation, thousands_possible)
    if not thousands_possible:
        if notation and notation != own:
            return Number("repaired", decimal, len(right), (), (f"`{mark}` read as decimal mark",), own)
        return Number("exact", decimal, len(right), notation=own)
    if notation is None:
        return Number(
            "ambiguous", candidates=(decimal, Decimal(left + right)), repairs=(f"`{mark}` may be either mark",)
        )
    if notation == own:
        return Number("exact", decimal, len(right), notation=own)
    return Number("exact", Decimal(left + right), notation=notation)


def _one_mark_whole(
    left: str, right: str, decimal: Decimal, own: Notation, notation: Notation | None, thousands_possible: bool
) -> Number:
    if thousands_possible:
        grouped = Decimal(left + right)
        if notation == own:
            return Number("ambiguous", candidates=(grouped, decimal), repairs=("thousands or decimals",))
        return Number("exact", grouped, notation="en" if own == "id" else "id")
    if len(right) == 2 and (own == "id" or notation == "en" or len(left) > 3) and not (own == "en" and right != "00"):
        if right == "00" and len(left) <= 3 and left != "0":  # `17,00`: cents, or the end of the number was lost
            return Number("ambiguous", candidates=lost_zeros(left), repairs=("group of two digits",))
        return Number("exact", decimal, 2, notation=own)
    if left == "0" and not right.strip("0"):
        return Number("exact", Decimal(0), notation=own)
    if len(right) == 1 and own == "id":
        return Number("exact", decimal, 1, notation=own)
    return _damaged(f"{left}{',' if own == 'id' else '.'}{right}")


def _grouped(groups: str, decimals: str, own: Notation, notation: Notation | None, whole: bool) -> Number:
    """`1.184.303.703,00` in either notation."""
    digits = re.sub(r"\D", "", groups)
    if groups.startswith("0"):
        return Number("ambiguous", candidates=(Decimal(digits),), repairs=("leading zero",))
    if whole and len(decimals) >= 3:
        merged = Decimal(digits + decimals)
        candidates = (merged, Decimal(f"{digits}.{decimals}"), Decimal(digits))
        return Number("ambiguous", candidates=_distinct(candidates), repairs=("three digits after the decimal mark",))
    if whole and decimals == "0":
        merged = Decimal(digits + "000")
        return Number("ambiguous", candidates=(Decimal(digits), merged), repairs=("one digit after the decimal mark",))
    value = Decimal(f"{digits}.{decimals}") if decimals else Decimal(digits)
    marks = len(groups) - len(digits)
    foreign = notation is not None and notation != own and (marks > 1 or bool(decimals))
    repairs = (f"written in {'English' if own == 'en' else 'Indonesian'} notation",) if foreign else ()
    return Number("repaired" if foreign else "exact", value, len(decimals), (), repairs, own)


def _damaged(text: str) -> Number:
    """Marks that no notation explains (`2,817,6275.00`, `8200.000`): digits were lost or marks misplaced."""
    if not text[0].isdigit() or not text[-1].isdigit():
        inner = text.strip(".,")
        if PLAIN.fullmatch(inner) and text[0].isdigit() and len(inner) <= 2:
            return Number("exact", Decimal(inner), repairs=("trailing mark",))
        digits = re.sub(r"\D", "", text)
        if not text[0].isdigit() or len(digits) < 3:
            return Number("unreadable", repairs=("a fragment of a number",))
        return Number("ambiguous", candidates=lost_zeros(digits), repairs=("the end of the number is missing",))
    parts = re.split(r"[.,]", text)
    digits = "".join(parts)
    values = [Decimal(digits)]
    if not parts[-1].strip("0") and len(parts[-1]) == 2 and len(parts) > 1:  # `.00` may be cents
        values.append(Decimal("".join(parts[:-1])))
    values += lost_zeros(digits)[1:]
    return Number("ambiguous", candidates=_distinct(values), repairs=("groups that are not of three digits",))


def lost_zeros(digits: str) -> tuple[Decimal, ...]:
    """`digits`, and with one to three zeros more: what narrow columns and page breaks cut off first."""
    return tuple(Decimal(digits + "0" * lost) for lost in range(4))


def _distinct(values: Iterable[Decimal]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(values))

"""Numbers inside formulas: Indonesian or English notation, with every value that the print leaves open."""

from __future__ import annotations

import re
from decimal import Decimal

_GROUPS_POINT = re.compile(r"^\d{1,3}(?:\.\d{3})+$")  # 100.000
_GROUPS_COMMA = re.compile(r"^\d{1,3}(?:,\d{3})+$")  # 2,849
_BOTH_ID = re.compile(r"^\d{1,3}(?:\.\d{3})*,\d+$")  # 1.234,5
_BOTH_EN = re.compile(r"^\d{1,3}(?:,\d{3})*\.\d+$")  # 1,234.5
_LONGEST = 40  # characters; no report prints a longer number
_SIMPLE = re.compile(r"^\d+(?:[.,]\d+)?$")


def read(text: str) -> tuple[Decimal, tuple[Decimal, ...], int] | None:
    """(likeliest value, all values, decimals of the likeliest); None where the print is no number (212,77,00)."""
    bare = text.strip().rstrip("%").strip().rstrip(".,")
    if len(bare) > _LONGEST:
        return None
    values: list[tuple[Decimal, int]] = []
    if _GROUPS_POINT.match(bare):
        values.append((Decimal(bare.replace(".", "")), 0))
        if bare.count(".") == 1:
            values.append((Decimal(bare), 3))
    elif _GROUPS_COMMA.match(bare):
        plain = (Decimal(bare.replace(",", "")), 0)
        if bare.count(",") == 1:
            values.append((Decimal(bare.replace(",", ".")), 3))
        values.append(plain)
    elif _BOTH_ID.match(bare):
        decimals = len(bare.rsplit(",", 1)[1])
        values.append((Decimal(bare.replace(".", "").replace(",", ".")), decimals))
    elif _BOTH_EN.match(bare):
        decimals = len(bare.rsplit(".", 1)[1])
        values.append((Decimal(bare.replace(",", "")), decimals))
    elif _SIMPLE.match(bare):
        dotted = bare.replace(",", ".")
        values.append((Decimal(dotted), len(dotted.partition(".")[2])))
    if not values:
        return None
    return values[0][0], tuple(value for value, _ in values), values[0][1]

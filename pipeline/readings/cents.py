"""Reads columns that write one mark for groups and decimals ("641,773,572,00"): alone such a print is damaged, but where nearly
all amounts of a column end so, two decimals are how the column is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.interval import Interval
from pipeline.model import Reading

CONSENSUS = "nearly every amount of the column ends in two decimals"
ENOUGH = 4  # amounts of a column before its manner says anything
_NUMBER = re.compile(r"\d[\d.,]*\d")
_BOTH = re.compile(r"(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)\2(\d{2})")  # 641,773,572,00


def has_cents(texts: Sequence[str]) -> bool:
    """Whether at least four in five of the grouped amounts among `texts` are written so."""
    amounts = [found[0] for text in texts if (found := _NUMBER.search("".join(text.split())))]
    long = [amount for amount in amounts if sum(amount.count(mark) for mark in ".,") >= 2]
    alike = sum(1 for amount in long if _BOTH.fullmatch(amount))
    return alike >= ENOUGH and alike * 5 >= len(long) * 4


def with_cents(reading: Reading) -> Reading:
    """An ambiguous amount of such a column, read with its decimals."""
    found = _NUMBER.search("".join(reading.text.split()))
    match = _BOTH.fullmatch(found[0]) if found else None
    if match is None or reading.status != "ambiguous" or reading.kind != "rupiah":
        return reading
    value = Decimal(f"{re.sub(r'[.,]', '', match[1])}.{match[3]}")
    value = value.quantize(Decimal(1)) if match[3] == "00" else value
    repairs = (*reading.repairs, f"`{match[2]}` before the last two digits read as decimal mark")
    return replace(
        reading, status="repaired", value=value, interval=Interval.exact(value), repairs=repairs, decided_by=CONSENSUS
    )

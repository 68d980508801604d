"""Lets an identity (a sum, a percentage, another print of the same figure) decide what an unsure reading says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.interval import Interval
from pipeline.model import Reading
from pipeline.readings.numbers import GROUPED

MOST_LOST = 3
"""How many digits a narrow column may have swallowed for a value still to be called the same print."""


def resolve(reading: Reading, interval: Interval, identity: str = "") -> Reading:
    """`reading` narrowed to what `interval` allows.

    An ambiguous reading with exactly one candidate inside becomes `repaired`, decided by `identity`; with several it keeps
    those; with none it is returned unchanged, unless the interval is a point that the printed digits are a rest of
    (`24.107.683.00` of 24.107.668.300). Other readings are never changed.
    """
    if reading.status != "ambiguous":
        return reading
    fitting = tuple(value for value in reading.candidates if value in interval)
    if len(fitting) == 1:
        return _decided(reading, fitting[0], identity)
    if fitting:
        return replace(reading, candidates=fitting)
    point = interval.low
    if interval.is_exact and point.denominator == 1 and is_rest_of(reading.text, int(point)):
        return _decided(reading, Decimal(int(point)), identity)
    return reading


def is_rest_of(text: str, value: int) -> bool:
    """Whether `text` is a damaged print whose digits are those of `value` with a few lost, in order, the first two kept."""
    if GROUPED["id"].fullmatch(text.strip()) or GROUPED["en"].fullmatch(text.strip()):
        return False
    printed = "".join(ch for ch in text if ch.isdigit())
    whole = str(abs(value))
    if len(printed) < 4 or not 0 < len(whole) - len(printed) <= MOST_LOST or printed[:2] != whole[:2]:
        return False
    rest = iter(whole)
    return all(digit in rest for digit in printed)


def _decided(reading: Reading, value: Decimal, identity: str) -> Reading:
    if reading.kind == "rupiah" and value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    point = Interval.exact(Fraction(value))
    decimals = -int(value.as_tuple().exponent)
    rounded = reading.kind in ("percent", "score") or (decimals > 0 and reading.kind != "rupiah")
    interval = Interval.printed(value, max(0, decimals)) if rounded else point
    repairs = (*reading.repairs, "chosen among the candidates")
    return replace(
        reading,
        status="repaired",
        value=value,
        interval=interval,
        repairs=repairs,
        decided_by=identity,
        places=max(0, decimals),
    )

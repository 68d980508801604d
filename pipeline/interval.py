"""Intervals over exact fractions: what a printed number can mean.

A number printed with d decimals stands for v ± half a unit of its last place (XBRL Calculations 1.1, section on
rounding); counts and rupiah in full are points. Comparison is whether intervals meet; there is no epsilon anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Number = Fraction | Decimal | int


@dataclass(frozen=True, slots=True)
class Interval:
    """All x with low <= x <= high; an open end excludes its bound. Empty intervals do not exist: see `intersect`."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError(f"empty interval {self.low}..{self.high}")

    @staticmethod
    def exact(value: Number) -> Interval:
        point = Fraction(value)
        return Interval(point, point)

    @staticmethod
    def printed(value: Number, places: int) -> Interval:
        """`value` printed with `places` decimals (negative: in tens, thousands…): v ± half a unit of the last place."""
        half = Fraction(1, 2) * Fraction(10) ** -places
        return Interval(Fraction(value) - half, Fraction(value) + half)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def __contains__(self, value: Number) -> bool:
        x = Fraction(value)
        above = x > self.low or (x == self.low and not self.low_open)
        below = x < self.high or (x == self.high and not self.high_open)
        return above and below

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        ends = [
            (a * b, (a_open and b != 0) or (b_open and a != 0))
            for a, a_open in ((self.low, self.low_open), (self.high, self.high_open))
            for b, b_open in ((other.low, other.low_open), (other.high, other.high_open))
        ]
        low = min(value for value, _ in ends)
        high = max(value for value, _ in ends)
        return Interval(
            low,
            high,
            all(is_open for value, is_open in ends if value == low),
            all(is_open for value, is_open in ends if value == high),
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor can be zero."""
        if other.low <= 0 <= other.high and 0 in (other.low, other.high, Fraction(0)):
            raise ZeroDivisionError("the divisor's interval touches zero")
        return self * Interval(1 / other.high, 1 / other.low, other.high_open, other.low_open)

    def scale(self, factor: Number) -> Interval:
        return self * Interval.exact(factor)

    def intersect(self, other: Interval) -> Interval | None:
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_open = min((self.high, not self.high_open), (other.high, not other.high_open))
        high_open = not high_open
        if low > high or (low == high and (low_open or high_open)):
            return None
        return Interval(low, high, low_open, high_open)

    def meets(self, other: Interval) -> bool:
        return self.intersect(other) is not None

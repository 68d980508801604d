"""Intervals over exact fractions: what a printed number can mean.

A number printed with d decimals stands for v ± half a unit of its last place (XBRL Calculations 1.1, section on
rounding); counts and rupiah in full are points. Comparison is whether intervals meet; there is no epsilon anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Number = Fraction | Decimal | int
UNBOUNDED = Fraction(10) ** 30
"""Stands for infinity: `≥ 90` ends here. No figure of a report comes near it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All x with low <= x <= high; an open end excludes its bound. Empty intervals do not exist: see `intersect`."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is self.high and not (self.low_open or self.high_open):
            return
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError(f"empty interval {self.low}..{self.high}")

    @staticmethod
    @lru_cache(maxsize=8192)  # a report repeats its figures; making fractions is what reading and loading them costs
    def exact(value: Number) -> Interval:
        point = Fraction(value)
        return Interval(point, point)

    @staticmethod
    @lru_cache(maxsize=8192)
    def printed(value: Number, places: int) -> Interval:
        """`value` printed with `places` decimals (negative: in tens, thousands…): v ± half a unit of the last place."""
        x, half = Fraction(value), Fraction(10) ** -places / 2
        return Interval(x - half, x + half)

    @staticmethod
    def truncated(value: Number, places: int) -> Interval:
        """`value` cut off after `places` decimals: [v, v + one unit) for v > 0, mirrored for v < 0, both for 0."""
        x, unit = Fraction(value), Fraction(10) ** -places
        return Interval(x - unit if x <= 0 else x, x + unit if x >= 0 else x, x <= 0, x >= 0)

    @staticmethod
    def at_least(value: Number, is_open: bool = False) -> Interval:
        return Interval(Fraction(value), UNBOUNDED, is_open, True)

    @staticmethod
    def at_most(value: Number, is_open: bool = False) -> Interval:
        return Interval(-UNBOUNDED, Fraction(value), True, is_open)

    @staticmethod
    def total(parts: Iterable[Interval]) -> Interval:
        """The sum of `parts`, end by end; of none: exactly 0."""
        result = Interval.exact(0)
        for part in parts:
            result = result + part
        return result

    @staticmethod
    def common(prints: Iterable[Interval]) -> Interval | None:
        """What several prints of the same figure can all mean; None where they contradict each other or there is none."""
        result: Interval | None = None
        for number, one in enumerate(prints):
            result = one if number == 0 else result.intersect(one) if result else None
        return result

    @property
    def is_exact(self) -> bool:
        return self.low is self.high or self.low == self.high

    @property
    def is_bounded(self) -> bool:
        return self.low > -UNBOUNDED and self.high < UNBOUNDED

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

    def covers(self, other: Interval) -> bool:
        """Whether every value of `other` lies in this interval."""
        low = self.low < other.low or (self.low == other.low and (other.low_open or not self.low_open))
        high = self.high > other.high or (self.high == other.high and (other.high_open or not self.high_open))
        return low and high

    def __contains__(self, value: Number) -> bool:
        x = Fraction(value)
        above = x > self.low or (x == self.low and not self.low_open)
        below = x < self.high or (x == self.high and not self.high_open)
        return above and below

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Interval) -> Interval:
        if self.low is self.high and other.low is other.high:
            point = self.low + other.low
            return Interval(point, point)
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
            (a * b, (a_open or b_open) and not (a == 0 and not a_open) and not (b == 0 and not b_open))
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
        if other.low <= 0 <= other.high:
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
        """Whether some value lies in both: `intersect` without making the interval, for it is asked a hundred thousand times."""
        if self.low is self.high and other.low is other.high:  # points
            return self.low == other.low
        if self.low > other.high or other.low > self.high:
            return False
        if self.low == other.high:
            return not (self.low_open or other.high_open)
        return self.high != other.low or not (self.high_open or other.low_open)

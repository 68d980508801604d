"""Interval arithmetic: without it a rounded figure becomes a false accusation, or a pasted one escapes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.interval import Interval

numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    if low == high:
        return Interval.exact(low)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    interval = draw(intervals())
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=50))
    value = interval.low + (interval.high - interval.low) * share
    return interval, value if value in interval else interval.middle


@settings(max_examples=150)
@given(members(), members())
def test_arithmetic_of_members_stays_inside(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    """A true figure outside the computed interval would be called impossible."""
    assert a[1] + b[1] in a[0] + b[0]
    assert a[1] - b[1] in a[0] - b[0]
    assert a[1] * b[1] in a[0] * b[0]
    if not b[0].low <= 0 <= b[0].high:
        assert a[1] / b[1] in a[0] / b[0]


@settings(max_examples=150)
@given(intervals(), intervals(), numbers)
def test_intersection_holds_what_both_hold(a: Interval, b: Interval, value: Fraction) -> None:
    """Two prints of one figure must agree exactly where both can be true."""
    both = a.intersect(b)
    assert (both is not None and value in both) == (value in a and value in b)
    assert a.meets(b) == (both is not None) == b.meets(a)


@settings(max_examples=100)
@given(intervals(), intervals())
def test_covering_is_intersecting_unchanged(a: Interval, b: Interval) -> None:
    """`covers` says that one print adds nothing to another; it must agree with the intersection."""
    assert a.covers(b) == (a.intersect(b) == b)


@given(intervals())
def test_negation_twice_changes_nothing(a: Interval) -> None:
    """A subtracted addend must keep which of its ends are open."""
    negated = -a
    assert -negated == a


def test_printed_is_half_a_unit_around() -> None:
    """Calculations 1.1: `99,5` stands for 99.45 to 99.55, `-1,2 million` for half a hundred thousand around."""
    assert Interval.printed(Decimal("99.5"), 1) == Interval(Fraction("99.45"), Fraction("99.55"))
    assert Interval.printed(-1_200_000, -5) == Interval(Fraction(-1_250_000), Fraction(-1_150_000))


def test_truncated_leaves_the_far_end_open() -> None:
    """Calculations 1.1: a cut 2.1 is [2.1, 2.2), a cut -2.1 its mirror, a cut 0 reaches both ways."""
    assert Interval.truncated(Decimal("2.1"), 1) == Interval(Fraction("2.1"), Fraction("2.2"), False, True)
    assert Interval.truncated(Decimal("-2.1"), 1) == Interval(Fraction("-2.2"), Fraction("-2.1"), True, False)
    assert Interval.truncated(0, 0) == Interval(Fraction(-1), Fraction(1), True, True)


def test_sum_of_rounded_addends_meets_a_total_that_differs() -> None:
    """Calculations 1.1: 1.2 + 2.3 + 3.3 printed with 6.9 is consistent, with 7.1 it is not; equality would accuse both."""
    total = Interval.total(Interval.printed(Decimal(value), 1) for value in ("1.2", "2.3", "3.3"))
    assert total.meets(Interval.printed(Decimal("6.9"), 1))
    assert not total.meets(Interval.printed(Decimal("7.1"), 1))


def test_several_prints_of_one_figure_are_intersected() -> None:
    """Calculations 1.1: 2.1 million and 2.13 million agree, and the finer print counts; 2.1 and 2.3 contradict each other."""
    coarse, fine = Interval.printed(2_100_000, -5), Interval.printed(2_130_000, -4)
    assert Interval.common([coarse, fine]) == fine
    assert Interval.common([coarse, Interval.printed(2_300_000, -5)]) is None
    assert Interval.common([]) is None


def test_no_division_by_what_can_be_zero() -> None:
    """A pagu that prints as 0 gives no percentage instead of a wrong one."""
    with pytest.raises(ZeroDivisionError):
        Interval.exact(1) / Interval.printed(0, 0)


def test_limits_have_one_end() -> None:
    """A target of at least 90 is met by 140 and not by 89."""
    assert 140 in Interval.at_least(90) and 89 not in Interval.at_least(90)
    assert 50 not in Interval.at_most(50, is_open=True)
    assert not Interval.at_least(90).is_bounded and Interval.exact(1).is_bounded

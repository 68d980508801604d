"""The name of a slip is what makes an auditor believe the correction; a wrong name would make her doubt all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audit.identities.patterns import misprint


@pytest.mark.parametrize(
    ("printed", "right", "slip"),
    [
        ("46192970", "467192970", "digit_hilang"),
        ("5975", "5795", "digit_tertukar"),
        ("6299000", "6229000", "digit_salah"),
        ("1159000", "1159000000", "pemisah_bergeser"),
        ("83.68", "84.80", "lain"),
        ("-33", "33", "tanda"),
        ("14.25", "14.52", "digit_tertukar"),
        ("4671192970", "467192970", "digit_ganda"),
    ],
)
def test_named_slips(printed: str, right: str, slip: str) -> None:
    assert misprint(Decimal(printed), Decimal(right)) == slip


@settings(max_examples=80)
@given(st.integers(10_000, 10**12), st.data())
def test_a_lost_digit_is_always_seen(value: int, data: st.DataObject) -> None:
    digits = str(value)
    at = data.draw(st.integers(1, len(digits) - 1))
    printed = Decimal(digits[:at] + digits[at + 1 :])
    assert misprint(printed, Decimal(value)) in ("digit_hilang", "pemisah_bergeser")

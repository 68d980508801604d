"""If these fail, a formula that is constant, upside down or equal to another is not recognised, or a sound one is accused."""

from __future__ import annotations

import pytest

from pipeline.formula import parse
from pipeline.formula.algebra import cancels, constant_value, inverted, is_constant, lower_is_better, same
from pipeline.formula.omml import to_latex


def body(text: str):  # type: ignore[no-untyped-def]
    return parse(text).body


def test_the_wrong_print_of_lower_is_better_is_constant_in_one_reading() -> None:
    formula = parse("Realisasi - (Realisasi - Rencana) / Rencana x 100 %")
    assert formula.constant
    assert constant_value(formula.alternatives[0]) == 100
    drawn = parse(r"\frac{\text{Realisasi} - (\text{Realisasi} - \text{Rencana})}{\text{Rencana}} \times 100\%")
    assert drawn.constant and not lower_is_better(drawn.body)


def test_the_right_print_is_known_and_not_constant() -> None:
    for text in (
        r"\frac{\text{Target} - (\text{Realisasi} - \text{Target})}{\text{Target}} \times 100",
        r"\frac{2 \times \text{Target} - \text{Realisasi}}{\text{Target}} \times 100",
        "(Rencana - (Realisasi - Rencana)) / Rencana x 100%",
    ):
        assert lower_is_better(body(text)), text
        assert not is_constant(body(text)), text


def test_equality_is_up_to_rearrangement() -> None:
    assert same(body("A / B x 100%"), body("100% x A / B"))
    assert same(body("(A + B) / C x 100"), body("(B + A) / C x 100"))
    assert not same(body("A / B x 100%"), body("B / A x 100%"))
    assert inverted(body("A / B x 100%"), body("B / A x 100%"))


def test_numerator_equal_to_denominator_cancels() -> None:
    assert cancels(body("Jumlah OPD / Jumlah OPD x 100%"))
    assert not cancels(body("Jumlah OPD aktif / Jumlah OPD x 100%"))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("(99,5% + 87,8%) : 2 = 93,65%", True),
        ("(44 unit / 44 unit) × 100% = 100%", True),
        ("159/150 x 100% = 106%", True),
        ("30 / 2,849 X 100% = 0,01%", False),
        ("30 / 2,849 X 100% = 1,05%", True),
        ("100/90*100 = 111,12%", False),
        ("24% x 4,46 = 1,07", True),
    ],
)
def test_a_worked_calculation_knows_whether_it_holds(text: str, holds: bool) -> None:
    assert parse(text).holds is holds


def test_word_equations_become_the_same_tree() -> None:
    from lxml import etree

    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    xml = (
        f'<m:oMath xmlns:m="{namespace}"><m:f><m:num><m:r><m:t>Jumlah A</m:t></m:r></m:num>'
        "<m:den><m:r><m:t>Jumlah B</m:t></m:r></m:den></m:f><m:r><m:t>×100%</m:t></m:r></m:oMath>"
    )
    read = parse(f"${to_latex(etree.fromstring(xml))}$")
    assert read.tree == parse("Jumlah A / Jumlah B × 100%").tree


def test_the_same_sum_at_two_places_cancels() -> None:
    """Otherwise the constant formula is missed where its terms are sums."""
    assert parse("(∑ realisasi - (∑ realisasi - ∑ rencana)) / ∑ rencana x 100%").constant

"""If these fail, a formula that is stored does not come back as it was, or some input makes the reader raise or hang."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formula import shapes
from pipeline.formula.formula import parse
from pipeline.formula.nodes import Add, Eq, Mul, Neg, Node, Num, Term, Total, walk
from pipeline.formula.numbers import read
from pipeline.formula.show import canonical, latex
from pipeline.formula.tree import number_node, quotient

words = st.sampled_from(
    ["jumlah", "opd", "seluruh desa", "laporan/berkas", "tahun ke-n", "nilai (A)", "Kab/Kota", "x", "0-11 bulan", "dibagi", "per",
     "setiap 1.000", "membandingkan", "merupakan", "dengan", "terhadap", "kemudian", "lalu", "sumber", "sebesar", "Rumus:", "Keterangan:"]
)  # fmt: skip
terms = st.lists(words, min_size=1, max_size=4).map(lambda parts: Term.of("jumlah " + " ".join(parts)))
symbols = st.sampled_from(["A", "n", "N", "X(n)", "X(n-1)", "PAD", "w_i"]).map(Term.of)
numbers = st.one_of(st.integers(1, 999), st.decimals("0.01", "99.99", places=2)).map(
    lambda value: number_node(str(value).replace(".", ","))
)
shares = st.decimals("0.1", "99.9", places=1).map(lambda value: number_node(f"{value}%".replace(".", ",")))
negatives = st.integers(1, 99).map(lambda value: Num(f"-{value}", Decimal(-value), candidates=(Decimal(-value),)))
leaves = terms | symbols | numbers | shares | negatives
bounds = st.sampled_from(["", "_(i)", "_(i=1)^(n)"])


def extend(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(nodes, nodes)
    return st.one_of(
        pairs.map(lambda pair: quotient(*pair)),
        pairs.map(lambda pair: Mul(*pair)),
        st.tuples(nodes, nodes, st.booleans()).map(lambda parts: Add(*parts)),
        st.tuples(nodes, bounds).map(lambda parts: Total(*parts)),
        nodes.filter(lambda node: not isinstance(node, Num)).map(Neg),  # a number carries its own sign
    )


def calculates(tree: Node) -> bool:
    """Not words or a number alone: those are no formula."""
    while isinstance(tree, Neg):
        tree = tree.body
    return not isinstance(tree, Term | Num)


formulas = st.recursive(leaves, extend, max_leaves=8).filter(calculates)
named = st.tuples(st.sampled_from(["hasil", "Y"]).map(Term.of), formulas).map(Eq)
worked = st.tuples(formulas, numbers | negatives).map(Eq)
trees = formulas | named | worked


@settings(max_examples=60, deadline=None)
@given(trees)
def test_canonical_text_parses_back_to_the_same_tree(tree: Node) -> None:
    assert parse(canonical(tree)).tree == tree


@settings(max_examples=60, deadline=None)
@given(trees)
def test_latex_parses_back_to_the_same_tree(tree: Node) -> None:
    assert parse(f"${latex(tree)}$").tree == tree


beside = st.sampled_from(
    ["", "", "$", "1. ", "(1) ", "- ", "6 (= ", "Rumus: ", " = ", "= 90\\%", " \\%", ")", ".", " x 100", " penduduk"]
)


@settings(max_examples=100, deadline=None)
@given(trees, beside, beside)
def test_latex_read_by_its_shape_is_read_as_any_other(tree: Node, before: str, after: str) -> None:
    """Words are put into the tokens of a cell of the same shape: they may not change what the scanner makes of them."""
    text = before + latex(tree) + after
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "tokens_of", lambda _: None)
        plainly = parse(text)
    formula = parse(text)
    assert (formula, formula.tree, places(formula.tree)) == (plainly, plainly.tree, places(plainly.tree))


def places(tree: Node) -> list[tuple[int, int]]:
    return [node.span for node in walk(tree)]


@pytest.mark.parametrize(
    "times", [r"\times 1 0 0\%", r"\times 1 00 \%", r"\times 100 0/0", r"\times l00\%", r"x 100\%"]
)
def test_damaged_multipliers_are_mended_in_cells_of_any_shape(times: str) -> None:
    formula = parse(rf"\frac{{\text{{Jumlah A}}}}{{\text{{Jumlah B}}}} {times}")
    assert (formula.kind, formula.pengali) == ("percentage", "100%")


def test_latex_is_read_by_its_shape() -> None:
    """If not, archives of cells from OCR engines take six times as long."""
    assert shapes.tokens_of(r"\frac{\text{Jumlah A (B) \& C} - \text{D/E}}{\sum \text{F}} \times 100\%") is not None
    assert shapes.tokens_of(r"\text{Nilai} = \frac{1}{3} \times \left(\text{A} + \text{B}\right)") is not None
    assert shapes.tokens_of(r"\frac{\text{A}}{\text{x 100}}") is None
    assert shapes.tokens_of(r"\frac{\text{A}}{\text{B}} \times 100\% \text{penduduk}") is None


signs = st.sampled_from(
    [
        *"ab XxJ/:÷×*+-–()[]{}<>=%_^$∑01.,\n\t",
        "jumlah",
        "\\frac",
        "\\text{",
        " dibagi ",
        "x 100%",
        "----",
        "100",
        "rasio ",
        "selisih ",
        "perbandingan ",
        " dengan ",
        " dan ",
    ]
)
soup = st.lists(signs, max_size=60).map("".join)


@settings(max_examples=120, deadline=None)
@given(soup | st.text(max_size=200))
def test_no_input_raises_or_hangs(text: str) -> None:
    started = time.perf_counter()
    formula = parse(text)
    assert formula.to_json()["kind"] == formula.kind
    assert formula.mathml.startswith("<math")
    assert time.perf_counter() - started < 5


def test_depth_and_length_are_bounded() -> None:
    for text in (
        "(" * 5000,
        "\\frac{" * 3000,
        "a/" * 5000,
        "1+" * 5000 + "1",
        "x 100% " * 2000,
        "{" * 9000,
        "=" * 9000,
    ):
        parse(text).to_json()


@pytest.mark.parametrize(
    "sign", ["(x/", "/", "- ", " \n", "x ", "x x , ", "1. ", "a. jumlah\n", "= \n", "{{*", "(", '"a ', " "]
)
def test_repetition_makes_no_cell_slow(sign: str) -> None:
    """Each sign is weighed against the others: without a bound, a cell of slashes would hold up a whole batch."""
    parse("a / b")
    text = "Jumlah A / Jumlah B x 100%" + sign * (5000 // len(sign)) + "9"
    started = time.process_time()
    parse(text)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "text", ["9" * 400 + " / 3 x 100%", "99999999999999999999 x " * 40 + "2 = 4", "1 / " + "0," + "0" * 300 + "1"]
)
def test_numbers_beyond_any_report_do_no_harm(text: str) -> None:
    assert "value" in parse(text).to_json()


@given(st.integers(0, 10**12))
def test_grouped_numbers_keep_their_value(value: int) -> None:
    found = read(f"{value:,}".replace(",", "."))
    assert found is not None and value in [int(candidate) for candidate in found[1] if candidate == int(candidate)]

"""Simplifies and compares formulas: what is constant whatever its terms are, what cancels, what is upside down.

A formula is brought to a quotient of two polynomials over its terms, with exact rational coefficients; two formulas are
equal if the cross products are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from pipeline.formula.nodes import Add, Frac, Mul, Neg, Node, Num, Term, Total, scale_of, walk
from pipeline.formula.show import canonical

Monomial = tuple[tuple[str, int], ...]
Polynomial = Mapping[Monomial, Fraction]
MAX_MONOMIALS = 200


class _TooLarge(Exception):
    """The product of sums grew past what is worth expanding."""


def _plus(a: Polynomial, b: Polynomial, sign: int = 1) -> Polynomial:
    result = dict(a)
    for monomial, factor in b.items():
        total = result.get(monomial, Fraction(0)) + sign * factor
        if total:
            result[monomial] = total
        else:
            result.pop(monomial, None)
    return result


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) * len(b) > MAX_MONOMIALS:
        raise _TooLarge
    result: dict[Monomial, Fraction] = {}
    for first, x in a.items():
        for second, y in b.items():
            powers = Counter(dict(first)) + Counter(dict(second))
            key = tuple(sorted(powers.items()))
            total = result.get(key, Fraction(0)) + x * y
            if total:
                result[key] = total
            else:
                result.pop(key, None)
    return result


_ONE: Polynomial = {(): Fraction(1)}


def _quotient(node: Node) -> tuple[Polynomial, Polynomial]:
    """(numerator, denominator) of a node. A per cent sign is a hundredth only beside another number; see `same`."""
    match node:
        case Num(_, value):
            return ({(): Fraction(value)} if value else {}), _ONE
        case Term(_, key):
            return {((key, 1),): Fraction(1)}, _ONE
        case Total(body, bounds):
            return {((f"∑{bounds}{canonical(body)}", 1),): Fraction(1)}, _ONE
        case Neg(body):
            a, b = _quotient(body)
            return _plus({}, a, -1), b
        case Frac(num, den):
            (a, b), (c, d) = _quotient(num), _quotient(den)
            return _times(a, d), _times(b, c)
        case Mul(left, right):
            (a, b), (c, d) = _quotient(left), _quotient(right)
            return _times(a, c), _times(b, d)
        case Add(left, right, minus):
            (a, b), (c, d) = _quotient(left), _quotient(right)
            return _plus(_times(a, d), _times(c, b), -1 if minus else 1), _times(b, d)
    return {((canonical(node), 1),): Fraction(1)}, _ONE


def same(a: Node, b: Node) -> bool:
    """Whether two formulas are equal up to rearrangement; False where they are too large to tell."""
    if a == b:
        return True
    try:
        (p, q), (r, s) = _quotient(a), _quotient(b)
        return _times(p, s) == _times(r, q)
    except _TooLarge:
        return False


def constant_value(node: Node) -> Fraction | None:
    """The value of a formula that is the same whatever its terms are; None for every other, and for numbers alone."""
    if not any(isinstance(part, Term) for part in _terms(node)):
        return None
    try:
        numerator, denominator = _quotient(node)
    except _TooLarge:
        return None
    if not denominator:
        return None
    if not numerator:
        return Fraction(0)
    monomial, factor = next(iter(denominator.items()))
    ratio = numerator.get(monomial, Fraction(0)) / factor
    return ratio if _plus(numerator, {m: f * ratio for m, f in denominator.items()}, -1) == {} else None


def _terms(node: Node) -> list[Node]:
    return [part for part in walk(node) if isinstance(part, Term)]


def unscaled(node: Node) -> Node:
    """The formula without its constant multiplier."""
    scale = scale_of(node)
    if scale is None or not isinstance(node, Mul):
        return node
    return node.left if node.right is scale else node.right


def over_the_whole(node: Node) -> Node | None:
    """The other reading of `a - b / c × 100`: one fraction line under all of `a - b`. None where there is none."""
    scale = scale_of(node)
    body = unscaled(node) if scale is not None else node
    if not isinstance(body, Add) or isinstance(body.left, Num):  # 1 - a / b has one reading
        return None
    last = body.right
    inner_scale = scale_of(last)
    bare = unscaled(last) if inner_scale is not None else last
    if not isinstance(bare, Frac) or bare.style == "bar":
        return None
    whole: Node = Frac(Add(body.left, bare.num, body.minus), bare.den, "bar", body.span)
    factor = scale or inner_scale
    return Mul(whole, factor, body.span) if factor is not None else whole


def is_constant(node: Node) -> bool:
    """Constant in this reading or in the one with the fraction line under the whole."""
    other = over_the_whole(node)
    return constant_value(node) is not None or (other is not None and constant_value(other) is not None)


def cancels(node: Node) -> bool:
    """A fraction whose numerator and denominator are the same."""
    body = unscaled(node)
    return isinstance(body, Frac) and same(body.num, body.den)


def inverted(a: Node, b: Node) -> bool:
    """b is a upside down: the same quantities, numerator and denominator exchanged."""
    first, second = unscaled(a), unscaled(b)
    if not isinstance(first, Frac) or not isinstance(second, Frac):
        return False
    return same(first.num, second.den) and same(first.den, second.num) and not same(first.num, first.den)


def lower_is_better(node: Node) -> bool:
    """(T - (R - T)) / T × 100 = (2T - R) / T × 100 for some two terms: PermenPANRB practice for progress that is negative."""
    for reading in (node, over_the_whole(node)):
        body = unscaled(reading) if reading is not None else None
        if isinstance(body, Frac) and isinstance(body.den, Term):
            others = {part.key: part for part in _terms(body) if isinstance(part, Term) and part.key != body.den.key}
            if len(others) == 1:
                realisasi = next(iter(others.values()))
                wanted = Frac(Add(Add(body.den, body.den), realisasi, True), body.den)
                if same(body, wanted):
                    return True
    return False

"""What an identity is: printed figures in their places, and an equation that says how one follows from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pipeline.interval import Interval
from pipeline.model import Reading, Where

Form = Literal["linear", "ratio", "balik"]
"""linear: r = Σ wᵢ·xᵢ; ratio: r = k·a/b (weights[0] is k); balik: r = k·(2b − a)/b, lower is better."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """The address of a printed number: a cell of a logical table, or a statement of the prose."""

    sha256: str
    table: int = -1
    row: int = -1
    column: int = -1
    statement: int = -1


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number in its place. `interval` is what it may mean here: a target is what it says, to the point, a
    measured percentage is what rounds to it. `peran` says what it is (pagu, realisasi_anggaran, target, capaian, …)."""

    ref: Ref
    reading: Reading
    where: Where
    label: str
    peran: str
    interval: Interval | None

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def value(self) -> Decimal | None:
        return self.reading.value

    @property
    def certain(self) -> bool:
        """Read without any repair."""
        return self.reading.status == "exact"


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation over figures. `kind` names the redundancy; `soft`: the convention behind it is likely, not declared."""

    kind: str
    form: Form
    result: Figure
    operands: tuple[Figure, ...]
    weights: tuple[Fraction, ...]
    soft: bool = False
    incomplete: bool = False  # a component's cell is blank: can vouch, cannot accuse
    note: str = ""  # a calculation as written
    constant: Interval | None = None  # a number that belongs to the equation: 100 of `100 - 6`, a worked calculation
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.result, *self.operands)


Values = Mapping[Ref, Interval | None]
"""Values that replace the printed ones, to try a correction; None makes the cell a blank."""


NOTHING: Values = {}


def interval_of(figure: Figure, values: Values = NOTHING) -> Interval | None:
    return values.get(figure.ref, figure.interval) if values else figure.interval


def computed(identity: Identity, values: Values = NOTHING) -> Interval | None:
    """What the operands make of the result; None where a component is missing or a divisor can be zero."""
    if identity.constant is not None and not identity.operands:
        return identity.constant
    parts = [interval_of(figure, values) for figure in identity.operands]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    if identity.form == "linear":
        total = _weighted(known, identity.weights)
        return total if identity.constant is None else total + identity.constant
    a, b = known
    k = identity.weights[0]
    if identity.form == "ratio" and a.low >= 0 and b.low > 0:  # the usual case, without trying all four corners
        return Interval(a.low * k / b.high, a.high * k / b.low)
    try:
        quotient = a / b
    except ZeroDivisionError:
        return None
    if identity.form == "balik":
        quotient = Interval.exact(2) - quotient
    return quotient.scale(identity.weights[0])


def point(identity: Identity, values: Values = NOTHING) -> Fraction | None:
    """What the numbers as printed make of the result, without the room that their rounding leaves: 15 / 6 is 2,5."""
    made = computed(identity, values)
    if made is None:
        return None
    printed = {
        figure.ref: Interval.exact(figure.value)
        for figure in identity.operands
        if figure.value is not None and figure.interval is not None and figure.value in figure.interval
    }
    exact = computed(identity, {**printed, **values})
    return (exact if exact is not None and exact.meets(made) else made).middle


def _weighted(parts: list[Interval], weights: tuple[Fraction, ...]) -> Interval:
    if all(part.low is part.high and part.low.denominator == 1 for part in parts):
        if all(weight == 1 for weight in weights):
            return Interval.exact(sum(part.low.numerator for part in parts))
        return Interval.exact(
            sum((part.low * weight for part, weight in zip(parts, weights, strict=True)), Fraction(0))
        )
    total = Interval.exact(0)
    for part, weight in zip(parts, weights, strict=True):
        total = total + (part if weight == 1 else part.scale(weight))
    return total


def solved(identity: Identity, unknown: Ref, values: Values = NOTHING) -> Interval | None:
    """The interval that `unknown` must lie in for the identity to hold; None where it cannot be solved for it."""
    if identity.result.ref == unknown:
        return computed(identity, values)
    result = interval_of(identity.result, values)
    if result is None:
        return None
    if identity.form == "linear":
        return _solved_linear(identity, unknown, result, values)
    k = identity.weights[0]
    share = result.scale(1 / k)
    if identity.form == "balik":
        share = Interval.exact(2) - share
    first, second = identity.operands
    try:
        if first.ref == unknown:
            whole = interval_of(second, values)
            return None if whole is None else share * whole
        part = interval_of(first, values)
        return None if part is None else part / share
    except ZeroDivisionError:
        return None


def _solved_linear(identity: Identity, unknown: Ref, result: Interval, values: Values) -> Interval | None:
    others: list[Interval] = []
    weights: list[Fraction] = []
    own: Fraction | None = None
    for figure, weight in zip(identity.operands, identity.weights, strict=True):
        if figure.ref == unknown:
            own = weight if own is None else own + weight
            continue
        part = interval_of(figure, values)
        if part is None:
            return None
        others.append(part)
        weights.append(weight)
    if not own:
        return None
    rest = result - _weighted(others, tuple(weights)) if others else result
    if identity.constant is not None:
        rest = rest - identity.constant
    return rest if own == 1 else rest.scale(1 / own)


def holds(identity: Identity, values: Values = NOTHING) -> bool | None:
    """True or False by whether the intervals meet; None: not checked, a component is missing."""
    expected = computed(identity, values)
    printed = interval_of(identity.result, values)
    if expected is None or printed is None:
        return None
    return expected.meets(printed)

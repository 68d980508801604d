"""Calculates a tree over intervals: what it gives, and whether what is printed after the last "=" can be right."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from pipeline.formula.nodes import Add, Eq, Frac, Mul, Neg, Node, Num, Term, Total, walk
from pipeline.interval import Interval

MAX_READINGS = 64


def number_interval(value: Decimal, places: int) -> Interval:
    """A number printed without decimals is what it says; with decimals it is what rounds to it."""
    return Interval.printed(value, places) if places else Interval.exact(value)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def evaluate(
    node: Node, env: Mapping[str, Interval] | None = None, chosen: Mapping[int, Decimal] | None = None
) -> Interval | None:
    """The interval of a tree; None where a term is unknown or a divisor may be zero. `env` gives terms by their key (a
    column number for a column reference); `chosen` replaces ambiguous numbers by id(). A per cent sign scales nothing:
    a result times 100 % is in per cent."""
    known = env or {}
    match node:
        case Num(_, value):
            picked = (chosen or {}).get(id(node), value)
            return known.get(str(value)) or number_interval(picked, _places(picked))
        case Term(_, key):
            return known.get(key)
        case Frac(num, den):
            a, b = evaluate(num, env, chosen), evaluate(den, env, chosen)
            try:
                return None if a is None or b is None else a / b
            except ZeroDivisionError:
                return None
        case Mul(left, right):
            a, b = evaluate(left, env, chosen), evaluate(right, env, chosen)
            return None if a is None or b is None else a * b
        case Add(left, right, minus):
            a, b = evaluate(left, env, chosen), evaluate(right, env, chosen)
            return None if a is None or b is None else (a - b if minus else a + b)
        case Neg(body):
            a = evaluate(body, env, chosen)
            return None if a is None else -a
        case Total(body):
            return evaluate(body, env, chosen)
    return None


def worked(node: Node) -> tuple[Interval, Num, bool] | None:
    """(value of the calculation, the printed result, whether it can be right) of `… = numbers = result`. Ambiguous numbers
    are tried in every reading: the result is wrong only if none makes it right. None where nothing is worked out."""
    if not isinstance(node, Eq) or not isinstance(node.sides[-1], Num):
        return None
    stated = node.sides[-1]
    sums = [side for side in node.sides[:-1] if not isinstance(side, Num | Term)]
    calculated = next((side for side in reversed(sums) if evaluate(side) is not None), None)
    if calculated is None:
        return None
    value = evaluate(calculated)
    assert value is not None
    return value, stated, any(_meets(result, stated, calculated) for result in _readings(calculated))


def _readings(node: Node) -> list[Interval]:
    unclear = [part for part in walk(node) if isinstance(part, Num) and len(part.candidates) > 1]
    results = []
    for picks in islice(product(*(part.candidates for part in unclear)), MAX_READINGS):
        result = evaluate(node, None, {id(part): pick for part, pick in zip(unclear, picks, strict=True)})
        if result is not None:
            results.append(result)
    return results


def _meets(result: Interval, stated: Num, calculated: Node) -> bool:
    printed = [Interval.printed(value, _places(value)) for value in stated.candidates or (stated.value,)]
    if any(result.meets(interval) for interval in printed):
        return True
    share = not stated.percent and any(isinstance(part, Num) and part.percent for part in walk(calculated))
    return share and any(result.scale(Fraction(1, 100)).meets(interval) for interval in printed)

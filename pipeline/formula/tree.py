"""Parses scanned tokens with the Lark grammar of grammars/formula.lark into the nodes of a tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from pipeline.formula.nodes import Add, Eq, Frac, Missing, Mul, Neg, Node, Num, Span, Term, Total, scale_of
from pipeline.formula.numbers import read
from pipeline.formula.prepare import TEXT_CLOSE, TEXT_OPEN, Source
from pipeline.formula.scan import Token
from pipeline.formula.table import table

MAX_TOKENS = 400
_NUMBER_UNIT = re.compile(
    r"^(Rp\.?\s?)?(\d+(?:[.,]\d+)*)(?:,[-–—]+)?\s*(%|persen\b)?\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_SCALE_NUMBER = re.compile(rf"(1[\d.,]*)[{TEXT_OPEN}\s)]*(%|persen|prosen)?{TEXT_CLOSE}?\s*$", re.IGNORECASE)

_POWERS = {"seratus ribu": "100000", "sepuluh ribu": "10000", "seribu": "1000", "juta": "1000000"}


class _Context(NamedTuple):
    """What the nodes of one formula need: its source, and the operands that brackets keep together, by id."""

    source: Source
    closed: dict[int, Node]


_Action = Callable[[list[Any], _Context], Node]
_Step = tuple[int, int, _Action]
"""How many tokens to shift, and then of how many of the last values the action makes one."""


def tree_of(tokens: tuple[Token, ...], source: Source) -> Node | None:
    """The tree of a formula's tokens; None where there are none, more than any formula has, or
    they fit no formula."""
    if not tokens or len(tokens) > MAX_TOKENS:
        return None
    course = _course(tuple([token[0] for token in tokens]))
    if course is None:
        return None
    context = _Context(source, {})
    shifted = 0
    values: list[Any] = []
    for shifts, size, action in course:
        if shifts:
            values += tokens[shifted : shifted + shifts]
            shifted += shifts
        values[-size:] = [action(values[-size:], context)]
    result: Node = values[0]
    return result


_table = cache(table)


@lru_cache(maxsize=2000)
def _course(kinds: tuple[str, ...]) -> tuple[_Step, ...] | None:
    """What the grammar's table does with tokens of these kinds, which alone decide it;
    None where they fit no formula. The table is run here and not by Lark, whose trees of tokens take longer to make than
    the nodes of a formula; few sequences of kinds occur, and each is run once."""
    steps, start, end = _table()
    states = [start]
    course: list[_Step] = []
    shifts = 0
    for kind in (*kinds, "$END"):
        while (step := steps[states[-1]].get(kind)) is not None and not isinstance(step, int):
            size, rule, alias = step
            if alias:
                course.append((shifts, size, _ACTIONS[alias]))
                shifts = 0
            del states[-size:]
            goto = steps[states[-1]][rule]
            assert isinstance(goto, int)
            states.append(goto)
            if goto == end:
                return tuple(course)
        if step is None:
            return None
        states.append(step)
        shifts += 1
    return None


@lru_cache(maxsize=1000)
def _printed(text: str) -> Num | None:
    """A number with its unit, at no place; None for text that only looks like one ("212,77,00")."""
    match = _NUMBER_UNIT.match(text)
    value = read(match.group(2)) if match else None
    if match is None or value is None:
        return None
    unit = "Rp" if match.group(1) else " ".join(match.group(4).split())
    return Num(text, value[0], bool(match.group(3)), value[1], value[2], unit)


@lru_cache(maxsize=1000)
def _multiplier(text: str) -> Num:
    """The constant of a multiplier, at no place: "x 100 %", "dikali seratus persen", "per 1.000"."""
    match = _SCALE_NUMBER.search(text)
    if match:
        digits = match.group(1).replace(".", "").replace(",", "")
    else:
        digits = next((power for words, power in _POWERS.items() if words in " ".join(text.lower().split())), "100")
    percent = text.rstrip().rstrip(TEXT_CLOSE).endswith(("%", "rsen", "osen", "RSEN", "OSEN"))
    value = Decimal(digits)
    return Num(digits + ("%" if percent else ""), value, percent, (value,))


def number_node(text: str, span: Span = (0, 0)) -> Node:
    """A number; text that only looks like one is a term."""
    number = _printed(text)
    return Term.of(text, span) if number is None else _placed(number, span)


def _placed(number: Num, span: Span) -> Num:
    return Num(number.text, number.value, number.percent, number.candidates, number.places, number.unit, span)


def _phrase(parts: list[Any], context: _Context) -> Node:
    _, text, start, end = parts[0]
    return Term.of(text, context.source.span(start, end))


def _number(parts: list[Any], context: _Context) -> Node:
    _, text, start, end = parts[0]
    return number_node(text, context.source.span(start, end))


def _missing(parts: list[Any], context: _Context) -> Node:
    return Missing(context.source.span(parts[0][2], parts[0][3]))


def _bracket(parts: list[Any], context: _Context) -> Node:
    node: Node = parts[1]
    context.closed[id(node)] = node
    return node


def _fraction(parts: list[Any], context: _Context) -> Node:
    """A fraction with a rule. Markup that ends it too late leaves the multiplier below: "100 %" is no denominator's factor."""
    num, den = parts[2], parts[5]
    scale = scale_of(den)
    if (
        scale is not None
        and scale.percent
        and isinstance(den, Mul)
        and den.right is scale
        and id(den) not in context.closed
    ):
        return Mul(quotient(num, den.left, "bar"), scale, (num.span[0], scale.span[1]))
    return quotient(num, den, "bar")


def _total(parts: list[Any], _: _Context) -> Node:
    sign: str = parts[0][1]
    return Total(parts[1], sign[1:].strip(), parts[1].span, sign[0])


def _negate(parts: list[Any], context: _Context) -> Node:
    """A negative number ("= -5%") or the negative of an operand."""
    body = parts[1]
    span = (context.source.span(parts[0][2], parts[0][3])[0], body.span[1])
    if isinstance(body, Num) and id(body) not in context.closed:
        opposite = tuple(-value for value in body.candidates)
        return replace(body, text=f"-{body.text}", value=-body.value, candidates=opposite, span=span)
    return Neg(body, span)


def _multiply(parts: list[Any], _: _Context) -> Node:
    return Mul(parts[0], parts[2], _around(parts))


def _juxtapose(parts: list[Any], context: _Context) -> Node:
    node = Mul(parts[0], parts[1], _around(parts))
    context.closed[id(node)] = node
    return node


def _scale(parts: list[Any], context: _Context) -> Node:
    _, text, start, end = parts[1]
    span = context.source.span(start, end)
    return Mul(parts[0], _placed(_multiplier(text), span), (parts[0].span[0], span[1]))


def _divide(parts: list[Any], context: _Context) -> Node:
    node = quotient(parts[0], parts[2], "slash")
    context.closed[id(node)] = node
    return node


def _add(parts: list[Any], _: _Context) -> Node:
    return Add(parts[0], parts[2], False, _around(parts))


def _subtract(parts: list[Any], _: _Context) -> Node:
    return Add(parts[0], parts[2], True, _around(parts))


def _divide_words(parts: list[Any], context: _Context) -> Node:
    return _words_divide(parts[0], parts[2], context.closed)


def _equal(parts: list[Any], _: _Context) -> Node:
    left, right = parts[0], parts[2]
    sides = (*left.sides, right) if isinstance(left, Eq) else (left, right)
    return Eq(sides, _around(parts))


_ACTIONS: dict[str, _Action] = {
    "phrase": _phrase, "number": _number, "missing": _missing, "bracket": _bracket, "fraction": _fraction, "total": _total,
    "negate": _negate, "multiply": _multiply, "juxtapose": _juxtapose, "scale": _scale, "divide": _divide, "add": _add,
    "subtract": _subtract, "divide_words": _divide_words, "equal": _equal,
}  # fmt: skip


def _around(parts: list[Any]) -> tuple[int, int]:
    return parts[0].span[0], parts[-1].span[1]


def quotient(left: Node, right: Node, style: Literal["slash", "words", "bar"] = "slash") -> Node:
    """left / right. "A x 100% / B" and "100% x A / B" multiply the quotient like "A / B x 100%"."""
    span = (left.span[0], right.span[1])
    scale = scale_of(left)
    if scale is not None and isinstance(left, Mul):
        bare = left.left if left.right is scale else left.right
        if not isinstance(bare, Num):
            return Mul(Frac(bare, right, style, span), scale, span)
    return Frac(left, right, style, span)


def _words_divide(left: Node, right: Node, closed: dict[int, Node]) -> Node:
    """ "A dibagi B dikali C" multiplies the quotient, not B, unless brackets (`closed`) say so; "A ditambah B dibagi C"
    divides the sum."""
    factors: list[Node] = []
    if (
        isinstance(right, Add)
        and scale_of(right.right) is not None
        and not {id(right), id(right.right)} & closed.keys()
    ):
        last = right.right
        assert isinstance(last, Mul)
        right = Mul(Add(right.left, last.left, right.minus, right.span), last.right, right.span)
    while isinstance(right, Mul) and id(right) not in closed:
        factors.append(right.right)
        right = right.left
    node = quotient(left, right, "words")
    for factor in reversed(factors):
        node = Mul(node, factor, (node.span[0], factor.span[1]))
    return node

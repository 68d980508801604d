"""Parses scanned tokens with the Lark grammar of grammars/formula.lark into the nodes of a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from pipeline.formula.nodes import Add, Eq, Frac, Missing, Mul, Neg, Node, Num, Term, Total, scale_of
from pipeline.formula.numbers import read
from pipeline.formula.prepare import Source
from pipeline.formula.scan import Scanned
from pipeline.resources import resource

MAX_TOKENS = 400
_NUMBER_UNIT = re.compile(
    r"^(Rp\.?\s?)?(\d+(?:[.,]\d+)*)(?:,[-–—]+)?\s*(%|persen\b)?\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_SCALE_NUMBER = re.compile(r"(1[\d.,]*)\s*(%|persen|prosen)?\s*$", re.IGNORECASE)


@cache
def _parser() -> Any:
    from lark import Lark, Token
    from lark.lexer import Lexer

    class Given(Lexer):  # type: ignore[misc]
        """Hands over the tokens of `scan`; the text is their source."""

        def __init__(self, _conf: Any) -> None:
            pass

        def lex(self, data: Any) -> Iterator[Any]:
            for kind, text, start, end in data:
                yield Token(kind, text, start_pos=start, end_pos=end)

    grammar = resource("grammars/formula.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=Given, maybe_placeholders=False)


def tree_of(scanned: Scanned, source: Source) -> Node | None:
    """The tree of a formula's tokens; None where there are none, more than any formula has, or
    they fit no formula."""
    tokens = scanned.tokens
    if not tokens or len(tokens) > MAX_TOKENS:
        return None
    from lark.exceptions import UnexpectedInput

    try:
        return _build(_parser().parse(tokens), source)
    except UnexpectedInput:
        return None


def number_node(text: str, span: tuple[int, int] = (0, 0)) -> Node:
    """A number with its unit; text that only looks like one ("212,77,00") stays a term."""
    match = _NUMBER_UNIT.match(text)
    value = read(match.group(2)) if match else None
    if match is None or value is None:
        return Term.of(text, span)
    unit = "Rp" if match.group(1) else " ".join(match.group(4).split())
    return Num(text, value[0], bool(match.group(3)), value[1], value[2], unit, span)


def scale_node(text: str, span: tuple[int, int] = (0, 0)) -> Num:
    """The constant of a multiplier: "x 100 %", "dikali seratus persen", "per 1.000"."""
    match = _SCALE_NUMBER.search(text)
    digits = re.sub(r"\D", "", match.group(1)) if match else "100"
    percent = text.rstrip().endswith(("%", "rsen", "osen", "RSEN", "OSEN"))
    value = read(digits)
    assert value is not None
    return Num(digits + ("%" if percent else ""), value[0], percent, (value[0],), 0, "", span)


def _build(root: Any, source: Source) -> Node:
    """Post-order without recursion, so that depth costs nothing."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    done: list[Node] = []
    while stack:
        here, ready = stack.pop()
        parts = [child for child in here.children if hasattr(child, "data")]
        if not ready:
            stack.append((here, True))
            stack.extend((child, False) for child in reversed(parts))
            continue
        operands = done[len(done) - len(parts) :] if parts else []
        del done[len(done) - len(parts) :]
        done.append(_node(here, operands, source))
    return done[0]


def _node(here: Any, operands: list[Node], source: Source) -> Node:
    kind = here.data
    tokens = [child for child in here.children if not hasattr(child, "data")]
    if kind == "phrase":
        return Term.of(str(tokens[0]), source.span(tokens[0].start_pos, tokens[0].end_pos))
    if kind == "number":
        return number_node(str(tokens[0]), source.span(tokens[0].start_pos, tokens[0].end_pos))
    if kind == "missing":
        return Missing(source.span(tokens[0].start_pos, tokens[0].end_pos))
    if kind == "start":
        return operands[0] if len(operands) == 1 else Eq(tuple(operands), _around(operands))
    if kind in ("add", "subtract"):
        return Add(operands[0], operands[1], kind == "subtract", _around(operands))
    if kind in ("multiply", "juxtapose"):
        return Mul(operands[0], operands[1], _around(operands))
    if kind == "divide":
        return quotient(operands[0], operands[1], "slash")
    if kind == "divide_words":
        return _words_divide(operands[0], operands[1], here.children[-1])
    if kind == "scale":
        span = source.span(tokens[0].start_pos, tokens[0].end_pos)
        return Mul(operands[0], scale_node(str(tokens[0]), span), (operands[0].span[0], span[1]))
    if kind == "negate":
        return Neg(operands[0], operands[0].span)
    if kind == "fraction":
        return quotient(operands[0], operands[1], "bar")
    if kind == "total":
        sign = str(tokens[0])
        return Total(operands[0], sign[1:].strip(), operands[0].span, sign[0])
    return operands[0]


def _around(operands: list[Node]) -> tuple[int, int]:
    return operands[0].span[0], operands[-1].span[1]


def quotient(left: Node, right: Node, style: Literal["slash", "words", "bar"] = "slash") -> Node:
    """left / right. "A x 100% / B" and "100% x A / B" multiply the quotient like "A / B x 100%"."""
    span = (left.span[0], right.span[1])
    scale = scale_of(left)
    if scale is not None and isinstance(left, Mul):
        bare = left.left if left.right is scale else left.right
        if not isinstance(bare, Num):
            return Mul(Frac(bare, right, style, span), scale, span)
    return Frac(left, right, style, span)


def _words_divide(left: Node, right: Node, written: Any) -> Node:
    """ "A dibagi B dikali C" multiplies the quotient, not B, unless brackets say so; "A ditambah B dibagi C" divides the
    sum. `written` is the grammar's tree of `right`, where brackets still show."""
    if written.data in ("multiply", "scale") and isinstance(right, Mul):
        return Mul(_words_divide(left, right.left, written.children[0]), right.right, (left.span[0], right.span[1]))
    return quotient(left, right, "words")

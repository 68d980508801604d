"""Draws a tree as MathML Core, which browsers render without help."""

from __future__ import annotations

import re
from html import escape

from pipeline.formula.nodes import Add, Eq, Frac, Missing, Mul, Neg, Node, Num, Prose, Term, Total

_SCRIPTED = re.compile(r"^([A-Za-z]{1,6})(?:_?\(([^()]{1,12})\)|_(\w{1,6}))$")  # X(n-1), w_(i)
_BOUND = re.compile(r"([_^])\s*\((.*?)\)(?=[_^]|$)")
WRAP = 46  # characters after which a long term continues on the next line


def mathml(node: Node) -> str:
    """A complete <math> element in display style."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{_draw(node)}</math>'


def _draw(node: Node) -> str:
    match node:
        case Term(text) | Prose(text):
            return _term(text)
        case Num(text, _, percent):
            bare = (text.rstrip("% ") if percent else text).replace("-", "−", text.startswith("-"))
            return f"<mrow><mn>{escape(bare)}</mn><mo>%</mo></mrow>" if percent else f"<mn>{escape(bare)}</mn>"
        case Missing():
            return "<mi>□</mi>"
        case Frac(num, den):
            return f"<mfrac><mrow>{_draw(num)}</mrow><mrow>{_draw(den)}</mrow></mfrac>"
        case Mul(left, right):
            return f"<mrow>{_within(left, (Add, Eq))}{_sign('×')}{_within(right, (Add, Eq, Mul))}</mrow>"
        case Add(left, right, minus):
            sign = "−" if minus else "+"
            return f"<mrow>{_within(left, (Eq,))}{_sign(sign)}{_within(right, (Add, Eq))}</mrow>"
        case Neg(body):
            return f"<mrow><mo>−</mo>{_within(body, (Add, Eq, Mul))}</mrow>"
        case Total(body, bounds):
            return f"<mrow>{_sum(bounds)}{_within(body, (Add, Eq))}</mrow>"
        case Eq(sides):
            return "<mrow>" + _sign("=").join(map(_draw, sides)) + "</mrow>"


def _within(node: Node, loose: tuple[type, ...]) -> str:
    drawn = _draw(node)
    if not isinstance(node, loose):
        return drawn
    opening, closing = (
        '<mo form="prefix" lspace="0" rspace="0">(</mo>',
        '<mo form="postfix" lspace="0" rspace="0">)</mo>',
    )
    return f"<mrow>{opening}{drawn}{closing}</mrow>"


def _sign(sign: str) -> str:
    """An operator between two operands; browsers guess the space around it differently."""
    return f'<mo form="infix" lspace="0.25em" rspace="0.25em">{sign}</mo>'


def _sum(bounds: str) -> str:
    parts = dict(_BOUND.findall(bounds))
    if not parts:
        return "<mo>∑</mo>"
    below, above = (f"<mtext>{escape(parts.get(sign, ''))}</mtext>" for sign in "_^")
    return f"<munderover><mo>∑</mo>{below}{above}</munderover>"


def _term(text: str) -> str:
    scripted = _SCRIPTED.match(text)
    if scripted:
        index = scripted.group(2) or scripted.group(3)
        return f"<msub><mi>{escape(scripted.group(1))}</mi><mtext>{escape(index)}</mtext></msub>"
    if len(text) == 1:
        return f"<mi>{escape(text)}</mi>"
    # words are <mi>: <mtext> counts as space, and would make an operator beside it lose its own
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < WRAP:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) <= 1:
        return f"<mi>{escape(text)}</mi>"
    rows = "".join(f"<mtr><mtd><mi>{escape(line)}</mi></mtd></mtr>" for line in lines)
    return f"<mtable>{rows}</mtable>"

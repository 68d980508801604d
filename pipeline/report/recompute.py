"""Turns the equation of a finding's trace into arithmetic that a spreadsheet, or this program, can do again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

_TOKEN = re.compile(r"\s*(?:(?P<name>[a-z]\d*)|(?P<number>\d[\d.,]*)|(?P<sign>[-+*/()×−]))")  # "b / c × 100"
_SIGNS = {"×": "*", "−": "-"}
Token = tuple[str, str]


def tokens(equation: str) -> list[Token] | None:
    """(name | number | sign, text) of the right-hand side of `a = b / c × 100`; numbers with a decimal point.
    None where the equation is no arithmetic of letters and numbers."""
    left, equal, right = equation.partition("=")
    if not equal or left.strip() != "a":
        return None
    found: list[Token] = []
    position = 0
    while position < len(right.rstrip()):
        match = _TOKEN.match(right, position)
        if match is None or match.lastgroup is None:
            return None
        text = match[match.lastgroup]
        if match.lastgroup == "number":
            text = text.replace(".", "").replace(",", ".")
        found.append((match.lastgroup, _SIGNS.get(text, text)))
        position = match.end()
    return found or None


def sheet_formula(equation: str, place: Callable[[str], str]) -> str | None:
    """`=F3/F4*100` for `a = b / c × 100`; `place` gives the cell of a letter. None where it is no arithmetic."""
    found = tokens(equation)
    if found is None:
        return None
    return "=" + "".join(place(text) if kind == "name" else text for kind, text in found)


def value_of(equation: str, values: Mapping[str, Fraction]) -> Fraction | None:
    """What the equation gives; None where it is no arithmetic, a letter has no value, or a divisor is zero."""
    found = tokens(equation)
    if found is None:
        return None
    rest = list(reversed(found))
    try:
        value = _sum(rest, values)
    except (KeyError, IndexError, ValueError, ZeroDivisionError):
        return None
    return None if rest else value


def _sum(rest: list[Token], values: Mapping[str, Fraction]) -> Fraction:
    value = _product(rest, values)
    while rest and rest[-1][1] in "+-":
        sign = rest.pop()[1]
        other = _product(rest, values)
        value = value + other if sign == "+" else value - other
    return value


def _product(rest: list[Token], values: Mapping[str, Fraction]) -> Fraction:
    value = _single(rest, values)
    while rest and rest[-1][1] in "*/":
        sign = rest.pop()[1]
        other = _single(rest, values)
        value = value * other if sign == "*" else value / other
    return value


def _single(rest: list[Token], values: Mapping[str, Fraction]) -> Fraction:
    kind, text = rest.pop()
    if kind == "name":
        return values[text]
    if kind == "number":
        return Fraction(text)
    if text == "-":
        return -_single(rest, values)
    if text != "(":
        raise ValueError(text)
    value = _sum(rest, values)
    if rest.pop()[1] != ")":
        raise ValueError("unclosed")
    return value


def printed_values(trace: Mapping[str, Any]) -> dict[str, Fraction]:
    """Letter -> printed number, of the cells of a trace that have one."""
    cells = trace.get("cells") or {}
    return {name: Fraction(cell["value"]) for name, cell in cells.items() if cell.get("value") is not None}

"""Prints a tree: as infix text for operands, as canonical text, as LaTeX. What is printed parses back to the same tree."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.formula.nodes import Add, Eq, Frac, Missing, Mul, Neg, Node, Num, Prose, Term, Total

_PLAIN_TERM = re.compile(r"^[^\W\d_]+(?: [^\W\d_]+)*$")
_OPERATOR_WORDS = re.compile(
    r"\b(?:x|di\s?bagi(?:kan)?|di\s?banding(?:kan)?|berbanding|di\s?tambah(?:kan)?|dikurangi?|di\s?kali(?:kan)?|kali|per|sebesar|"
    r"dengan|terhadap|perbandingan|rasio|ratio|proporsi|selisih|hasil|pembagian|persen\w*|prosen\w*|formula\w*|rumus|keterangan|ket|"
    r"di\s?mana|penjelasan|catatan|tipe|num|denum|adalah|yaitu|yakni|merupakan|membandingkan|membagi|dinyatakan|dihitung|tiap|setiap|sumber|berdasarkan|sehingga|maka)\b",
    re.IGNORECASE,
)


def plain_number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _precedence(node: Node) -> int:
    match node:
        case Eq():
            return 0
        case Add():
            return 1
        case Num(_, value) if value < 0:
            return 1
        case Mul() | Frac():
            return 2
        case Neg():
            return 3
        case Total():
            return 3
    return 5


def infix(node: Node) -> str:
    """The node as a reader writes it: terms as printed, only the brackets that it needs."""
    match node:
        case Term(text) | Prose(text) | Num(text):
            return text
        case Missing():
            return "…"
        case Frac(num, den):
            return f"{_inside(num, 2)} / {_inside(den, 3)}"
        case Mul(left, right):
            return f"{_inside(left, 2)} × {_inside(right, 3)}"
        case Add(left, right, minus):
            return f"{_inside(left, 1)} {'-' if minus else '+'} {_inside(right, 2)}"
        case Neg(body):
            return f"-{_inside(body, 3)}"
        case Total(body, bounds, _, sign):
            return f"{sign}{bounds} {_inside(body, 2)}"
        case Eq(sides):
            return " = ".join(map(infix, sides))


def _inside(node: Node, level: int) -> str:
    text = infix(node)
    return f"({text})" if _precedence(node) < level else text


def canonical(node: Node) -> str:
    """One text for one meaning: terms folded and in quotes where they could be read otherwise, numbers with a point."""
    match node:
        case Term(_, key):
            safe = _PLAIN_TERM.match(key) and not _OPERATOR_WORDS.search(key)
            return key if safe else '"' + key.replace('"', "”") + '"'
        case Prose(_, key):
            return key
        case Num(_, value, percent):
            return plain_number(value).replace(".", ",") + ("%" if percent else "")
        case Missing():
            return ""
        case Frac(num, den):
            return f"({canonical(num)}) / ({canonical(den)})"
        case Mul(left, right):
            first = f"({canonical(left)})" if _ends_in_total(left) else _bracketed(left, 2)
            return f"{first} × {_bracketed(right, 3)}"
        case Add(left, right, True):
            return f"{_apart(left)} - {_apart(right)}"
        case Add(left, right):
            return f"{_bracketed(left, 1)} + {_bracketed(right, 2)}"
        case Neg(body):
            return f"-({canonical(body)})"
        case Total(body, bounds):
            return f"∑{bounds} ({canonical(body)})"
        case Eq(sides):
            return " = ".join(map(canonical, sides))


def _apart(node: Node) -> str:
    """An operand of a difference, so that its dash can be taken for nothing else."""
    if isinstance(node, Num):
        return _bracketed(node, 2)
    text = canonical(node)
    if isinstance(node, Term):
        return text if text.startswith('"') else f'"{text}"'
    return f"({text})"


def _ends_in_total(node: Node) -> bool:
    """A sum sign at the right end would take in the factor that follows."""
    while isinstance(node, Mul):
        node = node.right
    return isinstance(node, Total)


def _bracketed(node: Node, level: int) -> str:
    text = canonical(node)
    return f"({text})" if _precedence(node) < level else text


_ESCAPES = {
    "%": r"\%",
    "{": r"\{",
    "}": r"\}",
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
}


def latex(node: Node) -> str:
    """LaTeX with every term in \\text{…}."""
    match node:
        case Term(text) | Prose(text):
            return r"\text{" + "".join(_ESCAPES.get(char, char) for char in text) + "}"
        case Num(_, value, percent):
            return plain_number(value).replace(".", ",") + (r"\%" if percent else "")
        case Missing():
            return ""
        case Frac(num, den):
            return rf"\frac{{{latex(num)}}}{{{latex(den)}}}"
        case Mul(left, right):
            first = rf"\left({latex(left)}\right)" if _ends_in_total(left) else _latex_in(left, 2)
            return rf"{first} \times {_latex_in(right, 3)}"
        case Add(left, right, minus):
            return f"{_latex_in(left, 1)} {'-' if minus else '+'} {_latex_in(right, 2)}"
        case Neg(body):
            return rf"-\left({latex(body)}\right)"
        case Total(body, bounds):
            return rf"\sum{_latex_bounds(bounds)} {_latex_in(body, 4)}"
        case Eq(sides):
            return " = ".join(map(latex, sides))


def _latex_bounds(bounds: str) -> str:
    return re.sub(r"([_^])\s*\((.*?)\)(?=[_^]|$)", r"\1{\2}", bounds)


def _latex_in(node: Node, level: int) -> str:
    text = latex(node)
    return rf"\left({text}\right)" if _precedence(node) < level else text

"""The closed set of nodes that a formula is made of: immutable, hashable, equal by meaning and not by place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Span = tuple[int, int]
"""Start and end offset in the cell's text."""


@dataclass(frozen=True, slots=True)
class Term:
    """A noun phrase or a symbol. `key` decides equality: case and white space do not, but
    in symbols case does."""

    text: str = field(compare=False)
    key: str = ""
    span: Span = field(default=(0, 0), compare=False)

    @staticmethod
    def of(text: str, span: Span = (0, 0)) -> Term:
        folded = " ".join(text.split())
        symbol = len(folded) == 1 or "_(" in folded or (len(folded) <= 8 and not folded.replace("_", "").isalpha())
        return Term(folded, folded if symbol else folded.casefold(), span)  # n and N are two


@dataclass(frozen=True, slots=True)
class Num:
    """A printed number. `candidates`: what it can be where comma and point leave it open (2,849 is 2849 or 2.849)."""

    text: str = field(compare=False)
    value: Decimal = Decimal(0)
    percent: bool = False
    candidates: tuple[Decimal, ...] = field(default=(), compare=False)
    places: int = field(default=0, compare=False)
    unit: str = field(default="", compare=False)
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Frac:
    num: Node
    den: Node
    style: Literal["slash", "words", "bar"] = field(default="slash", compare=False)
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Mul:
    left: Node
    right: Node
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Add:
    """left + right, or left - right where `minus`."""

    left: Node
    right: Node
    minus: bool = False
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Neg:
    body: Node
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Total:
    """∑ over `body`; `bounds` as written ("i=1..n"), or empty; `sign` as written, ∑ or Σ."""

    body: Node
    bounds: str = ""
    span: Span = field(default=(0, 0), compare=False)
    sign: str = field(default="∑", compare=False)


@dataclass(frozen=True, slots=True)
class Eq:
    """a = b = c, at least two sides."""

    sides: tuple[Node, ...]
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """An operand that is not there: the formula is malformed at this place."""

    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Prose:
    """A cell that states no computation."""

    text: str = field(compare=False)
    key: str = ""
    span: Span = field(default=(0, 0), compare=False)


Node = Term | Num | Frac | Mul | Add | Neg | Total | Eq | Missing | Prose


@dataclass(frozen=True, slots=True)
class Problem:
    """A break in a formula, named in words. Offsets are in the cell's text."""

    problem: str
    pesan: str
    message: str
    start: int
    end: int


def children(node: Node) -> tuple[Node, ...]:
    kind = type(node)
    if kind is Term or kind is Num:
        return ()
    if isinstance(node, Frac):
        return (node.num, node.den)
    if isinstance(node, (Mul, Add)):
        return (node.left, node.right)
    if isinstance(node, (Neg, Total)):
        return (node.body,)
    return node.sides if isinstance(node, Eq) else ()


def holds(node: Node, kinds: tuple[type[Node], ...]) -> bool:
    """Whether the node or one below it is of these kinds."""
    stack: list[Node] = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, kinds):
            return True
        stack.extend(children(here))
    return False


def walk(node: Node) -> list[Node]:
    """The node and all below it, depth first, left to right."""
    found: list[Node] = []
    stack: list[Node] = [node]
    while stack:
        here = stack.pop()
        found.append(here)
        stack.extend(reversed(children(here)))
    return found


def scale_of(node: Node) -> Num | None:
    """The constant multiplier of a node that is something times 100, 1.000, …"""
    if isinstance(node, Mul) and isinstance(node.right, Num) and _is_scale(node.right):
        return node.right
    if isinstance(node, Mul) and isinstance(node.left, Num) and _is_scale(node.left):
        return node.left
    return None


def _is_scale(number: Num) -> bool:
    return number.value in (100, 1000, 10_000, 100_000, 1_000_000)

"""Puts the parts together: a formula cell's text becomes a `Formula`, whatever the text is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.formula import mathml as drawing
from pipeline.formula import shapes, show
from pipeline.formula.algebra import constant_value, is_constant, lower_is_better, over_the_whole, unscaled
from pipeline.formula.evaluate import evaluate, worked
from pipeline.formula.kinds import kind_of, main
from pipeline.formula.layout import Layout, arrange
from pipeline.formula.lines import lines_of
from pipeline.formula.multiplier import with_digits
from pipeline.formula.nodes import Eq, Frac, Missing, Mul, Neg, Node, Num, Problem, Prose, Term, scale_of, walk
from pipeline.formula.notes import quoted, without_first_labels, without_notes
from pipeline.formula.prepare import Source, joined, plain, prepare
from pipeline.formula.scan import scan
from pipeline.formula.tree import tree_of
from pipeline.interval import Interval

_CONTINUES = re.compile(
    r"[,;.]\s*(?:dengan demikian|sehingga|maka|jadi)\b[^=\d(]*(?:=|sebesar)?\s*|\bsehingga\b[^=\d(]*(?:=|sebesar)\s*",
    re.IGNORECASE,
)
_AMOUNTS_TO = re.compile(r"(?:(?<=[\d%])|(?<=persen))\s*(?:sebesar|sama dengan|hasilnya)\s*(?=\d)", re.IGNORECASE)
_COLUMN = re.compile(r"^\s*(\d{1,2})\s*\(\s*=\s*([^=]+?)\)\s*(%?)[\s.]*$")  # "6 (= 5/4 *100)%"
_NUMBERED_COLUMN = re.compile(r"\((\d{1,2})\)")  # "Σ (2) / Σ (3) x 100%"
_DIVIDES_IN_WORDS = re.compile(r"\bdi\s?(?:bagi|banding)(?:kan)?\b", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:^|(?<=\n)|(?<=%))[^\S\n]*(?:(?:\d{1,2}|[a-h])[.)]\s+(?=\D)|\([\da-h]\)\s+(?!di\s?(?:bagi|banding|kali|kurang|tambah)|kali\b|per\b)(?=[∑Σ]|[^\W\d]{2})|(?P<loose>[-•][^\S\n]+(?=[^\W\d])|(?:[Rr]umus|[Ff]ormula) \d{1,2}\s*:))"
)  # "1. ", "a) ", "(2) ", "- ", "Rumus 2:" at a line's start or after "x 100%"
_SCALES = re.compile(r"[x×X*]\s*100|\bdi\s?kali", re.IGNORECASE)
_OPERATES = re.compile(r"[/÷:]|\bdi\s?bagi|\bdi\s?banding|[x×X]\s*100|\ue000", re.IGNORECASE)
_QUOTIENT = re.compile(r"\s[/÷:]\s|\bdi\s?bagi|\bdi\s?banding", re.IGNORECASE)
_OWN_SIGNS = re.compile("[\ue000-\ue005]")  # of prepare.py, which are not printed
_SENTENCE = re.compile(r"\.\s+(?=[A-Z]|\d{1,2}[.)]\s)")
_LETTERS = re.compile(r"=|[^\W\d_xX]|[xX][\d_(^]|\w[xX]")


@dataclass(frozen=True)
class Formula:
    """A parsed formula cell. `pembilang` and `penyebut` are the operands as written, `pengali` the multiplier or None;
    `value` and `holds` are of worked calculations; `alternatives` are other readings of the same text."""

    text: str
    kind: str
    tree: Node
    problems: tuple[Problem, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""
    others: tuple[Node, ...] = ()

    @cached_property
    def body(self) -> Node:
        """The formula itself, without the name before "=" and without results after it."""
        return main(self.tree)

    @cached_property
    def _fraction(self) -> Frac | None:
        if self.kind in ("prose", "count", "index", "column_reference"):
            return None
        whole = over_the_whole(self.body)
        bare = unscaled(self.body if whole is None else whole)
        if isinstance(bare, Frac):
            return bare
        if self.kind == "average" and isinstance(bare, Mul) and isinstance(bare.left, Frac):
            return Frac(bare.right, bare.left.den, "slash", bare.span)
        return next((part for part in walk(bare) if isinstance(part, Frac)), None) if scale_of(bare) is None else None

    @property
    def pembilang(self) -> str | None:
        if self._fraction is not None:
            return None if isinstance(self._fraction.num, Missing) else show.infix(self._fraction.num)
        if self.kind == "ratio" and isinstance(self.body, Term):
            return self.body.text
        bare = unscaled(self.body)
        scaled = scale_of(self.body) is not None and self.kind == "percentage"
        return show.infix(bare) if scaled else None

    @property
    def penyebut(self) -> str | None:
        if self._fraction is None or isinstance(self._fraction.den, Missing):
            return None
        return show.infix(self._fraction.den)

    @property
    def pengali(self) -> str | None:
        scale = scale_of(self.body)
        if scale is None:
            scale = next((found for part in walk(self.body) if (found := scale_of(part)) is not None), None)
        return None if scale is None else show.plain_number(scale.value) + ("%" if scale.percent else "")

    @cached_property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """(text, role) of each term: pembilang, penyebut, or operand; a legend's meaning stands in for its symbol."""
        meanings = dict(self.legend)
        roles: dict[str, str] = {}
        if self._fraction is not None:
            for role, side in (("pembilang", self._fraction.num), ("penyebut", self._fraction.den)):
                for part in walk(side):
                    if isinstance(part, Term):
                        roles.setdefault(meanings.get(part.text, part.text), role)
        for part in walk(self.body):
            if isinstance(part, Term):
                roles.setdefault(meanings.get(part.text, part.text), "operand")
        return tuple(roles.items())

    @cached_property
    def canonical(self) -> str:
        return show.canonical(self.tree)

    @cached_property
    def latex(self) -> str:
        return show.latex(self.tree)

    @property
    def mathml(self) -> str:
        return drawing.mathml(self.tree)

    @cached_property
    def _worked(self) -> tuple[Interval, Num, bool] | None:
        return worked(self.tree)

    @property
    def value(self) -> Interval | None:
        """What a calculation in numbers gives; None for formulas over terms."""
        if self._worked is not None:
            return self._worked[0]
        return evaluate(self.body) if self.kind == "equation" else None

    @property
    def stated_result(self) -> str | None:
        return None if self._worked is None else self._worked[1].text

    @property
    def holds(self) -> bool | None:
        return None if self._worked is None else self._worked[2]

    @property
    def malformed(self) -> tuple[Problem, ...]:
        return self.problems

    @property
    def alternatives(self) -> tuple[Node, ...]:
        """Other readings: the fraction line under the whole difference."""
        other = over_the_whole(self.body)
        return () if other is None else (other,)

    @property
    def constant(self) -> bool:
        """The same number whatever its terms are, in one of its readings."""
        return is_constant(self.body)

    def to_json(self) -> dict[str, Any]:
        """DESIGN's `lkip formula --format json`."""
        value = self.value
        return {
            "text": self.text,
            "kind": self.kind,
            "canonical": self.canonical,
            "latex": self.latex,
            "pembilang": self.pembilang,
            "penyebut": self.penyebut,
            "pengali": self.pengali,
            "terms": [{"text": text, "role": role} for text, role in self.terms],
            "legend": dict(self.legend),
            "value": None if value is None else _value_json(value),
            "stated_result": self.stated_result,
            "holds": self.holds,
            "malformed": [
                {"problem": p.problem, "message": p.message, "pesan": p.pesan, "start": p.start, "end": p.end}
                for p in self.problems
            ],
            "alternatives": [
                {"canonical": show.canonical(a), "constant": constant_value(a) is not None} for a in self.alternatives
            ],
            "constant": self.constant,
            "lower_is_better": lower_is_better(self.body),
            "tree": tree_json(self.tree),
        }


def _value_json(value: Interval) -> dict[str, float] | None:
    """None where a product is larger than a float can be."""
    try:
        return {"low": float(value.low), "high": float(value.high), "middle": float((value.low + value.high) / 2)}
    except OverflowError:
        return None


def tree_json(node: Node) -> dict[str, Any]:
    """The tree as nested objects, one `node` name each."""
    from dataclasses import fields

    shown: dict[str, Any] = {"node": type(node).__name__.lower()}
    for item in fields(node):
        value = getattr(node, item.name)
        if item.name in ("key", "candidates", "places"):
            continue
        if item.name == "sides":
            shown["sides"] = [tree_json(side) for side in value]
        elif hasattr(value, "span"):
            shown[item.name] = tree_json(value)
        elif item.name == "span":
            shown["span"] = list(value)
        else:
            shown[item.name] = value if isinstance(value, bool | str | int) else str(value)
    return shown


def parse(text: str, indikator: str | None = None) -> Formula:
    """The formula that a cell states. Never raises: text that states no computation is a `Prose` node. `indikator` helps to
    tell a count from a phrase."""
    tokens = shapes.tokens_of(text)
    if tokens is not None and (tree := tree_of(tokens, plain(text))) and _computes(tree):
        return Formula(text, kind_of(tree, indikator), tree)
    source = with_digits(without_first_labels(prepare(text)))
    column = _COLUMN.match(source.text)
    if column:
        parsed = _parse(source.cut(*column.span(2)), text, indikator)
        return Formula(text, "column_reference", parsed.tree, parsed.problems)
    if _only_columns(source.text):
        source = prepare(_NUMBERED_COLUMN.sub(r"\1", text))
        parsed = _parse(source, text, indikator)
        return Formula(text, "column_reference", parsed.tree, parsed.problems)
    return _parse(source, text, indikator)


def _only_columns(text: str) -> bool:
    """Columns in brackets and signs, nothing else: "Σ (2) / Σ (3) x 100%"."""
    if len(_NUMBERED_COLUMN.findall(text)) < 2:
        return False
    bare = _NUMBERED_COLUMN.sub("", text)
    return not _LETTERS.search(bare) and bool(re.search(r"[/:÷]", bare))


def _numbered(source: Source) -> list[Source]:
    """The formulas of a cell that numbers them, line by line, without their numbers; else the cell itself."""
    if _ITEM.match(source.text.lstrip()):
        starts = list(_ITEM.finditer(source.text))
        ends = [match.start() for match in starts[1:]] + [len(source.text)]
        items = [source.cut(match.end(), end) for match, end in zip(starts, ends, strict=True)]
        loose = any(
            match["loose"] for match in starts
        )  # a bullet or a name makes a formula only of what has a multiplier
        if loose and (len(items) == 1 or not all(_SCALES.search(item.text) for item in items)):
            return [source]
        if all(_OPERATES.search(item.text) for item in items):
            return items
    lines = [line for line in source.text.split("\n") if line.strip()]
    if len(lines) > 1 and all(_SCALES.search(line) and _QUOTIENT.search(line) for line in lines):
        return lines_of(source)
    return [source]


def _laid_out(source: Source) -> tuple[Layout, list[Source]]:
    """The first formula of a cell with what is said about it, and the other formulas of one that numbers them."""
    items = _numbered(source)
    if len(items) == 1 and "\n" in source.text:
        several = _ITEM.match(source.text.lstrip()) or len(_SCALES.findall(source.text)) > 1
        without = _numbered(without_notes(source)[0]) if several else []
        items = without if len(without) > 1 else items
    return arrange(items[0]), [arrange(item).head for item in items[1:]]


def _parse(source: Source, text: str, indikator: str | None) -> Formula:
    layout, numbered = _laid_out(source)
    segments = _segments(_amounts(layout.head)) + numbered
    scanned = scan(segments[0])
    tree = tree_of(scanned.tokens, segments[0])
    problems = scanned.problems
    if tree is None or not _computes(tree):
        folded = " ".join(_OWN_SIGNS.sub(" ", layout.head.text).split()).strip(" .;")
        words: Node = Prose(folded, folded.casefold(), (0, len(text)))
        missing = tuple(p for p in problems if p.problem == "missing_denominator")
        if missing and isinstance(tree, Term):
            return Formula(text, "ratio", tree, missing, layout.legend, layout.note)
        kind = kind_of(words, indikator)
        if kind == "prose" and isinstance(tree, Eq) and isinstance(tree.sides[-1], Term):
            kind = kind_of(tree.sides[-1], indikator)  # "Koperasi sehat = jumlah koperasi yang melapor"
        return Formula(text, kind, words, (), layout.legend, layout.note)
    others = tuple(
        node for part in segments[1:] if (node := tree_of(scan(part).tokens, part)) is not None and _computes(node)
    )
    return Formula(
        text, kind_of(tree, indikator, dict(layout.legend)), tree, problems, layout.legend, layout.note, others
    )


def _computes(tree: Node) -> bool:
    """Whether the tree states a computation, and not words with a stray sign."""
    body = main(tree)
    if isinstance(body, Neg):
        body = body.body
    if isinstance(tree, Eq) and not isinstance(body, Term | Num):
        return True
    return not isinstance(body, Term | Num | Prose | Missing)


def _amounts(source: Source) -> Source:
    """ "… x 100% sebesar 99,61%" states a result like "="."""
    match = _AMOUNTS_TO.search(source.text) if "a" in source.text or "A" in source.text else None
    if not match or quoted(source.text, match.start()):
        return source
    return joined([source.cut(0, match.start()), " = ", source.cut(match.end(), len(source.text))])


def _segments(source: Source) -> list[Source]:
    """One calculation after the other: "…, dengan demikian capaian = …", or sentence by sentence."""
    parts: list[Source] = []
    start = 0
    if "=" not in source.text and "." not in source.text:
        return [source]
    if len(_DIVIDES_IN_WORDS.findall(source.text)) > 1:
        for match in _SENTENCE.finditer(source.text):
            parts.append(source.cut(start, match.start()))
            start = match.end()
        parts.append(source.cut(start, len(source.text)))
        dividing = [part for part in parts if _DIVIDES_IN_WORDS.search(part.text)]
        return dividing if len(dividing) > 1 else [source]
    for match in _CONTINUES.finditer(source.text):
        if "=" in source.text[start : match.start()]:
            parts.append(source.cut(start, match.start()))
            start = match.end()
    parts.append(source.cut(start, len(source.text)))
    return parts

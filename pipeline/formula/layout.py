"""Finds the formula in a cell of several lines and puts it on one: without legend, notes and labels, num and denum as a fraction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.formula.drawn import ruled, stacked, with_subscripts
from pipeline.formula.folded import capaian, flattened
from pipeline.formula.lines import fraction, lines_of, one_line, scaled
from pipeline.formula.notes import without_first_labels, without_labels, without_notes
from pipeline.formula.pieces import COUNTED, SCALE
from pipeline.formula.prepare import Source, joined

_NUMERATOR = re.compile(
    rf"^\s*(?:(?:num(?:er\w*|enator)?|pembilang)\s*(?:\(\w{{1,12}}\)\s*)?(?:[:=]|\n|(?={COUNTED}))|N\s*[:=])",
    re.IGNORECASE,
)
_DENOMINATOR = re.compile(
    rf"(?:^|(?<=\s))(?:den[uo]m\w*|penyebut)\s*(?:\(\w{{1,12}}\)\s*)?(?:[:=]|\n|(?={COUNTED}))|(?<=\s)(?-i:D)\s*[:=](?=\s*[^\W\d])",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:\n\s*(?!konstanta|(?:faktor )?pengali)[A-Z][A-Za-z ]{2,28}|(?<!sesuai)\s(?-i:Standar|Target|Sumber|Sumber data)|\s(?-i:Formula|Rumus|FORMULA|RUMUS))\s*:",
    re.IGNORECASE,
)  # "Standar : 80%" after num and denum
_OF_THE_PAIR = re.compile(
    r"\b(?:num\w*|pembilang|N)\s*[/:÷]\s*(?:den\w*|penyebut|D)\s*\)?\s*((?:[xX×*]|di\s?kali(?:kan)?)\s*1[\d.]*\s*%?)",
    re.IGNORECASE,
)  # "Formula : num/denum x 100%" after the pair
_CONSTANT = re.compile(
    r"(?<!\s)\s*+\b(?:konstanta|(?:faktor )?pengali)\s*[:=]\s*(1[\d.,]*\s*%?)\s*$", re.IGNORECASE
)  # after num and denum


@dataclass(frozen=True, slots=True)
class Layout:
    """`head` is the formula on one line; `legend` names its symbols; `note` is what was said after it."""

    head: Source
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""


def arrange(source: Source) -> Layout:
    """The formula part of a cell in one line, with its legend."""
    head, legend, note = without_notes(_with_whole_scales(source))
    head = head.cut(0, len(head.text.rstrip(" .;\n")))
    pair = _pair(head)
    if pair is None:
        head = without_labels(head)
        pair = _pair(head)
    if pair is None:
        lines = with_subscripts([without_first_labels(line) for line in lines_of(head)])
        pair = ruled(lines) or stacked(lines)
        if pair is None:
            line = one_line(lines, head)
            pair = capaian(line) or flattened(line) or line
    return Layout(pair, legend, note)


def _with_whole_scales(source: Source) -> Source:
    """A multiplier that a line's end cuts, on one line: "… x⏎100%"."""
    if "\n" not in source.text:
        return source
    return Source(SCALE.sub(_on_one_line, source.text), source.offsets)


def _on_one_line(scale: re.Match[str]) -> str:
    sign = scale.group().rstrip()
    return sign.replace("\n", " ") + scale.group()[len(sign) :]


def _pair(source: Source) -> Source | None:
    """A `num:` / `denum:` pair as a fraction."""
    above = _NUMERATOR.match(source.text)
    below = _DENOMINATOR.search(source.text, above.end()) if above else None
    if not above or not below:
        return None
    after = _LABELLED.search(source.text, below.end())
    first = source.cut(above.end(), below.start())
    second = source.cut(below.end(), after.start() if after else len(source.text))
    constant = _CONSTANT.search(second.text)
    if constant:
        second = joined([second.cut(0, constant.start()), " × ", second.cut(constant.start(1), len(second.text))])
    second, multiplier = scaled(second)
    if after and not multiplier and (stated := _OF_THE_PAIR.search(source.text, after.start())):
        multiplier = source.cut(stated.start(1), stated.end(1))
    if second.text.strip() in ("-", "–"):
        second = second.cut(0, 0)
    first = first.cut(0, len(first.text.rstrip(" ;,\n")))
    return fraction(lines_of(first), lines_of(second), [multiplier] if multiplier else [])

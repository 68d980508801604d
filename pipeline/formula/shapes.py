r"""LaTeX of one shape: cells that differ in the words of their \text{…} alone, "\frac{\text{A}}{\text{B}} \times 100\%", have
the same tokens. They are decided once, and the words of each cell are put in their places."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline.formula.multiplier import with_digits
from pipeline.formula.prepare import CLOSE, FRAC, MAX_LENGTH, OPEN, SUM, TEXT_CLOSE, TEXT_OPEN, prepare
from pipeline.formula.scan import Token, scan

_LETTERS = r"[A-Za-z0-9 ,.:()/&'+-]*"
_WORDS = re.compile(
    rf"\\text\{{(?![xX]\b|(?i:(?:di ?)?kali|di ?(?:bagi|banding|tambah|kurang)|per\b))([A-Za-z]{_LETTERS}(?:\\[&_#]{_LETTERS})*(?<![ .:]))(?<! [xX])\}}"
)  # of a phrase; "x 100" and what else may not be one is left to the scanner
_ESCAPED = re.compile(r"\\(?=[&_#])")
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\d{1,2}\s*\(\s*=|[-•]\s)")  # "1. ", "6 (= "
_STANDS_IN = "kata"  # for the words of a cell; offsets are those of a text with it
_OPERAND = rf"(?:^|(?<=[({OPEN}{SUM}=×÷+/-])|(?<=[{SUM}=×÷+/-] )){TEXT_OPEN}[^{TEXT_CLOSE}\n]*{TEXT_CLOSE}(?= ?(?:[=×÷+/){CLOSE}-]|$))"
_NOTHING_BESIDE = re.compile(rf"(?:[ \d.,%()×÷+=/{SUM}{FRAC}{OPEN}{CLOSE}-]|{_OPERAND})*+(?<![ .])")
"""Of what prepare.py leaves of a cell."""


class _Place(NamedTuple):
    """A token of a shape: which words are its text (-1: none, it is `text`), and how many stand before it."""

    kind: str
    text: str
    start: int
    end: int
    words: int
    before: int


def tokens_of(text: str) -> tuple[Token, ...] | None:
    """The tokens of a LaTeX cell that has nothing beside its formula; None for any other."""
    if "\\text{" not in text or len(text) > MAX_LENGTH:
        return None
    parts = _WORDS.split(text)
    shape = shape_of(tuple(parts[::2]))
    if shape is None:
        return None
    words = parts[1::2]
    grown = list(accumulate([len(each) - len(_STANDS_IN) for each in words], initial=0))
    put = [
        (kind, said, start + grown[before], end + grown[before])
        if place < 0
        else (kind, _ESCAPED.sub("", words[place]), start + grown[before], end + grown[before + 1])
        for kind, said, start, end, place, before in shape
    ]
    return tuple(put)


@lru_cache(maxsize=2000)
def shape_of(between: tuple[str, ...]) -> tuple[_Place, ...] | None:
    """The tokens of the cells with this text between their words; None where the words may change them."""
    if len(between) == 1:
        return None
    stands_in = rf"\text{{{_STANDS_IN}}}"
    text = stands_in.join(between)
    source = with_digits(prepare(text))
    if FRAC not in source.text or _NUMBERED.match(source.text) or not _NOTHING_BESIDE.fullmatch(source.text):
        return None
    scanned = scan(source)
    if scanned.problems:
        return None
    starts = [end - len(stands_in) for end in accumulate(len(part) + len(stands_in) for part in between[:-1])]
    places = []
    for kind, said, first, last in scanned.tokens:
        start, end = source.span(first, last)
        before = sum(at < start for at in starts)
        of_words = start in starts and kind == "PHRASE" and said == _STANDS_IN
        places.append(_Place(kind, said, start, end, starts.index(start) if of_words else -1, before))
    found = [place.words for place in places if place.words >= 0]
    return tuple(places) if found == list(range(len(starts))) else None

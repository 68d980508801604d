"""Cuts a formula's line into pieces: words, numbers, brackets, and signs that may or may not be operators."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.formula.layout import SCALE
from pipeline.formula.prepare import CLOSE, FRAC, OPEN, TEXT_CLOSE, TEXT_OPEN, UNCLOSED, Source


@dataclass(slots=True)
class Piece:
    """`kind`: WORD, NUMBER, QUOTE, LPAR, RPAR, FRAC, OPEN, CLOSE, SUM, EQ, SCALE, DIVW, PLUS, MINUS, TIMES, DIV, or MARK for
    punctuation. `maybe`: a sign whose kind depends on what stands around it. Gaps: white space before and after."""

    kind: str
    text: str
    start: int
    end: int
    maybe: bool = False
    before: bool = True
    after: bool = True


_INDEX = r"(?:\((?:[a-zA-Z0-9]{1,3}(?:\s?[-+]\s?\d)?)\)| \([tni](?:\s?[-+]\s?\d)?\))"  # (n-1), and spaced: Inf (t +1)
_SCRIPT = r"[_^]\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\)){0,40}\)"  # _(i=1), _(I(y-1))
_PIECES = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("PLAIN", r"(?![dkxpbrΣ])[^\W\d_]+(?=\s(?!\()|$)"),  # most words: no operator begins so
            ("QUOTE", f'{TEXT_OPEN}[^{TEXT_CLOSE}]*{TEXT_CLOSE}|"[^"\\n]*"'),
            ("FRAC", FRAC), ("OPEN", OPEN), ("CLOSE", CLOSE), ("UNCLOSED", UNCLOSED),
            ("SUM", rf"[∑Σ](?:{_SCRIPT}){{0,2}}"),
            ("SCALE", SCALE.pattern + r"|(?:di\s?kali(?:kan)?|kali|[xX×])\s+seratus(?:\s+persen)?\b|\bper\s+1[.,]?0{2,3}(?:[.,]?0{3})?\b"),
            ("DIVW", r"[-–—]*\s*\bdi\s?bagi(?:kan)?\b(?:\s+(?:dengan|oleh)\b)?\s*(?:[-–—]+(?=\s))?|\bdi\s?banding(?:kan)?\b(?:\s+(?:dengan|terhadap)\b)?|\bberbanding\b(?:\s+dengan\b)?"),
            ("PLUS", r"\+|\bdi\s?tambah(?:kan)?\b(?:\s+dengan\b)?"),
            ("MINUSW", r"\bdikurangi?\b(?:\s+dengan\b)?"),
            ("TIMES", r"[×*]|\bdi\s?kali(?:kan)?\b(?:\s+dengan\b)?"),
            ("COMPARES", r"[<>!]=|=[<>]"), ("EQ", r"=|≈"),
            ("NUMBER", r"\bRp\.?\s?\d+(?:[.,]\d+)*(?:,[-–—]+)?|\d+(?:[.,]\d+)*(?:\s*(?:%|persen\b))?(?!(?!x\s?1[0.,])[A-Za-z_])"),
            ("WORD", rf"[A-Z][A-Za-z]{{0,5}}[nt]-[1-5](?![\w.,])|[^\W\d_](?:[\w’'.]*[^\W_])?(?:{_SCRIPT}|{_INDEX}){{0,3}}|\d+[A-Za-z]\w*"),
            ("LPAR", r"[(\[{]"), ("RPAR", r"[)\]}]"),
            ("COLON", r":"), ("DIV", r"÷"), ("SLASH", r"/"), ("DASH", r"[-–—]+"),
            ("MARK", r"\S"),
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
_MAYBE = {"COLON", "SLASH", "DASH"}
_AS = {"COLON": "DIV", "SLASH": "DIV", "DASH": "MINUS", "PLAIN": "WORD", "MINUSW": "MINUS", "COMPARES": "MARK"}


def pieces_of(source: Source) -> list[Piece]:
    """The pieces in order. A single x is a WORD that may multiply."""
    text = source.text
    length = len(text)
    found: list[Piece] = []
    for match in _PIECES.finditer(text):
        kind = match.lastgroup or "MARK"
        value = match.group()
        start, end = match.span()
        before = start == 0 or text[start - 1].isspace()
        after = end >= length or text[end].isspace()
        maybe = False
        if kind in _AS:
            maybe = kind in _MAYBE
            kind = _AS[kind]
        elif kind == "QUOTE" and SCALE.fullmatch(value[1:-1].strip()):
            kind, value = "SCALE", value[1:-1].strip()
        elif kind == "WORD" and value in ("x", "X"):
            maybe, kind = True, "CROSS"
        found.append(Piece(kind, value, start, end, maybe, before, after))
    return found

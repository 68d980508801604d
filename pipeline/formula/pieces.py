"""Cuts a formula's line into pieces: words, numbers, brackets, and signs that may or may not be operators."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.formula.prepare import CLOSE, FRAC, OPEN, TEXT_CLOSE, TEXT_OPEN, UNCLOSED, Source

_POWER = r"1(?:[.,]?000[.,]?000(?!\s+[^\W\d])|00[.,]?000|0[.,]?000|[.,]?000|00)(?![.,]?\d)"
_POWER_IN_WORDS = (
    r"(?:seratus(?!\s+(?:ribu|juta|rupiah))\b|(?:seratus\s+ribu|seribu|sepuluh\s+ribu|(?:satu|se)\s?juta)\b"
    r"(?=\s*(?:persen\b|%|(?:penduduk|kelahiran|balita|jiwa|orang|ibu|anak)\b|[.,;:()/=\]\n]|$)))"
)  # and no "seribu rupiah"
SCALE = re.compile(
    rf"(?i:(?:\(\s?(?:x|×|di\s?kali)\s?\)|(?<![^\W\d_])(?:x|(?:di\s?kali(?:kan)?|kali)(?:\s+dengan)?)|[×*])\s*(?:\(\s*[x×]\s*\)\s*|konstanta\s*)?{TEXT_OPEN}?(?:{_POWER}|(?<=konstanta )\({_POWER}\)|(?<=\s){_POWER_IN_WORDS})\s*"
    rf"(?:{TEXT_OPEN}?\s*(?:%|persen\b|prosen\b){TEXT_CLOSE}?)?)"
)  # "X 100 %", "dikali (x) 100%", "kali seratus persen", "dikali seribu"


_COUNTS = r"jumlah|jmlh?|jmh|jlh|total|banyaknya"
COUNTING = rf"(?:(?:{_COUNTS})\b|[∑Σ])"  # how a counted quantity begins
COUNTED = rf"(?:{COUNTING}|seluruh\b)"  # or all of one
COUNT = re.compile(rf"^(?:{_COUNTS}|[∑Σ].*)$", re.IGNORECASE)
ADDS_UP = re.compile(rf"^(?:{_COUNTS}|seluruh|[∑Σ].*)$", re.IGNORECASE)
QUANTITY = re.compile(
    rf"^(?:{_COUNTS}|seluruh|[∑Σ].*|rekapitulasi|nilai|luas|panjang|realisasi|target|volume)$", re.IGNORECASE
)
PLANS = r"target|rencana|pagu|anggaran"  # what a realisasi is measured by
WEIGHT = re.compile(r"^(?:0[.,]\d+|\d{1,2}\s?%)$")  # of a part of a sum: 0,34 or 25%
SYMBOL = re.compile(r"^(?:[A-Za-zα-ωΑ-Ω]{1,3}\d?|[A-Za-z]{1,6}[_^(].*)$")
OPERATORS = {"EQ", "DIVW", "PLUS", "MINUS", "NEG", "TIMES", "DIV", "SCALE"}


@dataclass(slots=True)
class Piece:
    """`kind`: WORD, NUMBER, QUOTE, LPAR, RPAR, FRAC, OPEN, CLOSE, SUM, EQ, SCALE, DIVW, PLUS, MINUS, NEG, TIMES, DIV, or MARK for
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
_OPERATOR_BEGINS = (  # "dibagi", "ditambah", "dikali", "kali", "x", "per 1.000", "pada setiap", "berbanding", "Rp"
    r"[dD][iI][\sbBtTkK]|[kK][aA][lL]|[xXΣ]|[pP][eE][rR]\s|[pP][aA][dD][aA]\s|[bB][eE][rR][bB]|[rR][pP]"
)
_PIECES = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("PLAIN", rf"(?-i:(?!{_OPERATOR_BEGINS})[^\W\d_]+(?=\s(?!\()|$))"),  # most words
            ("QUOTE", f'{TEXT_OPEN}[^{TEXT_CLOSE}]*{TEXT_CLOSE}|"[^"\\n]*"'),
            ("FRAC", FRAC), ("OPEN", OPEN), ("CLOSE", CLOSE), ("UNCLOSED", UNCLOSED),
            ("SUM", rf"[∑Σ](?:{_SCRIPT}){{0,2}}"),
            ("SCALE", SCALE.pattern + r"|\b(?:pada\s+setiap|per)\s+1[.,]?0{2,3}(?:[.,]?0{3})?\b"),
            ("DIVW", r"\(\s?di\s?bagi\s?\)|[-–—]{0,20}\s{0,3}\bdi\s?bagi(?:kan)?\b(?!\s+(?:dalam|menjadi|ke|kepada)\b)(?:\s*\(\s?[:/÷]\s?\))?(?:\s+(?:dengan|oleh)\b)?\s*(?:[-–—]+(?=\s))?|\bdi\s?banding(?:kan)?\b(?:\s+(?:dengan|terhadap)\b)?|\bberbanding\b(?:\s+dengan\b)?"),
            ("ANDUP", r"(?<=\d)\+(?=\s*(?:/|dibagi|dikali|[x×*]\s?1)|\s(?:ke|yang|yg|tahun|thn|th|di|dan|dengan|atau|pada|dalam)\b)"),  # "usia 17+ yang"
            ("FOOTNOTE", rf"\*{{1,3}}(?:\)?(?=\s*$)|\)(?=\s*{CLOSE}))"),  # "… yang ditindaklanjuti *"
            ("NOTED", r"\([∑Σ]\)"),  # "Jumlah (Σ) kelompok"
            ("DOTS", r"(?<=\+)\.{2,}|(?<=\+ )\.{2,}"),  # "X1 + X2 + ... + Xn"
            ("PLUS", r"\+|\bdi\s?tambah(?:kan)?\b(?:\s+dengan\b)?"),
            ("MINUSW", r"\bdikurangi?\b(?:\s+dengan\b)?"),
            ("TIMES", r"[×*]|\bdi\s?kali(?:kan)?\b(?:\s+dengan\b)?"),
            ("COMPARES", r"[<>!]=|=[<>]"), ("EQ", r"=|≈"),
            ("NUMBER", r"\bRp\.?\s?\d+(?:[.,]\d+)*(?:,[-–—]+)?|\d+(?:[.,]\d+)*(?:\s*(?:%|persen\b))?(?!(?!x\s?1[0.,])[A-Za-z_])"),
            ("WORD", rf"[A-Z][A-Za-z]{{0,5}}[nt]-[1-5](?![\w.,])|[^\W\d_](?:[\w’'.]*[^\W_])?(?:{_SCRIPT}|{_INDEX}){{0,3}}|\d+[A-Za-z]\w*"),
            ("LPAR", r"[(\[{]"), ("RPAR", r"[)\]}]"),
            ("COLON", r":"), ("DIV", r"÷"), ("SLASH", r"/|(?<=\s)\|(?=\s)"), ("DASH", r"[-–—]+"),
            ("MARK", r"\S"),
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
_BUILT = {"FRAC", "OPEN", "CLOSE"}
_MAYBE = {"COLON", "SLASH", "DASH"}
_AS = {
    "COLON": "DIV",
    "SLASH": "DIV",
    "DASH": "MINUS",
    "MINUSW": "MINUS",
    "COMPARES": "MARK",
    "ANDUP": "MARK",
    "NOTED": "MARK",
    "FOOTNOTE": "MARK",
    "DOTS": "WORD",
}


_WORDED = re.compile(r"(?:di|kali|[x×*]|ber|per|pada)", re.IGNORECASE)  # how an operator in words begins


def pieces_of(source: Source) -> list[Piece]:
    """The pieces in order. A single x is a WORD that may multiply."""
    text = source.text
    length = len(text)
    found: list[Piece] = []
    for match in _PIECES.finditer(text):
        kind = match.lastgroup or "MARK"
        value = match.group()
        start, end = match.span()
        if kind == "PLAIN":
            found.append(Piece("WORD", value, start, end))
            continue
        if kind in _BUILT:
            found.append(Piece(kind, value, start, end))
            continue
        before = start == 0 or text[start - 1].isspace()
        after = end >= length or text[end].isspace()
        maybe = False
        if kind in _AS:
            maybe = kind in _MAYBE
            kind = _AS[kind]
        elif kind == "QUOTE" and (said := _operator_in(value)):
            kind, value = said, value[1:-1].strip()
        elif kind == "WORD" and value in ("x", "X"):
            maybe, kind = True, "CROSS"
        found.append(Piece(kind, value, start, end, maybe, before, after))
    return found


def _operator_in(quote: str) -> str:
    """The operator that a \\text{…} holds and nothing else: "dibagi", "x 100%"."""
    said = quote[1:-1].strip()
    match = _PIECES.fullmatch(said) if quote[0] == TEXT_OPEN and _WORDED.match(said) else None
    kind = (match.lastgroup or "") if match else ""
    kind = _AS.get(kind, kind)
    return kind if kind in OPERATORS else ""


def at(pieces: list[Piece], index: int) -> Piece | None:
    return pieces[index] if 0 <= index < len(pieces) else None


def closing(pieces: list[Piece], start: int) -> int | None:
    depth = 0
    for i in range(start, len(pieces)):
        depth += (pieces[i].kind == "LPAR") - (pieces[i].kind == "RPAR")
        if depth == 0:
            return i
    return None


def words_beside(pieces: list[Piece], i: int, step: int) -> list[str]:
    """The words from a sign to the next operator or bracket, in reading order; those of a \\text{…} as well."""
    words: list[str] = []
    j = i + step
    while 0 <= j < len(pieces) and (
        pieces[j].kind in ("WORD", "NUMBER", "MARK", "CROSS", "QUOTE", "SUM")
        or (pieces[j].maybe and pieces[j].text == "-" and not pieces[j].before)
    ):
        if pieces[j].kind == "QUOTE":
            words += pieces[j].text[1:-1].lower().split()[::step]
        else:
            words.append(pieces[j].text.lower())
        j += step
    return words if step > 0 else words[::-1]


def is_number(piece: Piece | None) -> bool:
    return piece is not None and piece.kind == "NUMBER"


def is_symbol(pieces: list[Piece], i: int) -> bool:
    """A letter or short symbol that is an operand by itself."""
    piece = at(pieces, i)
    if piece is None or piece.kind not in ("WORD", "CROSS") or not SYMBOL.match(piece.text):
        return False
    for neighbour in (at(pieces, i - 1), at(pieces, i + 1)):
        if neighbour is not None and neighbour.kind in ("WORD", "NUMBER", "QUOTE") and not neighbour.maybe:
            return False
    return True


def opener(pieces: list[Piece], i: int) -> int | None:
    """Where what encloses `i` opens: its bracket, or before that a brace or an equals sign; None at the start."""
    depth = 0
    for j in range(i - 1, -1, -1):
        kind = pieces[j].kind
        depth += (kind == "RPAR") - (kind == "LPAR")
        if depth < 0 or kind in ("OPEN", "EQ"):
            return j
    return None


def aside(pieces: list[Piece], i: int) -> bool:
    """Inside a bracket that only adds to the words before it: "berat badan (BB/PB)"."""
    j = opener(pieces, i)
    if j is None or pieces[j].kind != "LPAR":
        return False
    outer = at(pieces, j - 1)
    return outer is not None and outer.kind in ("WORD", "MARK") and not outer.maybe

"""The multiplier of a formula: how "x 100 %" is written, misread by OCR, and followed by the unit of the result."""

from __future__ import annotations

import re

from pipeline.formula.pieces import Piece
from pipeline.formula.prepare import Source, joined

_OCR_SIGNS = re.compile(
    r"[1lI|tTL](?:[Oo][0Oo]|0[Oo]|(?<=[lI|tTL])00)|1 0|10 0|00 ?[oO0°]/[oO0]|\b[dD](?:[iI] ?[bB][aA][gG][lI1]|[lI1] ?[bB][aA][gG][iIlL1])\b"
)  # 1OO, l00, IOO, 1 0 0, 100 o/o, dibagl
_SPACED_DIGITS = re.compile(r"(?<=[×xX*] )(?:1 0 0|1 00|10 0)(?=(?: ?\\?%|\s*$))")  # "× 1 0 0 %"
_PER_CENT = re.compile(r"(?<=[×xX*] 100) ?[oO0°]/[oO0](?!\w)|(?<=[×xX*]100) ?[oO0°]/[oO0](?!\w)")  # "x 100 o/o"
_GLUED = re.compile(r"(?<=[A-WYZa-wyz])(?<!\b[mM]a)(?=[xX×]100\s?%)")  # "jumlah pendudukx100%"
_DIVIDES = re.compile(r"\bd[iIl1]( ?)bag[iIl1]\b", re.IGNORECASE)
_OCR_SCALE = re.compile(
    r"(?P<sign>(?:(?<![^\W\d_])[xX]|[×*]|kali|kalikan)[ \n]{0,3}(?:\([ ]?[xX×][ ]?\)[ ]?)?)(?P<digits>[1lI|tTL][.,0Oo]{2,9})(?![^\W_])(?P<unit>[ ]{0,2}(?:%|persen\b|prosen\b)?)"
)  # "dikali 1OO%", "× l00 %", "x 1OO.OOO"
_SPLIT_DECIMALS = re.compile(r"(?<=\d, )(?=\d{1,2}(?!\d))")  # "59, 2 / 80"
_NUMBERS_ALONE = re.compile(r"[\d\s.,%()\[\]{}xX×*=-]*[/:÷+][\d\s.,%()\[\]{}xX×*+=:/÷-]*")
_READ_AS = str.maketrans("lI|tTLOo", "11111100")


def with_digits(source: Source) -> Source:
    """Letters that OCR put for digits, for a per cent sign, in "dibagi". Digits are mended where a multiplier stands: a sign of multiplication before them, and a digit or
    a mark of thousands among them or a per cent sign after them. As many characters as before, so that offsets keep."""
    if ", " in source.text:
        source = _with_decimals(source)
    if glued := _GLUED.search(source.text):
        source = joined([source.cut(0, glued.start()), " ", source.cut(glued.start(), len(source.text))])
    if not _OCR_SIGNS.search(source.text):
        return source
    text = _SPACED_DIGITS.sub(lambda digits: "100".ljust(len(digits.group())), source.text)
    text = _PER_CENT.sub(lambda sign: "%".ljust(len(sign.group())), text)
    text = _DIVIDES.sub(r"di\1bagi", text)
    return Source(_OCR_SCALE.sub(_mended, text), source.offsets)


def _with_decimals(source: Source) -> Source:
    """Numbers in one piece that a blank after the comma parts, in a calculation of numbers alone; in a list it parts two."""
    if not _NUMBERS_ALONE.fullmatch(source.text):
        return source
    parts: list[Source | str] = []
    start = 0
    for blank in _SPLIT_DECIMALS.finditer(source.text):
        parts.append(source.cut(start, blank.start() - 1))
        start = blank.start()
    return joined([*parts, source.cut(start, len(source.text))]) if parts else source


def _mended(match: re.Match[str]) -> str:
    digits = match["digits"]
    if not match["unit"].strip() and (digits[0] in "TL" or not any(char.isdigit() or char in ".," for char in digits)):
        return match.group()
    return match["sign"] + digits.translate(_READ_AS) + match["unit"]


def without_units(pieces: list[Piece]) -> list[Piece]:
    """Without the words right after the multiplier of a quotient, up to its bracket, its "=" or the end: they say what the
    result counts ("dikali 1000 permil", "x 100.000 penduduk", "x 100 persen (%)") and multiply nothing."""
    if not any(piece.kind == "SCALE" for piece in pieces):
        return pieces
    kept: list[Piece] = []
    divided = False
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        kept.append(piece)
        position += 1
        divided = divided or piece.kind in ("DIV", "DIVW", "FRAC")
        if piece.kind == "EQ":
            divided = False
        if piece.kind == "SCALE" and divided:
            position = _after_words(pieces, position)
    return kept


_LINKS = {"kemudian", "lalu", "selanjutnya", "hasilnya", "dan"}
_PERIODS = {
    "tahun",
    "thn",
    "th",
    "bln",
    "yang",
    "bulan",
    "semester",
    "triwulan",
    "periode",
}  # "tahun lalu" ends a quantity


def without_links(pieces: list[Piece]) -> list[Piece]:
    """Without the words that lead on to a multiplier in words: "… kemudian dikalikan 100%", "… dan dikali 1.000"."""
    if not any(piece.kind == "SCALE" for piece in pieces):
        return pieces
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind == "SCALE" and piece.text[:1] in "dDkK":
            while len(kept) > 1 and kept[-1].kind == "WORD" and kept[-1].text.lower() in _LINKS:
                if kept[-2].text.lower() in _PERIODS:
                    break
                kept.pop()
        kept.append(piece)
    return kept


def _after_words(pieces: list[Piece], start: int) -> int:
    """Where the words from `start` on end, if nothing but a bracket, "=" or the end follows them; else `start`."""
    depth = 0
    end = start
    while end < len(pieces):
        kind = pieces[end].kind
        if depth == 0 and kind in ("RPAR", "CLOSE", "EQ"):
            return end
        if kind not in ("WORD", "MARK", "QUOTE", "LPAR", "RPAR") and (kind != "NUMBER" or not depth):
            return start
        depth += (kind == "LPAR") - (kind == "RPAR")
        end += 1
    return end

"""Tells the dashes that subtract and the crosses that multiply from those inside noun phrases."""

from __future__ import annotations

from pipeline.formula.pieces import (
    COUNT,
    OPERATORS,
    QUANTITY,
    SYMBOL,
    WEIGHT,
    Piece,
    aside,
    at,
    closing,
    is_number,
    is_symbol,
    opener,
    words_beside,
)

_BEFORE_SIGN = OPERATORS - {"SCALE"} | {"LPAR", "OPEN", "SUM"}
_OPERANDS = ("LPAR", "FRAC", "NUMBER", "SUM")
_FACTORS = {"nilai", "bobot", "penimbang", "faktor", "skor", "konstanta", "koefisien"}


def subtracts(pieces: list[Piece], i: int) -> bool:
    here, left, right = pieces[i], at(pieces, i - 1), at(pieces, i + 1)
    if right is None or len(here.text) > 1:
        return False
    if left is None or left.kind in _BEFORE_SIGN:
        return negates(pieces, i)
    operand_left = left.kind in ("RPAR", "CLOSE", "QUOTE", "NUMBER", "SCALE") or is_symbol(pieces, i - 1)
    negative = right.kind == "MINUS" and _signs(pieces, i + 1)
    operand_right = right.kind in _OPERANDS or right.kind == "QUOTE" or is_symbol(pieces, i + 1) or negative
    if aside(pieces, i):
        return False
    if is_number(left) and is_number(right):
        return _among_numbers(pieces, i) or (here.before and here.after and any(p.kind == "EQ" for p in pieces))
    if operand_left and operand_right:
        return True
    calculates = any(p.kind in ("SCALE", "FRAC", "DIVW", "DIV") for p in pieces)
    if (
        right.kind in ("LPAR", "SUM")
        and left.kind == "WORD"
        and calculates
        and (right.kind == "SUM" or _holds_difference(pieces, i + 1))
    ):
        return True
    if left.kind in ("RPAR", "CLOSE") and right.kind == "WORD" and calculates and here.before and here.after:
        return True
    enclosed = _enclosed_difference(pieces, i)
    if here.before and here.after and left.kind in ("WORD", "NUMBER", "QUOTE") and right.kind in ("WORD", "QUOTE"):
        return _same_kind(pieces, i) or (enclosed and calculates)
    if not enclosed or not calculates or here.before:
        return False
    return (left.text[:1].isupper() and right.text[:1].isupper() and len(left.text) > 3) or _repeated_below(pieces, i)


def negates(pieces: list[Piece], i: int) -> bool:
    """A dash without an operand before it, right before a number or bracket, is its sign: "= -5%", "-(A + B)"."""
    left = at(pieces, i - 1)
    return (left is None or left.kind in _BEFORE_SIGN) and _signs(pieces, i)


def _signs(pieces: list[Piece], i: int) -> bool:
    """A dash right before a number or bracket; a bullet has a blank after it."""
    right = at(pieces, i + 1)
    return not pieces[i].after and len(pieces[i].text) == 1 and right is not None and right.kind in _OPERANDS


def _repeated_below(pieces: list[Piece], i: int) -> bool:
    """One of the two words beside a dash is what the bracket is divided by: "(realisasi-target)/target"."""
    divided = [j for j in range(i + 2, len(pieces) - 2) if pieces[j].kind == "RPAR" and pieces[j + 1].kind == "DIV"]
    beside = {pieces[i - 1].text.lower(), pieces[i + 1].text.lower()}
    return bool(divided) and pieces[divided[0] + 2].text.lower() in beside


def _holds_difference(pieces: list[Piece], start: int) -> bool:
    """Whether the bracket that opens at `start` holds a dash or plus between two operands and nothing else."""
    end = closing(pieces, start)
    return end is not None and any(p.kind in ("MINUS", "PLUS", "TIMES") for p in pieces[start:end])


def _enclosed_difference(pieces: list[Piece], i: int) -> bool:
    """Inside a bracket that is an operand: right after an operator, a sign or the start, with this one dash in it."""
    j = opener(pieces, i)
    if j is None or pieces[j].kind != "LPAR":
        return j is not None and pieces[j].kind == "OPEN"
    outer = at(pieces, j - 1)
    return outer is None or outer.kind in (*OPERATORS, "LPAR", "OPEN", "NUMBER") or outer.maybe


def _same_kind(pieces: list[Piece], i: int) -> bool:
    """Two quantities of one kind: both sides begin with the same word, or are the same but for a period."""
    left = words_beside(pieces, i, -1)
    right = words_beside(pieces, i, 1)
    if not left or not right or len(left) < 2 or len(right) < 2:
        return False
    return left[0] == right[0] or bool(COUNT.match(left[0]) and COUNT.match(right[0]))


def _among_numbers(pieces: list[Piece], i: int) -> bool:
    """The calculation around a sign has numbers only, up to its bracket, its "=" or the end of the cell."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(pieces) and (pieces[j].kind in ("NUMBER", "PLUS", "TIMES", "DIV") or pieces[j].maybe):
            j += step
        if 0 <= j < len(pieces) and pieces[j].kind in ("WORD", "MARK"):
            return False
    return True


def multiplies(pieces: list[Piece], i: int) -> bool:
    left, right = at(pieces, i - 1), at(pieces, i + 1)
    if left is None or right is None:
        return False
    beyond = at(pieces, i + 2)
    if right.text == "24" and beyond is not None and beyond.text.lower() == "jam":
        return False  # "dalam waktu 3 x 24 jam"
    values = ("NUMBER", "RPAR", "CLOSE", "QUOTE")
    opens = right.kind in ("NUMBER", "LPAR", "FRAC", "SUM")
    if (opens and (left.kind in values or is_symbol(pieces, i - 1))) or (_is_short(right) and _is_short(left)):
        return True
    if right.kind == "SUM" and left.kind == "WORD" and pieces[i].before and pieces[i].after:
        return True  # "∑ tempat tidur x ∑ hari"
    if is_number(left) and right.kind == "WORD" and _begins_operand(pieces, i - 1):
        return True
    if left.kind == "NUMBER" and left.text[-1] == "%" and right.kind == "WORD" and pieces[i].before and pieces[i].after:
        return True
    if _scales(pieces, i) or _shares(pieces, i):
        return True
    if WEIGHT.match(right.text) and any(p.kind == "PLUS" for p in pieces):
        return True  # "Skor A x 0,25 + Skor B x 0,75"
    named = right.kind == "WORD" and (right.text.lower() in _FACTORS or _times_quantity(pieces, i))
    if named and pieces[i].before and pieces[i].after and left.kind in ("WORD", "RPAR", "NUMBER"):
        return True
    return is_number(left) and right.kind == "WORD" and any(p.kind == "EQ" for p in pieces[i:])


def _times_quantity(pieces: list[Piece], i: int) -> bool:
    """A spaced cross before a quantity in a cell that divides, or between words in a bracket that is an operand:
    "(Jumlah tempat tidur x Jumlah hari)", "(Indeks bahaya x Indeks kerentanan) / Indeks kapasitas"."""
    divides = any(p.kind in ("FRAC", "DIVW", "DIV") for p in pieces)
    return divides and (bool(QUANTITY.match(pieces[i + 1].text)) or _enclosed_difference(pieces, i))


def _begins_operand(pieces: list[Piece], i: int) -> bool:
    """A number that an operand starts with, so that a cross after it multiplies: "(2 x Target", "40% x Nilai"; not the
    bracket of a noun phrase, "obat (3 x sehari)"."""
    before = at(pieces, i - 1)
    while before is not None and before.kind == "LPAR":
        i -= 1
        before = at(pieces, i - 1)
    return before is None or before.kind in (*OPERATORS, "OPEN", "SUM") or before.maybe


def _scales(pieces: list[Piece], i: int) -> bool:
    """ "… / jumlah unsur x 25", "(Jumlah tempat tidur x 365)", "IKM = nilai SKM x 25": a spaced cross before a number that
    ends an operand, in a cell that divides or equates, or has no other sign."""
    here, left, beyond = pieces[i], pieces[i - 1], at(pieces, i + 2)
    ends = beyond is None or beyond.kind in (*OPERATORS, "RPAR", "CLOSE")
    calculates = any(p.kind in ("FRAC", "DIVW", "DIV") for p in pieces) or any(p.kind == "EQ" for p in pieces[:i])
    calculates = calculates or (beyond is None and all(p.kind in ("WORD", "NUMBER", "CROSS") for p in pieces))
    worded = here.before and here.after and left.kind in ("WORD", "QUOTE")
    return worded and is_number(pieces[i + 1]) and ends and calculates


def _shares(pieces: list[Piece], i: int) -> bool:
    """ "(Nilai perencanaan x 30%)": a spaced cross before a share that ends an operand."""
    here, left, right, beyond = pieces[i], pieces[i - 1], pieces[i + 1], at(pieces, i + 2)
    ends = beyond is None or beyond.kind in (*OPERATORS, "RPAR", "CLOSE")
    return here.before and here.after and left.kind == "WORD" and is_number(right) and right.text[-1] == "%" and ends


def _is_short(piece: Piece) -> bool:
    return piece.kind == "WORD" and bool(SYMBOL.match(piece.text))

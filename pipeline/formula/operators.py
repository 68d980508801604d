"""Tells operators from the slashes, crosses, dashes and colons that stand inside noun phrases.

The rules are those that separate the two in real formula cells: what stands beside a sign, the space around it, whether a
multiplier follows, and whether the cell divides in another way already.
"""

from __future__ import annotations

import re

from pipeline.formula.crosses import multiplies, negates, subtracts
from pipeline.formula.pieces import (
    ADDS_UP,
    COUNT,
    OPERATORS,
    PLANS,
    QUANTITY,
    SYMBOL,
    Piece,
    aside,
    at,
    closing,
    is_number,
    is_symbol,
    words_beside,
)
from pipeline.formula.prepare import TEXT_OPEN

_PLANNED = re.compile(rf"^(?:{PLANS})$", re.IGNORECASE)
_ATTAINED = re.compile(r"^(?:realisasi|capaian|hasil|skor|nilai|jumlah|total)$", re.IGNORECASE)
_UNIT = re.compile(
    r"^(?:kg|ton|kw|kuintal|kwintal|gr|gram|liter|ltr|ha|m|m2|m3|km|km2|jam|hari|menit|bulan|tahun|orang|jiwa|rp|kk|unit|ekor|pohon|kapal|trip)$"
)
_ROMAN = re.compile(r"^[IVX]{1,4}$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def decide(pieces: list[Piece], lead: str = "") -> None:
    """Settles every sign that may be an operator; those that are none become WORDs. After a lead-in that divides by "dengan"
    or "terhadap", a slash without blanks stays in its phrase."""
    _settle_lists(pieces)
    paired = bool(lead) and any(p.text.lower() in ("dengan", "terhadap") for p in pieces)
    chosen: set[int] = set()
    start = 0
    for end in [i for i, piece in enumerate(pieces) if piece.kind == "EQ"] + [len(pieces)]:
        chosen |= _dividing(pieces, start, end, paired)
        start = end + 1
    for i, piece in enumerate(pieces):
        if piece.maybe and piece.kind == "DIV":
            piece.maybe = False
            if i not in chosen:
                piece.kind = "WORD"
    for i, piece in enumerate(pieces):
        if (i in chosen or piece.text == "÷") and _divides_sums(pieces, i):
            piece.kind = "DIVW"
    for i, piece in enumerate(pieces):
        if not piece.maybe:
            continue
        if piece.kind == "MINUS":
            is_operator = subtracts(pieces, i)
            piece.kind = "NEG" if is_operator and negates(pieces, i) else "MINUS"
        else:
            is_operator = multiplies(pieces, i)
            piece.kind = "TIMES"
        piece.maybe = False
        if not is_operator:
            piece.kind = "WORD"


def _dividing(pieces: list[Piece], start: int, end: int, paired: bool) -> set[int]:
    """The signs that divide between `start` and `end`, one side of an equation."""
    candidates = [
        i for i in range(start, end) if pieces[i].maybe and pieces[i].kind == "DIV" and not _joins_classes(pieces, i)
    ]
    if not candidates:
        return set()
    certain = {i for i in candidates if _divides_for_sure(pieces, i) or _divides_nothing(pieces, i)}
    if certain or any(piece.kind in ("FRAC", "DIVW") or piece.text == "÷" for piece in pieces[start:end]):
        return certain
    likely = [i for i in candidates if _divides_likely(pieces, i, end)]
    likely = [i for i in likely if pieces[i].text != ":"] or likely  # "Definisi : jumlah A / jumlah B"
    quantities = [i for i in likely if (right := at(pieces, i + 1)) is not None and QUANTITY.match(right.text)]
    if likely:
        return set(quantities[:1] or likely[:1])
    apart = [i for i in candidates if pieces[i].before and pieces[i].after]
    if len(apart) == 1 and _divides_apart(pieces, apart[0], start, end):
        return set(apart)
    alone = [] if paired else [i for i in candidates if _divides_alone(pieces, i, start, end)]
    named = [i for i in candidates if _divides_named(pieces, i, start, end)]
    found = alone or named
    return set(found) if len(found) == 1 else set()


def _settle_lists(pieces: list[Piece]) -> None:
    """Dashes before the points of a list in one line ("- Terwujudnya A - Terwujudnya B"), and a comparison that begins a
    sentence ("Dibandingkan dengan …"), are words."""
    first, second = at(pieces, 0), at(pieces, 1)
    if first is None or second is None:
        return
    if first.kind == "DIVW" and first.text.lower().startswith(("dibanding", "di banding")):
        first.kind = "WORD"
    points = [piece for piece in pieces if piece.maybe and piece.kind == "MINUS" and piece.before and piece.after]
    if len(points) > 1 and points[0] is first and second.kind == "WORD" and second.text[:1].isupper():
        for piece in points:
            piece.kind, piece.maybe = "WORD", False


def _joins_classes(pieces: list[Piece], i: int) -> bool:
    """ "golongan III/IV": two numbers of one rank; and "N/A" alone."""
    left, right = at(pieces, i - 1), at(pieces, i + 1)
    if left is None or right is None:
        return False
    nothing = len(pieces) == 3 and (left.text, right.text) in (("N", "A"), ("n", "a"))
    return nothing or bool(_ROMAN.match(left.text) and _ROMAN.match(right.text))


def _unit_before(pieces: list[Piece], end: int) -> str | None:
    """The unit in the bracket that closes before `end`: "Produksi (ton)"."""
    if end < 3 or [piece.kind for piece in pieces[end - 3 : end]] != ["LPAR", "WORD", "RPAR"]:
        return None
    unit = pieces[end - 2].text.lower()
    return unit if _UNIT.match(unit) else None


def _divides_named(pieces: list[Piece], i: int, start: int, end: int) -> bool:
    """A slash that divides without a multiplier: between two phrases with their units ("Produksi (kg)/luas lahan (ha)"), and
    after "=" spaced or before a quantity ("Tingkat hunian = jumlah kamar terisi/jumlah kamar")."""
    here, left, right = pieces[i], at(pieces, i - 1), at(pieces, i + 1)
    if here.text != "/" or left is None or right is None:
        return False
    units = {_unit_before(pieces, i), _unit_before(pieces, end)}
    if None not in units and len(units) == 2 and right.kind == "WORD":
        return True
    first = pieces[start].text if start < i else ""
    if COUNT.match(first) and COUNT.match(right.text):
        return True  # "Jumlah A/jumlah B"
    return start > 0 and ((here.before and here.after) or bool(QUANTITY.match(right.text)))


def _divides_sums(pieces: list[Piece], i: int) -> bool:
    """The only division of its bracket, spaced, between quantities of which the second is a sum: it divides by the whole sum,
    as it is read aloud: "Jumlah A + B / Jumlah A + B + C"."""
    here, right = pieces[i], at(pieces, i + 1)
    if right is None or not here.after or not (right.kind == "SUM" or QUANTITY.match(right.text)):
        return False
    kinds = set()
    j, depth = i + 1, 0
    while j < len(pieces) and depth >= 0 and pieces[j].kind not in ("EQ", "CLOSE", "SCALE"):
        depth += (pieces[j].kind == "LPAR") - (pieces[j].kind == "RPAR")
        if depth == 0:
            kinds.add(pieces[j].kind)
        j += 1
    return "PLUS" in kinds and not kinds & {"DIV", "DIVW", "TIMES", "FRAC"}


def _divides_apart(pieces: list[Piece], i: int, start: int, end: int) -> bool:
    """The only sign between blanks in a side that is multiplied: between a realisasi and what was planned of the same thing,
    and a colon in a bracket that is the whole operand. Another colon is that of a label, or of the parts after one."""
    right = at(pieces, i + 1)
    if right is None or right.kind != "WORD":
        return False
    leads = pieces[start].kind == "NUMBER" and end > start + 1 and pieces[start + 1].text in ("x", "X", "×", "*")
    if not leads and not any(piece.kind == "SCALE" for piece in pieces[start:end]):
        return False
    before, after = words_beside(pieces, i, -1), words_beside(pieces, i, 1)
    before = before[2:] if leads and before[:1] == [pieces[start].text] else before  # without "100% x"
    if {",", "dan", "serta", "atau"} & set(after):
        return False  # what follows a label lists its parts
    if (
        pieces[i].text == ":"
        and (not before or QUANTITY.match(before[0]) or QUANTITY.match(after[0]))
        and any(_whole_operand(pieces, j, end) for j in range(start, i) if pieces[j].kind == "LPAR")
    ):
        return True
    planned = before[:1] == ["realisasi"] and _PLANNED.match(after[0])
    return bool(planned and set(before[1:]) & set(after[1:]))


def _whole_operand(pieces: list[Piece], opens: int, end: int) -> bool:
    """Whether a bracket is all that is multiplied: "(…) x 100%", "100% x (…)"."""
    closes, outer = closing(pieces, opens), at(pieces, opens - 1)
    if closes is None or (outer is not None and outer.kind not in (*OPERATORS, "LPAR", "CROSS")):
        return False
    return closes + 1 == end or pieces[closes + 1].kind in ("SCALE", "RPAR")


def _divides_alone(pieces: list[Piece], i: int, start: int, end: int) -> bool:
    """The only division that a side with a multiplier can have: an unspaced slash between two phrases of which the second
    repeats a word of the first ("(Realisasi anggaran/Pagu anggaran) x 100%") or, in a bracket that is the whole operand,
    two phrases of words each where the first counts nothing ("(Penduduk bekerja/angkatan kerja) x 100%"). A slash inside a
    phrase joins two words of one kind, and only the first has the words before: "Jumlah desa/kelurahan aktif". A spaced
    colon divides before a bracketed operand that has no division of its own, and any colon between two phrases in a bracket
    that is multiplied: "(PDRB pertanian : PDRB) x 100%"."""
    here, right = pieces[i], pieces[i + 1] if i + 1 < end else None
    if right is None or not any(piece.kind == "SCALE" for piece in pieces[i:end]):
        return False
    before, after = words_beside(pieces, i, -1), words_beside(pieces, i, 1)
    first, last = i - len(before) - 1, i + len(after) + 1
    if here.text == ":" and is_symbol(pieces, i - 1) and is_symbol(pieces, i + 1):
        return here.before and here.after
    if here.text == ":":
        counts = bool(before) and bool(QUANTITY.match(before[0]))
        multiplied = at(pieces, last + 1)
        if before and after and first >= 0 and pieces[first].kind == "LPAR" and pieces[last : last + 1]:
            paired = (here.before and here.after) or (counts and QUANTITY.match(after[0]))
            if paired and pieces[last].kind == "RPAR" and multiplied is not None and multiplied.kind == "SCALE":
                return True
        begins = first < 0 or pieces[first].kind in ("EQ", "LPAR")
        if (
            here.before
            and here.after
            and begins
            and len(before) > 1
            and after[:1] == before[:1]
            and set(after) <= set(before)
        ):
            return True  # "penduduk melek huruf : penduduk x 100%"
        stated = first >= 0 and pieces[first].kind == "EQ"
        return (
            here.before and here.after and (counts or stated) and right.kind == "LPAR" and _divides_not(pieces, i + 1)
        )
    if not before or not after or (first >= start and pieces[first].maybe) or (last < end and pieces[last].maybe):
        return False
    bracketed = first >= start and pieces[first].kind == "LPAR" and last < end and pieces[last].kind == "RPAR"
    outer = at(pieces, first - 1) if bracketed else None
    if bracketed and outer is not None and outer.kind not in (*OPERATORS, "LPAR", "OPEN"):
        return False
    inside = first >= start and pieces[first].kind != "LPAR"
    if len(before) == len(after) == 1 and not inside and last < end and pieces[last].kind == "SCALE":
        return bool(_ATTAINED.match(before[0]) or _intended(after[0]))  # "Capaian = Realisasi/Rencana x 100%"
    if not bracketed and (inside or last >= end or pieces[last].kind != "SCALE"):
        return False
    repeated = len(before) > 1 and any(len(word) > 2 and word in before for word in after)
    return repeated or (bracketed and len(before) > 1 < len(after) and not QUANTITY.match(before[0]))


def _calculates_inside(pieces: list[Piece], start: int) -> bool:
    """Whether the bracket that opens at `start` holds a sign between blanks, or a plus: "/(Jumlah TT x hari)"."""
    end = closing(pieces, start) if pieces[start].kind == "LPAR" else None
    after = None if end is None else at(pieces, end + 1)
    if after is not None and after.kind in ("WORD", "NUMBER"):
        return False  # "Puskesmas/(Pustu + Polindes) yang aktif"
    signs = (p for p in pieces[start:end] if p.kind in (*OPERATORS, "CROSS"))
    return end is not None and any(not p.maybe or (p.before and p.after) for p in signs)


def _divides_not(pieces: list[Piece], start: int) -> bool:
    """Whether the bracket that opens at `start` holds an operand and no quotient."""
    end = closing(pieces, start)
    return end is not None and not any(p.kind in ("DIV", "DIVW", "FRAC") for p in pieces[start:end])


def _divides_for_sure(pieces: list[Piece], i: int) -> bool:
    here, left, right = pieces[i], at(pieces, i - 1), at(pieces, i + 1)
    if left is None or right is None or right.kind in ("CLOSE", "RPAR"):
        return False
    spaced = here.before or here.after
    closes = left.kind in ("RPAR", "CLOSE") or (left.kind == "NUMBER" and "%" in left.text)
    opens = right.kind in ("LPAR", "SUM", "FRAC")
    multiplied = any(piece.kind == "SCALE" for piece in pieces[i:])
    scaled = multiplied or any(piece.kind == "EQ" for piece in pieces[i:])
    if multiplied and all(piece.kind == "QUOTE" and piece.text[0] == TEXT_OPEN for piece in (left, right)):
        first = words_beside(pieces, i, -1)[:1] + words_beside(pieces, i, 1)[:1]
        quantities = len(first) == 2 and all(QUANTITY.match(word) or _intended(word) for word in first)
        return here.text == "/" or quantities  # between two \\text{…}; the first of a colon may be a label
    if here.text == ":" and right.kind == "SUM":
        return spaced and _summed(pieces, i)
    if left.kind == "SCALE" and opens and spaced:
        return True  # "A x 100% : (B + C)"
    if left.kind == "SCALE" and here.text in "/:" and here.before and here.after and _intended(right.text):
        return not any(p.kind in ("DIV", "DIVW", "FRAC", "LPAR") for p in pieces[:i])  # "Realisasi x 100% : Target"
    apart = here.text == ":" and here.before and here.after
    if apart and left.kind == "RPAR" and (scaled or QUANTITY.match(right.text)) and _operand(pieces, i - 1):
        return True
    if here.text == ":" and apart and _ATTAINED.match(left.text) and _intended(right.text):
        return _bracketed_pair(pieces, i)  # "100% x (realisasi : target)"
    if here.text == ":" and is_symbol(pieces, i - 1) and is_symbol(pieces, i + 1):
        return _bracketed_pair(pieces, i) and scaled
    if here.text == ":":
        counted = scaled and (_counted(pieces, i) or (apart and (_counts(pieces, i) or _summed(pieces, i))))
        states = left.kind == "RPAR" and not scaled and not _operand(pieces, i - 1)  # "Waktu (hari) : 5 hari"
        dated = _YEAR.match(left.text) and not scaled  # "TA 2020 : 2 dokumen"
        stated = _side_begins(pieces, i)
        named = apart and stated > 0 and QUANTITY.match(pieces[stated].text)  # "Rata-rata = total kunjungan : 12"
        numbers = is_number(left) and not dated and (spaced or _alone(pieces, i))
        return is_number(right) and ((closes and not states) or counted or bool(named) or numbers)
    if is_number(left) and is_number(right):
        beyond = at(pieces, i + 2)
        if beyond is not None and beyond.kind in ("CROSS", "TIMES"):
            beyond = at(pieces, i + 3)
        return not (_YEAR.match(left.text) and _YEAR.match(right.text)) and (
            scaled or _alone(pieces, i) or (beyond is not None and beyond.kind == "LPAR")
        )
    if (
        is_number(right)
        and scaled
        and (_counted(pieces, i) or ((_summed(pieces, i) or (here.before and here.after)) and _before_scale(pieces, i)))
    ):
        return True
    if closes and (
        opens or is_number(right) or (scaled and (spaced or left.kind == "CLOSE")) or _operand(pieces, i - 1)
    ):
        return True
    if right.kind == "SUM" or (opens and scaled and (spaced or _calculates_inside(pieces, i + 1))):
        return True
    before = at(pieces, i - 2)
    if opens and spaced and left.kind == "NUMBER" and (before is None or before.kind not in ("WORD", "MARK")):
        return True
    if is_number(right) and (closes or (spaced and here.text == "/" and at(pieces, i + 2) is None)):
        return True
    paired = is_symbol(pieces, i - 1) and is_symbol(pieces, i + 1) and not aside(pieces, i)
    return paired and _calculates(pieces) and not _lists(pieces, i)


def _side_begins(pieces: list[Piece], i: int) -> int:
    """Where the side of the equation begins that a sign stands in."""
    return max((j + 1 for j in range(i) if pieces[j].kind == "EQ"), default=0)


def _summed(pieces: list[Piece], i: int) -> bool:
    """The operand before a sign begins with a sum sign: "Σ desa maju : Σ desa"."""
    j = i - 1
    while j >= 0 and (pieces[j].kind in ("WORD", "NUMBER", "MARK") or (pieces[j].maybe and not pieces[j].before)):
        j -= 1
    return j >= 0 and pieces[j].kind == "SUM"


def _intended(word: str) -> bool:
    """What a realisasi is measured by: "target", "total"."""
    return bool(_PLANNED.match(word) or ADDS_UP.match(word))


def _bracketed_pair(pieces: list[Piece], i: int) -> bool:
    """Two operands alone in a bracket: "(A : B)"."""
    opens, closes = at(pieces, i - 2), at(pieces, i + 2)
    return opens is not None and closes is not None and opens.kind == "LPAR" and closes.kind == "RPAR"


def _lists(pieces: list[Piece], i: int) -> bool:
    """One of several slashes that join names in a phrase: "siswa SMA/SMK/MA"."""
    others = [p for p in (at(pieces, i - 2), at(pieces, i + 2)) if p is not None and p.text == "/"]
    return any(not p.before and not p.after for p in others) and not _symbols_alone(pieces)


def _symbols_alone(pieces: list[Piece]) -> bool:
    return all(piece.kind != "WORD" or SYMBOL.match(piece.text) for piece in pieces)


def _calculates(pieces: list[Piece]) -> bool:
    """A cell of symbols only, or with a multiplier or "=": its "A/B" divides, and "SPP-UP/GU/TU" among words does not."""
    if any(piece.kind in ("SCALE", "EQ") for piece in pieces):
        return True
    return _symbols_alone(pieces)


def _operand(pieces: list[Piece], end: int) -> bool:
    """The bracket that closes at `end` is an operand that calculates, and none that explains: "(Pt - Po)/Po"."""
    depth = 0
    for j in range(end, -1, -1):
        depth += (pieces[j].kind == "RPAR") - (pieces[j].kind == "LPAR")
        if depth == 0:
            outer = at(pieces, j - 1)
            begins = outer is None or outer.kind in (*OPERATORS, "LPAR", "OPEN")
            return begins and any(p.kind in OPERATORS for p in pieces[j:end])
    return False


def _before_scale(pieces: list[Piece], i: int) -> bool:
    """A number, with its unit or without, between a sign and the multiplier or the bracket before it is the whole divisor:
    "Jumlah OPD / 10 x 100%", "(Jumlah hari layanan / 365 hari) x 100%"."""
    j = i + 2
    while (
        j < i + 5 and (unit := at(pieces, j)) is not None and (unit.kind == "WORD" or (unit.maybe and not unit.before))
    ):
        j += 1
    beyond = at(pieces, j)
    return beyond is not None and beyond.kind in ("SCALE", "RPAR")


def _divides_nothing(pieces: list[Piece], i: int) -> bool:
    """A spaced slash with words before it and nothing, or only the multiplier, after it: its denominator is missing."""
    left, right = at(pieces, i - 1), at(pieces, i + 1)
    if left is None or pieces[i].text not in "/:" or not pieces[i].before:
        return False
    beyond = at(pieces, i + 2)
    closed = right is not None and right.kind == "RPAR" and beyond is not None and beyond.kind == "SCALE"
    return closed or (right is None and pieces[i].text == "/") or (right is not None and right.kind == "SCALE")


def _counted(pieces: list[Piece], i: int) -> bool:
    """The words before a sign are a number with its unit: "44 unit / 44 unit"."""
    j = i - 1
    while j > i - 5 and j > 0 and pieces[j].kind == "WORD":
        j -= 1
    return pieces[j].kind == "NUMBER" and (j == 0 or pieces[j - 1].kind != "WORD")


def _counts(pieces: list[Piece], i: int) -> bool:
    """Words that count something before a sign, and after it a number that is the whole divisor:
    "Jumlah kelurahan tangguh : 30 kelurahan x 100%"."""
    before = words_beside(pieces, i, -1)
    return len(before) > 1 and bool(COUNT.match(before[0])) and _before_scale(pieces, i)


def _alone(pieces: list[Piece], i: int) -> bool:
    """Nothing but numbers, brackets and operators in the whole cell."""
    return all(piece.kind not in ("WORD", "QUOTE") for piece in pieces)


def _divides_likely(pieces: list[Piece], i: int, end: int) -> bool:
    here, left, right = pieces[i], at(pieces, i - 1), at(pieces, i + 1)
    if left is None or right is None:
        return False
    scaled = any(piece.kind == "SCALE" for piece in pieces[i:end])
    quantity = bool(QUANTITY.match(right.text))
    if here.text == ":" and not (here.before and here.after):
        before = words_beside(pieces, i, -1)  # "Jumlah nelayan terlatih: Jumlah nelayan x 100%"
        return scaled and len(before) > 1 and bool(COUNT.match(before[0]) and COUNT.match(right.text))
    if here.text == ":":
        counts = i > 1 and COUNT.match(pieces[0].text) and COUNT.match(right.text)  # "Jumlah hari : Jumlah pasien"
        return quantity and (scaled or bool(counts) or any(piece.kind == "EQ" for piece in pieces[:i]))
    if quantity and (scaled or left.kind == "SCALE"):
        return True
    if here.before and here.after and COUNT.match(right.text):
        return True
    if (here.before or here.after) and scaled:
        return (left.kind in ("WORD", "QUOTE", "RPAR", "NUMBER", "SCALE") or left.text == "|") and right.kind in (
            "WORD",
            "QUOTE",
            "LPAR",
        )
    first = next((piece for piece in pieces[_side_begins(pieces, i) :] if piece.kind == "WORD"), None)
    return quantity and (here.before or here.after) and first is not None and bool(QUANTITY.match(first.text))

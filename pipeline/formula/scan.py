"""Decides what is an operator and what belongs to a noun phrase, and hands the parser tokens that always fit its grammar.

The rules are those that separate the two in real formula cells: what stands beside a sign, the space around it, whether a
multiplier follows, and whether the cell divides in another way already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.formula.nodes import Problem
from pipeline.formula.pieces import Piece, pieces_of
from pipeline.formula.prepare import TEXT_CLOSE, TEXT_OPEN, Source

_QUANTITY = re.compile(
    r"^(?:jumlah|jml|total|seluruh|banyaknya|rekapitulasi|nilai|luas|panjang|realisasi|target|volume)$", re.IGNORECASE
)
_WEIGHT = re.compile(r"^(?:nilai|bobot|penimbang|koefisien|konstanta)$", re.IGNORECASE)
_SYMBOL = re.compile(r"^(?:[A-Za-zα-ωΑ-Ω]{1,3}\d?|[A-Za-z]{1,6}[_^(].*)$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_LEADS = (
    (("perbandingan", "antara"), "ratio"), (("perbandingan",), "ratio"), (("rasio", "antara"), "ratio"), (("ratio", "antara"), "ratio"),
    (("rasio",), "ratio"), (("ratio",), "ratio"), (("proporsi", "antara"), "ratio"), (("hasil", "bagi", "antara"), "ratio"),
    (("persentase", "dari"), "plain"), (("prosentase", "dari"), "plain"), (("dengan", "formulasi"), "plain"),
    (("selisih", "antara"), "minus"), (("selisih",), "minus"), (("hasil", "pembagian"), "ratio"), (("pembagian",), "ratio"),
)  # fmt: skip
_DEFINES = {"adalah", "yaitu", "yakni"}
_OPERATORS = {"EQ", "DIVW", "PLUS", "MINUS", "TIMES", "DIV", "SCALE"}


@dataclass(frozen=True, slots=True)
class Scanned:
    """Tokens as (type, text, start, end) in the source; the lead that stood before ("ratio", "minus", …); problems."""

    tokens: tuple[tuple[str, str, int, int], ...]
    lead: str
    problems: tuple[Problem, ...]


def problem(kind: str, source: Source, start: int, end: int, detail: str = "") -> Problem:
    pesan, message = {
        "dangling_operator": ("operator “{}” menggantung: di sebelahnya tidak ada operan", "dangling operator “{}”: no operand beside it"),
        "missing_denominator": ("penyebut tidak ada", "the denominator is missing"),
        "missing_numerator": ("pembilang tidak ada", "the numerator is missing"),
        "doubled_multiplier": ("pengali tertulis dua kali: “{}”", "the multiplier is written twice: “{}”"),
        "unbalanced_bracket": ("kurung “{}” tidak berpasangan", "bracket “{}” has no partner"),
        "leftover_x": ("“{}” tersisa: pengali atau operannya hilang", "“{}” is left over: its factor is missing"),
        "two_operators": ("dua operator berturut-turut: “{}”", "two operators in a row: “{}”"),
    }[kind]  # fmt: skip
    first, last = source.span(start, end)
    return Problem(kind, pesan.format(detail), message.format(detail), first, last)


def scan(source: Source) -> Scanned:
    """Tokens that the grammar accepts whatever the input."""
    pieces = _per_thousand(pieces_of(source))
    problems: list[Problem] = []
    lead, pieces = _lead(pieces)
    _decide(pieces)
    if lead in ("ratio", "minus"):
        _partner(pieces, lead)
    pieces = _after_definition(pieces)
    pieces = _brackets(pieces, source, problems)
    tokens = _merge(pieces, source, problems)
    return Scanned(tuple(_complete(tokens, source, problems, lead)), lead, tuple(problems))


def _per_thousand(pieces: list[Piece]) -> list[Piece]:
    """ "kasus per 100.000 penduduk" is kasus / penduduk × 100.000, where nothing else divides."""
    place = next((i for i, p in enumerate(pieces) if p.kind == "SCALE" and p.text[:3].lower() == "per"), None)
    if place is None or any(p.kind in ("DIVW", "FRAC", "DIV") for p in pieces[:place]):
        return pieces
    after = pieces[place + 1 :]
    if place == 0 or not after or any(p.kind not in ("WORD", "MARK") for p in after):
        return pieces
    scale = pieces[place]
    return [*pieces[:place], Piece("DIV", "per", scale.start, scale.start + 3), *after, scale]


def _lead(pieces: list[Piece]) -> tuple[str, list[Piece]]:
    start = 0
    while start < len(pieces) and pieces[start].kind == "LPAR" and start < 2:
        start += 1
    for words, kind in _LEADS:
        chunk = pieces[start : start + len(words)]
        if tuple(piece.text.lower() for piece in chunk) == words and len(pieces) > start + len(words):
            return kind, pieces[:start] + pieces[start + len(words) :]
    return "", pieces


def _at(pieces: list[Piece], index: int) -> Piece | None:
    return pieces[index] if 0 <= index < len(pieces) else None


def _decide(pieces: list[Piece]) -> None:
    """Settles every sign that may be an operator; those that are none become WORDs."""
    divides = any(piece.kind in ("FRAC", "DIVW") or piece.text == "÷" for piece in pieces)
    candidates = [i for i, piece in enumerate(pieces) if piece.maybe and piece.kind == "DIV"]
    certain = [i for i in candidates if _divides_for_sure(pieces, i) or _divides_nothing(pieces, i)]
    likely = [] if divides or certain else [i for i in candidates if _divides_likely(pieces, i)]
    quantities = [i for i in likely if (right := _at(pieces, i + 1)) is not None and _QUANTITY.match(right.text)]
    chosen = set(certain) | set(quantities[:1] or likely[:1])
    for i, piece in enumerate(pieces):
        if not piece.maybe:
            continue
        if piece.kind == "DIV":
            is_operator = i in chosen
        elif piece.kind == "MINUS":
            is_operator = _subtracts(pieces, i)
        else:
            is_operator = _multiplies(pieces, i)
            piece.kind = "TIMES"
        piece.maybe = False
        if not is_operator:
            piece.kind = "WORD"


def _number(piece: Piece | None) -> bool:
    return piece is not None and piece.kind == "NUMBER"


def _divides_for_sure(pieces: list[Piece], i: int) -> bool:
    here, left, right = pieces[i], _at(pieces, i - 1), _at(pieces, i + 1)
    if left is None or right is None:
        return False
    spaced = here.before or here.after
    closes = left.kind in ("RPAR", "CLOSE") or (left.kind == "NUMBER" and "%" in left.text)
    opens = right.kind in ("LPAR", "SUM", "FRAC")
    scaled = any(piece.kind in ("SCALE", "EQ") for piece in pieces[i:])
    if right is None:
        return False
    if here.text == ":":
        counted = scaled and _counted(pieces, i)
        return _number(right) and (closes or counted or (_number(left) and (spaced or _alone(pieces, i))))
    if _number(left) and _number(right):
        beyond = _at(pieces, i + 2)
        return not (_YEAR.match(left.text) and _YEAR.match(right.text)) and (
            scaled or _alone(pieces, i) or (beyond is not None and beyond.kind == "LPAR")
        )
    if _number(right) and scaled and _counted(pieces, i):
        return True
    if closes and (opens or _number(right) or (scaled and (spaced or left.kind == "CLOSE"))):
        return True
    if opens and (scaled or right.kind == "SUM") and spaced:
        return True
    if _number(right) and (closes or (spaced and here.text == "/" and _at(pieces, i + 2) is None)):
        return True
    return _is_symbol(pieces, i - 1) and _is_symbol(pieces, i + 1) and not _aside(pieces, i)


def _divides_nothing(pieces: list[Piece], i: int) -> bool:
    """A spaced slash with words before it and nothing, or only the multiplier, after it: its denominator is missing."""
    left, right = _at(pieces, i - 1), _at(pieces, i + 1)
    return pieces[i].text == "/" and pieces[i].before and left is not None and (right is None or right.kind == "SCALE")


def _aside(pieces: list[Piece], i: int) -> bool:
    """Inside a bracket that only adds to the words before it: "berat badan (BB/PB)"."""
    depth = 0
    for j in range(i - 1, -1, -1):
        kind = pieces[j].kind
        depth += (kind == "RPAR") - (kind == "LPAR")
        if depth < 0:
            outer = _at(pieces, j - 1)
            return outer is not None and outer.kind in ("WORD", "MARK") and not outer.maybe
        if kind in ("OPEN", "EQ"):
            return False
    return False


def _among_numbers(pieces: list[Piece], i: int) -> bool:
    """The calculation around a sign has numbers only, up to its bracket, its "=" or the end of the cell."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(pieces) and (pieces[j].kind in ("NUMBER", "PLUS", "TIMES", "DIV") or pieces[j].maybe):
            j += step
        if 0 <= j < len(pieces) and pieces[j].kind in ("WORD", "QUOTE", "MARK"):
            return False
    return True


def _counted(pieces: list[Piece], i: int) -> bool:
    """The words before a sign are a number with its unit: "44 unit / 44 unit"."""
    j = i - 1
    while j > i - 5 and j > 0 and pieces[j].kind == "WORD":
        j -= 1
    return pieces[j].kind == "NUMBER" and (j == 0 or pieces[j - 1].kind != "WORD")


def _alone(pieces: list[Piece], i: int) -> bool:
    """Nothing but numbers, brackets and operators in the whole cell."""
    return all(piece.kind not in ("WORD", "QUOTE") for piece in pieces)


def _is_symbol(pieces: list[Piece], i: int) -> bool:
    """A letter or short symbol that is an operand by itself."""
    piece = _at(pieces, i)
    if piece is None or piece.kind not in ("WORD", "CROSS") or not _SYMBOL.match(piece.text):
        return False
    for neighbour in (_at(pieces, i - 1), _at(pieces, i + 1)):
        if neighbour is not None and neighbour.kind in ("WORD", "NUMBER", "QUOTE") and not neighbour.maybe:
            return False
    return True


def _divides_likely(pieces: list[Piece], i: int) -> bool:
    here, left, right = pieces[i], _at(pieces, i - 1), _at(pieces, i + 1)
    if left is None or right is None or (here.text == ":" and not (here.before and here.after)):
        return False
    scaled = any(piece.kind == "SCALE" for piece in pieces[i:])
    quantity = bool(_QUANTITY.match(right.text))
    if here.text == ":":
        return scaled and quantity
    if scaled and quantity:
        return True
    if (here.before or here.after) and scaled:
        return left.kind in ("WORD", "QUOTE", "RPAR", "NUMBER") and right.kind in ("WORD", "QUOTE", "LPAR")
    first = next((piece for piece in pieces if piece.kind == "WORD"), None)
    return quantity and (here.before or here.after) and first is not None and bool(_QUANTITY.match(first.text))


def _subtracts(pieces: list[Piece], i: int) -> bool:
    here, left, right = pieces[i], _at(pieces, i - 1), _at(pieces, i + 1)
    if left is None or right is None or len(here.text) > 1:
        return False
    operand_left = left.kind in ("RPAR", "CLOSE", "QUOTE", "NUMBER", "SCALE") or _is_symbol(pieces, i - 1)
    operand_right = right.kind in ("LPAR", "FRAC", "QUOTE", "NUMBER", "SUM") or _is_symbol(pieces, i + 1)
    if _aside(pieces, i):
        return False
    if _number(left) and _number(right):
        return _among_numbers(pieces, i) or (here.before and here.after and any(p.kind == "EQ" for p in pieces))
    if operand_left and operand_right:
        return True
    calculates = any(p.kind in ("SCALE", "FRAC", "DIVW") for p in pieces)
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
    if here.before and here.after and left.kind in ("WORD", "NUMBER") and right.kind == "WORD":
        return _same_kind(pieces, i) or (enclosed and calculates)
    return (
        enclosed
        and calculates
        and not here.before
        and not here.after
        and left.text[:1].isupper()
        and right.text[:1].isupper()
        and len(left.text) > 3
    )


def _holds_difference(pieces: list[Piece], start: int) -> bool:
    """Whether the bracket that opens at `start` holds a dash or plus between two operands and nothing else."""
    end = _closing(pieces, start)
    return end is not None and any(p.kind in ("MINUS", "PLUS", "TIMES") for p in pieces[start:end])


def _closing(pieces: list[Piece], start: int) -> int | None:
    depth = 0
    for i in range(start, len(pieces)):
        depth += (pieces[i].kind == "LPAR") - (pieces[i].kind == "RPAR")
        if depth == 0:
            return i
    return None


def _enclosed_difference(pieces: list[Piece], i: int) -> bool:
    """Inside a bracket that is an operand: right after an operator, a sign or the start, with this one dash in it."""
    depth = 0
    for j in range(i - 1, -1, -1):
        kind = pieces[j].kind
        depth += (kind == "RPAR") - (kind == "LPAR")
        if depth < 0:
            outer = _at(pieces, j - 1)
            return outer is None or outer.kind in (*_OPERATORS, "LPAR", "OPEN", "NUMBER") or outer.maybe
        if kind in ("OPEN", "EQ"):
            return kind == "OPEN"
    return False


def _same_kind(pieces: list[Piece], i: int) -> bool:
    """Two quantities of one kind: both sides begin with the same word, or are the same but for a period."""
    left = _chunk(pieces, i, -1)
    right = _chunk(pieces, i, 1)
    if not left or not right or len(left) < 2 or len(right) < 2:
        return False
    return left[0] == right[0]


def _chunk(pieces: list[Piece], i: int, step: int) -> list[str]:
    """The words from a sign to the next operator or bracket, in reading order."""
    words = []
    j = i + step
    while 0 <= j < len(pieces) and (
        pieces[j].kind in ("WORD", "NUMBER", "MARK", "CROSS")
        or (pieces[j].maybe and pieces[j].text == "-" and not pieces[j].before)
    ):
        words.append(pieces[j].text.lower())
        j += step
    return words if step > 0 else words[::-1]


def _multiplies(pieces: list[Piece], i: int) -> bool:
    left, right = _at(pieces, i - 1), _at(pieces, i + 1)
    if left is None or right is None:
        return False
    values = ("NUMBER", "RPAR", "CLOSE", "QUOTE")
    if (left.kind in values or _is_short(left)) and (
        right.kind in ("NUMBER", "LPAR", "FRAC", "SUM") or (_is_short(right) and _is_short(left))
    ):
        return True
    if _number(left) and right.kind == "WORD" and _begins_operand(pieces, i - 1):
        return True
    if _weighs(pieces, i):
        return True
    return _number(left) and right.kind == "WORD" and any(p.kind == "EQ" for p in pieces[i:])


def _begins_operand(pieces: list[Piece], i: int) -> bool:
    """A number that an operand starts with, so that a cross after it multiplies: "(2 x Target", "40% x Nilai"; not the
    bracket of a noun phrase, "obat (3 x sehari)"."""
    before = _at(pieces, i - 1)
    while before is not None and before.kind == "LPAR":
        i -= 1
        before = _at(pieces, i - 1)
    return before is None or before.kind in (*_OPERATORS, "OPEN", "SUM") or before.maybe


def _weighs(pieces: list[Piece], i: int) -> bool:
    """ "… / total unsur yang terisi x nilai penimbang": a spaced cross before a quantity, in a cell that divides."""
    here, left, right = pieces[i], pieces[i - 1], pieces[i + 1]
    divides = any(p.kind in ("FRAC", "DIVW", "DIV") for p in pieces)
    return here.before and here.after and left.kind == "WORD" and bool(_WEIGHT.match(right.text)) and divides


def _is_short(piece: Piece) -> bool:
    return piece.kind == "WORD" and bool(_SYMBOL.match(piece.text))


def _partner(pieces: list[Piece], lead: str) -> None:
    """The word that divides after "perbandingan …" or "rasio …": "dengan", "terhadap" or "dan" before the second quantity."""
    kind = "DIVW" if lead == "ratio" else "MINUS"
    if any(piece.kind in ("DIVW", "FRAC", "DIV") for piece in pieces):
        return
    places = [
        i
        for i, p in enumerate(pieces)
        if p.kind == "WORD" and p.text.lower() in ("dengan", "terhadap") and 0 < i < len(pieces) - 1
    ]
    if lead == "minus" or not places:
        places = places or [i for i, p in enumerate(pieces) if p.text.lower() == "dan" and 0 < i < len(pieces) - 1]
        places = [i for i in places if pieces[i].text.lower() != "dan" or _QUANTITY.match(pieces[i + 1].text)]
    if not places:
        return
    head = next((p.text.lower() for p in pieces if p.kind == "WORD" and not _QUANTITY.match(p.text)), "")
    ranked = sorted(
        places,
        key=lambda i: (
            not (
                _QUANTITY.match(pieces[i + 1].text)
                or pieces[i + 1].kind == "SUM"
                or pieces[i + 1].text.lower() == "kebutuhan"
            ),
            pieces[i].text.lower() != "terhadap",
            pieces[i + 1].text.lower() not in (head, "yang"),
            -i,
        ),
    )
    pieces[ranked[0]].kind = kind


def _after_definition(pieces: list[Piece]) -> list[Piece]:
    """ "X adalah jumlah A dibagi B": the formula begins after the word that defines, or with the sentence that divides."""
    divider = next((i for i, p in enumerate(pieces) if p.kind == "DIVW"), None)
    if divider is None:
        return pieces
    start = 0
    for i in range(divider):
        word = pieces[i].text.lower()
        sentence = word == "." and pieces[i].after
        counted = word == "berdasarkan" and i > 0 and pieces[i - 1].text.lower() in ("dihitung", "diukur", "diperoleh")
        if (word in _DEFINES or sentence or counted) and i + 1 < divider:
            start = i + 1
    return pieces[start:]


def _brackets(pieces: list[Piece], source: Source, problems: list[Problem]) -> list[Piece]:
    """Brackets of noun phrases become WORDs; the others pair up, one without a partner is named and left out."""
    opened: list[tuple[int, bool]] = []
    dropped: set[int] = set()
    for i, piece in enumerate(pieces):
        if piece.kind == "LPAR":
            before = _at(pieces, i - 1)
            operand = before is None or before.kind in (*_OPERATORS, "LPAR", "OPEN", "SUM", "NUMBER", "RPAR", "CLOSE")
            end = _closing(pieces, i)
            inner = pieces[i + 1 : end] if end is not None else pieces[i + 1 :]
            structural = operand or (
                end is not None
                and any(p.kind in ("FRAC", "DIVW", "TIMES", "PLUS") or (p.kind == "DIV" and p.before) for p in inner)
                and _scaled_after(pieces, end)
            )
            if (
                before is not None
                and before.kind == "NUMBER"
                and before.text[-1:] != "%"
                and all(p.kind in ("WORD", "MARK") for p in inner)
            ):
                structural = False
            if structural and end is None and before is not None and before.kind not in _OPERATORS:
                structural = any(p.kind in _OPERATORS for p in inner)
            opened.append((i, structural))
            if not structural:
                piece.kind = "WORD"
        elif piece.kind == "RPAR":
            if not opened or pieces[opened[-1][0]].kind == "OPEN":
                dropped.add(i)
                problems.append(problem("unbalanced_bracket", source, piece.start, piece.end, piece.text))
            elif not opened.pop()[1]:
                piece.kind = "WORD"
        elif piece.kind == "OPEN":
            opened.append((i, False))
        elif piece.kind in ("CLOSE", "EQ"):
            while opened and pieces[opened[-1][0]].kind != "OPEN":
                j, structural = opened.pop()
                problems.append(problem("unbalanced_bracket", source, pieces[j].start, pieces[j].end, pieces[j].text))
                if structural:
                    dropped.add(j)
            if piece.kind == "CLOSE" and opened:
                opened.pop()
    opened = [(j, structural) for j, structural in opened if pieces[j].kind != "OPEN"]
    closing: list[Piece] = []
    for j, structural in opened:
        problems.append(problem("unbalanced_bracket", source, pieces[j].start, pieces[j].end, pieces[j].text))
        if structural:
            end = pieces[-1].end
            closing.append(Piece("RPAR", ")", end, end))
    return [piece for i, piece in enumerate(pieces) if i not in dropped] + closing


def _scaled_after(pieces: list[Piece], end: int) -> bool:
    return any(piece.kind == "SCALE" for piece in pieces[end:])


def _merge(pieces: list[Piece], source: Source, problems: list[Problem]) -> list[tuple[str, str, int, int]]:
    """Words, numbers and marks between operators become one phrase; a number alone, or with its unit, stays a number."""
    tokens: list[tuple[str, str, int, int]] = []
    run: list[Piece] = []

    def flush() -> None:
        while run and run[-1].kind == "MARK" and run[-1].text in ".,;":
            run.pop()
        while run and run[0].kind == "MARK" and run[0].text in ".,;":
            run.pop(0)
        if run:
            tokens.extend(_phrase(run, source, problems, tokens))
        run.clear()

    for piece in pieces:
        if run and _juxtaposed(run[-1], piece):
            flush()
        if piece.kind in ("WORD", "NUMBER", "MARK", "CROSS") or (
            piece.kind == "QUOTE" and piece.text.startswith(TEXT_OPEN)
        ):
            run.append(piece)
        else:
            if piece.kind == "EQ" and tokens and not run and tokens[-1][0] == "EQ":
                continue
            flush()
            if piece.kind == "QUOTE":
                tokens.append(("PHRASE", piece.text[1:-1], piece.start, piece.end))
            else:
                tokens.append((piece.kind, piece.text, piece.start, piece.end))
    flush()
    return tokens


def _juxtaposed(left: Piece, right: Piece) -> bool:
    """Two symbols with subscripts side by side multiply: w_(i)x_(i)."""
    return (
        left.end == right.start
        and left.kind == right.kind == "WORD"
        and left.text.endswith(")")
        and right.text.endswith(")")
    )


def _phrase(
    run: list[Piece], source: Source, problems: list[Problem], before: list[tuple[str, str, int, int]]
) -> list[tuple[str, str, int, int]]:
    start, end = run[0].start, run[-1].end
    if len(run) == 1 and run[0].kind == "NUMBER":
        return [("NUMBER", run[0].text, start, end)]
    text = source.text[start:end].replace(TEXT_OPEN, "").replace(TEXT_CLOSE, "")
    text = " ".join(text.split())
    if (
        run[0].kind == "NUMBER"
        and len(run) <= 5
        and all(p.kind in ("WORD", "MARK") for p in run[1:])
        and (before or len(run) <= 3)
    ):
        return [("NUMBER", text, start, end)]
    words = text.split()
    crossed = len(words) > 1
    if crossed and words[-1] in ("x", "X"):
        problems.append(problem("leftover_x", source, end - 1, end, words[-1]))
    elif crossed and words[0] in ("x", "X") and before and before[-1][0] in ("TIMES", "SCALE"):
        problems.append(problem("two_operators", source, before[-1][2], start + 1, f"{before[-1][1]} {words[0]}"))
    return [("PHRASE", text, start, end)] if text else []


_STARTS = {"NUMBER", "PHRASE", "LPAR", "FRAC", "SUM"}
_WANTS = {"EQ", "DIVW", "PLUS", "TIMES", "DIV", "LPAR", "OPEN", "SUM", "MINUS"}


def _complete(
    tokens: list[tuple[str, str, int, int]], source: Source, problems: list[Problem], lead: str
) -> list[tuple[str, str, int, int]]:
    """Puts MISSING where an operand is not there, drops a doubled multiplier, and says so."""
    result: list[tuple[str, str, int, int]] = []
    if tokens and tokens[0][0] == "EQ":
        tokens = tokens[1:]
    while tokens and tokens[-1][0] == "EQ":
        tokens = tokens[:-1]
    end = len(source.text)
    tokens = _unlabelled(tokens)
    for token in [*tokens, ("END", "", end, end)]:
        kind, text, start, stop = token
        last = result[-1] if result else ("EQ", "", 0, 0)
        closes = kind not in _STARTS and kind != "OPEN" and not (kind == "MINUS" and last[0] != "MINUS")
        if last[0] in _WANTS and closes:
            if result:
                _name_gap(last, token, source, problems)
            result.append(("MISSING", "", last[3], last[3]))
        if kind == "SCALE" and last[0] == "SCALE":
            problems.append(problem("doubled_multiplier", source, start, stop, text))
            continue
        if kind != "END":
            result.append(token)
    if lead == "ratio" and not any(t[0] in ("DIVW", "DIV", "FRAC", "MINUS") for t in result):
        problems.append(problem("missing_denominator", source, end - 1, end))
    return result


def _unlabelled(tokens: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int]]:
    """Inside brackets and fractions "name = x" is x: an equation has no place there."""
    result: list[tuple[str, str, int, int]] = []
    opened: list[int] = []
    for token in tokens:
        if token[0] in ("LPAR", "OPEN"):
            opened.append(len(result) + 1)
        elif token[0] in ("RPAR", "CLOSE") and opened:
            opened.pop()
        elif token[0] == "EQ" and opened:
            del result[opened[-1] :]
            continue
        result.append(token)
    return result


def _name_gap(
    last: tuple[str, str, int, int], token: tuple[str, str, int, int], source: Source, problems: list[Problem]
) -> None:
    kind, text, start, stop = last
    if kind in ("DIV", "DIVW") and token[0] in ("END", "RPAR", "CLOSE", "SCALE", "EQ"):
        problems.append(problem("missing_denominator", source, start, stop))
    elif kind == "OPEN":
        numerator = token[0] == "CLOSE" and source.text[token[2] : token[2] + 3].startswith("\ue002\ue001")
        problems.append(problem("missing_numerator" if numerator else "missing_denominator", source, start, stop))
    elif token[0] in _OPERATORS and kind in _OPERATORS:
        problems.append(problem("two_operators", source, start, token[3], f"{text} {token[1]}"))
    elif kind in _OPERATORS and kind != "EQ":
        problems.append(problem("dangling_operator", source, start, stop, text))

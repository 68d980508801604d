"""Hands the parser tokens that always fit its grammar: lead-ins go, brackets pair up, what is missing is named and marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.formula.leads import (
    after_definition,
    after_label,
    before_remark,
    lead_of,
    name_of,
    partner,
    per_quantity,
    per_thousand,
    worked_aside,
)
from pipeline.formula.multiplier import without_links, without_units
from pipeline.formula.nodes import Problem
from pipeline.formula.operators import decide
from pipeline.formula.pieces import COUNT, OPERATORS, WEIGHT, Piece, aside, at, closing, opener, pieces_of
from pipeline.formula.prepare import TEXT_CLOSE, TEXT_OPEN, Source

_NUMBER_AND_UNIT = re.compile(r"\d+(?:[.,]\d+)*\s+[^\W\d]")
_SAID_ASIDE = re.compile(
    r"\((?:[^()/:]*\w\s+\w[^()/:]*/[^()/:]+|[^()/:]+/\s*\w+\s+\w[^()/:]*)\)\s*$"
)  # "(PAD/dana transfer)"
MAX_SIGNS = 100  # no formula has more signs and brackets; deciding each looks at all the others
_PLAIN = {"WORD", "NUMBER", "MARK"}  # pieces that no decision concerns
_SAID = {*_PLAIN, "QUOTE"}
_WORDY = {*_PLAIN, "CROSS"}
_INDEXED = re.compile(r"^[A-Za-z]{1,2}_(?:\w{1,2}|\(\w{1,2}\))$")  # w_i, w_(i)
Token = tuple[str, str, int, int]
"""Type, text, start and end in the source."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """Tokens; the lead that stood before ("ratio", "minus", …); problems."""

    tokens: tuple[Token, ...]
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
    """Tokens that the grammar accepts whatever the input. Text with more signs than any formula has is one phrase."""
    problems: list[Problem] = []
    found = pieces_of(source)
    if len(found) > MAX_SIGNS and sum(piece.kind not in _SAID for piece in found) > MAX_SIGNS:
        return Scanned((("PHRASE", " ".join(source.text.split()), 0, len(source.text)),), "", ())
    lead, pieces = _decided(_closed(found, source, problems), source, problems)
    tokens = _merge(pieces, source, problems)
    return Scanned(tuple(_complete(tokens, source, problems, lead)), lead, tuple(problems))


def _decided(pieces: list[Piece], source: Source, problems: list[Problem]) -> tuple[str, list[Piece]]:
    """The lead, and the pieces with each sign settled, without what only leads in or remarks."""
    pieces = per_thousand(pieces)
    for i, piece in enumerate(pieces):
        if piece.kind == "EQ" and aside(pieces, i) and not _worked(pieces, i):
            piece.kind = "MARK"  # "(minimal n = 50)"
    name = name_of(pieces)
    lead, stated = lead_of(pieces[len(name) :], source.text)
    pieces = name + stated
    per_quantity(pieces)
    if lead or any(piece.kind not in _PLAIN for piece in pieces):
        decide(pieces, lead)
        colon = not lead and lead_of(name, "")[0] == "ratio" and any(piece.text == ":" for piece in stated)
        if (paired := "ratio" if colon else lead) in ("ratio", "minus", "share"):  # "Rasio = A : B"
            partner(stated, paired)
        pieces = name + after_definition(stated if name else after_label(worked_aside(pieces)))
        pieces = without_links(without_units(before_remark(pieces)))
        pieces = _brackets(pieces, source, problems)
    return lead, pieces


def _worked(pieces: list[Piece], i: int) -> bool:
    """Whether the bracket around the equals sign at `i` calculates: "(3 / 15 x 100% = 20%)"."""
    opens = opener(pieces, i)
    end = closing(pieces, opens) if opens is not None else None
    return end is None or any(p.kind in OPERATORS - {"EQ"} or p.kind == "FRAC" for p in pieces[opens or 0 : end])


def _closed(pieces: list[Piece], source: Source, problems: list[Problem]) -> list[Piece]:
    """Names the braces of LaTeX that are missing."""
    unclosed = [piece for piece in pieces if piece.kind == "UNCLOSED"]
    problems += [problem("unbalanced_bracket", source, piece.start, piece.end, "{") for piece in unclosed]
    return [piece for piece in pieces if piece.kind != "UNCLOSED"] if unclosed else pieces


def _brackets(pieces: list[Piece], source: Source, problems: list[Problem]) -> list[Piece]:
    """Brackets of noun phrases become WORDs; the others pair up, one without a partner is named and left out."""
    opened: list[tuple[int, bool]] = []
    dropped: set[int] = set()
    for i, piece in enumerate(pieces):
        if piece.kind == "LPAR":
            before = at(pieces, i - 1)
            operand = before is None or before.kind in (*OPERATORS, "LPAR", "OPEN", "SUM", "NUMBER", "RPAR", "CLOSE")
            end = closing(pieces, i)
            inner = pieces[i + 1 : end] if end is not None else pieces[i + 1 :]
            structural = operand or (
                end is not None
                and any(p.kind in ("FRAC", "DIVW", "TIMES") or (p.kind == "DIV" and p.before) for p in inner)
                and _scaled_after(pieces, end)
            )
            if (
                before is not None
                and before.kind == "NUMBER"
                and (before.text[-1:] != "%" or _within(pieces, i))
                and (all(p.kind in ("WORD", "MARK") for p in inner) or _graded(pieces, i))
            ):
                structural = False
            if structural and end is None and before is not None and before.kind not in OPERATORS:
                structural = any(p.kind in OPERATORS for p in inner)
            opened.append((i, structural))
            if not structural:
                piece.kind = "WORD"
                for part in inner if end is not None else inner[:1]:
                    if part.kind in ("PLUS", "MINUS", "NEG", "TIMES", "DIV"):
                        part.kind = "WORD"
        elif piece.kind == "RPAR" and i in dropped:
            continue
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
                end = closing(pieces, j)
                if piece.kind == "EQ" and end is not None:  # "(3 / 15 x 100% = 20%)"
                    dropped |= {j, end}
                    continue
                problems.append(problem("unbalanced_bracket", source, pieces[j].start, pieces[j].end, pieces[j].text))
                if structural:
                    dropped.add(j)
            if piece.kind == "CLOSE" and opened:
                opened.pop()
    opened = [(j, structural) for j, structural in opened if pieces[j].kind != "OPEN"]
    added: list[Piece] = []
    for j, structural in opened:
        problems.append(problem("unbalanced_bracket", source, pieces[j].start, pieces[j].end, pieces[j].text))
        if structural:
            end = pieces[-1].end
            added.append(Piece("RPAR", ")", end, end))
    return [piece for i, piece in enumerate(pieces) if i not in dropped] + added


def _within(pieces: list[Piece], i: int) -> bool:
    """The share before the bracket at `i` belongs to a phrase and weighs nothing: "kurang dari 20% (menurut survei)"."""
    phrase = at(pieces, i - 2)
    return phrase is not None and phrase.kind == "WORD" and all(piece.kind != "PLUS" for piece in pieces)


def _graded(pieces: list[Piece], i: int) -> bool:
    """A number in the bracket at `i` after a number that ends a phrase: "Level 3 (3,35)"."""
    phrase, number, end = at(pieces, i - 2), at(pieces, i + 1), at(pieces, i + 2)
    inside = number is not None and number.kind == "NUMBER" and end is not None and end.kind == "RPAR"
    return inside and phrase is not None and phrase.kind == "WORD" and pieces[i - 1].text[-1:] != "%"


def _scaled_after(pieces: list[Piece], end: int) -> bool:
    return any(piece.kind == "SCALE" for piece in pieces[end:])


def _merge(pieces: list[Piece], source: Source, problems: list[Problem]) -> list[Token]:
    """Words, numbers and marks between operators become one phrase; a number alone, or with its unit, stays a number."""
    tokens: list[Token] = []
    run: list[Piece] = []
    adds = any(piece.kind == "PLUS" for piece in pieces)

    def flush() -> None:
        while run and run[-1].kind == "MARK" and run[-1].text in ".,;":
            run.pop()
        while run and run[0].text in (".", ",", ";", ":"):
            run.pop(0)
        if run:
            tokens.extend(_phrase(run, source, problems, tokens))
        run.clear()

    for i, piece in enumerate(pieces):
        kind = piece.kind
        if (
            run
            and kind == "WORD"
            and (adds or run[-1].end == piece.start or "_" in piece.text)
            and (_juxtaposed(run[-1], piece) or (adds and len(run) == 1 and _weighed(run[0], piece)))
        ):
            flush()
        if kind in _WORDY or (kind == "QUOTE" and (piece.text.startswith(TEXT_OPEN) or _within_words(pieces, i))):
            run.append(piece)
        else:
            if kind == "EQ" and tokens and not run and tokens[-1][0] == "EQ":
                continue
            if run:
                flush()
            if kind == "QUOTE":
                tokens.append(("PHRASE", piece.text[1:-1], piece.start, piece.end))
            else:
                tokens.append((kind, piece.text, piece.start, piece.end))
    if run:
        flush()
    return tokens


def _within_words(pieces: list[Piece], i: int) -> bool:
    """A name in quotation marks in the middle of a sentence."""
    return any(0 <= j < len(pieces) and pieces[j].kind == "WORD" for j in (i - 1, i + 1))


def _juxtaposed(left: Piece, right: Piece) -> bool:
    """Two symbols with subscripts side by side multiply: w_(i)x_(i), w_i x_i."""
    if left.kind != "WORD":
        return False
    if left.end == right.start:
        return left.text.endswith(")") and right.text.endswith(")")
    return bool(_INDEXED.match(left.text) and _INDEXED.match(right.text))


def _weighed(number: Piece, word: Piece) -> bool:
    """A weight and what it weighs, side by side in a sum: "0,34 IKA + 0,43 IKU"."""
    return number.kind == "NUMBER" and bool(WEIGHT.match(number.text)) and word.text[:1].isupper()


def _phrase(run: list[Piece], source: Source, problems: list[Problem], before: list[Token]) -> list[Token]:
    start, end = run[0].start, run[-1].end
    if len(run) == 1 and run[0].kind == "NUMBER":
        return [("NUMBER", run[0].text, start, end)]
    text = source.text[start:end].replace(TEXT_OPEN, "").replace(TEXT_CLOSE, "")
    text = " ".join(text.split())
    if (
        run[0].kind == "NUMBER"
        and len(run) <= 5
        and all(p.kind in ("WORD", "MARK", "QUOTE") for p in run[1:])
        and (before or len(run) <= 3)
    ):
        return [("NUMBER", text, start, end)]
    words = text.split()
    crossed = len(words) > 1
    named = len(words) == 2 and COUNT.match(words[0])  # "Jumlah X"
    if crossed and words[-1] in ("x", "X") and not named:
        problems.append(problem("leftover_x", source, end - 1, end, words[-1]))
    elif crossed and words[0] in ("x", "X") and before and before[-1][0] in ("TIMES", "SCALE"):
        problems.append(problem("two_operators", source, before[-1][2], start + 1, f"{before[-1][1]} {words[0]}"))
    return [("PHRASE", text, start, end)] if text else []


_STARTS = {"NUMBER", "PHRASE", "LPAR", "FRAC", "SUM", "NEG"}
_WANTS = {"EQ", "DIVW", "PLUS", "TIMES", "DIV", "LPAR", "OPEN", "SUM", "MINUS", "NEG"}


def _complete(tokens: list[Token], source: Source, problems: list[Problem], lead: str) -> list[Token]:
    """Puts MISSING where an operand is not there, drops a doubled multiplier, and says so."""
    result: list[Token] = []
    if tokens and tokens[0][0] == "EQ":
        tokens = tokens[1:]
    while tokens and tokens[-1][0] == "EQ":
        tokens = tokens[:-1]
    end = len(source.text)
    tokens = _counted(_unlabelled(tokens))
    for token in [*tokens, ("END", "", end, end)]:
        kind, text, start, stop = token
        last = result[-1] if result else ("EQ", "", 0, 0)
        if kind == "NEG" and last[0] not in _WANTS:
            kind, token = "MINUS", ("MINUS", text, start, stop)
        closes = kind not in _STARTS and kind != "OPEN"
        if last[0] in _WANTS and closes:
            if result:
                _name_gap(last, token, source, problems)
            result.append(("MISSING", "", last[3], last[3]))
        if kind == "SCALE" and last[0] == "SCALE":
            problems.append(problem("doubled_multiplier", source, start, stop, text))
            continue
        if kind != "END":
            result.append(token)
    divides = any(t[0] in ("DIVW", "DIV", "FRAC", "MINUS") for t in result) or _SAID_ASIDE.search(source.text)
    if lead == "ratio" and not divides:
        problems.append(problem("missing_denominator", source, end - 1, end))
        place = next((i for i, token in enumerate(result) if token[0] == "SCALE"), len(result))
        if place and all(token[0] in ("PHRASE", "NUMBER") for token in result[:place]):
            result[place:place] = [("DIVW", "", end, end), ("MISSING", "", end, end)]
    return result


def _counted(tokens: list[Token]) -> list[Token]:
    """What a slash divides where both sides begin with a number is two numbers, however long their units are."""
    if all(token[0] != "DIV" for token in tokens):
        return tokens
    counts = [bool(_NUMBER_AND_UNIT.match(text)) for _, text, _, _ in tokens]
    result = list(tokens)
    for i in range(1, len(tokens) - 1):
        if tokens[i][0] == "DIV" and counts[i - 1] and counts[i + 1]:
            for j in (i - 1, i + 1):
                result[j] = ("NUMBER", *tokens[j][1:])
    return result


def _unlabelled(tokens: list[Token]) -> list[Token]:
    """Inside brackets and fractions "name = x" is x: an equation has no place there."""
    if all(token[0] != "EQ" for token in tokens):
        return tokens
    result: list[Token] = []
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


def _name_gap(last: Token, token: Token, source: Source, problems: list[Problem]) -> None:
    kind, text, start, stop = last
    if kind in ("DIV", "DIVW") and token[0] in ("END", "RPAR", "CLOSE", "SCALE", "EQ"):
        problems.append(problem("missing_denominator", source, start, stop))
    elif kind == "OPEN":
        numerator = token[0] == "CLOSE" and source.text[token[2] : token[2] + 3].startswith("\ue002\ue001")
        problems.append(problem("missing_numerator" if numerator else "missing_denominator", source, start, stop))
    elif token[0] in OPERATORS and kind in OPERATORS:
        problems.append(problem("two_operators", source, start, token[3], f"{text} {token[1]}"))
    elif kind in OPERATORS and kind != "EQ":
        problems.append(problem("dangling_operator", source, start, stop, text))

"""Joins what a narrow column or a page end took apart: words inside a cell, and the pieces of a cell over two pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.tables.lexicon import SHORT, Lexicon, shipped_words

MOST_PIECES = 6
UNKNOWN_COST = 4.0
KNOWN_COST = 1.0
JOIN_COST = 0.1
OVERLAP = 5  # letters
INDICES = ("n", "t", "i")  # letters that name a period: "tahun n" is no word printed twice
LOST_TAIL, LOST_LENGTH = 2, 9
"""Pieces of a long word whose last has at most two letters may have lost one letter ("Pemer intah n")."""
LONGEST_PIECE = 8
"""Narrow columns break words after a few letters; two long halves with a space between are left as printed."""

_LATEX = re.compile(r"(\$\$[^$]+\$\$|\$[^$\n]+\$)")
_EDGES = re.compile(r"^([^\w%]*)(.*?)([^\w%]*)$", re.DOTALL)  # punctuation, core, punctuation
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[-/](?=[^\W\d_]))*")
_FUNCTION_WORDS = frozenset(
    ["di", "ke", "dan", "yang", "dari", "pada", "se", "per", "atau", "untuk", "oleh", "dalam", "dengan", "ini", "itu"]
)
_SUFFIXES = frozenset(["an", "kan", "nya"])  # no words: "ketidaklengkap- an"
_DIGIT_GAP_NO_PERCENT = re.compile(r"(?<=\d)\s+(?=[\d.,])|(?<=[\d][.,])\s+(?=\d)")


def mend(text: str, lexicon: Lexicon) -> str:
    """`text` on one line with broken words rejoined; LaTeX is left alone. Reports repeat their names: each is mended once."""
    known = lexicon.mended.get(text)
    if known is None:
        known = lexicon.mended[text] = _mend(text, lexicon)
    return known


def _mend(text: str, lexicon: Lexicon) -> str:
    pieces = _LATEX.split(text) if "$" in text else [text]
    if len(pieces) > 1:
        return " ".join(part if index % 2 else mend(part, lexicon) for index, part in enumerate(pieces) if part.strip())
    words = _without_overlaps([_without_line_hyphen(word, lexicon) for word in text.split()], lexicon)
    if len(words) < 2:
        return " ".join(words)
    if all(_is_word(word, lexicon) for word in words):
        return " ".join(words)
    return " ".join(_best_words(words, lexicon))


def _without_line_hyphen(token: str, lexicon: Lexicon) -> str:
    """ "Pemberdaya-an" -> "Pemberdayaan": a hyphen from a line end that is no more."""
    left, hyphen, right = token.partition("-")
    if not hyphen or not right.isalpha() or not left.isalpha() or not right.islower() or lexicon.knows(right):
        return token
    return left + right if lexicon.knows(left + right) else token


def _without_overlaps(words: list[str], lexicon: Lexicon) -> list[str]:
    """Drops an end that a page cut printed twice: "pemerintahan an Daerah", "Logistik k Kantor"."""
    kept = words[:1]
    for before, word in pairwise(words):
        twice = (
            word.isalpha()
            and len(word) <= OVERLAP
            and word.lower() not in INDICES
            and not lexicon.knows(word)
            and before.lower().endswith(word.lower())
        )
        if not (twice and len(before) > len(word) + 2 and lexicon.knows(before)):
            kept.append(word)
    return kept


@lru_cache(maxsize=20_000)
def _core(token: str) -> tuple[str, str, str]:
    match = _EDGES.match(token)
    return (match.group(1), match.group(2), match.group(3)) if match else ("", token, "")


def _best_words(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Cheapest reading of the tokens: a known word costs little, an unknown one much, a join a little more."""
    size = len(words)
    known = [_is_word(word, lexicon) for word in words]
    best = [0.0] + [float("inf")] * size
    step: list[tuple[int, str]] = [(0, "")] * (size + 1)
    for start in range(size):
        if best[start] == float("inf"):
            continue
        cost = best[start] + (KNOWN_COST if known[start] else UNKNOWN_COST)
        if cost < best[start + 1]:
            best[start + 1], step[start + 1] = cost, (start, words[start])
        if (known[start] and known[start + 1 : start + 2] == [True]) or not _may_start(words[start]):
            continue
        for end in range(start + 2, min(start + MOST_PIECES, size) + 1):
            joined = _joined(words[start:end], known[start:end], lexicon)
            if joined is not None:
                cost = best[start] + KNOWN_COST + JOIN_COST * (end - start)
                if cost < best[end]:
                    best[end], step[end] = cost, (start, joined)
            if not _may_continue(words[end - 1]):
                break
    result: list[str] = []
    at = size
    while at > 0:
        at, word = step[at]
        result.append(word)
    return result[::-1]


def _is_word(token: str, lexicon: Lexicon) -> bool:
    core = _core(token)[1]
    return not _LETTERS.fullmatch(core) or (lexicon.knows(core) and not token.endswith("-"))


@lru_cache(maxsize=20_000)
def _may_start(token: str) -> bool:
    _, core, after = _core(token)
    return bool(core) and core[-1].isalpha() and after in ("", "-") and core.lower() not in _FUNCTION_WORDS


@lru_cache(maxsize=20_000)
def _may_continue(token: str) -> bool:
    before, core, after = _core(token)
    return not before and bool(core) and core[-1].isalpha() and after in ("", "-")


def _joined(words: Sequence[str], known: Sequence[bool], lexicon: Lexicon) -> str | None:
    """The pieces as one word, if that is a word and they are not."""
    if all(known):
        return None
    first, last = _core(words[0]), _core(words[-1])
    if last[0] or not last[1]:
        return None
    hyphenated = any(word.endswith("-") for word in words[:-1])
    cores = [_core(word)[1] for word in words]
    if any(not re.match(r"[^\W\d_/]", core) for core in cores[1:]):
        return None
    if any(b[0].isupper() and not re.split("[-/]", a)[-1].isupper() for a, b in pairwise(cores)):
        return None
    if len(words) == 2 and not hyphenated and min(len(core) for core in cores) > LONGEST_PIECE:
        return None
    if hyphenated and not all(core[0].islower() for core in cores[1:]):
        return None
    for glue in ("", "-") if hyphenated else ("",):
        for kept in _with_hyphens(words, cores, glue):
            if _LETTERS.fullmatch(kept) and lexicon.knows(kept) and ("-" in kept or not _two_words(cores, lexicon)):
                if last[1].lower() in _FUNCTION_WORDS and kept.lower() not in shipped_words():
                    return None
                return first[0] + kept + last[2]
    union = "".join(cores)
    if hyphenated and len(words) == 2 and cores[1] in _SUFFIXES and len(cores[0]) > SHORT:
        return first[0] + union + last[2]
    if len(words) > 2 and len(cores[-1]) <= LOST_TAIL and len(union) >= LOST_LENGTH and not hyphenated:
        restored = lexicon.with_lost_letter(union)
        if restored is not None:
            return first[0] + restored + last[2]
    return None


def _two_words(cores: Sequence[str], lexicon: Lexicon) -> bool:
    """The pieces make two known words of some length: "Sumb er Daya" is no "Sumberdaya"."""
    for cut in range(1, len(cores)):
        left, right = "".join(cores[:cut]), "".join(cores[cut:])
        if min(len(left), len(right)) > SHORT and lexicon.lists(left) and lexicon.lists(right):
            return True
    return False


def _with_hyphens(words: Sequence[str], cores: Sequence[str], glue: str) -> list[str]:
    """Readings of pieces whose hyphens may belong to the word ("perundang-") or to the line end ("peratu-")."""
    if not glue:
        return ["".join(cores)]
    places = [number for number, word in enumerate(words[:-1]) if word.endswith("-")]
    readings = []
    for place in places:
        readings.append("".join(core + ("-" if number == place else "") for number, core in enumerate(cores)))
    return readings


def join_pieces(upper: str, lower: str, lexicon: Lexicon, *, figures: bool = False) -> str:
    """Text of a cell that a page end cut in two: without a space where the union is a word (or a figure), else with one."""
    if not upper or not lower:
        return upper or lower
    if figures:
        return f"{upper} {lower}"
    head, _, last = upper.rpartition(" ")
    first, _, tail = lower.partition(" ")
    start, first_core, after = _core(first)
    _, last_core, last_after = _core(last)
    if (
        not start
        and not last_after
        and last_core
        and first_core
        and first_core[0].isalpha()
        and last_core[-1].isalpha()
    ):
        union = last_core + first_core
        known_last, known_first = lexicon.knows(last_core), lexicon.knows(first_core)
        if not (known_last and known_first) and _LETTERS.fullmatch(union):
            glued = " ".join(part for part in (head, _core(last)[0] + union + after, tail) if part)
            overlaps = known_last and not known_first and last_core.lower().endswith(first_core.lower())
            if lexicon.lists(union) or (lexicon.knows(union) and not overlaps):
                return glued
            if overlaps:
                return " ".join(part for part in (upper + after, tail) if part)
    if last.endswith("-") and first_core[:1].islower() and len(last) > 1:
        if lexicon.knows(last_core + first_core) or not lexicon.knows(last_core):
            return f"{head} {last_core}{first}".strip() + (f" {tail}" if tail else "")
        return f"{upper}{lower}"
    return f"{upper} {lower}"


def close_digit_gaps(text: str) -> str:
    """A figure that a narrow column broke: "70.4 7 (BB)" -> "70.47 (BB)"; "100 %" stays as it is printed."""
    return _DIGIT_GAP_NO_PERCENT.sub("", text)

"""Tells a typing error from a rare word: by the word list of the table readers and one-letter differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.audit.operands import vocabulary

_PREFIXES = (
    "memper",
    "diper",
    "keter",
    "meng",
    "meny",
    "peng",
    "peny",
    "mem",
    "men",
    "pem",
    "pen",
    "per",
    "ber",
    "ter",
    "me",
    "pe",
    "be",
    "di",
    "ke",
    "se",
)
_SUFFIXES = ("kannya", "annya", "nya", "kan", "an", "i", "lah")
VOWELS = "aeiou"


@lru_cache(maxsize=50_000)
def known_word(word: str) -> bool:
    """Whether the shipped word list has the word or a form of it."""
    from pipeline.tables.lexicon import Lexicon

    return Lexicon().knows(word) or bool(roots_of(word) & vocabulary()["roots"])


def roots_of(word: str) -> set[str]:
    """The word and what is left of it without usual affixes: timbang of pertimbangan."""
    stems = {word} | {word[: -len(end)] for end in _SUFFIXES if word.endswith(end) and len(word) - len(end) >= 3}
    bare = {
        stem[len(start) :]
        for stem in stems
        if stem.startswith(_PREFIXES)
        for start in _PREFIXES
        if stem.startswith(start)
    }
    restored = {letter + stem for stem in bare for letter in "tkps"}
    return stems | bare | restored


def near_words(word: str, words: Mapping[int, Sequence[str]]) -> list[str]:
    """The words (by length) that differ from `word` by one letter changed, added, left out, or two neighbours exchanged."""
    from rapidfuzz.distance import OSA

    candidates = (one for length in (-1, 0, 1) for one in words.get(len(word) + length, ()))
    return [one for one in candidates if OSA.distance(word, one, score_cutoff=1) == 1]


@lru_cache(maxsize=20_000)
def with_other_vowel(word: str) -> str | None:
    """The known word that `word` becomes with one vowel changed; None where there is none."""
    for at, letter in enumerate(word):
        if letter in VOWELS:
            for other in VOWELS:
                made = word[:at] + other + word[at + 1 :]
                if other != letter and known_word(made):
                    return made
    return None

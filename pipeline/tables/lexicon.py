"""Knows which strings are words, so that words broken over lines, columns and pages are put together again, and no others.

Words come from three places: the shipped list, affixed forms of it, and the document itself wherever it runs unbroken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.model import Extraction, Heading, KeyValue, Paragraph, RawTable
from pipeline.tables.grid import plain

SHORT = 3
"""A document's own string of at most this many letters is no word: narrow columns leave such pieces everywhere."""
CLEAN_SHARE = 0.7
SHORTEST_ROOT = 4

_TOKEN = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_PREFIXES = ("", "me", "mem", "men", "meng", "meny", "menge", "pe", "pem", "pen", "peng", "peny", "ber", "be", "ter", "di",
             "ke", "se", "per", "memper", "diper", "keber", "ketidak", "pemer", "penge")  # fmt: skip
_BY_LETTER = {
    letter: tuple(prefix for prefix in _PREFIXES if prefix[:1] in ("", letter))
    for letter in {prefix[:1] for prefix in _PREFIXES}
}
_SUFFIXES = ("", "kan", "an", "i", "nya", "annya", "kannya", "lah")
_CLOSING = frozenset({"an", "kan", "i", "annya", "kannya"})
_CLOSED = ("an", "nya")  # a word that has its suffix takes no second one
_NASAL = {"mem": "p", "men": "t", "meng": "k", "meny": "s", "pem": "p", "pen": "t", "peng": "k", "peny": "s"}


@cache
def shipped_words() -> frozenset[str]:
    lines = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _derived(word: str) -> bool:
    """An affixed form of a shipped word: *di-koordinasi-kan*, *peng-inventaris-an*."""
    words = shipped_words()
    for suffix in _SUFFIXES:
        if not word.endswith(suffix):
            continue
        stem = word[: len(word) - len(suffix)]
        for prefix in _BY_LETTER.get(stem[:1], ("",)):
            if stem.startswith(prefix):
                root = stem[len(prefix) :]
                if suffix in _CLOSING and root.endswith(_CLOSED):
                    continue
                if len(root) >= SHORTEST_ROOT and root in words:
                    return True
                restored = _NASAL.get(prefix, "") + root
                if len(restored) > SHORTEST_ROOT and restored in words:
                    return True
    return False


class Lexicon:
    """The words of one document, with the answers given so far."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        self._own = frozenset(own)
        self._asked: dict[str, bool] = {}
        self.mended: dict[str, str] = {}
        """Texts with their broken words rejoined by these words (pipeline.tables.joining)."""

    def lists(self, word: str) -> bool:
        """Whether `word` is listed as it stands, without taking affixes off."""
        return word.lower() in self._own or word.lower() in shipped_words()

    def with_lost_letter(self, word: str) -> str | None:
        """The only listed word that is `word` with one more letter inside, in the case of `word`; else None."""
        found = {
            word[:at] + letter + word[at:]
            for at in range(len(word) - 2, len(word))
            for letter in "aeioukn"
            if self.lists(word[:at] + letter + word[at:])
        }
        return found.pop() if len(found) == 1 else None

    def knows(self, word: str) -> bool:
        """Whether `word` (letters, with hyphens and slashes between parts) is a word."""
        answer = self._asked.get(word)
        if answer is None:
            answer = self._asked[word] = self._knows(word.lower())
        return answer

    def _knows(self, lowered: str) -> bool:
        if lowered in self._own or lowered in shipped_words():
            return True
        if "-" in lowered or "/" in lowered:
            parts = re.split(r"[-/]", lowered)
            return all(part and self.knows(part) for part in parts)
        return _derived(lowered)


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def lexicon_of(extraction: Extraction) -> Lexicon:
    """Words of the prose, and of those table cells that show no broken word."""
    own: set[str] = set()
    cells: list[str] = []
    for block in extraction.blocks:
        if isinstance(block, Paragraph | Heading):
            own.update(token.lower() for token in tokens(block.text))
        elif isinstance(block, KeyValue):
            own.update(token.lower() for token in tokens(f"{block.key} {block.value}"))
        elif isinstance(block, RawTable):
            cells.extend(text for row in block.rows for cell in row.cells if (text := plain(cell.text)))
    own = {word for word in own if len(word) > SHORT or word in shipped_words()}
    prose = Lexicon(own)
    for text in cells:
        words = tokens(text)
        unknown = [word for word in words if not prose.knows(word)]
        if len(unknown) > (1 - CLEAN_SHARE) * len(words) or any(len(word) <= SHORT + 1 for word in unknown):
            continue
        own.update(word.lower() for word in words)
    return Lexicon(own)

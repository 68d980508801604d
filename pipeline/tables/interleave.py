"""Undoes a cell that OCR cut down the middle: two neighbours whose words alternate line by line make one known text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LEAST_WORDS = 4
_NO_WORD = re.compile(r"[\W_]+")


def _words(text: str) -> list[str]:
    return [word.strip(".,;:()").lower() for word in text.split()]


def _dense(text: str) -> str:
    return _NO_WORD.sub("", text.lower())


class Interleaver:
    """Knows the texts of one document by their words, whatever the order."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_words: dict[tuple[str, ...], str] = {}
        self._dense: set[str] = set()
        for text in texts:
            self._dense.add(_dense(text))
            words = _words(text)
            if len(words) >= LEAST_WORDS:
                self._by_words.setdefault(tuple(sorted(words)), text)

    def knows(self, text: str) -> bool:
        """Whether the text stands somewhere in the document as a whole, spaces and punctuation aside."""
        dense = _dense(text)
        return bool(dense) and dense in self._dense

    def unweave(self, cells: Sequence[str], size: int) -> tuple[int, str] | None:
        """Where a row has more cells than columns: the first cell of the pair and the text that the two make."""
        if len(cells) <= size:
            return None
        for number in range(len(cells) - 1):
            left, right = _words(cells[number]), _words(cells[number + 1])
            if len(left) < 2 or not right:
                continue
            text = self._by_words.get(tuple(sorted(left + right)))
            if text is None or " ".join(_words(text)) in (" ".join(left), " ".join(right)):
                continue
            whole = _words(text)
            if _is_subsequence(left, whole) and _is_subsequence(right, whole):
                return number, text
        return None


def _is_subsequence(part: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)

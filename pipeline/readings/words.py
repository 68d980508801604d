"""Numbers in Indonesian words: `dua puluh lima`, `dua milyar enam ratus juta rupiah`. They vouch for the figure beside them."""

from __future__ import annotations

import re

ONES = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "sejuta": 1_000_000,
}  # fmt: skip
COUNTING = (
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas", "dua belas",
)  # fmt: skip
"""The numerals that prose writes out before what it counts: one to twelve."""
SMALL = {"belas": 10, "puluh": 10, "ratus": 100}
LARGE = {
    "ribu": 10**3, "juta": 10**6, "milyar": 10**9, "miliar": 10**9, "milyard": 10**9, "triliun": 10**12, "trilyun": 10**12,
}  # fmt: skip
IGNORED = frozenset({"rupiah", "dan", "koma"})
WORD = re.compile(r"[a-z]+")
KNOWN = sorted((*ONES, *SMALL, *LARGE, "rupiah"), key=len, reverse=True)


def number_in_words(text: str) -> int | None:
    """The number that `text` spells, or None where a word of it is no numeral. Decimals in words are not read."""
    words = _words(text)
    if not words or any(word == "koma" for word in words):
        return None
    total = group = digit = 0
    seen = False
    for word in words:
        if word in IGNORED:
            continue
        seen = True
        if word in ONES:
            value = ONES[word]
            if value == 1000 or value == 1_000_000:
                total, group = total + group + value, 0
            elif value == 100:
                group += 100
            else:
                digit = value
                group += value
        elif word == "belas":
            group += 10
        elif word in SMALL:
            group += digit * (SMALL[word] - 1)
            digit = 0
        elif word in LARGE:
            total += (group or 1) * LARGE[word]
            group = digit = 0
        else:
            return None
    return total + group if seen else None


def _words(text: str) -> list[str]:
    """The numerals of `text`, also where spaces are lost or doubled (`duapuluh`, `dua pu luh`)."""
    words = WORD.findall(text.lower())
    if all(word in ONES or word in SMALL or word in LARGE or word in IGNORED for word in words):
        return words
    glued, found = "".join(words), []
    while glued:
        word = next((known for known in KNOWN if glued.startswith(known)), None)
        if word is None:
            return words
        found.append(word)
        glued = glued[len(word) :]
    return found

"""Doubled words and typing errors, all in one notice.

"yang yang", "Program Program", "ditinjaklanjuti": none of them changes a figure, all of them show that nobody proofread. They are said once per document.

Wrong: *sebesar Rp. Rp. 1.184*. Right: *sebesar Rp. 1.184*.

Decides: a word repeated beside itself (reduplications with a hyphen or of known words are left out); three words that come again with at most one other between; a word that the document has once or twice, that is
not in the word list, and that differs by one letter from a word that the document uses often.

Limits: names and foreign words may be taken for errors; hence one quiet notice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.spelling import known_word, near_words, with_other_vowel
from pipeline.model import Evidence, Finding, Where

_DOUBLED = re.compile(r"\b(?:([A-Za-z]{2,})\s+\1|(Rp)\.\s*Rp)\b(?!-)", re.IGNORECASE)  # "Program Program", "Rp. Rp."
_WORD = re.compile(r"[A-Za-z]{4,}")
_AGAIN = re.compile(
    r"\b([a-z]{4,} [a-z]{4,} [a-z]{4,}) (?:[a-z]{4,} )?\1\b", re.IGNORECASE
)  # "nama dinas menjadi perubahan nama dinas menjadi"
LIMIT = 200
OVERPRINTED = 60  # doubled words from which the page was printed twice (bold by overprinting): the reader's fault

RULE = Rule(
    code="TXT001",
    name="Kata ganda dan salah ketik",
    family="TEXT",
    severity="notice",
    version=2,
    texts={
        "": (
            "{jumlah} kata ganda atau salah ketik, mis. {contoh}.",
            "{jumlah} doubled words or typing errors, e.g. {contoh}.",
        )
    },
    kriteria="Naskah diperiksa sebelum ditandatangani",
)


def check(ctx: Context) -> Iterable[Finding]:
    places = list(_texts(ctx))
    found: list[tuple[Evidence, str]] = []
    for where, text in places:
        for match in _DOUBLED.finditer(text):
            if (match.group(1) or "").lower() not in vocabulary()["reduplicated"]:
                found.append((cite(ctx.doc.berkas, where, _around(text, match.start(), match.end())), match.group()))
    if len(found) > OVERPRINTED:
        found = []
    found += _phrases(ctx)
    found += _typos(ctx, places)
    if found:
        found.sort(key=lambda one: (one[0].where.page or 0, one[0].where.line or 0))
        shown = dict.fromkeys(" ".join(word.split()) for _, word in found)
        yield finding(
            RULE,
            ctx.doc.berkas,
            found[0][0].where,
            evidence=[evidence for evidence, _ in found[:LIMIT]],
            found=", ".join(shown),
            jumlah=len(found),
            contoh=", ".join(f"“{word}”" for word in list(shown)[:3]),
        )


def _phrases(ctx: Context) -> Iterable[tuple[Evidence, str]]:
    """Three words that come again at once or after one other word."""
    for where, text in ctx.doc.spoken:
        match = _AGAIN.search(text) if "\\" not in text else None
        if match is not None:
            yield cite(ctx.doc.berkas, where, _around(text, match.start(), match.end())), match.group(1)


def _texts(ctx: Context) -> Iterable[tuple[Where, str]]:
    yield from ctx.doc.spoken
    for table in ctx.doc.tables():
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=False):
                if cell.text and not cell.inherited and (cell.reading is None or column.field in (None, "indikator")):
                    yield cell.where, cell.text


def _typos(ctx: Context, places: list[tuple[Where, str]]) -> Iterable[tuple[Evidence, str]]:
    counts: Counter[str] = Counter()
    where: dict[str, list[tuple[Where, str, int]]] = defaultdict(list)
    for place, text in places:
        if "\\" in text:
            text = re.sub(r"\\[a-z]+", " ", text)
        for match in _WORD.finditer(text):
            word = match.group().lower()
            counts[word] += 1
            if match.group().islower() or match.group().istitle():
                where[word].append((place, text, match.start()))
    common: dict[int, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count > 1 and known_word(word):
            common[len(word)].append(word)
    for word, uses in where.items():
        if known_word(word) or counts[word] > 4:
            continue
        meant = (
            near_words(word, common) if len(word) >= 5 else [one for one in near_words(word, common) if len(one) == 5]
        )
        if meant or (len(word) >= 7 and with_other_vowel(word) is not None):
            for place, text, start in uses:
                yield cite(ctx.doc.berkas, place, _around(text, start, start + len(word))), word


def _around(text: str, start: int, end: int, margin: int = 40) -> str:
    return " ".join(text[max(0, start - margin) : end + margin].split())

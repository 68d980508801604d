"""One office, two lists of functions of different length.

A report names six functions in its first chapter, the decree in its annex five, and both cite the same regulation: one list lost an item.

Wrong: a list of functions with *pelaksanaan fungsi lain …*, and another of the same office without it. Right: the same list twice.

Decides: two lists in one document, after "mempunyai fungsi" or the key "Fungsi", of three items or more; at least three quarters of the shorter one have their counterpart in
the longer one (the same words, spellings set aside); the items left over are shown.

Limits: the lists may come from two versions of the regulation; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from pipeline.audit.context import Context, Doc, value_lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Heading, KeyValue, Paragraph, Where
from pipeline.normalize.names import content_words, normal

_OPENED = re.compile(r"\bfungsi\s*:?\s*$", re.IGNORECASE)  # "… mempunyai fungsi:"
_MARK = re.compile(r"^(?:.{0,80}?\bfungsi\s*:)?\W*(?:(?:\d{1,2}|[a-z])[.)]\s*)?", re.IGNORECASE)  # "Fungsi : - a. "
_OPEN_END = (";", "; dan", ",", "dan")

ALIKE = 85  # per cent of the letters of two spellings

Item = tuple[Where, str, frozenset[str]]

RULE = Rule(
    code="CNT003",
    name="Dua daftar fungsi tidak sama panjang",
    family="COUNT",
    severity="notice",
    texts={
        "": (
            "Satu daftar fungsi memuat {panjang}, yang lain {pendek}; tidak ada padanan bagi “{lebih}”.",
            "One list of functions has {panjang}, the other {pendek}; nothing answers to “{lebih}”.",
        )
    },
    kriteria="Fungsi menurut satu peraturan disebut sama",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for one, two in combinations([items for items in _lists(doc) if len(items) >= 3], 2):
        long, short = (one, two) if len(one) > len(two) else (two, one)
        left = [item for item in long if not any(_same(item[2], other[2]) for other in short)]
        answered = sum(any(_same(item[2], other[2]) for other in long) for item in short)
        if len(long) == len(short) or 4 * answered < 3 * len(short) or not left:
            continue
        where, text, _ = left[0]
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[
                *(cite(doc.berkas, place, shown) for place, shown, _ in left),
                *(cite(doc.berkas, place, shown, role="counterpart") for place, shown, _ in short),
            ],
            found=str(len(long)),
            expected=str(len(short)),
            panjang=len(long),
            pendek=len(short),
            lebih=text,
        )


def _lists(doc: Doc) -> Iterator[list[Item]]:
    items: list[Item] | None = None
    for block in doc.prose:
        if isinstance(block, KeyValue) and normal(block.key).split()[-1:] == ["fungsi"]:
            items = [_item(where, line) for where, line in value_lines(block) if len(content_words(line)) >= 3]
            if items and not items[-1][1].endswith(_OPEN_END):
                yield items
                items = None
        elif isinstance(block, Paragraph) and items is not None:
            items.append(_item(block.where, block.text))
            if not block.text.rstrip().endswith(_OPEN_END):
                yield items
                items = None
        elif items is not None:
            yield items
            items = None
        if isinstance(block, Paragraph | Heading) and _OPENED.search(block.text):
            items = []


def _item(where: Where, text: str) -> Item:
    shown = _MARK.sub("", text).strip()
    return where, shown, content_words(shown)


def _same(one: frozenset[str], two: frozenset[str]) -> bool:
    """The same words; those of one alone must be spellings of those of the other ("pengkoordinasian", "pengoordinasian")."""
    from rapidfuzz.fuzz import ratio

    left, right = one - two, two - one
    return bool(one & two) and len(left) == len(right) and all(any(ratio(a, b) >= ALIKE for b in right) for a in left)

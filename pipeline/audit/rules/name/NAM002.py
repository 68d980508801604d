"""An abbreviation whose letters its words do not give.

"Tersedianya Penyelenggaraan Pemerintahan Daerah (LPPD)": the L of *Laporan* has lost its word, and with it the meaning.

Wrong: *Penyelenggaraan Pemerintahan Daerah (LPPD)*. Right: *Laporan Penyelenggaraan Pemerintahan Daerah (LPPD)*.

Decides: an abbreviation in brackets that the same document explains elsewhere in full, letter by letter, with the same words and one more.

Limits: abbreviations that skip words are never accused by themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where

_ABBREVIATION = re.compile(r"\(([A-Z]{3,6})\)")  # "Laporan … Daerah (LPPD)"
_BEFORE = 120  # characters in which the words of an abbreviation stand

RULE = Rule(
    code="NAM002",
    name="Kepanjangan singkatan tidak lengkap",
    family="NAME",
    severity="notice",
    texts={
        "": (
            "“{teks} ({singkatan})” kehilangan kata “{hilang}”.",
            "“{teks} ({singkatan})” has lost the word “{hilang}”.",
        )
    },
    kriteria="Singkatan dijelaskan dengan lengkap",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    uses: dict[str, list[tuple[list[str], Where, str]]] = defaultdict(list)
    for where, text in _texts(ctx):
        for match in _ABBREVIATION.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()].split()
            words = list(reversed(list(takewhile(str.isalpha, reversed(before)))))
            if words:
                letters = match.group(1)
                uses[letters].append((words, where, f"{' '.join(words[-len(letters) :])} ({letters})"))
    for letters, found in uses.items():
        full = next((words for words, _, _ in found if _spells(words, letters)), None)
        if full is None:
            continue
        complete = [word.lower() for word in full[-len(letters) :]]
        for words, where, shown in found:
            tail = [word.lower() for word in words[-(len(letters) - 1) :]]
            if not _spells(words, letters) and [word[:7] for word in tail] == [word[:7] for word in complete[1:]]:
                yield finding(
                    RULE,
                    doc.berkas,
                    where,
                    evidence=[cite(doc.berkas, where, shown)],
                    found=shown,
                    expected=f"{' '.join(full[-len(letters) :])} ({letters})",
                    teks=" ".join(words[-(len(letters) - 1) :]),
                    singkatan=letters,
                    hilang=full[-len(letters)],
                )
                break


def _texts(ctx: Context) -> Iterable[tuple[Where, str]]:
    for table in ctx.doc.tables():
        for row in table.rows:
            yield from ((cell.where, cell.text) for cell in row.cells if not cell.inherited and "(" in cell.text)
    yield from ctx.doc.spoken


def _spells(words: list[str], letters: str) -> bool:
    return len(words) >= len(letters) and "".join(word[0].upper() for word in words[-len(letters) :]) == letters

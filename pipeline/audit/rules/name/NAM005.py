"""One body, two abbreviations.

"BAPERIDA" in one paragraph and "Bapperida" in the next: a reader cannot tell whether they are one agency, and a search finds only half.

Wrong: *BAPERIDA* and *Bapperida*. Right: one spelling.

Decides: two words that are in no word list, one of them in capitals, the other capitalised or in capitals too, six letters or more, that differ by a letter doubled in one of them. Both in running text.

Limits: two bodies whose names differ by a doubled letter are not known to exist; hence a quiet notice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.spelling import known_word
from pipeline.model import Finding, Where

_NAME = re.compile(r"\b[A-Z](?:[A-Z]{5,14}|[a-z]{5,14})\b")  # "BAPERIDA", "Bapperida"

RULE = Rule(
    code="NAM005",
    name="Satu singkatan, dua ejaan",
    family="NAME",
    severity="notice",
    texts={
        "": (
            "“{satu}” dan “{dua}” tampaknya singkatan yang sama.",
            "“{satu}” and “{dua}” seem to be one abbreviation.",
        )
    },
    kriteria="Penulisan nama perangkat daerah seragam",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    places: dict[str, tuple[Where, str]] = {}
    written: dict[str, str] = {}
    capitals: Counter[str] = Counter()
    for where, text in doc.spoken:
        for match in _NAME.finditer(text):
            word = match.group().lower()
            places.setdefault(word, (where, text))
            written.setdefault(word, match.group())
            capitals[word] += match.group().isupper()
    by_letters: dict[str, list[str]] = {}
    for word in places:
        by_letters.setdefault(re.sub(r"(.)\1", r"\1", word), []).append(word)
    for words in by_letters.values():
        if len(words) != 2 or not any(capitals[word] for word in words) or any(known_word(word) for word in words):
            continue
        one, two = words
        yield finding(
            RULE,
            doc.berkas,
            places[two][0],
            evidence=[cite(doc.berkas, *places[two]), cite(doc.berkas, *places[one], role="counterpart")],
            found=written[two],
            expected=written[one],
            satu=written[one],
            dua=written[two],
        )

"""A comma makes one thing of the indikator into several of the sasaran.

"Meningkatnya Koordinasi, Penyelenggaraan Pemerintahan" promises three things; its indikator measures the one "koordinasi penyelenggaraan pemerintahan". One of
them has a comma too many or too few.

Wrong: sasaran *Koordinasi, Penyelenggaraan Pelayanan*, indikator *… Koordinasi Penyelenggaraan Pelayanan …*. Right: the same words with the same commas.

Decides: three or more words that follow each other in the sasaran and in its own indikator, with a comma inside them in one of the two only.

Limits: before "dan" and between whole clauses a comma changes nothing and is not accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_WORD = re.compile(r"[A-Za-z/-]+,?")
SPAN = 3  # words that must be the same
_JOINING = frozenset(("dan", "serta", "atau", "yang", "dengan", "untuk", "pada", "di", "dalam", "guna"))

RULE = Rule(
    code="NAM006",
    name="Koma mengubah objek sasaran",
    family="NAME",
    severity="notice",
    texts={
        "": (
            "Sasaran menulis “{sasaran}”, indikatornya “{indikator}”: koma mengubah satu hal menjadi beberapa.",
            "The sasaran has “{sasaran}”, its indikator “{indikator}”: the comma makes one thing into several.",
        )
    },
    kriteria="Indikator mengukur sasarannya",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    said: set[str] = set()
    for record in doc.declared:
        cell, goal = doc.cell(record, "indikator"), doc.cell(record, "sasaran")
        if cell is None or goal is None or not record.sasaran or goal.text in said:
            continue
        spans = {tuple(w.strip(",") for w in span): span for span in _spans(record.indikator)}
        for span in _spans(goal.text):
            other = spans.get(tuple(w.strip(",") for w in span))
            if other is not None and _inner(span) != _inner(other):
                said.add(goal.text)
                yield finding(
                    RULE,
                    doc.berkas,
                    goal.where,
                    evidence=[cite(doc.berkas, goal), cite(doc.berkas, cell, role="counterpart")],
                    found=" ".join(span),
                    expected=" ".join(other),
                    sasaran=" ".join(span),
                    indikator=" ".join(other),
                )
                break


def _spans(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    for start in range(len(words) - SPAN + 1):
        span = tuple(words[start : start + SPAN])
        if not _JOINING & {word.strip(",") for word in span}:
            yield span


def _inner(span: tuple[str, ...]) -> tuple[bool, ...]:
    """Where commas stand inside a span; one after its last word belongs to what follows."""
    return tuple(word.endswith(",") for word in span[:-1])

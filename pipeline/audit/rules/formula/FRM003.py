"""The formula speaks of something else than its indikator.

Indikator and pembilang run word by word alike except for one phrase in the middle: the indikator promises one thing, the formula
counts another.

Wrong: *Persentase sekolah yang telah menyusun Rencana Kerja Tahunan tepat waktu* = Jumlah sekolah yang telah menyusun
**laporan BOS** tepat waktu / Jumlah sekolah. Right: both name the same thing.

Decides: one phrase is replaced by another between words that agree on both sides, neither phrase shares a word or an abbreviation
with the other, and the indikator's phrase stands nowhere else in the formula.

Limits: a formula that is worded wholly differently may mean the same and is left alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import Declared, shares, vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import content_words, key_of, normal

RULE = Rule(
    code="FRM003",
    name="Formula membicarakan hal lain",
    family="FORMULA",
    severity="warning",
    texts={
        "": (
            "Indikator “{indikator}” menyebut “{dijanjikan}”, tetapi pembilangnya menghitung “{dihitung}”.",
            "The indikator “{indikator}” names “{dijanjikan}”, but its pembilang counts “{dihitung}”.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: formula mengukur indikatornya sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in shares(ctx.doc):
        swapped = _replaced(row)
        if swapped is None:
            continue
        promised, counted = swapped
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=counted,
            expected=promised,
            trace={"indikator": row.indikator, "pembilang": row.pembilang},
            indikator=row.indikator,
            dijanjikan=promised,
            dihitung=counted,
        )


def _replaced(row: Declared) -> tuple[str, str] | None:
    """(phrase of the indikator, phrase of the pembilang in its place); None where the two agree or differ freely."""
    ours = [word for word in key_of(row.indikator).split() if word not in ("persentase", "nilai", "indeks")]
    theirs = key_of(row.pembilang).split()
    steps = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    replaced = [step for step in steps if step[0] == "replace"]
    if len(replaced) != 1 or [step[0] for step in steps] != ["equal", "replace", "equal"]:
        return None
    _, a, b, c, d = replaced[0]
    promised, counted = ours[a:b], theirs[c:d]
    everything = meaning(row.pembilang) | meaning(row.penyebut)
    if set(promised) & everything or _abbreviates(promised, counted) or _abbreviates(counted, promised):
        return None
    if set(counted) & content_words(row.indikator) or _kin(promised, counted):
        return None
    if set(promised) <= vocabulary()["context"] or max(len(promised), len(counted)) < 2:
        return None
    return _span(row.indikator, promised), _span(row.pembilang, counted)


def _abbreviates(short: list[str], words: list[str]) -> bool:
    initials = "".join(word[0] for word in words)
    return any(len(word) > 1 and (word in initials or initials in word) for word in short)


def _kin(some: list[str], others: list[str]) -> bool:
    """Whether two of the words have the same stem: *pelayanan* and *dilayani*."""
    return any(difflib.SequenceMatcher(None, a, b).find_longest_match().size >= 4 for a in some for b in others)


def _span(text: str, words: list[str]) -> str:
    """The stretch of `text` from the first to the last of `words`."""
    tokens = normal(text).split()
    places = [index for index, token in enumerate(tokens) if token in words]
    return " ".join(tokens[places[0] : places[-1] + 1]) if places else " ".join(words)

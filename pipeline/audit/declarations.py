"""The successive declarations of one office's indikator, and which indikator of one became which of the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.audit.context import Context, Doc, meaning
from pipeline.model import Indikator

SAME = 0.8  # share from which a later table declares the indikator of an earlier one anew
LIKE = 0.5  # share of common meaning-bearing words from which two indikator may be one, renamed


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one document (or one version in it) declares."""

    doc: Doc
    version: int
    records: tuple[Indikator, ...]

    @property
    def label(self) -> str:
        year = self.doc.dokumen.tahun
        return f"{self.doc.dokumen.kind} {year}" if year else f"{self.doc.dokumen.path} ({self.version})"


@dataclass(frozen=True, slots=True)
class Pair:
    """An indikator and what became of it."""

    before: Indikator
    after: Indikator

    @property
    def renamed(self) -> bool:
        return meaning(self.before.indikator) != meaning(self.after.indikator)


def declarations(ctx: Context) -> Iterator[Declaration]:
    """In the order of time: per document the tables that repeat no indikator together, the next version after them."""
    for doc in ctx.docs:
        groups: list[list[Indikator]] = []
        for table in doc.tables("iku"):
            records = [record for record in doc.declared if record.table == table.ordinal]
            fitting = groups[-1] if groups and not _repeats(records, groups[-1]) else None
            if records and fitting is None:
                groups.append(records)
            elif fitting is not None:
                fitting.extend(records)
        for number, group in enumerate(groups, start=1):
            yield Declaration(doc, number, tuple(group))


def _repeats(records: Sequence[Indikator], group: Sequence[Indikator]) -> bool:
    return any(one.kunci == two.kunci or _likeness(one, two) >= SAME for one in records for two in group)


def successions(ctx: Context) -> Iterator[tuple[Declaration, Declaration]]:
    """Each declaration with the next of the same office."""
    return pairwise(declarations(ctx))


def matched(before: Declaration, after: Declaration) -> list[Pair]:
    """Pairs that are one indikator: equal names first, then the most alike of the rest, each once."""
    left, right = list(before.records), list(after.records)
    apart = before.doc.apart
    pairs: list[Pair] = []
    for one in before.records:
        alike = (two for two in right if two.kunci == one.kunci or meaning(two.indikator) == meaning(one.indikator))
        same = next((two for two in alike if frozenset((one.kunci, two.kunci)) not in apart), None)
        if same is not None:
            pairs.append(Pair(one, same))
            left.remove(one)
            right.remove(same)
    scored = sorted(
        ((_likeness(one, two), i, j) for i, one in enumerate(left) for j, two in enumerate(right)), reverse=True
    )
    used: set[tuple[str, int]] = set()
    for score, i, j in scored:
        if score < LIKE or ("l", i) in used or ("r", j) in used:
            continue
        if frozenset((left[i].kunci, right[j].kunci)) in apart:
            continue
        used |= {("l", i), ("r", j)}
        pairs.append(Pair(left[i], right[j]))
    return pairs


def unmatched(before: Declaration, pairs: Sequence[Pair]) -> list[Indikator]:
    """Those that no pair carries on."""
    kept = {id(pair.before) for pair in pairs}
    return [record for record in before.records if id(record) not in kept]


def _likeness(one: Indikator, two: Indikator) -> float:
    a, b = meaning(one.indikator), meaning(two.indikator)
    return len(a & b) / len(a | b) if a | b else 0.0

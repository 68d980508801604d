"""Everything the identities say of one document or of one office's documents, worked out once for all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.audit.identities.chain import between
from pipeline.audit.identities.check import check, with_decided
from pipeline.audit.identities.collect import collect
from pipeline.audit.identities.diagnose import Diagnosis, diagnose
from pipeline.audit.identities.model import Identity, Ref
from pipeline.audit.identities.stories import join
from pipeline.model import Berkas


@dataclass(frozen=True, slots=True)
class Workup:
    """Diagnoses, one per cause; identities that could not be judged, with the reason; cells vouched for."""

    diagnoses: tuple[Diagnosis, ...]
    skipped: tuple[tuple[Identity, str], ...]
    vouched: frozenset[Ref]


KEPT = 4
_memory: list[tuple[tuple[int, ...], tuple[Berkas, ...], Workup]] = []


def of_document(berkas: Berkas) -> Workup:
    """The identities within one document."""
    return _remembered((berkas,), lambda: list(collect(berkas)))


def of_office(documents: Sequence[Berkas]) -> Workup:
    """The identities between the documents of one office; those within each are not repeated."""
    return _remembered(tuple(documents), lambda: list(between(documents)))


def _remembered(documents: tuple[Berkas, ...], make: Callable[[], list[Identity]]) -> Workup:
    key = tuple(id(one) for one in documents)
    for known, _, workup in _memory:
        if known == key:
            return workup
    workup = work_up(make())
    _memory.append((key, documents, workup))
    del _memory[:-KEPT]
    return workup


def work_up(identities: Iterable[Identity]) -> Workup:
    """Checks, decides ambiguous cells by identities that are then not used to accuse, diagnoses, joins causes."""
    first = check(identities)
    unjudged = [identity for identity, _ in first.skipped]
    second = check(with_decided(unjudged, first.decided))
    satisfied = (*first.satisfied, *second.satisfied)
    explained = diagnose(satisfied, (*first.violated, *second.violated))
    judged = {id(identity) for identity in (*second.satisfied, *second.violated)}
    skipped = [pair for pair in first.skipped if id(pair[0]) not in judged]
    skipped += [(identity, "susunan program tabel ini tidak terbaca utuh") for identity in explained.doubtful]
    return Workup(tuple(join(explained.diagnoses)), tuple(skipped), frozenset(first.vouched()))


def vouched(berkas: Berkas) -> set[tuple[int, int, int]]:
    """Addresses (table, row, column) of the document's cells that a satisfied identity vouches for."""
    return {(ref.table, ref.row, ref.column) for ref in of_document(berkas).vouched if ref.table >= 0}

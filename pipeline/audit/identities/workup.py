"""Everything the identities say of one document or of one office's documents, worked out once for all rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pipeline.audit.context import Doc
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


_documents: WeakKeyDictionary[Doc, Workup] = WeakKeyDictionary()
_offices: WeakKeyDictionary[Doc, tuple[tuple[int, ...], Workup]] = WeakKeyDictionary()


def of_document(doc: Doc) -> Workup:
    """The identities within one document; worked out once for all rules of a run."""
    if doc not in _documents:
        _documents[doc] = work_up(collect(doc.berkas))
    return _documents[doc]


def of_office(docs: Sequence[Doc]) -> Workup:
    """The identities between the documents of one office; those within each are not repeated."""
    key = tuple(id(doc) for doc in docs)
    held = _offices.get(docs[0])
    if held is None or held[0] != key:
        held = (key, work_up(between([doc.berkas for doc in docs])))
        _offices[docs[0]] = held
    return held[1]


def work_up(identities: Iterable[Identity]) -> Workup:
    """Checks, decides ambiguous cells by identities that are then not used to accuse, diagnoses, joins causes."""
    first = check(identities)
    unjudged = [identity for identity, _ in first.skipped]
    second = check(with_decided(unjudged, first.decided))
    satisfied = (*first.satisfied, *second.satisfied)
    explained = diagnose(satisfied, (*first.violated, *second.violated), unjudged)
    judged = {id(identity) for identity in (*second.satisfied, *second.violated)}
    skipped = [pair for pair in first.skipped if id(pair[0]) not in judged]
    skipped += [(identity, "susunan baris atau kolom tabel ini tidak terbaca utuh") for identity in explained.doubtful]
    return Workup(tuple(join(explained.diagnoses)), tuple(skipped), frozenset(first.vouched()))


def vouched(berkas: Berkas) -> set[tuple[int, int, int]]:
    """Addresses (table, row, column) of the document's cells that a satisfied identity vouches for."""
    return {(ref.table, ref.row, ref.column) for ref in work_up(collect(berkas)).vouched if ref.table >= 0}


def accused(workup: Workup) -> set[Ref]:
    """Cells that some diagnosis names as wrong."""
    return {
        figure.ref
        for diagnosis in workup.diagnoses
        for one in (diagnosis, *diagnosis.extra)
        for figure in (one.best.figures if one.best else one.moved)
    }

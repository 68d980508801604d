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


ASIDE = frozenset({"rencana", "uraian", "akhir"})
"""Comparisons that prove nothing about sums and percentages: explained on their own."""
TELLING = frozenset({"anak_tertinggal", "anak_ganda", "rincian_hilang", "salin_kolom", "salin_lain"})
"""Causes that stand whichever way an ambiguous component is read."""


def work_up(identities: Iterable[Identity]) -> Workup:
    """Checks, decides ambiguous cells by identities that are then not used to accuse, diagnoses, joins causes."""
    first = check(identities)
    unjudged = [identity for identity, _ in first.skipped] + [identity for identity, _ in first.unsure]
    second = check(with_decided(unjudged, first.decided))
    satisfied = (*first.satisfied, *second.satisfied)
    violated = (*first.violated, *second.violated)
    explained = diagnose(satisfied, [one for one in violated if one.kind not in ASIDE], unjudged)
    aside = diagnose((), [one for one in violated if one.kind in ASIDE], moving=False)
    diagnoses, unproven = _proven([*explained.diagnoses, *aside.diagnoses])
    settled = {id(identity) for identity in (*second.satisfied, *second.violated)}
    named = {figure.ref for one in diagnoses for figure in (one.best.figures if one.best else one.moved)}
    likely, vague = _likely(satisfied, first.unsure, named)
    skipped = [pair for pair in first.skipped if id(pair[0]) not in settled]
    skipped += [(identity, "sebagian sel bacaannya mendua") for identity in (*unproven, *vague)]
    skipped += [(identity, "susunan baris atau kolom tabel ini tidak terbaca utuh") for identity in explained.doubtful]
    return Workup(tuple(join([*diagnoses, *likely])), tuple(skipped), frozenset(first.vouched()))


def _likely(
    satisfied: Sequence[Identity], unsure: Sequence[tuple[Identity, Identity]], named: set[Ref]
) -> tuple[list[Diagnosis], list[Identity]]:
    """Of the sums that no reading satisfies: those with a telling cause, in places not already explained; and the rest."""
    read = {id(likeliest): printed for printed, likeliest in unsure}
    free = [one for _, one in unsure if not any(figure.ref in named for figure in one.figures)]
    kept: list[Diagnosis] = []
    told: set[int] = set()
    for diagnosis in _proven(diagnose(satisfied, free, moving=False).diagnoses)[0]:
        if diagnosis.best is not None and diagnosis.best.cause.kind in TELLING and not diagnosis.best.broken:
            kept.append(diagnosis)
            told |= {id(identity) for one in (diagnosis, *diagnosis.extra) for identity in one.violated}
    return kept, [printed for key, printed in read.items() if key not in told]


def vouched(doc: Doc) -> frozenset[tuple[int, int, int]]:
    """Addresses (table, row, column) of the cells that a satisfied identity vouches for; none where no rule asked."""
    done = _documents.get(doc)
    return (
        frozenset((ref.table, ref.row, ref.column) for ref in done.vouched if ref.table >= 0) if done else frozenset()
    )


def accused(workup: Workup) -> set[Ref]:
    """Cells that some diagnosis names as wrong."""
    return {
        figure.ref
        for diagnosis in workup.diagnoses
        for one in (diagnosis, *diagnosis.extra)
        for figure in (one.best.figures if one.best else one.moved)
    }


UNSURE = ("ambiguous", "unreadable")


def _proven(diagnoses: Iterable[Diagnosis]) -> tuple[list[Diagnosis], list[Identity]]:
    """Leaves out diagnoses that accuse a cell which the reader could not read: those identities are not checked."""
    kept: list[Diagnosis] = []
    unproven: list[Identity] = []
    for diagnosis in diagnoses:
        best = diagnosis.best
        if best is not None and best.figure.reading.status in UNSURE and best.cause.kind != "rincian_hilang":
            unproven.extend(diagnosis.violated)
        else:
            kept.append(diagnosis)
    return kept, unproven

"""Joins diagnoses that have one cause: an old value that survived, one row wrong in several years, a copied run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace

from pipeline.audit.identities.diagnose import Diagnosis

MANY = 3
LARGE = 10_000


def join(diagnoses: Iterable[Diagnosis]) -> list[Diagnosis]:
    """One diagnosis per cause, the others as its `extra`."""
    groups: dict[Hashable, list[Diagnosis]] = defaultdict(list)
    for index, diagnosis in enumerate(diagnoses):
        groups[_cause_key(diagnosis, index)].append(diagnosis)
    joined = [_first_with(group) for group in groups.values()]
    return _stale_roots(_runs(_repeated(joined)))


def _repeated(diagnoses: list[Diagnosis]) -> list[Diagnosis]:
    """The same amount misprinted in the same way in several tables: it was copied from one to the other."""
    groups: dict[Hashable, list[Diagnosis]] = defaultdict(list)
    for index, diagnosis in enumerate(diagnoses):
        best = diagnosis.best
        same = best is not None and best.figure.value is not None and abs(best.figure.value) >= LARGE
        key = (best.figure.value, best.proposed, best.cause.kind) if best is not None and same else index
        groups[key].append(diagnosis)
    return [_first_with(group) for group in groups.values()]


def _cause_key(diagnosis: Diagnosis, index: int) -> Hashable:
    move, best = diagnosis.move, diagnosis.best
    if move is not None:
        return ("move", move.kind, move.table, move.rows if move.kind == "tukar" else (move.rows[0], move.steps))
    if best is None:
        return index
    ref, source = best.figure.ref, best.cause.source
    if ref.table < 0:
        return index
    place = (ref.sha256, ref.table)
    if best.cause.kind in ("nol_hilang", "nol_hilang_rincian", "selisih_kecil"):
        return (*place, best.cause.kind)
    if best.cause.kind == "nilai_lama" and source is not None:
        return ("lama", source.ref)
    if best.cause.kind == "salin_angka" and source is not None:
        return (*place, ref.row, source.ref.row)
    kinds = {identity.kind for identity in diagnosis.violated}
    if kinds == {"rencana"}:
        return ("rencana", ref.sha256)
    if kinds & {"jumlah_pohon", "tahunan"}:
        return (*place, ref.row, "jumlah")
    if best.cause.kind != "pembulatan" and best.proposed is not None:
        return (*place, ref.row, best.figure.value, best.proposed)
    return (*place, ref.row, ref.column)


def _first_with(group: list[Diagnosis]) -> Diagnosis:
    head = max(group, key=lambda diagnosis: len(diagnosis.violated))
    rest = tuple(diagnosis for diagnosis in group if diagnosis is not head)
    return replace(head, extra=head.extra + rest) if rest else head


def _runs(diagnoses: list[Diagnosis]) -> list[Diagnosis]:
    """Neighbouring cells of one column that repeat the same neighbour, and roundings that fill a column."""
    runs: dict[Hashable, list[Diagnosis]] = defaultdict(list)
    kept: list[Diagnosis] = []
    for diagnosis in diagnoses:
        best = diagnosis.best
        if best is not None and best.figure.ref.table >= 0 and best.cause.kind in ("salin_baris", "pembulatan"):
            ref = best.figure.ref
            value = best.figure.value if best.cause.kind == "salin_baris" else None
            runs[ref.sha256, ref.table, ref.column, best.cause.kind, value].append(diagnosis)
        else:
            kept.append(diagnosis)
    for key, run in runs.items():
        rounding = isinstance(key, tuple) and key[3] == "pembulatan"
        if len(run) == 1 or (rounding and len(run) <= MANY):
            kept.extend(run)
        else:
            kept.append(replace(run[0], extra=run[0].extra + tuple(run[1:])))
    return kept


def _stale_roots(diagnoses: list[Diagnosis]) -> list[Diagnosis]:
    """A stale value is the root of every mean that was computed with it: the cell that still prints it leads."""
    roots: dict[Hashable, Diagnosis] = {}
    for diagnosis in diagnoses:
        if diagnosis.best is not None:
            for figure in diagnosis.best.figures:
                roots.setdefault(figure.ref, diagnosis)
    kept: list[Diagnosis] = []
    followers: dict[int, list[Diagnosis]] = defaultdict(list)
    for diagnosis in diagnoses:
        best = diagnosis.best
        source = best.cause.source if best is not None and best.cause.kind == "nilai_lama" else None
        root = roots.get(source.ref) if source is not None else None
        if root is not None and root is not diagnosis:
            followers[id(root)].append(diagnosis)
        else:
            kept.append(diagnosis)
    return [replace(d, extra=d.extra + tuple(followers[id(d)])) if followers[id(d)] else d for d in kept]

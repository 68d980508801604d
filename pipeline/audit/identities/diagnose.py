"""Explains violated identities together: the fewest misprinted cells, the values that restore them, and their rivals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.audit.identities.candidates import Candidate, candidate_of, candidates_of, decimal_of, far_fetched
from pipeline.audit.identities.causes import Cause, Surroundings, surroundings
from pipeline.audit.identities.knots import Knots
from pipeline.audit.identities.model import Figure, Identity, computed, holds
from pipeline.audit.identities.shapes import Board, Move, misaligned, moves
from pipeline.interval import Interval

MAX_STEPS = 12
"""At most this many separate misprints are sought in one knot of identities."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One cause. Either one misprinted figure or a move of several; `rivals` explain as much, as well."""

    violated: tuple[Identity, ...]
    best: Candidate | None
    move: Move | None = None
    moved: tuple[Figure, ...] = ()
    rivals: tuple[Candidate, ...] = ()
    vouching: tuple[Identity, ...] = ()
    extra: tuple[Diagnosis, ...] = field(default_factory=tuple)  # the same cause in other cells


@dataclass(frozen=True, slots=True)
class Explained:
    """All diagnoses, and the violated identities of tables whose tree cannot have been read right."""

    diagnoses: tuple[Diagnosis, ...]
    doubtful: tuple[Identity, ...]


def diagnose(
    satisfied: Sequence[Identity],
    violated: Sequence[Identity],
    unjudged: Sequence[Identity] = (),
    *,
    moving: bool = True,
) -> Explained:
    """One diagnosis per cause: moves of whole rows and columns first, then single figures. Exact for one fault in a knot
    of identities, greedy and bounded beyond that. `unjudged` identities only show where figures stand; without `moving`
    no rows or columns are tried in other places."""
    if not violated:
        return Explained((), ())
    knots = Knots(satisfied, violated)
    everything = {figure.ref: figure for identity in unjudged for figure in identity.figures}
    everything.update((figure.ref, figure) for figure in knots.all)
    around = surroundings(everything.values(), {f.ref for identity in satisfied for f in identity.figures})
    found: list[Diagnosis] = []
    misread = misaligned(violated, knots.touching, around.board) if moving else set()
    remaining = [identity for identity in violated if id(identity) not in misread]
    for move in moves(remaining, knots.touching, around.board) if moving else ():
        settled = [identity for identity in remaining if holds(identity, move.values)]
        known = any(one.move and (one.move.rows, one.move.steps) == (move.rows, move.steps) for one in found)
        if len(settled) >= (1 if known else 2):
            found.append(_moved(move, settled, around.board))
            remaining = [identity for identity in remaining if holds(identity, move.values) is False]
    remaining, doubtful = _trusted([*satisfied, *(i for d in found for i in d.violated)], remaining)
    short = list(_short_of_rows(remaining))
    found.extend(short)
    counted = {id(identity) for one in short for part in (one, *one.extra) for identity in part.violated}
    remaining = [identity for identity in remaining if id(identity) not in counted]
    for part in knots.components(remaining):
        found.extend(_explain(part, knots, around))
    unread = [identity for identity in violated if id(identity) in misread]
    return Explained(tuple(found), (*doubtful, *unread))


def _short_of_rows(violated: list[Identity]) -> Iterator[Diagnosis]:
    """Parents whose children fall short in several money columns at once: a row is missing, or was not read; no digit
    slips in the same place twice."""
    by_row: dict[tuple[str, int, int], list[Identity]] = defaultdict(list)
    for identity in violated:
        if identity.kind == "jumlah_pohon":
            ref = identity.result.ref
            by_row[ref.sha256, ref.table, ref.row].append(identity)
    for identities in by_row.values():
        pairs = [(one, made, one.result.interval) for one in identities if (made := computed(one)) is not None]
        if len(pairs) < 2 or not all(printed and made.high < printed.low for _, made, printed in pairs):
            continue
        parts = [Diagnosis((one,), _lacking(one, made), vouching=(one,)) for one, made, _ in pairs]
        yield replace(parts[0], extra=tuple(parts[1:]))


def _lacking(identity: Identity, made: Interval) -> Candidate:
    proposed = decimal_of(made.low, identity.result.reading.places)
    return Candidate((identity.result,), made, proposed, (identity,), (), 0, Cause("rincian_hilang"))


UNTRUSTED_SHARE = 3
"""A table in which fewer than one in this many sums hold was not read as the tree it is."""


def _trusted(good: Sequence[Identity], violated: list[Identity]) -> tuple[list[Identity], list[Identity]]:
    """Splits off violated sums of tables where hardly any sum holds: there the reader is wrong, not the author."""
    right = Counter(_table(identity) for identity in good if identity.kind == "jumlah_pohon")
    wrong = Counter(_table(identity) for identity in violated if identity.kind == "jumlah_pohon")
    trusted: list[Identity] = []
    doubtful: list[Identity] = []
    for identity in violated:
        place = _table(identity)
        unread = wrong[place] >= 3 and right[place] * UNTRUSTED_SHARE < wrong[place] + right[place]
        (doubtful if unread and identity.kind == "jumlah_pohon" else trusted).append(identity)
    return trusted, doubtful


def _table(identity: Identity) -> tuple[str, int]:
    return identity.result.ref.sha256, identity.result.ref.table


def _explain(violated: list[Identity], knots: Knots, around: Surroundings) -> Iterator[Diagnosis]:
    remaining = list(violated)
    for _ in range(MAX_STEPS):
        if not remaining:
            return
        candidates = sorted(candidates_of(remaining, knots, around), key=Candidate.rank)
        if not candidates:
            return
        best = candidates[0]
        if len(best.explained) < len(remaining) or best.broken:
            pair = _pair(candidates, remaining, knots, around)
            if pair is not None:
                yield from _as_diagnoses(*pair)
                return
        yield _single(best, candidates)
        explained = {id(identity) for identity in best.explained}
        remaining = [identity for identity in remaining if id(identity) not in explained]


MAX_FIRST = 12
"""So many of the likeliest single misprints are tried as the first of two."""


def _pair(
    candidates: list[Candidate], violated: list[Identity], knots: Knots, around: Surroundings
) -> tuple[Candidate, Candidate] | None:
    """Two misprints that together leave nothing violated and break nothing; the likeliest such pair."""
    best: tuple[tuple[int, int, int], tuple[Candidate, Candidate]] | None = None
    for first in candidates[:MAX_FIRST]:
        values = dict.fromkeys((figure.ref for figure in first.figures), first.needed)
        own = {figure.ref for figure in first.figures}
        todo = [i for i in (*violated, *knots.touching(own)) if holds(i, values) is False]
        nodes = {knots.of(figure.ref) for identity in todo for figure in identity.figures} - {
            knots.of(first.figure.ref)
        }
        for node in sorted(nodes):
            mine = [i for i in todo if any(knots.of(figure.ref) == node for figure in i.figures)]
            if len(mine) < len(todo):
                continue
            second = candidate_of(node, mine, knots, around, values)
            if second is None or len(second.explained) < len(todo) or second.broken:
                continue
            near = 0 if second.figure.ref.row == first.figure.ref.row else 1
            score = (first.rank()[1] + second.rank()[1], near, first.standing + second.standing)
            if best is None or score < best[0]:
                best = (score, (first, second))
    return best[1] if best else None


def _as_diagnoses(first: Candidate, second: Candidate) -> Iterator[Diagnosis]:
    """One finding where both stand in one row, two otherwise."""
    if first.proposed is not None:
        second = replace(second, given=dict.fromkeys((figure.ref for figure in first.figures), first.proposed))
    other = Diagnosis(second.explained, second, vouching=second.explained)
    a, b = first.figure.ref, second.figure.ref
    if (a.sha256, a.table, a.row) == (b.sha256, b.table, b.row):
        yield Diagnosis(first.explained, first, vouching=first.explained, extra=(other,))
    else:
        yield Diagnosis(first.explained, first, vouching=first.explained)
        yield other


def _single(best: Candidate, candidates: list[Candidate]) -> Diagnosis:
    covered = {id(identity) for identity in best.explained}
    rivals = tuple(
        other
        for other in candidates
        if other is not best
        and covered <= {id(identity) for identity in other.explained}
        and len(other.broken) <= len(best.broken)
        and other.likelihood() <= best.likelihood()
        and not (far_fetched(other) and not far_fetched(best))
    )
    if len(rivals) >= 2 and (total := _total_of(best, candidates)) is not None:
        others = tuple(one for one in (best, *rivals) if one is not total)
        return Diagnosis(best.explained, total, rivals=others[:4], vouching=best.explained)
    return Diagnosis(best.explained, best, rivals=rivals[:4], vouching=best.explained)


def _total_of(best: Candidate, candidates: list[Candidate]) -> Candidate | None:
    """The total that the parts do not make, where several of them may be the wrong one: there the finding belongs."""
    sums = {identity.result.ref for identity in best.explained if identity.kind.startswith("jumlah")}
    if len(sums) != 1 or len(best.explained) != 1:
        return None
    return next((one for one in candidates if any(figure.ref in sums for figure in one.figures)), None)


def _moved(move: Move, settled: list[Identity], board: Board) -> Diagnosis:
    figures = tuple(
        figure
        for column in move.columns
        for row, figure in sorted(board[move.table][column].items())
        if row in move.rows
    )
    return Diagnosis(tuple(settled), None, move=move, moved=figures, vouching=tuple(settled))

"""Explains violated identities together: the fewest misprinted cells, the values that restore them, and their rivals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.audit.identities.causes import Cause, Surroundings, cause_of, surroundings
from pipeline.audit.identities.model import NOTHING, Figure, Identity, Ref, Values, computed, holds, solved
from pipeline.audit.identities.shapes import Board, Move, misaligned, moves
from pipeline.interval import Interval

MAX_STEPS = 12
"""At most this many separate misprints are sought in one knot of identities."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure (with the other prints that repeat it) supposed to be misprinted."""

    figures: tuple[Figure, ...]
    needed: Interval
    proposed: Decimal | None
    explained: tuple[Identity, ...]
    broken: tuple[Identity, ...]
    standing: int  # satisfied identities that speak for the print as it is
    cause: Cause

    @property
    def figure(self) -> Figure:
        return self.figures[0]

    def rank(self) -> tuple[int, int, int, int]:
        derived = all(identity.result.ref in {f.ref for f in self.figures} for identity in self.explained)
        return (len(self.broken) - len(self.explained), self.cause.rank, self.standing, 0 if derived else 1)

    def likelihood(self) -> tuple[int, int, int]:
        """Smaller is likelier. What was computed (a percentage, a mean) is sooner wrong than what was measured; a total is
        not sooner wrong than its parts."""
        _, cause, standing, derived = self.rank()
        measured = any(
            identity.form != "linear" or identity.kind.startswith("rata_rata") for identity in self.explained
        )
        return (cause, standing, derived if measured else 0)


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


class _Knots:
    """Index of identities by the figures they are about; equal prints of one figure count as one node."""

    def __init__(self, satisfied: Sequence[Identity], violated: Sequence[Identity]) -> None:
        self.node: dict[Ref, Ref] = {}
        self.figures: dict[Ref, list[Figure]] = defaultdict(list)
        self.satisfied: dict[Ref, list[Identity]] = defaultdict(list)
        seen: dict[Ref, Figure] = {}
        for identity in (*satisfied, *violated):
            for figure in identity.figures:
                seen.setdefault(figure.ref, figure)
        for identity in satisfied:
            if identity.kind.startswith("sama") and identity.result.value == identity.operands[0].value:
                self._join(identity.result.ref, identity.operands[0].ref)
        for ref, figure in seen.items():
            self.figures[self.of(ref)].append(figure)
        for identity in satisfied:
            nodes = {self.of(figure.ref) for figure in identity.figures}
            if len(nodes) > 1 or identity.form != "linear" or not identity.kind.startswith("sama"):
                for node in nodes:
                    self.satisfied[node].append(identity)
        self.all = list(seen.values())

    def of(self, ref: Ref) -> Ref:
        root = ref
        while (parent := self.node.get(root, root)) != root:
            root = parent
        return root

    def touching(self, refs: Iterable[Ref]) -> list[Identity]:
        """The satisfied identities about any of the cells."""
        found = {id(identity): identity for ref in refs for identity in self.satisfied.get(self.of(ref), ())}
        return list(found.values())

    def _join(self, a: Ref, b: Ref) -> None:
        first, second = self.of(a), self.of(b)
        if first != second:
            self.node[max(first, second)] = min(first, second)

    def components(self, violated: Sequence[Identity]) -> Iterator[list[Identity]]:
        """Violated identities that share a figure, together."""
        by_node: dict[Ref, list[int]] = defaultdict(list)
        for index, identity in enumerate(violated):
            for figure in identity.figures:
                by_node[self.of(figure.ref)].append(index)
        done: set[int] = set()
        for start in range(len(violated)):
            if start in done:
                continue
            queue, part = [start], []
            done.add(start)
            while queue:
                index = queue.pop()
                part.append(index)
                for figure in violated[index].figures:
                    for other in by_node.pop(self.of(figure.ref), ()):
                        if other not in done:
                            done.add(other)
                            queue.append(other)
            yield [violated[index] for index in sorted(part)]


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
    knots = _Knots(satisfied, violated)
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
    proposed = _decimal(made.low, identity.result.reading.places)
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


def _explain(violated: list[Identity], knots: _Knots, around: Surroundings) -> Iterator[Diagnosis]:
    remaining = list(violated)
    for _ in range(MAX_STEPS):
        if not remaining:
            return
        candidates = sorted(_candidates(remaining, knots, around), key=Candidate.rank)
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
    candidates: list[Candidate], violated: list[Identity], knots: _Knots, around: Surroundings
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
        for node in nodes:
            mine = [i for i in todo if any(knots.of(figure.ref) == node for figure in i.figures)]
            if len(mine) < len(todo):
                continue
            second = _candidate(node, mine, knots, around, values)
            if second is None or len(second.explained) < len(todo) or second.broken:
                continue
            near = 0 if second.figure.ref.row == first.figure.ref.row else 1
            score = (first.cause.rank + second.cause.rank, near, first.standing + second.standing)
            if best is None or score < best[0]:
                best = (score, (first, second))
    return best[1] if best else None


def _as_diagnoses(first: Candidate, second: Candidate) -> Iterator[Diagnosis]:
    """One finding where both stand in one row, two otherwise."""
    other = Diagnosis(second.explained, second, vouching=second.explained)
    a, b = first.figure.ref, second.figure.ref
    if (a.sha256, a.table, a.row) == (b.sha256, b.table, b.row):
        yield Diagnosis(first.explained, first, vouching=first.explained, extra=(other,))
    else:
        yield Diagnosis(first.explained, first, vouching=first.explained)
        yield other


def _candidates(violated: list[Identity], knots: _Knots, around: Surroundings) -> Iterator[Candidate]:
    by_node: dict[Ref, list[Identity]] = defaultdict(list)
    for identity in violated:
        suspects = (identity.result,) if identity.kind == "rencana" else identity.figures
        for node in {knots.of(figure.ref) for figure in suspects}:
            by_node[node].append(identity)
    for node, identities in by_node.items():
        candidate = _candidate(node, identities, knots, around)
        if candidate is not None:
            yield candidate


def _candidate(
    node: Ref, identities: list[Identity], knots: _Knots, around: Surroundings, given: Values = NOTHING
) -> Candidate | None:
    """The node as the misprint behind the identities, the values `given` taken for others."""
    figures = tuple(sorted(knots.figures[node], key=lambda figure: figure.ref))
    refs = {figure.ref for figure in figures}
    needs: list[tuple[Interval, Identity]] = []
    for identity in sorted(identities, key=lambda one: one.result.ref not in refs):
        own = [figure.ref for figure in identity.figures if figure.ref in refs]
        need = solved(identity, own[0], given) if len(own) == 1 else None
        if need is not None:
            needs.append((need, identity))
    needed, explained = _most(needs)
    if needed is None:
        return None
    values = {**given, **dict.fromkeys(refs, needed)}
    satisfied = knots.satisfied[node]
    proposed = _proposal(needed, figures, identities)
    cause = cause_of(figures[0], proposed, needed, explained, around)
    broken = tuple(
        identity
        for identity in satisfied
        if holds(identity, values) is False and not (cause.inherited and identity.kind.startswith("jumlah"))
    )
    return Candidate(figures, needed, proposed, tuple(explained), broken, len(satisfied), cause)


def _most(needs: list[tuple[Interval, Identity]]) -> tuple[Interval | None, list[Identity]]:
    """The interval on which most of the needs agree (the narrowest of several), and the identities that share it."""
    best: tuple[Interval | None, list[Identity]] = (None, [])
    for start, _ in needs:
        common, members = start, []
        for need, identity in needs:
            meeting = common.intersect(need)
            if meeting is not None:
                common = meeting
                members.append(identity)
        if len(members) > len(best[1]):
            best = (common, members)
    return best


def _proposal(needed: Interval, figures: tuple[Figure, ...], identities: Iterable[Identity]) -> Decimal | None:
    """The value to print: the point needed, a value printed elsewhere for the same figure, or what rounds into place."""
    if needed.is_exact:
        return _decimal(needed.low, max(figure.reading.places for figure in figures))
    own = {figure.ref for figure in figures}
    for identity in identities:
        if identity.kind.startswith("sama"):
            for figure in identity.figures:
                if figure.ref not in own and figure.value is not None and figure.value in needed:
                    return figure.value
    for identity in identities:
        if identity.result.ref in own and (made := computed(identity)) is not None:
            middle = (made.low + made.high) / 2
            places = max(figures[0].reading.places, 2 if figures[0].reading.places else 0)
            rounded = Decimal(round(middle * 10**places)).scaleb(-places)
            return rounded if identity.constant is not None else _decimal(middle, places)
    return None


def _decimal(value: Fraction, places: int) -> Decimal | None:
    """The fraction as printed with `places` decimals, with more where it is a whole decimal anyway."""
    for digits in (places, places + 1, places + 2):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            return Decimal(scaled.numerator).scaleb(-digits)
    rounded = round(value * 10**places)
    return Decimal(rounded).scaleb(-places)


def _single(best: Candidate, candidates: list[Candidate]) -> Diagnosis:
    covered = {id(identity) for identity in best.explained}
    rivals = tuple(
        other
        for other in candidates
        if other is not best
        and covered <= {id(identity) for identity in other.explained}
        and len(other.broken) <= len(best.broken)
        and other.likelihood() <= best.likelihood()
    )
    return Diagnosis(best.explained, best, rivals=rivals[:4], vouching=best.explained)


def _moved(move: Move, settled: list[Identity], board: Board) -> Diagnosis:
    figures = tuple(
        figure
        for column in move.columns
        for row, figure in sorted(board[move.table][column].items())
        if row in move.rows
    )
    return Diagnosis(tuple(settled), None, move=move, moved=figures, vouching=tuple(settled))

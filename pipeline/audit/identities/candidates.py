"""Supposes one figure to be misprinted: the value that restores most identities, what it would break, and how it came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pipeline.audit.identities.causes import Cause, Surroundings, cause_of
from pipeline.audit.identities.knots import Knots
from pipeline.audit.identities.model import NOTHING, Figure, Identity, Ref, Values, holds, point, solved
from pipeline.interval import Interval


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
    given: Mapping[Ref, Decimal] = field(default_factory=dict)  # the other misprint of a pair, as corrected

    @property
    def figure(self) -> Figure:
        return self.figures[0]

    def rank(self) -> tuple[int, int, int, int]:
        derived = all(identity.result.ref in {f.ref for f in self.figures} for identity in self.explained)
        absurd = 10 if self.needed.high < 0 <= (self.figure.value or 0) else 0  # amounts are not negative
        return (len(self.broken) - len(self.explained), self.cause.rank + absurd, self.standing, 0 if derived else 1)

    def likelihood(self) -> tuple[int, int, int]:
        """Smaller is likelier. What was computed (a percentage, a mean) is sooner wrong than what was measured; a total is
        not sooner wrong than its parts."""
        _, cause, standing, derived = self.rank()
        measured = any(
            identity.form != "linear" or identity.kind.startswith("rata_rata") for identity in self.explained
        )
        return (cause, standing, derived if measured else 0)


OUT_OF_PROPORTION = 10
"""No slip of the pen makes an amount this many times larger or smaller: such an explanation is no rival of another."""


def far_fetched(candidate: Candidate) -> bool:
    """Whether nothing but the equation speaks for the correction, and it is out of all proportion to the print."""
    printed, wanted = candidate.figure.value, candidate.proposed
    if candidate.cause.kind != "lain" or not printed or wanted is None:
        return False
    return not abs(printed) < abs(wanted) * OUT_OF_PROPORTION < abs(printed) * OUT_OF_PROPORTION**2


def candidates_of(violated: list[Identity], knots: Knots, around: Surroundings) -> Iterator[Candidate]:
    by_node: dict[Ref, list[Identity]] = defaultdict(list)
    for identity in violated:
        suspects = (identity.result,) if identity.kind in ("rencana", "uraian") else identity.figures
        for node in sorted({knots.of(figure.ref) for figure in suspects}):
            by_node[node].append(identity)
    for node, identities in by_node.items():
        candidate = candidate_of(node, identities, knots, around)
        if candidate is not None:
            yield candidate


def candidate_of(
    node: Ref, identities: list[Identity], knots: Knots, around: Surroundings, given: Values = NOTHING
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
    cause = cause_of(figures, proposed, needed, explained, around)
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
        return decimal_of(needed.low, max(figure.reading.places for figure in figures))
    own = {figure.ref for figure in figures}
    for identity in identities:
        if identity.kind.startswith("sama"):
            for figure in identity.figures:
                if figure.ref not in own and figure.value is not None and figure.value in needed:
                    return figure.value
    for identity in identities:
        if identity.result.ref in own and (middle := point(identity)) is not None:
            places = max(figures[0].reading.places, 2 if figures[0].reading.places else 0)
            rounded = Decimal(round(middle * 10**places)).scaleb(-places)
            return rounded if identity.constant is not None else decimal_of(middle, places)
    return None


def decimal_of(value: Fraction, places: int) -> Decimal | None:
    """The fraction as printed with `places` decimals, with more where it is a whole decimal anyway."""
    for digits in (places, places + 1, places + 2):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            return Decimal(scaled.numerator).scaleb(-digits)
    rounded = round(value * 10**places)
    return Decimal(rounded).scaleb(-places)

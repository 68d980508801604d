"""Checks identities by interval arithmetic: which hold, which are violated, and which cannot be judged, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import log, prod

from pipeline.audit.identities.figures import truncation
from pipeline.audit.identities.model import Figure, Identity, Ref, computed, holds, solved
from pipeline.interval import Interval
from pipeline.readings.resolve import resolve


@dataclass(frozen=True, slots=True)
class Checked:
    """Identities sorted by outcome. `decided`: ambiguous cells of which one reading alone satisfies an identity."""

    satisfied: tuple[Identity, ...]
    violated: tuple[Identity, ...]
    skipped: tuple[tuple[Identity, str], ...]
    decided: dict[Ref, tuple[Interval, Identity]]
    unsure: tuple[tuple[Identity, Identity], ...] = ()  # violated however read: as printed, and as likeliest read

    def vouched(self) -> set[Ref]:
        """Cells that take part in a satisfied identity."""
        return {figure.ref for identity in self.satisfied for figure in identity.figures}


def check(identities: Iterable[Identity]) -> Checked:
    """Each identity once; an ambiguous component is decided where one candidate alone fits, never used to accuse."""
    satisfied: list[Identity] = []
    violated: list[Identity] = []
    skipped: list[tuple[Identity, str]] = []
    decided: dict[Ref, tuple[Interval, Identity]] = {}
    unsure: list[tuple[Identity, Identity]] = []
    for identity in identities:
        outcome = holds(identity)
        if outcome or (outcome is False and _cut_off(identity)):
            satisfied.append(identity)
        elif outcome is None:
            resolved = _resolve(identity)
            if resolved is not None:
                ref, value = resolved
                decided.setdefault(ref, (value, identity))
            elif (likeliest := _however_read(identity)) is not None:
                unsure.append((identity, likeliest))
                continue
            skipped.append((identity, _reason(identity)))
        elif identity.incomplete:
            skipped.append((identity, "sel komponen kosong"))
        elif (doubtful := _other_mark(identity)) is not None:
            skipped.append((identity, f"“{doubtful.text}”: tanda ribuan atau desimal mendua"))
        else:
            violated.append(identity)
    return Checked(tuple(satisfied), tuple(violated), tuple(skipped), decided, tuple(unsure))


ROUNDED = frozenset({"rata_rata", "rata_rata_sasaran", "perhitungan"})


def _cut_off(identity: Identity) -> bool:
    """The result agrees if decimals were cut off instead of rounded: common practice, no error."""
    expected = computed(identity)
    cut = truncation(identity.result.reading) if identity.form != "linear" or identity.kind in ROUNDED else None
    return expected is not None and cut is not None and identity.result.reading.places > 0 and expected.meets(cut)


_ONE_MARK = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")  # "1,417%": 1.417 or 1417


def _other_mark(identity: Identity) -> Figure | None:
    """A figure whose only mark may be the other one, and with which the identity then holds."""
    for figure in identity.figures:
        if figure.value is None or figure.reading.kind == "rupiah" or not _ONE_MARK.fullmatch(figure.text.strip()):
            continue
        factor = 1000 if figure.reading.places else Fraction(1, 1000)
        other = Interval.printed(Fraction(figure.value) * factor, 0 if figure.reading.places else 3)
        if holds(identity, {figure.ref: other}):
            return figure
    return None


def _reason(identity: Identity) -> str:
    unread = [figure for figure in identity.figures if figure.interval is None]
    if not unread:
        return "pembagi nol"
    status = {"ambiguous": "bacaannya mendua", "unreadable": "tak terbaca"}
    first = unread[0]
    return f"{first.label}: “{first.text}” {status.get(first.reading.status, 'bukan angka')}"


def _resolve(identity: Identity) -> tuple[Ref, Interval] | None:
    """What the identity makes of its single ambiguous component, where one of its readings alone fits."""
    unread = {figure.ref: figure for figure in identity.figures if figure.interval is None}
    if len(unread) != 1:
        return None
    ref, figure = next(iter(unread.items()))
    needed = solved(identity, ref)
    if needed is None:
        return None
    decided = resolve(figure.reading, needed, identity.kind)
    return (ref, Interval.exact(decided.value)) if decided.value is not None else None


MOST_COMBINATIONS = 32


def _however_read(identity: Identity) -> Identity | None:
    """A sum that no reading of its ambiguous components satisfies, with the readings that a usual slip explains or that
    come closest; None where one reading does, or there are too many."""
    unread = {figure.ref: figure for figure in identity.figures if figure.interval is None}
    sizes = [len(figure.reading.candidates) for figure in unread.values()]
    if identity.kind != "jumlah_pohon" or identity.incomplete or not all(sizes) or prod(sizes) > MOST_COMBINATIONS:
        return None
    best: tuple[float, Identity] | None = None
    largest_first = (sorted(figure.reading.candidates, reverse=True) for figure in unread.values())
    for chosen in product(*largest_first):
        values = dict(zip(unread, chosen, strict=True))
        trial = _read_as(identity, values)
        if holds(trial):
            return None
        distance = _distance(trial)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, trial)
    return best[1] if best else None


def _read_as(identity: Identity, values: dict[Ref, Decimal]) -> Identity:
    def read(figure: Figure) -> Figure:
        if figure.ref not in values:
            return figure
        value = values[figure.ref]
        return replace(figure, reading=replace(figure.reading, value=value, places=0), interval=Interval.exact(value))

    return replace(identity, result=read(identity.result), operands=tuple(map(read, identity.operands)))


def _distance(identity: Identity) -> float | None:
    """How far printed and computed lie apart; less than nothing where one addend accounts for the whole difference."""
    made = computed(identity)
    printed = identity.result.value
    if made is None or not printed or made.low <= 0:
        return None
    difference = abs(Fraction(printed) - made.low)
    if any(figure.value and Fraction(figure.value) == difference for figure in identity.operands):
        return -1.0
    return abs(log(float(made.low / Fraction(printed))))


def with_decided(identities: Iterable[Identity], decided: dict[Ref, tuple[Interval, Identity]]) -> list[Identity]:
    """The identities with ambiguous cells replaced by what another identity decided; that other one is left out."""
    changed: list[Identity] = []
    for identity in identities:
        touched = [figure.ref for figure in identity.figures if figure.ref in decided]
        if not touched or any(decided[ref][1] is identity for ref in touched):
            continue
        swap = {
            figure.ref: replace(figure, interval=decided[figure.ref][0])
            for figure in identity.figures
            if figure.ref in decided
        }
        changed.append(
            replace(
                identity,
                result=swap.get(identity.result.ref, identity.result),
                operands=tuple(swap.get(figure.ref, figure) for figure in identity.operands),
            )
        )
    return changed

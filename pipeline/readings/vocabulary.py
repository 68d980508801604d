"""Loads the words of `vocabulary.yml` once, in the form in which readings look them up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.readings.clean import clean, squeeze
from pipeline.resources import read_yaml


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`empty` and `predikat` hold cleaned lower-case texts; `units` maps a squeezed unit to its printed form."""

    empty: frozenset[str]
    ticks: frozenset[str]
    grades: tuple[str, ...]
    predikat: frozenset[str]
    lead: frozenset[str]
    money_scale: dict[str, int]
    units: dict[str, str]
    measured: frozenset[str]
    months: dict[str, int]


@cache
def vocabulary() -> Vocabulary:
    data = read_yaml(Path(__file__).with_name("vocabulary.yml"))
    units = {squeeze(unit) or unit: unit for unit in (*data["measured"], *data["counted"])}
    return Vocabulary(
        empty=frozenset({"", *(clean(str(text)).lower() for text in data["empty"])}),
        ticks=frozenset(data["ticks"]),
        grades=tuple(sorted(data["grades"], key=len, reverse=True)),
        predikat=frozenset(squeeze(text) for text in data["predikat"]),
        lead=frozenset(data["lead"]),
        money_scale=dict(data["money_scale"]),
        units=units,
        measured=frozenset(squeeze(unit) or unit for unit in data["measured"]),
        months=dict(data["months"]),
    )


def unit_of(text: str) -> str | None:
    """The unit that `text` is, also when a narrow column broke it (`Lapo ran`); None where it is no known unit."""
    return vocabulary().units.get(squeeze(text) or text.strip())


def is_measured(unit: str) -> bool:
    """Whether amounts of this unit have parts and are rounded to the print (hours, hectares, percent, scores)."""
    return (squeeze(unit) or unit) in vocabulary().measured

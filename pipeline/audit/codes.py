"""The coded rows of programme tables, and what Permendagri 90/2019 calls a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.audit.context import Doc, meaning
from pipeline.audit.lines import Line, lines
from pipeline.model import Cell
from pipeline.normalize.names import normal
from pipeline.resources import read_yaml


@dataclass(frozen=True, slots=True)
class Coded:
    """A row with a readable code and a name. `group` is the section and phase it stands in."""

    line: Line
    cell: Cell
    code: str
    name: Cell

    @property
    def group(self) -> tuple[int, tuple[str, ...]]:
        return self.line.table.ordinal, self.line.row.band


def coded(doc: Doc) -> Iterator[Coded]:
    for line in lines(doc):
        cell, name = line.first("kode"), line.name
        if cell is None or name is None or cell.reading is None or cell.reading.kind != "code" or not cell.reading.code:
            continue
        yield Coded(line, cell, cell.reading.code, name)


@cache
def nomenclature() -> Mapping[str, str]:
    """Ending of a code below the program (`2.06.04`) -> name: what is common to every agency's program x.xx.01."""
    data = read_yaml(Path(__file__).with_name("nomenklatur.yml"))
    return {str(code): str(name) for code, name in data["penunjang"].items()}


def below_program(code: str) -> str | None:
    """`2.06.04` of `4.01.01.2.06.04`; None for other programs than x.xx.01."""
    parts = code.split(".")
    return ".".join(parts[3:]) if len(parts) > 3 and parts[2] == "01" else None


def likeness(one: str, other: str) -> float:
    """Share of meaning-bearing words that two names have in common, 0…1."""
    a, b = meaning(one) - _LEVELS, meaning(other) - _LEVELS
    return len(a & b) / len(a | b) if a | b else 0.0


def listed_code(row: Coded) -> str | None:
    """The code that the nomenclature gives the row's name, where it is another than the printed one and no doubt is left."""
    ending = below_program(row.code)
    names = nomenclature()
    if ending is None:
        ending = ".".join(row.code.split(".")[3:])
        misplaced = len(row.code.split(".")) == 6
    else:
        misplaced = False
    same_depth = [code for code in names if code.count(".") == ending.count(".")]
    if not same_depth:
        return None
    best = max(same_depth, key=lambda code: likeness(names[code], row.name.text))
    score = likeness(names[best], row.name.text)
    own = likeness(names[ending], row.name.text) if ending in names and not misplaced else 0.0
    if score < 0.8 or score <= own + 0.15 or (best == ending and not misplaced):
        return None
    parts = row.code.split(".")
    return ".".join([*parts[:2], "01" if misplaced else parts[2], best])


def is_listed(row: Coded) -> bool:
    """Whether the nomenclature gives the row's code the row's name."""
    ending = below_program(row.code)
    name = nomenclature().get(ending) if ending is not None else None
    return name is not None and alike(name, row.name.text)


def alike(one: str, other: str) -> bool:
    """Whether two names are one, misspelled or shortened."""
    from rapidfuzz import fuzz

    return likeness(one, other) >= 0.5 or fuzz.token_sort_ratio(normal(one), normal(other)) >= 80


_LEVELS = frozenset(("program", "kegiatan", "sub"))

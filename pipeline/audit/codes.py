"""The coded rows of programme tables, and what Permendagri 90/2019 calls a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.audit.context import Doc, meaning
from pipeline.audit.lines import Line, lines
from pipeline.model import Cell


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
    import yaml

    data = yaml.safe_load(Path(__file__).with_name("nomenklatur.yml").read_text(encoding="utf-8"))
    return {str(code): str(name) for code, name in data["penunjang"].items()}


def below_program(code: str) -> str | None:
    """`2.06.04` of `4.01.01.2.06.04`; None for other programs than x.xx.01."""
    parts = code.split(".")
    return ".".join(parts[3:]) if len(parts) > 3 and parts[2] == "01" else None


def likeness(one: str, other: str) -> float:
    """Share of meaning-bearing words that two names have in common, 0…1."""
    a, b = meaning(one) - _LEVELS, meaning(other) - _LEVELS
    return len(a & b) / len(a | b) if a | b else 0.0


_LEVELS = frozenset(("program", "kegiatan", "sub"))

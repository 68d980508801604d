"""The operands of declared formulas, and what sets two rows of a table apart: what the formula rules compare."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.audit.context import Doc, meaning
from pipeline.model import Cell, Indikator
from pipeline.normalize.names import normal
from pipeline.resources import read_yaml

if TYPE_CHECKING:
    from pipeline.formula import Formula


@cache
def vocabulary() -> dict[str, frozenset[str]]:
    """Word lists of the formula rules, with their sources: `words.yml`."""
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("words.yml"))
    return {key: frozenset(str(value).split()) for key, value in data.items()}


@dataclass(frozen=True, slots=True)
class Declared:
    """An indicator with its formula: `pembilang` and `penyebut` are empty where the formula has none."""

    doc: Doc
    record: Indikator
    cell: Cell
    formula: Formula

    @property
    def indikator(self) -> str:
        return self.record.indikator

    @property
    def name_cell(self) -> Cell:
        return self.doc.cell(self.record, "indikator") or self.cell

    @property
    def pembilang(self) -> str:
        return self.formula.pembilang or ""

    @property
    def penyebut(self) -> str:
        return self.formula.penyebut or ""

    @property
    def is_share(self) -> bool:
        """Two operands that are noun phrases, not expressions of their own."""
        plain = not any(sign in self.pembilang + self.penyebut for sign in "+−×÷=") and " - " not in self.pembilang
        return (
            self.formula.kind in ("percentage", "ratio", "other") and bool(self.pembilang and self.penyebut) and plain
        )


def declared(doc: Doc) -> Iterator[Declared]:
    """Every indicator of the document's IKU tables that has a formula."""
    for record in doc.declared:
        formula, cell = doc.formula(record), doc.cell(record, "formula")
        if formula is not None and cell is not None:
            yield Declared(doc, record, cell, formula)


def shares(doc: Doc) -> Iterator[Declared]:
    """Those whose formula divides one noun phrase by another."""
    return (one for one in declared(doc) if one.is_share)


def apart(one: str, other: str) -> tuple[frozenset[str], frozenset[str]]:
    """The meaning-bearing words that only the first has, and those that only the second has."""
    a, b = meaning(one), meaning(other)
    return a - b, b - a


@lru_cache(maxsize=20_000)
def head(phrase: str) -> str:
    """The first word of a quantity that says what is counted: *rekomendasi* of "Jumlah rekomendasi hasil …"."""
    return next((word for word in normal(phrase).split() if word not in vocabulary()["quantity"]), "")


def transfer(text: str, model: str, own: str) -> str | None:
    """`text`, which speaks of `model`, rewritten to speak of `own`: each phrase that sets the two names apart is replaced.
    None where a phrase to replace does not stand in `text`."""
    before, after, result = normal(model).split(), normal(own).split(), normal(text)
    changed = False
    for action, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if action == "equal":
            continue
        old, new = " ".join(before[a:b]), " ".join(after[c:d])
        if action != "replace" or f" {old} " not in f" {result} ":
            return None
        result = f" {result} ".replace(f" {old} ", f" {new} ").strip()
        changed = True
    return result[:1].upper() + result[1:] if changed else None

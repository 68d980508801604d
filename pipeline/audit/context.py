"""What a rule is given: documents with their tables, indicators, parsed formulas and word weights, each computed once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pipeline.model import Berkas, Cell, Dokumen, Heading, Indikator, KeyValue, LogicalTable, Paragraph, Row, Where
from pipeline.normalize.formulas import cell_of, formula_of
from pipeline.normalize.names import content_words, measure_words

if TYPE_CHECKING:
    from pipeline.formula import Formula

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(])")  # "… 72,59 %. Adapun …"


class Doc:
    """One document as rules see it. Everything derived is computed on first use and kept. `apart`: pairs of indicator keys
    that a person said are two."""

    def __init__(self, berkas: Berkas, apart: frozenset[frozenset[str]] = frozenset()) -> None:
        self.berkas = berkas
        self.apart = apart

    @property
    def dokumen(self) -> Dokumen:
        return self.berkas.dokumen

    @property
    def sha256(self) -> str:
        return self.berkas.dokumen.sha256

    def tables(self, *kinds: str) -> Iterator[LogicalTable]:
        """The tables of these kinds (all without an argument), in the order of the document."""
        return (table for table in self.berkas.tables if not kinds or table.kind in kinds)

    @cached_property
    def table_at(self) -> Mapping[int, LogicalTable]:
        return {table.ordinal: table for table in self.berkas.tables}

    def row(self, record: Indikator) -> Row:
        return self.table_at[record.table].rows[record.row]

    def cell(self, record: Indikator, field: str) -> Cell | None:
        """The cell of `field` in the indicator's row that the record was read from; None where it has none."""
        return cell_of(record, field, self.table_at)

    @cached_property
    def declared(self) -> tuple[Indikator, ...]:
        """The indicators of IKU tables: those that declare a formula."""
        return tuple(record for record in self.berkas.indikator if record.kind == "iku")

    def formula(self, record: Indikator) -> Formula | None:
        """The formula of the record's cell, as `pipeline.normalize.formulas` reads it."""
        return formula_of(record, self.table_at)

    @cached_property
    def prose(self) -> tuple[Paragraph | Heading | KeyValue, ...]:
        """The running text, without the raw tables."""
        return tuple(b for b in self.berkas.blocks if isinstance(b, Paragraph | Heading | KeyValue))

    @cached_property
    def spoken(self) -> tuple[tuple[Where, str], ...]:
        """Every piece of running text with its place: paragraphs, headings, and keys with their values line by line."""
        pieces: list[tuple[Where, str]] = []
        for block in self.prose:
            pieces += value_lines(block) if isinstance(block, KeyValue) else [(block.where, block.text)]
        return tuple(pieces)

    @cached_property
    def sentences(self) -> tuple[tuple[Where, str], ...]:
        """The sentences of the running text, each with the place of its paragraph."""
        return tuple((where, sentence) for where, text in self.spoken for sentence in parted(text))

    @cached_property
    def weights(self) -> Weights:
        return weigh(record.indikator for record in self.berkas.indikator)


def parted(text: str) -> list[str]:
    """The text cut into its sentences."""
    return _SENTENCE.split(" ".join(text.split()))


def value_lines(block: KeyValue) -> list[tuple[Where, str]]:
    """The lines of a key's value, each at its own line of the source; the first with the key before it."""
    source = block.raw.split("\n")
    pieces: list[tuple[Where, str]] = []
    at = 0
    for number, line in enumerate(block.value.split("\n")):
        start = line.strip()[:20]
        at = next((i for i in range(at, len(source)) if start in source[i]), at)
        place = replace(block.where, line=block.where.line + at) if block.where.line is not None else block.where
        pieces.append((place, f"{block.key} : {line}" if number == 0 else line))
    return pieces


@dataclass(frozen=True)
class Weights:
    """How much a word distinguishes the rows of a document, 0…1: a word of every row weighs nothing, of one row 1."""

    weight: Mapping[str, float]

    def of(self, words: Iterable[str]) -> float:
        return sum(self.weight.get(word, 1.0) for word in words)

    def topic(self, text: str, least: float = 0.35) -> frozenset[str]:
        """The words of `text` that tell its row from the others."""
        return frozenset(word for word in meaning(text) if self.weight.get(word, 1.0) >= least)


def weigh(rows: Iterable[str]) -> Weights:
    """Inverse document frequency over the distinct rows, scaled to 0…1."""
    bags = {meaning(row) for row in rows}
    counts = Counter(word for bag in bags for word in bag)
    total = len(bags)
    if total < 2:
        return Weights(dict.fromkeys(counts, 1.0))
    return Weights({word: math.log(total / count) / math.log(total) for word, count in counts.items()})


@lru_cache(maxsize=20_000)
def meaning(text: str) -> frozenset[str]:
    """Content words without those that only say how something is measured ("jumlah", "persentase")."""
    return content_words(text) - measure_words()


@dataclass(frozen=True)
class Context:
    """The documents a rule looks at: one for scope `document`, one office's for `office`, all for `corpus`."""

    docs: tuple[Doc, ...]

    @property
    def doc(self) -> Doc:
        """The document, of a rule with scope `document`."""
        return self.docs[0]

    @property
    def berkas(self) -> tuple[Berkas, ...]:
        return tuple(doc.berkas for doc in self.docs)


def offices(docs: Sequence[Doc]) -> Iterator[Context]:
    """One context per office, oldest document first; a document whose office is unknown stands alone."""
    groups: dict[str, list[Doc]] = {}
    for doc in docs:
        words = doc.dokumen.instansi.kunci.replace(
            "|", " "
        ).split()  # "kelautan dan perikanan", "perikanan dan kelautan"
        groups.setdefault(" ".join(sorted(words)) or f"?{doc.sha256}", []).append(doc)
    for key in sorted(groups):
        yield Context(tuple(sorted(groups[key], key=lambda d: (d.dokumen.tahun or 0, d.dokumen.path, d.sha256))))

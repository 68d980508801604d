"""Reads cards: one indikator to a table, its labels in the first column, as profiles and dictionaries of indicators have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Block, KeyValue, Paragraph, RawCell
from pipeline.tables.grid import GridRow, plain
from pipeline.tables.header import Header
from pipeline.tables.vocabulary import fold, read_label

LEAST_FIELDS = 3
_NUMBERING = re.compile(r"^\W*(?:\d{1,2}|[a-zA-Z])[.)]\s+")  # "1. Sasaran", "b) Formulasi"
_LINE = re.compile(
    r"\s*(?:(?:\d{1,2}|[a-zA-Z])[.)]\s+)?([^:\n]{3,60}?)\s*:\s+(\S.*)", re.DOTALL
)  # "1. Sasaran : Meningkatnya …"
DECLARING = frozenset({"formula", "sumber_data", "penanggung_jawab"})
"""A card says how its indikator is measured; a list of targets with labels beside it does not."""


def cards_of(rows: Sequence[GridRow]) -> tuple[Header, list[GridRow]] | None:
    """The labels as a header and one row per card; None where the rows are no cards. A card begins where a label of the
    one before comes again; a row without a label continues the value above it."""
    pairs = [_pair(row) for row in rows]
    if any(pair is None for pair in pairs):
        return None
    labels: list[str] = []  # as printed, in the order of the first card
    places: dict[str, int] = {}
    found: list[GridRow] = []
    at = -1
    for row, pair in zip(rows, pairs, strict=True):
        label, value = pair or (None, None)
        if label is None:
            if value is not None and found and at in found[-1].cells:
                above = found[-1].cells[at]
                found[-1].cells[at] = replace(above, text=f"{above.text}\n{value.text}")
            continue
        folded = fold(label)
        if folded not in places:
            places[folded] = len(labels)
            labels.append(label)
        at = places[folded]
        if not found or at in found[-1].cells:
            found.append(GridRow({}, 0, row.where))
        found[-1].cells[at] = value if value is not None else RawCell("", row.where)
    fields = [field for label in labels if (field := read_label(label).field)]
    enough = len(set(fields)) >= LEAST_FIELDS and len(fields) * 2 >= len(labels)
    if not enough or "indikator" not in fields or not DECLARING & set(fields):
        return None
    for one in found:
        one.width = len(labels)
    blank = (None,) * len(labels)
    return Header(tuple((label,) for label in labels), 0, blank, blank), found


def labelled(block: Block) -> bool:
    """A line `Indikator : …`, numbered or not."""
    return isinstance(block, KeyValue) or (
        isinstance(block, Paragraph) and (match := _LINE.match(block.text)) is not None and read_label(match[1]).exact
    )


def as_rows(blocks: Sequence[Block]) -> list[GridRow]:
    """Lines `Indikator : …`, `Formulasi : …` as the rows of a card."""
    rows = []
    for block in blocks:
        if isinstance(block, KeyValue):
            key, value = block.key, block.value
        elif isinstance(block, Paragraph) and (match := _LINE.match(block.text)) is not None:
            key, value = match[1], match[2]
        else:
            continue
        rows.append(GridRow({0: RawCell(key, block.where), 1: RawCell(value, block.where)}, 2, block.where))
    return rows


def _pair(row: GridRow) -> tuple[str | None, RawCell | None] | None:
    """(label, value) of a row, its number and colon set aside; None for a row of more cells than that."""
    texts = [(column, row.text(column)) for column in row.filled()]
    if len(texts) > 1 and not any(char.isalpha() for char in texts[0][1]):
        texts = texts[1:]
    texts = [(column, text) for column, text in texts if text.strip(" :")]
    if len(texts) > 2 or not texts:
        return None if texts else (None, None)
    if len(texts) == 1:
        column, text = texts[0]
        return (_label(text), None) if column == 0 else (None, row.cells[column])
    (_, label), (column, text) = texts
    cell = row.cells[column]
    if text.startswith(":") or plain(cell.text) != text:
        cell = replace(cell, text=cell.text.lstrip(" :\n"))
    return _label(label), cell


def _label(text: str) -> str:
    return _NUMBERING.sub("", text).rstrip(" :")

"""Finds columns that only number or code their neighbours: under a shared label, or under none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Column
from pipeline.tables.body import WorkCell, WorkRow
from pipeline.tables.grid import place_of

_ROW_NUMBER = re.compile(r"\(?\d{1,3}\)?[.),]?|\d{1,2}(?:[.,]\d{1,2}){1,3}[.,]?|[a-z][.)]")
MOSTLY = 0.9
_LABEL = re.compile(r"[^\W\d_]{3}")
_CODE_PART = re.compile(r"[\dxX]{1,4}\.?")


def _texts(rows: Sequence[WorkRow], column: int) -> list[str]:
    return [text for row in rows if row.read and column < len(row.cells) and (text := row.cells[column].plain)]


def number_columns(columns: Sequence[Column], rows: Sequence[WorkRow]) -> list[Column]:
    """Columns with nothing but row numbers: unlabelled at the left edge, or left of a column under the same label."""
    result = list(columns)
    for number, column in enumerate(columns[:-1]):
        shared = bool(column.label) and column.label == columns[number + 1].label
        if not shared and (number > 0 or column.label):
            continue
        texts = _texts(rows, number)
        numbers = sum(bool(_ROW_NUMBER.fullmatch(text)) for text in texts)
        first = number == 0 and shared and numbers >= 2  # a name that reaches over both stands in the first
        beside = shared and numbers >= MOSTLY * len(texts) and _are_names(_texts(rows, number + 1))
        if texts and (numbers == len(texts) or first or beside):
            taken = any(other.field == "no" for other in result)
            result[number] = replace(column, field=None if taken else "no")
    return result


def _are_names(texts: Sequence[str]) -> bool:
    return sum(bool(_LABEL.search(text)) for text in texts) >= MOSTLY * max(len(texts), 1)


def join_code_columns(columns: Sequence[Column], rows: Sequence[WorkRow]) -> tuple[list[Column], list[WorkRow]]:
    """One column for a code whose segments stand in columns of their own under one label ("1 | 20 | 05 | 29")."""
    start = next((n for n, column in enumerate(columns) if column.field == "kode"), None)
    if start is None:
        return list(columns), list(rows)
    end = start
    while end < len(columns) and columns[end].field == "kode" and columns[end].label == columns[start].label:
        end += 1
    parts = [bool(_CODE_PART.fullmatch(text)) for n in range(start, end) for text in _texts(rows, n)]
    if end - start < 2 or sum(parts) < MOSTLY * len(parts):
        return list(columns), list(rows)
    for row in rows:
        if not row.read:
            continue
        pieces = [piece for cell in row.cells[start:end] for piece in cell.pieces if piece.text.strip()]
        if any(_LABEL.search(piece.text) for piece in pieces) and end < len(row.cells) and not row.cells[end].plain:
            row.cells[end] = WorkCell(pieces)  # a total whose label reaches over the code
            pieces = []
        code = ".".join(piece.text.strip(" .\n") for piece in pieces)
        joined = WorkCell(
            [replace(pieces[0], text=code, where=place_of(pieces))] if pieces else row.cells[start].pieces[:1]
        )
        row.cells[start:end] = [joined]
    return [*columns[: start + 1], *columns[end:]], list(rows)

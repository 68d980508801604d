"""Reads the formula of an indicator's cell: with its line breaks where they draw a fraction, folded where they do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.formula import parse
from pipeline.model import Cell, Indikator, LogicalTable

if TYPE_CHECKING:
    from pipeline.formula import Formula

_DRAWN = re.compile(r"\$[^$]*\\frac[^$]*\$(?:\s*[xX×]\s*100\s*%?)?")  # a drawn fraction among explanations


def cell_of(record: Indikator, field: str, tables: Mapping[int, LogicalTable]) -> Cell | None:
    """The cell of `field` that the record was read from, None where its row has none; `tables` by ordinal."""
    table = tables.get(record.table)
    if table is None or record.row >= len(table.rows):
        return None
    cells = table.rows[record.row].cells
    held = [cell for column, cell in zip(table.columns, cells, strict=False) if column.field == field]
    wanted = getattr(record, field, None)
    return next((cell for cell in held if " ".join(cell.text.split()) == wanted), held[0] if held else None)


def formula_of(record: Indikator, tables: Mapping[int, LogicalTable]) -> Formula | None:
    """The formula of the record; None where it declares none."""
    if not record.formula:
        return None
    cell = cell_of(record, "formula", tables)
    if cell is not None and "\n" in cell.raw and "<" not in cell.raw:
        stacked = parse(cell.raw, record.indikator)
        if stacked.pembilang and stacked.penyebut and not stacked.malformed:
            return stacked
    whole = parse(record.formula, record.indikator)
    drawn = _DRAWN.search(record.formula) if whole.kind == "prose" else None
    return parse(drawn.group(), record.indikator) if drawn else whole

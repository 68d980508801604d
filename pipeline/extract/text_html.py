"""Reads an HTML `<table>` that stands in OCR text into raw rows, with spans and the line of every row."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from pipeline.model import RawCell, RawRow, RawTable, Where

_TAG = re.compile(r"<(/?)(table|tr|td|th|thead)\b([^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
_BOLD = re.compile(r"\s*<(b|strong)>.*</\1>\s*", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class _Open:
    """The row and cell being read."""

    rows: list[RawRow] = field(default_factory=list)
    cells: list[RawCell] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)  # grid column -> rows that a span from above still covers
    line: int = 1
    header_rows: int = 0
    only_header_cells: bool = True


def html_table(source: str, first_line: int, ordinal: int) -> RawTable:
    """The table in `source` (from `<table` to `</table>`), whose first line is `first_line` of the file."""
    state = _Open()
    start = -1
    attributes = ""
    is_header = False
    column = 0
    for match in _TAG.finditer(source):
        closing, name = bool(match.group(1)), match.group(2).lower()
        line = first_line + source.count("\n", 0, match.start())
        if start >= 0 and name in ("td", "th", "tr"):
            column = _add_cell(state, source[start : match.start()], attributes, is_header, column, ordinal)
            start = -1
        if name == "tr":
            if state.cells or closing:
                _end_row(state, ordinal)
            column, state.line = 0, line
        elif name in ("td", "th") and not closing:
            start, attributes, is_header = match.end(), match.group(3), name == "th"
    _end_row(state, ordinal)
    return RawTable(
        tuple(state.rows), Where(line=first_line, table=ordinal), style="html", header_rows=state.header_rows
    )


def _add_cell(state: _Open, text: str, attributes: str, is_header: bool, column: int, ordinal: int) -> int:
    while state.covered.get(column, 0) > 0:
        column += 1
    spans = {name.lower(): max(int(value), 1) for name, value in _SPAN.findall(attributes)}
    rowspan, colspan = spans.get("rowspan", 1), spans.get("colspan", 1)
    where = Where(line=state.line, table=ordinal, row=len(state.rows), column=column)
    state.cells.append(
        RawCell(html.unescape(text.strip()), where, rowspan, colspan, bold=is_header or bool(_BOLD.fullmatch(text)))
    )
    for covered in range(column, column + colspan):
        state.covered[covered] = rowspan
    state.only_header_cells = state.only_header_cells and is_header
    return column + colspan


def _end_row(state: _Open, ordinal: int) -> None:
    if not state.cells:
        return
    if state.only_header_cells and state.header_rows == len(state.rows):
        state.header_rows += 1
    where = Where(line=state.line, table=ordinal, row=len(state.rows))
    state.rows.append(RawRow(tuple(state.cells), where))
    state.cells = []
    state.only_header_cells = True
    state.covered = {column: left - 1 for column, left in state.covered.items() if left > 1}

"""Runs the steps from raw tables to logical tables for one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.model import Cell, Column, Extraction, KeyValue, LogicalTable, RawTable, Row, Where
from pipeline.tables.bands import set_bands
from pipeline.tables.body import WorkCell, WorkRow, work_rows
from pipeline.tables.columns import columns_of
from pipeline.tables.fill import fill_down
from pipeline.tables.grid import place_of, plain
from pipeline.tables.interleave import Interleaver
from pipeline.tables.kinds import is_revised, kind_of
from pipeline.tables.levels import set_levels, set_totals
from pipeline.tables.lexicon import lexicon_of
from pipeline.tables.numbers import join_code_columns, number_columns
from pipeline.tables.settle import settle, settle_by_content, settle_quarters, settle_scale, settle_years
from pipeline.tables.split import split_numbers, split_packed
from pipeline.tables.stitch import Section, sections
from pipeline.tables.texts import set_texts
from pipeline.tables.titles import title_of

_LABEL = re.compile(r"[^\W\d_]{4,}")


def build(extraction: Extraction) -> tuple[LogicalTable, ...]:
    lexicon = lexicon_of(extraction)
    known = Interleaver(_texts(extraction))
    tables: list[LogicalTable] = []
    versions: dict[str, int] = {}
    for section in sections(extraction, lexicon):
        columns = _columns(section)
        rows = work_rows(section.rows, columns, known)
        columns, rows = _without_blank_columns(*join_code_columns(columns, rows))
        title = title_of(section)
        if not title and not section.above and tables:
            title = tables[-1].title
        columns = settle_by_content(settle_years(number_columns(columns, rows), title), rows)
        columns = settle_scale(settle_quarters(columns, rows, title), rows, title)
        set_texts(rows, columns, lexicon)
        _labels_out_of_number_column(rows, columns)
        set_bands(rows, columns)
        set_totals(rows, columns)
        fill_down(rows, columns)
        columns = split_numbers(rows, columns)
        rows = split_packed(rows, columns, lexicon)
        set_levels(rows, columns)
        kind = kind_of(columns, rows, title, tables[-1].kind if tables else None)
        version = versions.get(kind, 0) or 1
        if kind in versions and is_revised(title):
            version += 1
        versions[kind] = version
        tables.append(
            LogicalTable(
                ordinal=len(tables),
                kind=kind,
                title=title,
                where=section.where,
                columns=tuple(columns),
                rows=tuple(_row(row, columns) for row in rows),
                version=version,
                pages=tuple(section.pages),
                notes=tuple(section.notes),
            )
        )
    return tuple(tables)


def _texts(extraction: Extraction) -> Iterable[str]:
    """Texts of the document that a cut cell may be recognised by."""
    for block in extraction.blocks:
        if isinstance(block, RawTable):
            for row in block.rows:
                for cell in row.cells:
                    if 20 < len(cell.text) < 400:
                        yield plain(cell.text)
        elif isinstance(block, KeyValue):
            yield block.value
        else:
            yield block.text


def _columns(section: Section) -> list[Column]:
    if section.header is None:
        width = max((row.width for row in section.rows), default=section.width)
        return [Column(None, "") for _ in range(width)]
    columns = settle(columns_of(section.header))
    while len(columns) > 1 and not columns[-1].label and columns[-1].nomor is None:
        columns.pop()
    ragged = bool(section.rows) and section.rows[0].ragged
    if not ragged:
        width = max((row.width for row in section.rows), default=0)
        columns += [Column(None, "") for _ in range(width - len(columns))]
    return columns


def _without_blank_columns(columns: list[Column], rows: list[WorkRow]) -> tuple[list[Column], list[WorkRow]]:
    """Drops columns that have neither a label nor anything in them."""
    blank = {
        n
        for n, column in enumerate(columns)
        if not column.label and not any(row.read and n < len(row.cells) and row.cells[n].plain for row in rows)
    }
    if not blank or len(blank) == len(columns):
        return columns, rows
    for row in rows:
        if row.read:
            row.cells = [cell for n, cell in enumerate(row.cells) if n not in blank]
    return [column for n, column in enumerate(columns) if n not in blank], rows


def _labels_out_of_number_column(rows: Sequence[WorkRow], columns: Sequence[Column]) -> None:
    """A label that reaches from the column of numbers over the next one ("JUMLAH") belongs to the next."""
    if len(columns) < 3 or columns[0].field != "no":
        return
    for row in rows:
        if not row.read or row.cells[1].text or not _LABEL.match(row.cells[0].text):
            continue
        if sum(bool(cell.text) for cell in row.cells) > 1:
            row.cells[0], row.cells[1] = row.cells[1], row.cells[0]


def _row(row: WorkRow, columns: Sequence[Column]) -> Row:
    cells = tuple(
        _cell(cell, columns[n].field if row.read and n < len(columns) else None, row.where, n)
        for n, cell in enumerate(row.cells)
    )
    return Row(cells, row.where, row.kind, row.band, row.level)  # type: ignore[arg-type]


def _cell(cell: WorkCell, field: str | None, row: Where, column: int) -> Cell:
    pieces = [piece for piece in cell.pieces if piece.text.strip()] or cell.pieces
    printed = [*pieces, *cell.strays]
    where = place_of(pieces) if pieces else Where(row.page, row.line, row.table, row.row, column)
    confidences = [piece.confidence for piece in pieces if piece.confidence is not None]
    return Cell(
        field=field,
        text=cell.text,
        where=where,
        raw="\n".join(piece.text for piece in printed),
        inherited=cell.inherited,
        lines=tuple(dict.fromkeys(piece.where.line for piece in printed if piece.where.line is not None)),
        confidence=min(confidences) if confidences else None,
    )

"""Rows of a view in the formats of `lkip export`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from pipeline.errors import MissingToolError
from pipeline.report.csv import live, safe


def render_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], format_: str) -> str | bytes:
    """csv, json, jsonl as text; parquet and xlsx as bytes. Raises MissingToolError for parquet without its extra."""
    if format_ == "json":
        return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"
    if format_ == "jsonl":
        lines = (json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows)
        return "".join(line + "\n" for line in lines)
    if format_ == "parquet":
        return _parquet(columns, rows)
    if format_ == "xlsx":
        return _xlsx(columns, rows)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(value if isinstance(value, int | float) else safe(value) for value in row)
    return buffer.getvalue()


def _parquet(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    import pandas

    sink = io.BytesIO()
    try:
        pandas.DataFrame(list(rows), columns=list(columns)).to_parquet(sink, index=False)
    except ImportError as error:
        raise MissingToolError("Parquet needs the extra `parquet`", "pip install 'lkip[parquet]'") from error
    return sink.getvalue()


def _xlsx(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    from datetime import datetime

    import xlsxwriter

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet("lkip")
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    quoted = book.add_format({"quote_prefix": True})  # editing must not turn a text into a formula
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, column, value)
            elif value is not None:
                text = str(value)
                sheet.write_string(number, column, text[:32_767], quoted if live(text) else None)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), max(0, len(columns) - 1))
    book.close()
    return sink.getvalue()

"""Tells text of delimited values (CSV, often saved as .xls) from prose, and reads it as the table that it is."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter

from pipeline.model import Block, Extraction, Heading, Page, RawCell, RawRow, RawTable, Where

LEAST_FIELDS, LEAST_ROWS = 3, 2
EVEN = 0.8
"""Share of the lines that must have as many fields as most have."""
MAX_LENGTH = 30_000_000
LOOKED_AT = 200  # lines, to tell whether it is delimited


def delimiter_of(text: str) -> str | None:
    """ ";" or "," where nearly all lines have the same number of fields; commas of prose have a space after them."""
    if len(text) > MAX_LENGTH:
        return None
    lines = [line for line in text.split("\n", LOOKED_AT)[:LOOKED_AT] if line.strip()]
    if 2 * sum("\t" in line or "|" in line for line in lines) > len(
        lines
    ):  # cells are told apart already: commas are in amounts
        return None
    for delimiter in (";", ","):
        if sum(line.count(delimiter) for line in lines) < (LEAST_FIELDS - 1) * LEAST_ROWS:
            continue
        if delimiter == "," and sum(line.count(", ") for line in lines) * 5 > sum(line.count(",") for line in lines):
            continue
        try:
            sizes = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:
            continue
        size, count = sizes.most_common(1)[0]
        if size >= LEAST_FIELDS and count >= max(LEAST_ROWS, EVEN * sum(sizes.values())):
            return delimiter
    return None


def read_csv(text: str, data: bytes, name: str, delimiter: str) -> Extraction:
    """One table; lines with a single value above it are its titles."""
    blocks: list[Block] = []
    rows: list[RawRow] = []
    reader = csv.reader(text.split("\n"), delimiter=delimiter)
    line = 1
    for values in reader:
        where = Where(line=line, table=0, row=len(rows))
        filled = [value.strip() for value in values if value.strip()]
        if not rows and len(filled) == 1:
            blocks.append(Heading(filled[0], Where(line=line), 3, filled[0]))
        elif filled:
            cells = tuple(
                RawCell(value.strip(), Where(line=line, table=0, row=len(rows), column=column))
                for column, value in enumerate(values)
            )
            rows.append(RawRow(cells, where))
        line = reader.line_num + 1
    blocks.append(RawTable(tuple(rows), Where(line=rows[0].where.line if rows else 1, table=0), "tabs"))
    return Extraction(name, hashlib.sha256(data).hexdigest(), "text", (Page(1, "tables"),), tuple(blocks))

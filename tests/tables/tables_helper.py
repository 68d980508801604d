"""Reads tables written in a test as text, with ` | ` between cells, into logical tables."""

from __future__ import annotations

from textwrap import dedent

from pipeline.extract.text import read_text
from pipeline.model import LogicalTable, Row
from pipeline.tables import build_tables


def tables(source: str) -> tuple[LogicalTable, ...]:
    """Logical tables of `source`. A line with `|` is a row of tab-separated cells; other lines stand as they are."""
    lines = [
        "\t".join(cell.strip() for cell in line.split("|")) if "|" in line else line
        for line in dedent(source).strip("\n").split("\n")
    ]
    return build_tables(read_text("\n".join(lines).encode(), "test.txt"))


def table(source: str) -> LogicalTable:
    found = tables(source)
    assert len(found) == 1, [(t.title, len(t.rows)) for t in found]
    return found[0]


def fields(found: LogicalTable) -> list[str | None]:
    return [column.field for column in found.columns]


def texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def column(found: LogicalTable, field: str, kind: str = "data") -> list[str]:
    """Texts of the first column of `field`, one per row of `kind`."""
    number = fields(found).index(field)
    return [row.cells[number].text for row in found.rows if row.kind == kind]

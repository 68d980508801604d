"""A header that is printed again with other years, on the next page of its table: its rows are read under the first header, and a
note on the table says so."""

from __future__ import annotations

import re

from pipeline.model import Where
from pipeline.tables.header import Header

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NOTE = re.compile(r"headed again on (page|line) (\d+) with other years: ([\d, ]+)")


def years_of(labels: tuple[str, ...]) -> list[str]:
    """The years that labels print, each once, in their order."""
    return list(dict.fromkeys(year for label in labels for year in _YEAR.findall(label)))


def note_of(first: Header, again: Header, where: Where) -> str | None:
    """What is to be noted of a header printed again at `where`; None where it has the same years, or their number differs."""
    before, after = years_of(first.key), years_of(again.key)
    if before == after or len(before) != len(after) or (not where.line and not where.page):
        return None
    place = f"page {where.page}" if where.page else f"line {where.line}"
    return f"headed again on {place} with other years: {', '.join(after)}"


def read(note: str, table: int) -> tuple[Where, list[str]] | None:
    """Where a table is headed again, and the years; None for another note."""
    match = _NOTE.fullmatch(note)
    if match is None:
        return None
    place = int(match[2])
    where = Where(page=place, table=table) if match[1] == "page" else Where(line=place, table=table)
    return where, match[3].split(", ")

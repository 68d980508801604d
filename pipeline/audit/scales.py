"""The scale of classes by which a document judges a capaian, from its table or from lines of prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.audit.context import Doc
from pipeline.audit.phrases import said
from pipeline.interval import UNBOUNDED, Interval
from pipeline.model import Cell, LogicalTable, Where
from pipeline.normalize.names import normal

CLASSES = ("kriteria", "predikat")
LEAST = 3
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%?\s*"
_LINE = re.compile(
    r"^\W{0,3}(?:[a-e\d][.)]\s+)?(?:nilai\s+)?(?:"
    rf"(?P<over>≥|>|lebih dari|di\s?atas)\s*{_NUMBER}(?:(?:-|–|s/?d|sampai(?: dengan)?)\s*{_NUMBER})?"
    rf"|(?P<under>≤|<|kurang dari|di\s?bawah)\s*{_NUMBER}"
    rf"|{_NUMBER}(?:-|–|s/?d|sampai(?: dengan)?)\s*{_NUMBER})"
    r"(?:=|:|dengan sebutan|(?:kategori|predikat|kriteria)\b)\s*"
    r"(?P<name>[a-z]{4,12}(?: [a-z]{4,12}){0,2})\s*(?:\(([a-z]{1,2})\))?\W*$",
    re.IGNORECASE,
)  # "60 s/d 79,99 % = Baik (B)", "Nilai diatas 80% s/d 100% dengan sebutan baik (B)"


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes with their intervals, the lowest first; `table` is the one that states them, None for lines of prose."""

    classes: tuple[tuple[Interval, str], ...]
    evidence: tuple[Cell | tuple[Where, str], ...]
    table: LogicalTable | None = None

    def of(self, value: Fraction) -> list[str]:
        """The classes that hold the value; between two, both; beyond the ends, the first or last."""
        inside = [name for span, name in self.classes if value in span]
        below = [name for span, name in self.classes if span.high <= value]
        above = [name for span, name in self.classes if span.low >= value]
        return inside or [*below[-1:], *above[:1]]


def scales(doc: Doc) -> list[Scale]:
    """The scales of at least three classes; those of prose only where no table states one."""
    found = [scale for table in doc.tables("skala") if (scale := _of_table(table)) is not None]
    return found or list(_of_prose(doc))


def _of_table(table: LogicalTable) -> Scale | None:
    """Its classes; None where an interval or a name could not be read."""
    spans = next((i for i, c in enumerate(table.columns) if c.field == "interval"), None)
    names = next((i for i, c in enumerate(table.columns) if c.field in CLASSES), None)
    if spans is None or names is None:
        return None
    found: list[tuple[Interval, str]] = []
    cells: list[Cell | tuple[Where, str]] = []
    for row in table.rows:
        if row.kind != "data" or max(spans, names) >= len(row.cells):
            continue
        reading, name = row.cells[spans].reading, " ".join(row.cells[names].text.split())
        if reading is None or reading.interval is None or not name:
            return None
        found.append((reading.interval, name))
        cells.append(row.cells[spans])
    return _scale(found, cells, table)


def _of_prose(doc: Doc) -> Iterator[Scale]:
    """Lines that follow one another, each a class; a line may have been read in two pieces."""
    held: list[tuple[Interval, str]] = []
    places: list[Cell | tuple[Where, str]] = []
    rest: tuple[Where, str] | None = None
    for where, text in doc.spoken:
        short = len(text) < 80
        whole = f"{rest[1]} {text}" if rest is not None and short else text
        match = _LINE.match(" ".join(whole.split())) if short else None
        if match is not None:
            held.append((_span(match), match["name"]))
            places.append((where, whole))
            rest = None
        elif short and rest is None:
            rest = where, text
        else:
            yield from (one for one in [_scale(held, places)] if one is not None)
            held, places, rest = [], [], (where, text) if short else None
    yield from (one for one in [_scale(held, places)] if one is not None)


def _scale(
    found: list[tuple[Interval, str]], cells: list[Cell | tuple[Where, str]], table: LogicalTable | None = None
) -> Scale | None:
    ordered = tuple(sorted(found, key=lambda one: (one[0].low, one[0].high)))
    distinct = len({normal(name) for _, name in ordered}) == len(ordered)
    return Scale(ordered, tuple(cells), table) if distinct and len(ordered) >= LEAST else None


def _span(match: re.Match[str]) -> Interval:
    """The interval of a matched line: open above "lebih dari", below "kurang dari", closed elsewhere."""
    _, low, high, _, top, first, last, *_ = match.groups()
    if match["under"]:
        return Interval(-UNBOUNDED, said(top).value, high_open=match["under"] != "≤")
    if match["over"]:
        end = said(high).value if high else UNBOUNDED
        return Interval(said(low).value, end, low_open=match["over"] != "≥")
    return Interval(said(first).value, said(last).value)

"""Says which calendar year a figure is of where its column prints none: a year of the plan ("Tahun ke-3"), a year told from the
document's own ("n+1", "tahun lalu"), the year of the table's title. What cannot be known stays empty, with the reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.model import Column, Dokumen, LogicalTable, Row
from pipeline.normalize.names import key_of
from pipeline.tables.periods import is_named, relative_year

WITHOUT_YEAR = frozenset({"baseline", "target_akhir", "capaian_akhir", "anggaran_akhir"})
PLANNING = frozenset({"Renja", "RKT", "PK", "RencanaAksi"})
MIN_WITNESSES = 3
"""So many targets of a matrix with printed years must agree before they say which year *Tahun 1* is."""

_PERIOD = re.compile(
    r"\b(20\d\d)\s*(?:[-–—]|s\.?\s?/?\s?d\.?|sampai dengan)\s*(20\d\d)\b", re.IGNORECASE
)  # "2021-2026"
_TITLE_YEAR = re.compile(r"\btahun(?:\s+anggaran)?\s+(20\d\d)\b(?!\s*[-–/])", re.IGNORECASE)
_STANDARD = re.compile(r"\b(?:standar|spm|nspk|ikk)\b", re.IGNORECASE)  # holds for every year
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_FORMER = re.compile(r"\b(?:sebelum|semula)\b", re.IGNORECASE)  # "SEBELUM PERUBAHAN"

Target = tuple[str, bool]
"""Key of an indicator, and whether it stands in a version that a later one of the table replaces."""


@dataclass(frozen=True, slots=True)
class Awal:
    """The year that *Tahun 1* of a table means, None where it cannot be known, and why."""

    tahun: int | None
    alasan: str


def plan_starts(tables: Sequence[LogicalTable], dokumen: Dokumen) -> dict[int, Awal]:
    """For every table with columns of numbered years (by ordinal): its first year and the evidence."""
    numbered = [table for table in tables if any(column.tahun_ke and not column.tahun for column in table.columns)]
    if not numbered:
        return {}
    printed: dict[Target, dict[int, set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for table in tables:
        for key, column, value in _targets(table):
            if column.tahun:
                printed[key][column.tahun].add(value)
    return {table.ordinal: _start(table, printed, dokumen) for table in numbered}


def _start(table: LogicalTable, printed: Mapping[Target, Mapping[int, set[Decimal]]], dokumen: Dokumen) -> Awal:
    beside = {column.tahun - column.tahun_ke + 1 for column in table.columns if column.tahun and column.tahun_ke}
    if len(beside) == 1:
        return Awal(beside.pop(), "printed in the header")
    if beside:
        return Awal(None, "the years printed in the header do not follow each other")
    witnessed = _witnessed(table, printed)
    if witnessed is not None:
        return witnessed
    last = max(column.tahun_ke or 0 for column in table.columns)
    spans = _spans(table, printed, dokumen)
    if not spans:
        return Awal(None, "neither the period of the plan nor a matrix with the years is in the document")
    first, final = spans[0]
    if final - first + 1 == last:
        return Awal(first, f"{last} years of the plan {first}-{final}")
    return Awal(None, f"{last} numbered years do not fill the plan {first}-{final}, and no matrix of targets decides")


def _spans(
    table: LogicalTable, printed: Mapping[Target, Mapping[int, set[Decimal]]], dokumen: Dokumen
) -> list[tuple[int, int]]:
    """First and last years of the plan: of the table's title, of the document, of matrices with printed years."""
    stated = _PERIOD.search(table.title)
    spans = [(int(stated.group(1)), int(stated.group(2)))] if stated else []
    if dokumen.tahun and dokumen.tahun_akhir:
        spans.append((dokumen.tahun, dokumen.tahun_akhir))
    years = {year for targets in printed.values() for year in targets}
    return [*spans, (min(years), max(years))] if len(years) > 1 else spans


def _witnessed(table: LogicalTable, printed: Mapping[Target, Mapping[int, set[Decimal]]]) -> Awal | None:
    """The first year under which the targets of the table are those of matrices with printed years; indicators with the
    same target every year say nothing."""
    agree: Counter[int] = Counter()
    differ: Counter[int] = Counter()
    for key, column, value in _targets(table):
        years = printed.get(key)
        if column.tahun_ke is None or years is None or len({frozenset(values) for values in years.values()}) < 2:
            continue
        for year, values in years.items():
            start = year - column.tahun_ke + 1
            (agree if value in values else differ)[start] += 1
    best = max(agree, key=lambda start: agree[start] - differ[start], default=None)
    if best is None or agree[best] < MIN_WITNESSES or differ[best] * 5 > agree[best]:
        return None
    if any(agree[start] > differ[start] for start in agree if start != best):
        return None
    return Awal(best, f"{agree[best]} targets of the matrix with printed years agree")


def _targets(table: LogicalTable) -> Iterator[tuple[Target, Column, Decimal]]:
    """Every target of an indicator with a value, under its column."""
    names = [i for i, column in enumerate(table.columns) if column.field == "indikator"]
    if not names:
        return
    for row in table.rows:
        if row.kind != "data":
            continue
        former = any(_FORMER.search(part) for part in row.band)
        for number, column in enumerate(table.columns[: len(row.cells)]):
            reading = row.cells[number].reading
            if column.field == "target" and reading is not None and reading.value is not None:
                name = _name(row, [i for i in names if i < number] or names)
                if name:
                    yield (name, former), column, reading.value


def _name(row: Row, columns: Sequence[int]) -> str:
    return key_of(row.cells[columns[-1]].text) if columns[-1] < len(row.cells) else ""


def years_of(table: LogicalTable, dokumen: Dokumen, starts: Mapping[int, Awal]) -> tuple[int | None, ...]:
    """The calendar year of the figures of each column; None where no year belongs to them or none is known."""
    start = starts.get(table.ordinal)
    return tuple(_year(column, table, dokumen, start) for column in table.columns)


def _year(column: Column, table: LogicalTable, dokumen: Dokumen, start: Awal | None) -> int | None:
    if column.tahun is not None:
        return column.tahun
    if column.tahun_ke is not None:
        return None if start is None or start.tahun is None else start.tahun + column.tahun_ke - 1
    standard = column.field == "pembanding" and _STANDARD.search(column.label) is not None
    if column.field in WITHOUT_YEAR or standard or dokumen.tahun_akhir is not None:
        return None
    own = _title_year(table.title) or dokumen.tahun
    for part in reversed(column.label.split(" / ")):
        relative = relative_year(part)
        if relative is None:
            continue
        if dokumen.tahun is None or (is_named(part) and dokumen.kind in PLANNING):
            return None
        return dokumen.tahun + relative[0]
    return own


def _title_year(title: str) -> int | None:
    """The one year that a table's title names; a title with two years compares them."""
    years = set(_ANY_YEAR.findall(title))
    named = _TITLE_YEAR.search(title)
    return int(named.group(1)) if named and len(years) == 1 else None


def with_reasons(table: LogicalTable, starts: Mapping[int, Awal]) -> LogicalTable:
    """The table with a note on what *Tahun 1* means, or why that is unknown."""
    start = starts.get(table.ordinal)
    if start is None:
        return table
    said = f"Tahun 1 is {start.tahun}" if start.tahun else "the year of Tahun 1 is unknown"
    return replace(table, notes=(*table.notes, f"{said}: {start.alasan}"))

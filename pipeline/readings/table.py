"""Gives every value cell of a logical table its reading; notation and unit are decided by the column before the cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Cell, Column, LogicalTable, Reading, Row
from pipeline.readings.cents import has_cents, with_cents
from pipeline.readings.clean import clean
from pipeline.readings.codes import code_reading, read_code
from pipeline.readings.magnitude import Place, doubtful
from pipeline.readings.nomenclature import correct
from pipeline.readings.numbers import Notation, consensus
from pipeline.readings.shares import decided_by_share
from pipeline.readings.sums import decided, families
from pipeline.readings.units import Unit, unit
from pipeline.readings.values import RUN, read_with_unit

MONEY = frozenset({"anggaran", "realisasi_anggaran", "anggaran_akhir"})
FIGURES = frozenset(
    {"target", "realisasi", "capaian", "serapan", "baseline", "target_akhir", "capaian_akhir", "pembanding", "predikat", "interval"}
)  # fmt: skip
PERCENTAGES = frozenset({"capaian", "serapan", "capaian_akhir"})
WITHOUT_UNIT = PERCENTAGES | {"predikat", "interval"}
"""Columns that the unit of the row says nothing about."""
RATED = (
    "nilai",
    "indeks",
    "index",
    "skor",
    "rata-rata",
    "rata rata",
    "tingkat",
    "persentase",
    "prosentase",
    "%",
    "laju",
    "angka",
    "rasio",
)
NAMES = ("sub_kegiatan", "kegiatan", "program", "uraian")
SURE, HALF_SURE = 0.85, 0.5
"""OCR confidences below which a clean number counts as repaired, and as ambiguous."""


def read_table(table: LogicalTable) -> LogicalTable:
    """`table` with `reading` set on the cells of value columns, codes and predicates; other cells stay as they are."""
    money = _consensus(table, [index for index, column in enumerate(table.columns) if column.field in MONEY])
    other = _consensus(table, [index for index, column in enumerate(table.columns) if column.field not in MONEY])
    readers = [
        _column(table, index, money if column.field in MONEY else other) for index, column in enumerate(table.columns)
    ]
    of_office = _office(table)
    rows = tuple(_row(row, table.columns, readers, of_office) for row in table.rows)
    rows = _with_cents(table, rows)
    return replace(table, rows=_arithmetic(rows, table.columns))


def _with_cents(table: LogicalTable, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with the amounts of columns that write one mark for groups and decimals read so."""
    columns = [i for i, c in enumerate(table.columns) if c.field in MONEY and has_cents(_texts(table, i))]
    if not columns:
        return rows
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, reading=with_cents(cell.reading)) if index in columns and cell.reading else cell
                for index, cell in enumerate(row.cells)
            ),
        )
        for row in rows
    )


def _arithmetic(rows: tuple[Row, ...], columns: Sequence[Column]) -> tuple[Row, ...]:
    """Doubts amounts by their magnitude and lets the sums of the programme tree decide."""
    tree = families(rows)
    changed: dict[Place, Reading] = {}
    for field in (("anggaran", "anggaran_akhir"), ("realisasi_anggaran",)):
        indices = [index for index, column in enumerate(columns) if column.field in field]
        amounts = {
            (number, index): reading
            for number, row in enumerate(rows)
            for index in indices
            if index < len(row.cells)
            and (reading := row.cells[index].reading) is not None
            and reading.kind == "rupiah"
            and not row.cells[index].inherited
        }
        parents = {
            (row, index): [(member, index) for member in members] for row, members in tree.items() for index in indices
        }
        totals = frozenset(index for index in indices if columns[index].field == "anggaran_akhir")
        damaged = any(reading.status != "exact" for reading in amounts.values())
        doubts = doubtful(amounts, parents, totals) if damaged else {}
        printed = {place: amounts[place] for place in doubts}
        amounts.update(doubts)
        changed.update(doubts)
        for index in indices:
            for place, reading in decided(amounts, tree, index).items():
                sure = place in printed and printed[place].value == reading.value
                changed[place] = replace(printed[place], decided_by=reading.decided_by) if sure else reading
    changed.update(decided_by_share(rows, columns, changed))
    if not changed:
        return rows
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, reading=changed[number, index]) if (number, index) in changed else cell
                for index, cell in enumerate(row.cells)
            ),
        )
        for number, row in enumerate(rows)
    )


Reader = tuple[Unit, Notation | None] | None


def _texts(table: LogicalTable, index: int) -> list[str]:
    return [
        row.cells[index].text
        for row in table.rows
        if row.kind != "band"
        and index < len(row.cells)
        and row.cells[index].text.strip()
        and not row.cells[index].inherited
    ]


def _consensus(table: LogicalTable, columns: Sequence[int]) -> Notation | None:
    return consensus(text for index in columns for text in _texts(table, index))


def _column(table: LogicalTable, index: int, of_table: Notation | None) -> Reader:
    """How the cells of a column are read; None where the column holds no values."""
    column = table.columns[index]
    texts = _texts(table, index)
    if column.field in MONEY:
        stated = unit(column.satuan)
        expected = stated if stated.kind == "money" else Unit("money", "Rp")
        return expected, consensus(texts) or of_table
    if column.field in FIGURES or (column.field is None and _mostly_figures(texts)):
        expected = unit(column.satuan)
        if expected.kind == "unknown" and column.field in PERCENTAGES and "%" in column.label:
            expected = Unit("percent", "%")
        return expected, consensus(texts) or of_table
    return None


def _mostly_figures(texts: Sequence[str]) -> bool:
    figures = sum(1 for text in texts if (found := RUN.search(clean(text))) and found.start() <= 4 and len(text) < 40)
    return bool(texts) and figures * 2 > len(texts)


def _office(table: LogicalTable) -> str | None:
    """The programme code that most codes of the table belong to: it gives the bidang of an unreadable one."""
    columns = [index for index, column in enumerate(table.columns) if column.field == "kode"]
    codes = [read_code(text).code for index in columns for text in _texts(table, index)]
    counted = Counter(".".join(code.split(".")[:4]) for code in codes if code and code.count(".") >= 2)
    return counted.most_common(1)[0][0] if counted else None


def _code(text: str, name: str, of_office: str | None) -> Reading:
    """A code as printed. Where the name contradicts it, `grade` holds the code of the name and `repairs` says so;
    an unreadable code is inferred from the name."""
    reading = code_reading(text)
    if reading.kind != "code" or not name:
        return reading
    verdict = correct(reading.code, name, of_office)
    if verdict.verdict == "conflict":
        return replace(reading, grade=verdict.code, repairs=(*reading.repairs, f"the name is that of {verdict.code}"))
    if verdict.verdict == "inferred":
        repairs = (*reading.repairs, "inferred from the name")
        return replace(reading, status="repaired", code=verdict.code, repairs=repairs, decided_by="nomenclature")
    return reading


def _row(row: Row, columns: Sequence[Column], readers: Sequence[Reader], of_office: str | None) -> Row:
    if row.kind == "band":
        return row
    cells = list(row.cells)
    printed = {
        column.field: cell.text
        for column, cell in zip(columns, cells, strict=False)
        if column.field and cell.text.strip()
    }
    of_row = unit(printed.get("satuan"))
    rated = any(
        printed.get(name, "").lower().lstrip("0123456789.) ").startswith(RATED) for name in ("indikator", "uraian")
    )
    name = next((printed[field] for field in NAMES if field in printed), "")
    for index, column in enumerate(columns):
        if index >= len(cells):
            break
        if column.field == "kode":
            cells[index] = replace(cells[index], reading=_code(cells[index].text, name, of_office))
            continue
        reader = readers[index]
        if reader is None:
            continue
        expected, notation = reader
        if column.field not in WITHOUT_UNIT and _speaks_for(of_row, expected):
            expected = of_row
        elif expected.kind == "unknown" and rated:
            expected = Unit("measured")
        cells[index] = _read(cells[index], expected, notation)
    return replace(row, cells=tuple(cells))


def _speaks_for(of_row: Unit, expected: Unit) -> bool:
    """Whether the unit of the row is believed: over a header without one, and over a header's "(%)" above counts."""
    if expected.kind == "percent":
        return of_row.name is not None and of_row.kind != "percent"
    return expected.kind == "unknown" and of_row.kind != "unknown"


def _read(cell: Cell, expected: Unit, notation: Notation | None) -> Cell:
    reading = read_with_unit(cell.text, expected, notation)
    if expected.kind == "money" and reading.kind == "percent" and reading.value is not None:
        reading = _lowered(reading, "ambiguous", "a percentage in a column of rupiah")
    if reading.kind in ("date", "period", "year") and expected.kind != "unknown":
        reading = read_with_unit(cell.text, expected, notation)
    confidence = cell.confidence
    if (
        confidence is not None
        and confidence < SURE
        and reading.status in ("exact", "repaired")
        and any(ch.isdigit() for ch in cell.text)
    ):
        status = "repaired" if confidence >= HALF_SURE else "ambiguous"
        reading = _lowered(reading, status, f"OCR confidence {confidence:.2f}")
    return replace(cell, reading=reading)


def _lowered(reading: Reading, status: str, why: str) -> Reading:
    repairs = (*reading.repairs, why)
    if status == "repaired":
        return replace(reading, status="repaired", repairs=repairs)
    candidates = (reading.value,) if reading.value is not None else reading.candidates
    return replace(reading, status="ambiguous", value=None, interval=None, candidates=candidates, repairs=repairs)

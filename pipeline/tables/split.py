"""Takes apart what one cell packs together: a row number before a name, and several numbered indicators in one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.extract.text_markup import strip_markup
from pipeline.model import Column
from pipeline.tables.body import WorkCell, WorkRow
from pipeline.tables.celltype import FIGURE_FIELDS, MONEY_FIELDS, is_figure
from pipeline.tables.joining import mend
from pipeline.tables.lexicon import Lexicon

_LEADING_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})?[.)])\s*(?=[^\d\s])(.*)", re.DOTALL)  # "1. Terwujudnya…"
_VALUES = FIGURE_FIELDS | MONEY_FIELDS | {"satuan"}
_NAMED = ("sasaran", "kegiatan", "program", "uraian", "sub_kegiatan", "tujuan")
_BULLET = re.compile(r"\s*[•●▪·‣◦*–-]\s+")
_OPENER = re.compile(
    r"(?:Pr?[eo]r?sentase|Jumlah|Nilai|Tingkat|Rasio|Indeks|Angka|Cakupan|Luas|Rata-rata|Proporsi|Skor|Opini|Predikat)\b"
)
_DIGIT = re.compile(r"\d")
_ITEM = re.compile(r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+")  # "2. % kompetensi …"
_LABELLED = re.compile(r"(?:(?<=\s)|^)(?:[^\W\d_]+\s+){0,2}(\d{1,2})\s*[:.)]\s+")  # "Target 3: 75%"


def split_numbers(rows: Sequence[WorkRow], columns: list[Column]) -> list[Column]:
    """Moves numbers glued to the first column ("1. Terwujudnya …") into a column of their own, where there is none."""
    if not columns or columns[0].field not in _NAMED or any(column.field == "no" for column in columns):
        return columns
    matches = {}
    for number, row in enumerate(rows):
        if row.read and row.kind == "data" and row.cells[0].text and not row.cells[0].inherited:
            match = _LEADING_NUMBER.fullmatch(row.cells[0].text)
            if match:
                matches[number] = match
    numbers = [int(re.match(r"\d+", match.group(1)).group()) for match in matches.values()]  # type: ignore[union-attr]
    if len(numbers) < 2 or numbers[0] != 1 or numbers != sorted(numbers):
        return columns
    printed: dict[str, str] = {}
    for number, row in enumerate(rows):
        if not row.read:
            row.cells.insert(0, WorkCell())
            continue
        cell = row.cells[0]
        match = matches.get(number)
        if match:
            printed[cell.text] = match.group(1)
            row.cells.insert(0, WorkCell(cell.pieces[:1], text=match.group(1)))
            cell.text = match.group(2).strip()
        elif cell.inherited and cell.text in printed:
            number_cell = WorkCell(cell.pieces[:1], span=True, text=printed[cell.text], inherited=True)
            again = _LEADING_NUMBER.fullmatch(cell.text)
            cell.text = again.group(2).strip() if again else cell.text
            row.cells.insert(0, number_cell)
        else:
            row.cells.insert(0, WorkCell())
    return [Column("no", ""), *columns]


def _items(text: str, pattern: re.Pattern[str]) -> list[str] | None:
    """Items numbered 1, 2, 3… in one text, or None."""
    marks = list(pattern.finditer(text))
    if len(marks) < 2 or [int(mark.group(1)) for mark in marks] != list(range(1, len(marks) + 1)):
        return None
    if text[: marks[0].start()].strip():
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]


def split_packed(rows: Sequence[WorkRow], columns: Sequence[Column], lexicon: Lexicon) -> list[WorkRow]:
    """One row per indicator where a cell holds several and every cell of figures as many, numbered or line by line.

    An amount printed once stays on the first row.
    """
    column = next((n for n, c in enumerate(columns) if c.field == "indikator"), None)
    if column is None:
        return list(rows)
    result: list[WorkRow] = []
    for row in rows:
        result.extend(_unpack(row, column, columns, lexicon) if row.read and row.kind == "data" else [row])
    return result


def _unpack(row: WorkRow, column: int, columns: Sequence[Column], lexicon: Lexicon) -> list[WorkRow]:
    names = _items(row.cells[column].text, _ITEM)
    if names is not None and all(names):
        figures = _figures(row, columns, len(names), lambda cell, _: _items(cell.text, _LABELLED))
        if figures:
            return _apart(row, column, names, figures, columns)
    lines = _lines(row.cells[column])
    counts = {len(_lines(cell)) for cell, c in zip(row.cells, columns, strict=True) if c.field in _VALUES and cell.text}
    if len(counts) == 1 and 1 < (count := counts.pop()) < len(lines) + 1:
        starts = next((found for found in _starts(lines) if len(found) == count), None)
        if starts is not None:
            ends = [*starts[1:], len(lines)]
            names = [mend(_BULLET.sub("", " ".join(lines[a:b])), lexicon) for a, b in zip(starts, ends, strict=True)]
            figures = _figures(row, columns, count, _figure_lines)
            if figures:
                return _apart(row, column, names, figures, columns)
    return [row]


def _starts(lines: Sequence[str]) -> list[list[int]]:
    """Ways to tell which lines start an indicator: capitals, bullets, the words that indicators start with."""
    capitals = [n for n, line in enumerate(lines) if n == 0 or line[:1].isupper() or line[:1] in "%("]
    bulleted = [n for n, line in enumerate(lines) if n == 0 or _BULLET.match(line)]
    firsts = {_BULLET.sub("", lines[n]).split()[0] for n in bulleted[1:] if _BULLET.sub("", lines[n]).split()}
    alike = [n for n, line in enumerate(lines) if n in bulleted or line.split()[0] in firsts]
    opened = [n for n, line in enumerate(lines) if n == 0 or _OPENER.match(line)]
    same = [n for n, line in enumerate(lines) if line.split()[0] == lines[0].split()[0]]
    return [capitals, bulleted, alike, opened, same]


def _lines(cell: WorkCell) -> list[str]:
    return [line for piece in cell.pieces for line in strip_markup(piece.text).split("\n") if line.strip()]


def _figure_lines(cell: WorkCell, column: Column) -> list[str] | None:
    """Lines that each are a value: a line with nothing but the unit of the line above is none."""
    lines = _lines(cell)
    units = column.field == "satuan"
    each = all(is_figure(line) or (len(line) <= 12 and (units or _DIGIT.search(line))) for line in lines)
    return lines if each else None


def _figures(
    row: WorkRow, columns: Sequence[Column], count: int, items: Callable[[WorkCell, Column], list[str] | None]
) -> dict[int, list[str]] | None:
    """Values per column of figures, `count` in each; None where one column does not have as many."""
    figures: dict[int, list[str]] = {}
    for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        if column.field in _VALUES and cell.text:
            values = items(cell, column)
            if column.field in MONEY_FIELDS and (values is None or len(values) != count):
                continue
            if values is None or len(values) != count:
                if column.field == "satuan":
                    continue
                return None
            figures[number] = values
    return figures if any(columns[number].field in FIGURE_FIELDS for number in figures) else None


def _apart(
    row: WorkRow, column: int, names: Sequence[str], figures: dict[int, list[str]], columns: Sequence[Column]
) -> list[WorkRow]:
    result = []
    for item, name in enumerate(names):
        cells = []
        for number, (cell, c) in enumerate(zip(row.cells, columns, strict=True)):
            if number == column:
                cells.append(replace(cell, text=name))
            elif number in figures:
                cells.append(replace(cell, text=figures[number][item]))
            elif item and c.field in MONEY_FIELDS | FIGURE_FIELDS:
                cells.append(WorkCell())
            elif item:
                cells.append(replace(cell, span=True, inherited=bool(cell.text)))
            else:
                cells.append(cell)
        result.append(replace(row, cells=cells))
    return result

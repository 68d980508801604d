"""Finds the header of a table: which rows it spans, which label stands over each column, and the row of column numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import RawCell
from pipeline.tables.grid import GridRow
from pipeline.tables.periods import number_below
from pipeline.tables.vocabulary import Label, leaves, read_label

MOST_HEADER_ROWS = 5
LONGEST_HEADER = 160  # characters of a header cell
SHORT_LABEL = 24  # characters of a sub-label that the vocabulary does not know ("S1", "Rusak Berat")

# "1", "(2)", "6 (= 5/4 *100)%", "8=7/6x100%", "(7) = (6)/(5)"
_COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,2})\s*([a-z]?)\s*\)?\s*(\(?\s*[=:].*)?")
_MONTH = re.compile(r"[1-9]|1[0-2]")
_FORMULA_TRIM = re.compile(r"^[\s(=:]+|[\s]+$")
_FIGURE = re.compile(r"(?:Rp\.?\s*)?[\d.,\s]*\d[\d.,\s]*%?(?:,-)?|[\d.,]+\s*%")  # a cell that is nothing but a figure
_MONEY = re.compile(r"Rp\.?\s*\d|\d{1,3}(?:[.,]\d{3}){1,}")


@dataclass(frozen=True, slots=True)
class Header:
    """`parts[c]` are the labels over column c from top to bottom; `rows` the number of grid rows taken, numbers included."""

    parts: tuple[tuple[str, ...], ...]
    rows: int
    nomor: tuple[str | None, ...]
    formula: tuple[str | None, ...]
    printed: tuple[tuple[str, ...], ...] = ()  # texts of each header row, to know it again on the next page

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for the same header on two pages."""
        return tuple("".join(char for char in " ".join(parts).lower() if char.isalnum()) for parts in self.parts)


def column_numbers(row: GridRow) -> dict[int, tuple[str, str | None]] | None:
    """Printed number and formula per column, where the row is one of column numbers (at least two, rising)."""
    found: dict[int, tuple[str, str | None]] = {}
    last = 0
    filled = row.filled()
    if len(filled) < 2 or len(filled) * 2 < row.width - 1 or (row.covers and min(filled) > 0):
        return None
    for column in filled:
        match = _COLUMN_NUMBER.fullmatch(row.text(column))
        if not match or int(match.group(1)) < last:
            return None
        last = int(match.group(1))
        formula = match.group(3)
        if formula:
            formula = _FORMULA_TRIM.sub("", formula)
            if formula.count(")") > formula.count("("):
                cut = formula.rindex(")")
                formula = (formula[:cut] + formula[cut + 1 :].replace("%", "")).strip()
        found[column] = (match.group(1) + match.group(2), formula or None)
    numbers = [int(re.sub(r"\D", "", number)) for number, _ in found.values()]
    rising = all(b - a >= 0 for a, b in itertools.pairwise(numbers))
    steps = sum(b - a == 1 for a, b in itertools.pairwise(numbers))
    plain = sum(formula is None for _, formula in found.values())
    bracketed = all(row.text(column).startswith("(") for column in filled)
    if (
        not rising
        or (steps * 2 < len(numbers) - 1 and not bracketed)
        or len(set(numbers)) < 2
        or (plain == len(found) and len(found) < 3)
    ):
        return None
    return found


def is_label(label: Label) -> bool:
    return label.field is not None or label.is_period or label.plain == "tahun"


def labels_of(row: GridRow) -> dict[int, Label]:
    return {column: read_label(row.text(column)) for column in row.filled()}


def header_score(row: GridRow) -> tuple[int, int]:
    """How many cells of the row read as labels, and how many are filled."""
    labels = labels_of(row)
    return sum(is_label(label) for label in labels.values()), len(labels)


def looks_like_header(row: GridRow) -> bool:
    """A top header row: at least two labels, more than half of the filled cells, no amounts among them."""
    texts = [row.text(column) for column in row.filled()]
    if any(len(text) > LONGEST_HEADER or _MONEY.search(text) for text in texts) or len(set(texts)) * 2 < len(texts):
        return False
    known, filled = header_score(row)
    if known < 2 or known * 2 < filled:
        return False
    labels = [read_label(text) for text in texts]
    return not all(label.is_period for label in labels) and len({label.field for label in labels} - {None}) >= 2


def _is_subheader(row: GridRow, upper: Sequence[GridRow]) -> bool:
    """A further header row: labels, periods or short words under the spans of the row above, and no figures."""
    filled = row.filled()
    if _is_row_of_years(row, upper[-1]):
        return True
    if not filled or column_numbers(row):
        return False
    labels = labels_of(row)
    texts = [row.text(column) for column in filled]
    if any(_MONEY.search(text) for text in texts):
        return False
    known = sum(is_label(label) or _is_leaf(label) for label in labels.values())
    if known == len(filled):
        top = upper[0]
        under_span = sum(column not in top.filled() for column in filled)
        return under_span > 0 or len(filled) > 1 or bool(row.covers)
    if any(
        _FIGURE.fullmatch(text) and not labels[column].is_period and not (row.covers and _MONTH.fullmatch(text))
        for column, text in zip(filled, texts, strict=True)
    ):
        return False
    short = all(len(text) <= SHORT_LABEL for text in texts)
    blank_left = min(filled) > min(upper[-1].filled(), default=0)
    return short and (blank_left or bool(row.covers)) and all(_under_span(column, upper[-1]) for column in filled)


def _is_row_of_years(row: GridRow, upper: GridRow) -> bool:
    """Whether the row numbers the years of a plan: "1 | 2 | 3" under "Target pada Tahun ke-"."""
    owners = [max((left for left in upper.filled() if left <= column), default=None) for column in row.filled()]
    return bool(owners) and all(
        owner is not None and number_below(row.text(column), upper.text(owner))
        for column, owner in zip(row.filled(), owners, strict=True)
    )


def _under_span(column: int, upper: GridRow) -> bool:
    """Whether a cell of the row above reaches over more than this column, by its span or over the blank cells beside it."""
    owner = max((left for left in upper.filled() if left <= column), default=None)
    if owner is None:
        return False
    if upper.cells[owner].colspan > 1:
        return column < owner + upper.cells[owner].colspan
    return upper.ragged and (column != owner or (column + 1 < upper.width and not upper.text(column + 1)))


def _is_leaf(label: Label) -> bool:
    return any(label.plain in group for group in leaves().values())


def read_header(rows: Sequence[GridRow], start: int, width: int, known: Header | None = None) -> Header | None:
    """The header that begins at row `start`, or None. `width`: columns of the table; `known`: the header of the page before."""
    if known is not None:
        again = 0
        while again < len(known.printed) and start + again < len(rows):
            if not _same_row(rows[start + again], known.printed[again]):
                break
            again += 1
        if again:
            if again == len(known.printed):
                split_leftovers(rows[start + again - 1], rows[start + again :], known.printed[-1])
            return _header_from(rows, start, start + again, width, again)
    marked = start
    while marked < len(rows) and rows[marked].marked_header and marked - start < MOST_HEADER_ROWS:
        marked += 1
    if marked == start and not looks_like_header(rows[start]):
        if start + 1 < len(rows) and _is_span_row(rows[start], width) and looks_like_header(rows[start + 1]):
            return _header_from(rows, start, start + 2, width)
        return None
    return _header_from(rows, start, marked, width)


def _same_row(row: GridRow, known: tuple[str, ...]) -> bool:
    """The header row of the page before, perhaps with the rest of a cut cell in the same box below a label."""
    texts = printed(row)
    if len(texts) != len(known):
        return False
    same = sum(text == label for text, label in zip(texts, known, strict=True))
    return same * 2 > len(known) and all(text.startswith(label) for text, label in zip(texts, known, strict=True))


def split_leftovers(row: GridRow, below: Sequence[GridRow], known: tuple[str, ...]) -> None:
    """Moves what stands below a repeated label in the same box ("Sasaran | transportasi umum") to the rows under it."""
    for column, label in zip(row.filled(), known, strict=True):
        cell = row.cells[column]
        rest = _after(cell.text, len(label))
        if not rest:
            if cell.rowspan > 1:
                _cover(column, None, cell.rowspan - 1, below)
            continue
        row.cells[column] = replace(cell, text=cell.text[: len(cell.text) - len(rest)].strip(), rowspan=1)
        _cover(column, replace(cell, text=rest, rowspan=max(cell.rowspan - 1, 1)), max(cell.rowspan - 1, 1), below)


def _after(text: str, characters: int) -> str:
    """The text after its first `characters` characters that are no white space."""
    seen = 0
    for at, char in enumerate(text):
        if seen == characters:
            return text[at:].strip()
        seen += not char.isspace()
    return ""


def _cover(column: int, cell: RawCell | None, depth: int, below: Sequence[GridRow]) -> None:
    for number, row in enumerate(below[:depth]):
        row.covers.pop(column, None)
        if cell is not None and column not in row.cells:
            (row.cells if number == 0 else row.covers)[column] = cell


def _is_span_row(row: GridRow, width: int) -> bool:
    """Words that each reach over several columns, above the labels: "RANCANGAN AWAL | HASIL ANALISIS"."""
    filled = row.filled()
    texts = [row.text(column) for column in filled]
    if not filled or any(len(text) > 80 or _MONEY.search(text) for text in texts):
        return False
    spans = [row.cells[column].colspan for column in filled]
    return min(spans) > 1 and (len(filled) > 1 or spans[0] < width - 1)


def printed(row: GridRow) -> tuple[str, ...]:
    return tuple("".join(row.text(column).lower().split()) for column in row.filled())


def guess_header(rows: Sequence[GridRow], width: int) -> Header | None:
    """A header whose words the vocabulary does not know: short words over rows that hold figures, or bold over plain."""
    if len(rows) < 2 or width < 2 or column_numbers(rows[0]):
        return None
    first = rows[0]
    filled = first.filled()
    texts = [first.text(column) for column in filled]
    if len(filled) < 2 or any(
        len(text) > 80 or (_FIGURE.fullmatch(text) and not read_label(text).is_period) for text in texts
    ):
        return None
    body = rows[1:]
    figures = sum(bool(_FIGURE.fullmatch(row.text(column))) for row in body for column in row.filled())
    bold = all(first.cells[column].bold for column in filled) and not all(
        row.cells[column].bold for row in body for column in row.filled()
    )
    numbered = read_label(texts[0]).field == "no"
    if len(set(texts)) < 2 or not (bold or numbered or figures * 4 >= sum(len(row.filled()) for row in body)):
        return None
    if texts[0][:1].islower():
        return None
    return _header_from(rows, 0, 0, width)


def _header_from(rows: Sequence[GridRow], start: int, marked: int, width: int, most: int = MOST_HEADER_ROWS) -> Header:
    end = max(marked, start + 1)
    deepest = start + max((cell.rowspan for cell in rows[start].cells.values()), default=1)
    upper = list(rows[start : start + 1])
    numbers: dict[int, tuple[str, str | None]] = {}
    for row in rows[start + 1 : end]:
        found = None if _is_row_of_years(row, upper[-1]) else column_numbers(row)
        if found:
            numbers = found
        else:
            upper.append(row)
    while end < len(rows):
        row = rows[end]
        found = None if numbers or _is_row_of_years(row, upper[-1]) else column_numbers(row)
        if found:
            numbers = found
            end += 1
        elif end - start - bool(numbers) >= most:
            break
        elif (end < deepest and row.covers and _all_short(row)) or _is_subheader(row, upper):
            if numbers and not all(_is_leaf(read_label(row.text(column))) for column in row.filled()):
                break
            upper.append(row)
            end += 1
        else:
            break
    parts = _parts(upper, width)
    nomor = [numbers.get(column, (None, None))[0] for column in range(width)]
    formula = [numbers.get(column, (None, None))[1] for column in range(width)]
    for column, labels in enumerate(parts):
        if nomor[column] is None and labels:
            nomor[column] = read_label(labels[-1]).nomor
    texts = tuple(
        printed(row) for row in rows[start:end] if any(row is one for one in upper) or not column_numbers(row)
    )
    return Header(parts, end - start, tuple(nomor), tuple(formula), texts)


def _all_short(row: GridRow) -> bool:
    return all(len(row.text(column)) <= 60 and not _MONEY.search(row.text(column)) for column in row.filled())


def _parts(rows: Sequence[GridRow], width: int) -> tuple[tuple[str, ...], ...]:
    """Labels over each column. A label reaches right over blank cells where a lower row tells them apart."""
    columns: list[list[str]] = [[] for _ in range(width)]
    edges: set[int] = set()  # columns where a group of an upper row begins
    for depth, row in enumerate(rows):
        lower = rows[depth + 1 :]
        current, owner = "", -1
        for column in range(width):
            text = row.text(column)
            cell = row.cells.get(column)
            if text:
                current, owner = text, column
                columns[column].append(text)
                edges.add(column)
            elif column in row.covers:
                current, owner = "", -1
            elif current and column not in edges and _reaches(row, owner, column, lower, cell is None):
                columns[column].append(current)
            else:
                current = ""
    return tuple(tuple(_without_repeats(labels)) for labels in columns)


def _reaches(row: GridRow, owner: int, column: int, lower: Sequence[GridRow], absent: bool) -> bool:
    span = row.cells[owner].colspan
    if span > 1:
        return column < owner + span
    if not row.ragged and not absent:
        return any(below.text(column) for below in lower) and any(below.text(owner) for below in lower)
    return any(below.text(column) for below in lower) and any(below.text(owner) for below in lower)


def _without_repeats(labels: list[str]) -> list[str]:
    return [label for number, label in enumerate(labels) if number == 0 or label != labels[number - 1]]

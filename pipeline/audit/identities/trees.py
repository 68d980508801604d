"""Collects sums over programme trees and totals of tables: a parent is the sum of its children, in every money column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.model import Figure, Identity, holds
from pipeline.interval import Interval
from pipeline.model import Row
from pipeline.readings.nomenclature import level_of_name

LEVELS = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_FIRST_WORDS = re.compile(r"^\W*(sub\s*-?\s*kegiatan|kegiatan|program)\b", re.IGNORECASE)  # "Sub Kegiatan Penyediaan …"
_SLASH = re.compile(r"\s*/\s*")  # "Kabupaten / Kota"
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?$")  # "1", "1.1", "2.3.1."
# "JUMLAH", "Total", "Jumlah Total", "JUMLAH ANGGARAN", "Jumlah II"; not "Jumlah Wajib Pajak"
_ORDINAL = re.compile(r"(\d{1,2})[.)]?")  # "3."
_TOTAL = re.compile(
    r"\W*(?:jumlah|total|jml)(?:\s+(?:jumlah|total|keseluruhan|seluruhnya|anggaran|belanja|dana|umum|[ivx]+|[a-d]))*\W*",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\brata\s*-?\s*rata\b", re.IGNORECASE)
ONE = Fraction(1)


@dataclass(slots=True)
class Node:
    """A row of a programme tree with the rows directly below it."""

    row: int
    level: int
    children: list[Node] = field(default_factory=list)
    open: bool = False  # a row of unknown level with an amount stands below it


def level_of(sheet: Sheet, index: int) -> int | None:
    """0 program, 1 kegiatan, 2 sub kegiatan: by what the reader found, the first word, the code, or the numbering."""
    row = sheet.table.rows[index]
    if row.level in LEVELS:
        return LEVELS[row.level]
    if row.level is not None:
        return None
    word = _FIRST_WORDS.match(sheet.names[index])
    if word:
        return LEVELS[re.sub(r"[\s-]+", "_", word[1].lower().replace("sub kegiatan", "sub_kegiatan"))]
    for cell in row.cells:
        if cell.reading is not None and cell.reading.code:
            depth = len(cell.reading.code.split("."))
            return {3: 0, 5: 1, 6: 2}.get(depth)
    return None


def forest(sheet: Sheet) -> list[list[Node]]:
    """Trees of the table, one list per band: a program that begins a new tree ends the one before."""
    base = {index: level_of(sheet, index) for index, row in enumerate(sheet.table.rows) if row.kind == "data"}
    grown = [_grow(sheet, guess, strict=True) for guess in _guesses(sheet, base)]
    vouched = [(count, groups) for groups in grown if (count := _vouched(sheet, groups))]
    if vouched:
        return max(vouched, key=lambda one: one[0])[1]
    return _grow(sheet, base)


def _guesses(sheet: Sheet, base: dict[int, int | None]) -> Iterator[dict[int, int | None]]:
    """Levels for rows of amounts that name none, as in a column "Program/Kegiatan" without codes: those of the nomenclature,
    or one below the programs where nothing else stands below them."""
    columns = sheet.money
    unknown = [
        index
        for index, level in base.items()
        if level is None
        and any(sheet.figure(index, column) is not None for column in columns)
        and not is_total(sheet.table.rows[index], sheet)
    ]
    if not unknown:
        return
    listed = {index: level_of_name(_SLASH.sub("/", sheet.names[index])) for index in unknown}
    if any(listed.values()):
        yield _between({**base, **{index: LEVELS.get(level or "") for index, level in listed.items()}}, unknown)
    first = next((index for index, level in base.items() if level == 0), None)
    if first is not None and not any(base.values()):
        yield {**base, **{index: 1 for index in unknown if index > first}}


def _between(levels: dict[int, int | None], unknown: list[int]) -> dict[int, int | None]:
    """Rows between two of one level have it as well."""
    found = dict(levels)
    known = [index for index, level in levels.items() if level is not None]
    for index in unknown:
        before = next((levels[one] for one in reversed(known) if one < index), None)
        after = next((levels[one] for one in known if one > index), None)
        if levels[index] is None and before == after:
            found[index] = before
    return found


def _vouched(sheet: Sheet, groups: list[list[Node]]) -> int:
    """How many sums of several rows bear out a guessed tree; nought where fewer than two hold, or fewer than a third."""
    found = [
        bool(holds(identity))
        for group in groups
        for node in walk(group)
        for column in sheet.money
        if len(node.children) > 1
        and not node.open
        and (identity := _sum(sheet, node, column)) is not None
        and not identity.incomplete
        and identity.result.value
    ]
    return sum(found) if sum(found) >= 2 and sum(found) * 3 >= len(found) else 0


def _grow(sheet: Sheet, levels: dict[int, int | None], strict: bool = False) -> list[list[Node]]:
    """The trees that these levels make. `strict`: whatever has a row of unknown level with an amount below it is open."""
    groups: list[list[Node]] = []
    band: tuple[str, ...] | None = None
    stack: list[Node] = []
    for index, level in levels.items():
        row = sheet.table.rows[index]
        if level is None:
            for node in stack if strict and _has_amount(sheet, index) else ():
                node.open = True
            continue
        if row.band != band or not groups:
            groups.append([])
            stack = []
            band = row.band
        if strict and _continues(sheet, index):
            continue
        while stack and stack[-1].level >= level:
            stack.pop()
        node = Node(index, level)
        (stack[-1].children if stack else groups[-1]).append(node)
        stack.append(node)
    return groups


def _has_amount(sheet: Sheet, row: int) -> bool:
    return any(sheet.figure(row, column) is not None for column in sheet.money)


def _continues(sheet: Sheet, row: int) -> bool:
    """A further indikator of the row above: its name was filled down, and it states no amount of its own."""
    named = [
        cell
        for cell, column in zip(sheet.table.rows[row].cells, sheet.table.columns, strict=False)
        if column.field in LEVELS and cell.text.strip()
    ]
    return bool(named) and all(cell.inherited for cell in named) and not _has_amount(sheet, row)


def walk(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(node.children)


def sums(sheet: Sheet) -> Iterator[Identity]:
    """Parent = Σ children, for each parent and money column."""
    columns = sheet.money
    if not columns:
        return
    for group in forest(sheet):
        for node in walk(group):
            if not node.children or node.open:
                continue
            for column in columns:
                identity = _sum(sheet, node, column)
                if identity is not None:
                    yield identity
                else:
                    yield from _loose(sheet, node, column)


def _loose(sheet: Sheet, node: Node, column: int) -> Iterator[Identity]:
    """Amounts under a blank parent belong to no sum; they show where a row's cells went if they were read to the side."""
    for figure in _figures(sheet, [child.row for child in node.children], column)[0]:
        if figure.value:
            yield Identity("lepas", "linear", figure, (), (), incomplete=True)


def _sum(sheet: Sheet, node: Node, column: int) -> Identity | None:
    total = sheet.figure(node.row, column)
    if total is None:
        return None
    figures, blank = _figures(sheet, [child.row for child in node.children], column)
    mixed = len({child.level for child in node.children}) > 1
    return Identity(
        "jumlah_pohon", "linear", total, tuple(figures), (ONE,) * len(figures), soft=mixed, incomplete=blank or not figures,
        facts={"kolom": sheet.column(column).label},
    )  # fmt: skip


def _figures(sheet: Sheet, rows: list[int], column: int) -> tuple[list[Figure], bool]:
    """Figures of the rows, and whether a cell was blank (a dash is nought, not blank)."""
    figures = []
    blank = False
    for row in rows:
        figure = sheet.figure(row, column)
        if figure is not None:
            figures.append(figure)
            continue
        cell = sheet.cell(row, column)
        if cell is None or not cell.text.strip():
            blank = True
    return figures, blank


MUCH_LESS = 300
"""An amount this many times smaller than the row's others was most likely printed without its last zeros."""
ALIKE = 4
"""Amounts of neighbouring years differ by less than this factor, as a rule."""


def unsure(figure: Figure, sheet: Sheet) -> Figure:
    """The figure as the other years of its row let it be read: ambiguous where it is out of all proportion, decided where
    one candidate alone is in proportion (the reading itself stays unsure)."""
    columns = sheet.columns("anggaran", "anggaran_akhir")
    row = [one for column in columns if (one := sheet.figure(figure.ref.row, column)) and one.ref != figure.ref]
    if figure.value:
        others = [one.value for one in row if one.value]
        if not others or figure.value * MUCH_LESS > min(others):
            return figure
        candidates = (figure.value, figure.value * 1000)
        reading = replace(figure.reading, status="ambiguous", value=None, interval=None, candidates=candidates)
        return replace(figure, reading=reading, interval=None)
    years = [one.value for one in row if one.value and one.peran == figure.peran]
    alike = [c for c in figure.reading.candidates if c and all(c < y * ALIKE and y < c * ALIKE for y in years)]
    if figure.reading.status != "ambiguous" or not years or len(alike) != 1:
        return figure
    return replace(
        figure, reading=replace(figure.reading, value=alike[0], interval=Interval.exact(alike[0])),
        interval=Interval.exact(alike[0]),
    )  # fmt: skip


def is_total(row: Row, sheet: Sheet) -> bool:
    """A row that adds others up. Its name says so and nothing more; the reader's word counts where it has no name."""
    if row.level is not None or row.kind not in ("total", "data"):
        return False
    texts = [cell.text for cell in row.cells if not cell.inherited and any(ch.isalpha() for ch in cell.text)]
    if any(_MEAN.search(text) for text in texts):
        return False
    return any(_TOTAL.fullmatch(" ".join(text.split())) for text in texts) or (row.kind == "total" and not texts)


def totals(sheet: Sheet) -> Iterator[Identity]:
    """JUMLAH rows: the sum of the outermost rows since the last total, or of all of them, or of the totals before."""
    rows = sheet.table.rows
    total_rows = [index for index, row in enumerate(rows) if is_total(row, sheet)]
    if not total_rows or _begins_late(rows):
        return
    levels = {
        index: level_of(sheet, index)
        for index, row in enumerate(rows)
        if row.kind == "data" and index not in set(total_rows) and not _continues(sheet, index)
    }
    columns = sheet.money or [
        index for index, column in enumerate(sheet.table.columns) if column.field in ("target", "realisasi")
    ]
    for position, row in enumerate(total_rows):
        start = total_rows[position - 1] + 1 if position else 0
        for column in columns:
            identity = _total(sheet, row, column, start, total_rows[:position], levels)
            if identity is not None:
                yield identity


def _begins_late(rows: Sequence[Row]) -> bool:
    """Whether the first numbered row is not the first: what stands before it was not read as part of this table."""
    printed = (cell.text.strip() for row in rows for cell in row.cells if cell.field in ("no", "kode"))
    first = _ORDINAL.fullmatch(next(filter(None, printed), ""))
    return first is not None and int(first[1]) > 1


def _total(
    sheet: Sheet, row: int, column: int, start: int, earlier: list[int], levels: dict[int, int | None]
) -> Identity | None:
    total = sheet.figure(row, column)
    if total is None or total.reading.kind == "percent":
        return None
    candidates = [_outermost(levels, start, row), _outermost(levels, 0, row), earlier]
    found: list[Identity] = []
    for members in candidates:
        figures, blank = _figures(sheet, members, column)
        if not figures or (len(figures) == 1 and members is earlier):
            continue
        identity = Identity(
            "jumlah_tabel", "linear", total, tuple(figures), (ONE,) * len(figures), incomplete=blank,
            facts={"kolom": sheet.column(column).label},
        )  # fmt: skip
        if holds(identity):
            return identity
        found.append(identity)
    distinct = {tuple(figure.ref for figure in identity.operands) for identity in found}
    if not found:
        return None
    return found[0] if len(distinct) == 1 else None


def _outermost(levels: dict[int, int | None], start: int, end: int) -> list[int]:
    inside = [(row, level) for row, level in levels.items() if start <= row < end]
    named = [level for _, level in inside if level is not None]
    if not named:
        return [row for row, _ in inside]
    top = min(named)
    return [row for row, level in inside if level == top]

"""Turns grid rows into rows of cells per column: aligned, with the pieces of rows that a page end cut put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Column, RawCell, Where
from pipeline.tables.align import align, amounts_beside_figures, split_figures
from pipeline.tables.celltype import FIGURE_FIELDS, MONEY_FIELDS, is_figure, type_of
from pipeline.tables.grid import GridRow, plain
from pipeline.tables.interleave import Interleaver

CONTINUES = 2
"""Evidence needed to read a row after a page end as the rest of the row above."""

_OPEN_END = re.compile(
    r"(?:[,/(&]|(?<=\w)\s?-|\b(?:dan|atau|yang|di|ke|dari|untuk|oleh|pada|dengan|dalam|serta|terhadap|atas|sesuai|sebagai|antar|se))$",
    re.IGNORECASE,
)
_GROUP_HEAD = re.compile(
    r"(?:sebelum|sesudah|setelah)\s+perubahan\b|(?:tujuan|sasaran)(?:\s+strategis)?\s*\d{1,2}\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d{1,2}(?:[.,]\d{1,2})*[.,)]?(?:\s|$)")  # "2.3.3", "1. Terwujudnya …": an item of its own
_NAME_HEAD = re.compile(r"(?:Program|Kegiatan|Sub ?[Kk]egiatan|PROGRAM|KEGIATAN|SUB ?KEGIATAN)\s")
_NAMES = frozenset({"program", "kegiatan", "sub_kegiatan", "uraian"})
_GROUPS = frozenset({"tujuan", "indikator_tujuan", "sasaran", "indikator", "program", "kegiatan", "sub_kegiatan"})
_KEYS = frozenset({"no", "kode"})


@dataclass(slots=True)
class WorkCell:
    """A cell in the making: its raw pieces top to bottom."""

    pieces: list[RawCell] = field(default_factory=list)
    strays: list[RawCell] = field(default_factory=list)  # printed beside it, part of no column
    span: bool = False  # covered by a cell that spans rows above
    text: str = ""
    inherited: bool = False

    @property
    def plain(self) -> str:
        return " ".join(part for piece in self.pieces if (part := plain(piece.text)))


@dataclass(slots=True)
class WorkRow:
    cells: list[WorkCell]
    where: Where
    read: bool = True
    hidden: bool = False
    kind: str = "data"
    band: tuple[str, ...] = ()
    level: str | None = None

    def texts(self) -> list[str]:
        return [cell.plain for cell in self.cells]


def work_rows(rows: Sequence[GridRow], columns: Sequence[Column], known: Interleaver) -> list[WorkRow]:
    """Rows of cells, one per column. A row that no alignment fits stays as unread with all its cells."""
    result: list[WorkRow] = []
    moved: dict[int, list[RawCell]] = {}
    for row in rows:
        if not row.filled() and not row.covers:
            continue
        above = result[-1] if result and result[-1].read else None
        work = _work_row(row, columns, above, known)
        if above is not None and work.read and _continues(work, row, above, columns, known):
            for number, (upper, lower) in enumerate(zip(above.cells, work.cells, strict=True)):
                for pieces in _shared(result, number, upper) if lower.pieces else ():
                    pieces.extend(lower.pieces)
                moved.update((id(piece), upper.pieces) for piece in lower.pieces if piece.rowspan > 1)
            continue
        if work.read:
            for cell in work.cells:
                if cell.span and cell.pieces and id(cell.pieces[0]) in moved:
                    cell.pieces = moved[id(cell.pieces[0])]
            if above is not None and row.after_break:
                moved.update(_join_groups(work, result, columns, known))
                if not row.ragged:
                    moved.update(_carry_over(work, result[-1], columns))
        result.append(work)
    return result


def _shared(rows: Sequence[WorkRow], number: int, last: WorkCell) -> list[list[RawCell]]:
    """The pieces of the last row's cell, and those of the rows above that the same merged cell covers."""
    found = [last.pieces]
    for row in reversed(rows[:-1]):
        pieces = row.cells[number].pieces if last.span and row.read else []
        if not pieces or pieces[0] is not last.pieces[0]:
            break
        if all(pieces is not other for other in found):
            found.append(pieces)
    return found


def _join_groups(
    work: WorkRow, rows: Sequence[WorkRow], columns: Sequence[Column], known: Interleaver
) -> dict[int, list[RawCell]]:
    """Joins group cells that a page end cut although their rows are whole: the rest is the end of the group above.

    Returns the pieces that stand for each raw cell moved so.
    """
    above = rows[-1].cells
    naming = [n for n, column in enumerate(columns) if column.field in _GROUPS and work.cells[n].plain]
    groups = [
        n
        for n in naming
        if above[n].plain
        and not work.cells[n].span
        and not _NUMBERED.match(work.cells[n].plain)
        and (any(m > n for m in naming) or work.cells[n].pieces[0].rowspan > 1)
    ]
    if not any(
        _starts_inside(work.cells[n].plain) or known.knows(f"{above[n].plain} {work.cells[n].plain}") for n in groups
    ):
        return {}
    moved: dict[int, list[RawCell]] = {}
    for n in groups:
        lower = work.cells[n].pieces
        owner = above[n].pieces
        whole = [*owner, *lower]
        for row in reversed(rows):
            if not row.read or row.cells[n].pieces != owner:
                break
            row.cells[n].pieces = whole
        work.cells[n] = WorkCell(whole, span=True)
        moved.update((id(piece), whole) for piece in lower)
    return moved


def _carry_over(work: WorkRow, above: WorkRow, columns: Sequence[Column]) -> dict[int, list[RawCell]]:
    """Merged cells that a page end cut below their text: the blank upper left corner goes on with the row above.

    Returns the pieces that stand for each raw cell filled so.
    """
    moved: dict[int, list[RawCell]] = {}
    for number, (cell, upper) in enumerate(zip(work.cells, above.cells, strict=True)):
        if cell.plain:
            if not cell.span:
                break
            continue
        field = columns[number].field
        blank = cell.pieces[0] if cell.pieces else None
        if blank is None or blank.rowspan < 2 or not upper.plain or field in FIGURE_FIELDS | MONEY_FIELDS:
            continue
        work.cells[number] = WorkCell(list(upper.pieces), span=True)
        moved[id(blank)] = work.cells[number].pieces
    return moved


def _work_row(row: GridRow, columns: Sequence[Column], above: WorkRow | None, known: Interleaver) -> WorkRow:
    size = len(columns)
    order = sorted(row.cells)
    if not row.ragged:
        cells = [WorkCell() for _ in range(max([size, *(column + 1 for column in order)]))]
        for column in order:
            cells[column].pieces.append(row.cells[column])
        for column, cell in row.covers.items():
            if column < len(cells) and not cells[column].pieces:
                cells[column] = WorkCell([cell], span=True)
        return WorkRow(cells[:size], row.where, hidden=row.hidden) if len(cells) == size else _unread(row, cells)
    raw = [row.cells[column] for column in order]
    texts = [row.text(column) for column in order]
    if len(raw) != size:
        woven = known.unweave(texts, size)
        if woven is not None:
            number, text = woven
            raw = [*raw[:number], replace(raw[number], text=text), *raw[number + 2 :]]
            texts = [plain(cell.text) for cell in raw]
    coded = any(type_of(text) == "code" for text in texts)
    below = above.texts() if above is not None and row.after_break and not coded else None
    aligned = align(texts, columns, below)
    if len(raw) != size:
        for other in _other_cuts(raw, texts):
            again = align([plain(cell.text) for cell in other], columns, below)
            if again is not None and (aligned is None or again[0] < aligned[0]):
                aligned, raw = again, other
    if aligned is None:
        return _unread(row, [WorkCell([cell]) for cell in raw])
    cells = [WorkCell() for _ in range(size)]
    last = 0
    for cell, place in zip(raw, aligned[1], strict=True):
        if place is None:
            if cell.text.strip():
                cells[last].strays.append(cell)
        elif cell.text.strip() or not cells[place].pieces:
            cells[place].pieces.append(cell)
            last = place
    return WorkRow(cells, row.where, hidden=row.hidden)


def _other_cuts(raw: Sequence[RawCell], texts: Sequence[str]) -> list[list[RawCell]]:
    """Other ways to read a row whose cells are too many or too few."""
    cuts: list[list[RawCell]] = []
    split = split_figures(texts)
    if split is not None:
        cuts.append(
            [
                cell if len(parts) == 1 else replace(cell, text=text)
                for cell, parts in zip(raw, split, strict=True)
                for text in parts
            ]
        )
    order = amounts_beside_figures(texts)
    if order is not None:
        cuts.append([raw[n] for n in order])
    return cuts


def _unread(row: GridRow, cells: list[WorkCell]) -> WorkRow:
    return WorkRow(list(cells), row.where, read=False, kind="unread", hidden=row.hidden)


def _continues(work: WorkRow, row: GridRow, above: WorkRow, columns: Sequence[Column], known: Interleaver) -> bool:
    """Whether a row is the rest of the row above: cut by a page end, or its amounts one line lower."""
    texts, upper = work.texts(), above.texts()
    filled = [n for n, text in enumerate(texts) if text and not work.cells[n].span]
    if not filled or any(cell.span for cell in work.cells):
        return False
    figures = FIGURE_FIELDS | MONEY_FIELDS
    words = [n for n in filled if columns[n].field not in figures]
    if not words:
        free = not any(upper[n] for n in filled)
        return (free and any(upper)) or (row.after_break and all(upper[n] for n in filled))
    if not row.after_break or any(columns[n].field in _KEYS for n in filled):
        return False
    if any(_GROUP_HEAD.match(texts[n]) for n in words):
        return False
    names = [n for n in words if columns[n].field in _NAMES]
    if any(_NAME_HEAD.match(texts[n]) and upper[n] and not _OPEN_END.search(upper[n]) for n in names):
        return False
    shifted = [n for n in words if not upper[n]]
    if shifted:
        if len(shifted) > 1 or shifted[0] == 0 or not upper[shifted[0] - 1] or texts[shifted[0] - 1]:
            return False
        if not texts[shifted[0]].startswith("(") and not texts[shifted[0]][:1].islower():
            return False
        moved = shifted[0]
        work.cells[moved - 1], work.cells[moved] = work.cells[moved], work.cells[moved - 1]
        texts = work.texts()
        words = [n for n in range(len(texts)) if texts[n] and columns[n].field not in figures]
    return _evidence(texts, upper, filled, words, columns, known) >= CONTINUES


def _evidence(
    texts: Sequence[str],
    upper: Sequence[str],
    filled: Sequence[int],
    words: Sequence[int],
    columns: Sequence[Column],
    known: Interleaver,
) -> int:
    figures = FIGURE_FIELDS | MONEY_FIELDS
    fields = {columns[n].field for n in filled}
    score = 0
    if any(_starts_inside(texts[n]) for n in words):
        score += 2
    if any(known.knows(f"{upper[n]} {texts[n]}") for n in words):
        score += 3
    if any(_OPEN_END.search(upper[n]) for n in words):
        score += 2
    above_has_figures = any(upper[n] and columns[n].field in figures for n in range(len(columns)))
    own_figures = [n for n in filled if columns[n].field in figures]
    if above_has_figures and not own_figures:
        score += 2
    alone = filled == [n for n, text in enumerate(upper) if text]
    if alone and len(filled) == 1 and any(column.field in figures for column in columns):
        score += 2
    coded = any(column.field == "kode" for column in columns)
    names = fields & {"program", "kegiatan", "sub_kegiatan", "uraian"}
    if coded and names and any(upper[n] for n, column in enumerate(columns) if column.field == "kode"):
        score += 3
    if "formula" in fields and not fields & {"indikator", "sasaran", "no"}:
        score += 3
    if not above_has_figures and not own_figures and len(filled) * 2 <= sum(map(bool, upper)):
        score += 1
    whole = [n for n in own_figures if upper[n] and is_figure(texts[n]) and _is_whole(texts[n])]
    if whole and not coded:
        return 0
    return score


def _starts_inside(text: str) -> bool:
    """Starts in lower case, as the middle of a sentence does."""
    first = text.split()[0].strip("(.,;:") if text.split() else ""
    return first[:1].islower() and not re.fullmatch(r"[a-z][.)]", text.split()[0])


def _is_whole(text: str) -> bool:
    return not re.match(r"[.,]|0{2,}", "".join(text.split()))

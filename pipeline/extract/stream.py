"""Tables without vertical rules, or without any: columns are the channels of white that run through several lines.

Careful rather than complete: prose, lists, `key : value` lines, contents and signatures side by side must not become tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.lattice import Grid, GridCell
from pipeline.extract.pdf_lines import Line, lines_of
from pipeline.extract.pdf_types import Rule, Word

MIN_ROWS = 3
_NUMBER = re.compile(r"\(?(?:Rp\.?\s?)?[-–]?\d[\d.,]*\s?%?\)?|[-–]")  # "178.500.000,00", "(12,5)", "67%", "-"
_ORDINAL = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[IVX]{1,5})[.)]?")  # "1.", "a)"
_COUNTED = re.compile(r"(\d{1,3})[.)]?")  # "12."
_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")
_CURRENCY = re.compile(r"Rp\.?")


class Region(NamedTuple):
    """Lines `first`…`last` (inclusive) with their column borders, outermost included."""

    first: int
    last: int
    xs: tuple[float, ...]


def stream_grids(words: Sequence[Word], rules: Sequence[Rule]) -> list[tuple[Grid, dict[int, list[Word]]]]:
    """Unruled tables among the words that stand in no ruled table, each with the words of its cells."""
    level = [word for word in words if not word.angle]
    if len(level) < 12:
        return []
    lines = lines_of(level)
    pieces = [_pieces(line) for line in lines]
    if sum(len(piece) >= 3 for piece in pieces) < MIN_ROWS:
        return []
    out = []
    at = 0
    while at < len(lines):
        region = _region(lines, pieces, at) if len(pieces[at]) >= 3 else None
        built = _built(lines, region, rules) if region else None
        if region is None or built is None:
            at += 1
            continue
        out.append(built)
        at = region.last + 1
    return out


def _pieces(line: Line) -> list[tuple[float, float]]:
    """The line cut where the white between two words is wider than the line is high."""
    spans = [(line.words[0].x0, line.words[0].x1)]
    for word in line.words[1:]:
        if word.x0 - spans[-1][1] > 0.9 * line.height:
            spans.append((word.x0, word.x1))
        else:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.x1))
    return spans


def _region(lines: Sequence[Line], pieces: Sequence[list[tuple[float, float]]], first: int) -> Region | None:
    """The longest run of lines from `first` through which at least two channels of white run."""
    height = lines[first].height
    covered: list[tuple[float, float]] = []
    best: Region | None = None
    full, widest = 0, 0.0
    for at in range(first, min(first + 120, len(lines))):
        line = lines[at]
        gap = line.base - lines[at - 1].base if at > first else 0.0
        if gap > 4.5 * height or (at > first + 2 and gap > max(1.45 * widest, 2.2 * height)):
            break
        widest = max(widest, gap)
        if best is not None and (line.box[2] > best.xs[-1] + 60 or line.box[0] < best.xs[0] - 40):
            break
        covered = _union([*covered, *((word.x0, word.x1) for word in line.words)], 0.55 * height)
        if len(covered) < 3:
            break
        full += len(pieces[at]) >= 3
        if full >= MIN_ROWS:
            inner = [(one[1] + two[0]) / 2 for one, two in pairwise(covered)]
            best = Region(first, at, (covered[0][0] - 2, *inner, covered[-1][1] + 2))
    return best


def _union(spans: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    spans.sort()
    out = [spans[0]]
    for lo, hi in spans[1:]:
        if lo - out[-1][1] < gap:
            out[-1] = (out[-1][0], max(out[-1][1], hi))
        else:
            out.append((lo, hi))
    return out


def _built(lines: Sequence[Line], region: Region, rules: Sequence[Rule]) -> tuple[Grid, dict[int, list[Word]]] | None:
    xs = list(region.xs)
    body = list(lines[region.first : region.last + 1])
    table = [_row(line, xs) for line in body]
    xs, table = _with_currency(xs, table)
    while len(table) > 1 and sum(bool(cell) for cell in table[-1]) < 2 and _is_after(body, table, len(xs) - 1):
        table.pop()
        body.pop()
    if len(xs) < 4 or not _is_table(table):
        return None
    ordinals = _ordinals(body, table)
    xs, table = _with_ordinals(xs, table, ordinals)
    starts = _numbered_starts(body, table, ordinals) or _row_starts(body, table, rules)
    if len(starts) < MIN_ROWS:
        return None
    bounds = [body[0].box[1] - 1]
    for start in starts[1:]:
        bounds.append((body[start - 1].box[3] + body[start].box[1]) / 2)
    bounds.append(body[-1].box[3] + 1)
    cells: list[GridCell] = []
    inside: dict[int, list[Word]] = {}
    for row, (start, end) in enumerate(pairwise([*starts, len(body)])):
        for column in range(len(xs) - 1):
            found = [word for k in range(start, end) for word in table[k][column]]
            if found:
                inside[len(cells)] = found
            cells.append(GridCell(row, column, 1, 1, (xs[column], bounds[row], xs[column + 1], bounds[row + 1])))
    return Grid(tuple(xs), tuple(bounds), tuple(cells), (xs[0], bounds[0], xs[-1], bounds[-1])), inside


def _row(line: Line, xs: Sequence[float]) -> list[list[Word]]:
    row: list[list[Word]] = [[] for _ in range(len(xs) - 1)]
    for word in line.words:
        column = next((k for k in range(len(xs) - 1) if word.xmid < xs[k + 1]), len(xs) - 2)
        row[column].append(word)
    return row


def _text(cell: Sequence[Word]) -> str:
    return " ".join(word.text for word in cell)


def _with_currency(xs: list[float], table: list[list[list[Word]]]) -> tuple[list[float], list[list[list[Word]]]]:
    """A column of nothing but "Rp" belongs to the amounts right of it."""
    for column in range(len(xs) - 3, -1, -1):
        texts = [_text(row[column]) for row in table if row[column]]
        if texts and all(_CURRENCY.fullmatch(text) for text in texts):
            table = [[*row[:column], row[column] + row[column + 1], *row[column + 2 :]] for row in table]
            xs = [*xs[: column + 1], *xs[column + 2 :]]
    return xs, table


def _is_after(body: Sequence[Line], table: Sequence[list[list[Word]]], columns: int) -> bool:
    """Whether the last line stands apart from the table: a remark or the place and date below it."""
    gap = body[-1].base - body[-2].base
    usual = sorted(two.base - one.base for one, two in pairwise(body))[(len(body) - 1) // 2]
    return gap > 1.6 * usual or (columns >= 3 and not table[-1][0] and bool(table[-1][-1]))


def _is_table(table: Sequence[list[list[Word]]]) -> bool:
    """A column of words, a column of figures, a first line with words; no colons, no dot leaders."""
    if len(table) < MIN_ROWS:
        return False
    columns = [[_text(row[k]) for row in table if row[k]] for k in range(len(table[0]))]
    if any(not texts for texts in columns):
        return False
    if any(sum(text.startswith(":") for text in texts) >= 0.5 * len(texts) for texts in columns):
        return False
    if sum(bool(_LEADER.search(_text(cell))) for row in table for cell in row) > 1:
        return False
    first = [_text(cell) for cell in table[0]]
    if sum(any(char.isalpha() for char in text) for text in first) < 2 or any(
        _NUMBER.fullmatch(text) for text in first[2:]
    ):
        return False
    worded = any(len(max(texts, key=len)) >= 12 for texts in columns)
    figures = [
        k for k, texts in enumerate(columns)
        if k and len(texts) >= MIN_ROWS - 1 and sum(bool(_NUMBER.fullmatch(text)) for text in texts) >= 0.6 * (len(texts) - 1)
    ]  # fmt: skip
    numbered = sum(bool(_ORDINAL.fullmatch(text)) for text in columns[0]) >= max(2, 0.5 * (len(columns[0]) - 1))
    return worded and (bool(figures) or (numbered and len(columns) >= 4))


def _ordinals(body: Sequence[Line], table: Sequence[list[list[Word]]]) -> list[int]:
    """Indices of the lines that open with the next number of a list, 6. 7. 8. …, at the left edge of the first column."""
    found: list[int] = []
    last = edge = right = 0.0
    for k, row in enumerate(table):
        match = _COUNTED.fullmatch(row[0][0].text) if row[0] else None
        if not match:
            continue
        number, word = int(match[1]), row[0][0]
        if not found or (number == last + 1 and min(abs(word.x0 - edge), abs(word.x1 - right)) < body[k].height):
            found.append(k)
            last, edge, right = number, word.x0, word.x1
    counted = sum(bool(row[0]) and bool(_COUNTED.fullmatch(row[0][0].text)) for row in table)
    return found if len(found) >= MIN_ROWS and len(found) == counted else []


def _with_ordinals(
    xs: list[float], table: list[list[list[Word]]], ordinals: Sequence[int]
) -> tuple[list[float], list[list[list[Word]]]]:
    """Numbers close before their text, `6. Manajemen`, become a column of their own."""
    below = [word for row in table[ordinals[0] :] for word in row[0]] if ordinals else []
    numbers = {id(table[k][0][0]) for k in ordinals}
    texts = [word.x0 for word in below if id(word) not in numbers]
    edge = max((word.x1 for word in below if id(word) in numbers), default=0.0)
    if len(texts) < len(numbers) or not numbers or min(texts) < edge - 1:
        return xs, table
    border = (edge + min(texts)) / 2
    parted = [
        [[w for w in row[0] if w.xmid < border], [w for w in row[0] if w.xmid >= border], *row[1:]] for row in table
    ]
    return [xs[0], border, *xs[1:]], parted


def _numbered_starts(body: Sequence[Line], table: Sequence[list[list[Word]]], ordinals: Sequence[int]) -> list[int]:
    """Indices of the lines that begin a row of a numbered table: what is centred beside a name of several lines is its row's."""
    if not ordinals:
        return []
    starts = [0] if ordinals[0] and any(row[0] or row[1] for row in table[: ordinals[0]]) else []
    for k in ordinals:
        named = [j for j in range(k) if table[j][0] or table[j][1]]
        bound = (body[named[-1]].box[3] + body[k].box[1]) / 2 if named else 0.0
        middles = ((line.box[1] + line.box[3]) / 2 for line in body)
        starts.append(next(j for j, middle in enumerate(middles) if middle > bound))
    return starts if starts == sorted(set(starts)) else []


def _row_starts(body: Sequence[Line], table: Sequence[list[list[Word]]], rules: Sequence[Rule]) -> list[int]:
    """Indices of the lines that begin a row: at a rule, or where the first column or a figure stands."""
    lo, hi = body[0].box[0], max(line.box[2] for line in body)
    across = sorted(
        rule.pos for rule in rules
        if body[0].box[1] < rule.pos < body[-1].box[3] and rule.lo < lo + 40 and rule.hi > hi - 40
    )  # fmt: skip
    if len(across) >= MIN_ROWS:
        return [0] + [
            k
            for k in range(1, len(body))
            if any(body[k - 1].base - 1 < pos < body[k].base - 0.2 * body[k].height for pos in across)
        ]
    header = next((k for k, row in enumerate(table) if any(_NUMBER.fullmatch(_text(cell)) for cell in row)), 1) or 1
    starts = [0]
    for k in range(header, len(table)):
        row = table[k]
        filled = sum(bool(cell) for cell in row)
        figure = any(_NUMBER.fullmatch(_text(cell)) for cell in row[1:])
        if k == header or (row[0] and filled >= 2) or (figure and filled >= 2) or filled >= max(3, len(row) - 1):
            starts.append(k)
    return sorted(set(starts))

"""Cuts raw tables at their headers and stitches the runs of one table over pages: the same header again is no new table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model import Block, Extraction, Heading, KeyValue, Paragraph, RawTable, Where
from pipeline.tables.cards import as_rows, cards_of, labelled
from pipeline.tables.grid import GridRow, lay
from pipeline.tables.header import Header, column_numbers, guess_header, read_header
from pipeline.tables.lexicon import SHORT, Lexicon, shipped_words, tokens
from pipeline.tables.regrid import fit, groups
from pipeline.tables.reheaded import note_of
from pipeline.tables.transpose import is_transposed, transpose

FURNITURE_REPEATS = 3
"""A line that stands on this many pages is a running header or footer, not text between two tables."""
RUBBISH_WORDS = 12
MOST_TITLE_ROWS = 6
WIDTH_SLACK = 2

_CAPTION = re.compile(r"\W*tabel\W*\d", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:halaman|hal|page)?\W*[ivxlc\d]{1,5}\W*", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """The rows of one table to be, from one or more raw tables, with what stood above it."""

    header: Header | None
    width: int
    where: Where
    rows: list[GridRow] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # rows of the table above its header
    above: list[Block] = field(default_factory=list)  # text since the last table
    pages: list[int] = field(default_factory=list)
    style: str = "tabs"
    notes: list[str] = field(default_factory=list)


def sections(extraction: Extraction, lexicon: Lexicon) -> list[Section]:
    """All tables of the file in reading order, each with its rows; nothing is dropped."""
    furniture = _furniture(extraction.blocks)
    found: list[Section] = []
    above: list[Block] = []
    lines: list[Block] = []
    for block in (*extraction.blocks, None):
        if block is not None and labelled(block):
            lines.append(block)
            continue
        if lines:
            if (card := cards_of(as_rows(lines))) is not None:
                _place_cards(found, "tabs", *card, above)
                above = []
            else:
                above.extend(lines)
            lines = []
        if block is None:
            continue
        if not isinstance(block, RawTable):
            above.append(block)
            continue
        rows = lay(block)
        if not rows:
            continue
        if (card := cards_of(rows)) is not None:
            _place_cards(found, block.style, *card, above)
            above = []
            continue
        between = [text for text in above if not _is_furniture(text, furniture) and not _is_rubbish(text, lexicon)]
        for number, (header, titles, chunk) in enumerate(_chunks(rows, found[-1].header if found else None)):
            _place(found, block, header, titles, chunk, between if number == 0 else [])
        above = []
    return found


def _furniture(blocks: Sequence[Block]) -> frozenset[str]:
    counts = Counter(_shape(text_of(block)) for block in blocks if not isinstance(block, RawTable))
    return frozenset(text for text, count in counts.items() if count >= FURNITURE_REPEATS and len(text) > 3)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).lower())


def text_of(block: Block) -> str:
    if isinstance(block, KeyValue):
        return f"{block.key}: {block.value}"
    return "" if isinstance(block, RawTable) else block.text


def _is_furniture(block: Block, furniture: frozenset[str]) -> bool:
    text = text_of(block).strip()
    if _CAPTION.match(text) or (isinstance(block, Heading) and len(text) > 12):
        return False
    return not text or bool(_PAGE_NUMBER.fullmatch(text)) or _shape(text) in furniture


def _is_rubbish(block: Block, lexicon: Lexicon) -> bool:
    """A short line of letters that make no words, as a clipped row leaves at the foot of a page."""
    words = tokens(text_of(block))
    if not isinstance(block, Paragraph) or not 2 <= len(words) <= RUBBISH_WORDS:
        return False
    known = [word for word in words if len(word) > SHORT and lexicon.lists(word) and word.lower() in shipped_words()]
    return len(known) * 5 < len(words)


Chunk = tuple[Header | None, list[str], list[GridRow]]


def _chunks(rows: list[GridRow], known: Header | None) -> list[Chunk]:
    """Cuts at every header row; rows of one cell above the first header are its title. `known`: the last header before."""
    width = max(row.width for row in rows)
    starts: list[tuple[int, Header]] = []
    at = 0
    while at < len(rows):
        header = read_header(rows, at, width, known)
        if header is not None:
            starts.append((at, header))
            known = header
        at += header.rows if header else 1
    first = starts[0][0] if starts else len(rows)
    titles: list[str] = []
    while starts and first > 0 and len(titles) < MOST_TITLE_ROWS and len(rows[first - 1].filled()) <= 1:
        first -= 1
        titles.insert(0, rows[first].text_of_only_cell())
    if starts and len(titles) < starts[0][0]:
        first, titles = starts[0][0], []  # rows of a table above: what looks like a title is its last row
    result: list[Chunk] = [(None, [], rows[:first])] if first else []
    for number, (start, header) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(rows)
        body = rows[start + header.rows : end]
        _uncover(body, rows[start : start + header.rows])
        result.append((header, titles if number == 0 else [], body))
    return result


def _uncover(body: list[GridRow], header: list[GridRow]) -> None:
    """Header cells that the source merges with rows below the header name no group."""
    labels = {id(cell) for row in header for cell in row.cells.values()}
    for row in body:
        row.covers = {column: cell for column, cell in row.covers.items() if id(cell) not in labels}


def _place(
    found: list[Section],
    block: RawTable,
    header: Header | None,
    titles: list[str],
    rows: list[GridRow],
    between: list[Block],
) -> None:
    """Appends the rows to the open section or opens a new one."""
    width = max([row.width for row in rows] + ([len(header.parts)] if header else []), default=0)
    last = found[-1] if found else None
    page = block.where.page
    if last is not None and _continues(last, header, titles, rows, width, between):
        if rows and header is None and column_numbers(rows[0]):
            rows = rows[1:]
        if rows:
            rows[0].after_break = True
        if header is not None and last.header is not None:
            if (note := note_of(last.header, header, block.where)) is not None:
                last.notes.append(note)
            fit(rows, header, last.header)
            width = min(width, last.width)
        last.rows.extend(rows)
        last.width = max(last.width, width)
    else:
        where = rows[0].where if rows and not header else block.where
        if header is None and is_transposed(rows):
            guessed: Header | None
            guessed, body = transpose(rows)
        else:
            guessed = header or guess_header(rows, width)
            body = rows if header else rows[guessed.rows :] if guessed else rows
        last = Section(guessed, width, where, body, titles, list(between), [], block.style)
        found.append(last)
    if page is not None and page not in last.pages:
        last.pages.append(page)


def _place_cards(found: list[Section], style: str, header: Header, rows: list[GridRow], above: Sequence[Block]) -> None:
    """Cards with the same labels are the rows of one table, whatever stands between them."""
    last = found[-1] if found else None
    page = rows[0].where.page
    if last is not None and last.header is not None and not last.header.rows and last.header.key == header.key:
        rows[0].after_break = True
        last.rows.extend(rows)
    else:
        last = Section(header, len(header.parts), rows[0].where, rows, [], list(above), [], style)
        found.append(last)
    if page is not None and page not in last.pages:
        last.pages.append(page)


def _continues(
    last: Section,
    header: Header | None,
    titles: list[str],
    rows: list[GridRow],
    width: int,
    between: list[Block],
) -> bool:
    if titles:
        return False
    if header is not None:
        if between or last.header is None or not _same_header(last.header, header):
            return False
        return not _restarts(last, rows)
    ragged = bool(rows) and rows[0].ragged
    slack = WIDTH_SLACK if last.width > 6 else 1 if last.width > 3 else 0
    shorter = ragged and last.width > 6 and last.width // 2 < width < last.width
    fits = last.width == width or shorter or (ragged and abs(last.width - width) <= slack)
    if not fits:
        return False
    if rows and column_numbers(rows[0]) and all(_is_stray(block) for block in between):
        return True
    if all(isinstance(block, Heading) for block in between) and len(between) <= 1 and between:
        return bool(rows) and _is_fragment(rows[0]) and guess_header(rows, width) is None
    return not between


def _is_stray(block: Block) -> bool:
    """A short line at the head of a page that is no caption."""
    text = text_of(block)
    return isinstance(block, Paragraph) and len(text) <= 80 and not _CAPTION.match(text)


def _is_fragment(row: GridRow) -> bool:
    """A row that begins in the middle: its first column is blank and a cell starts in lower case."""
    filled = row.filled()
    return bool(filled) and any(row.text(column)[:1].islower() for column in filled) and not row.text(0)[:1].isupper()


def _same_header(one: Header, other: Header) -> bool:
    left, right = [label for label, _, _ in groups(one) if label], [label for label, _, _ in groups(other) if label]
    if left == right:
        return True
    if len(left) != len(right):
        return False
    from rapidfuzz import fuzz

    return all(a == b or fuzz.ratio(a, b) >= 85 for a, b in zip(left, right, strict=True))


def _restarts(last: Section, rows: Sequence[GridRow]) -> bool:
    """The first column counts from 1 again although it had begun: another table with the same header."""
    first = rows[0].text(0) if rows else ""
    if not re.fullmatch(r"\(?1\)?[.)]?", first):
        return False
    begun = [row for row in last.rows if re.fullmatch(r"\(?\d{1,3}\)?[.)]?", row.text(0))]
    if not begun:
        return False
    again = next(row for row in rows if row.text(0))
    latest = begun[-1]
    same_text = latest.text(1) == again.text(1) and bool(again.text(1))
    return not (same_text and re.fullmatch(r"\(?1\)?[.)]?", latest.text(0)))

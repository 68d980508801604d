"""Reads PDFs: pages with a text layer through their words and strokes, scans through OCR, every page accounted for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.extract.fractions import with_fractions
from pipeline.extract.pdf_page import Content, content_of, covered_by
from pipeline.extract.pdf_prose import Prose, TextLine, blocks_of, text_lines
from pipeline.extract.pdf_running import is_page_number, running_lines
from pipeline.extract.pdf_tables import raw_table
from pipeline.model import Block, Extraction, Page, PageStatus, RawTable


@dataclass(slots=True)
class _Read:
    """One page read: its raw tables and the lines of running text around them."""

    page: Page
    tables: list[RawTable]
    lines: list[TextLine]


def open_pdf(data: bytes) -> Any:
    """A pypdfium2 document, of pictures too. Raises UnreadableError where the file is empty, damaged or locked."""
    import pypdfium2

    from pipeline.extract.image import as_pdf, is_picture

    if is_picture(data):
        return as_pdf(data)
    if not data.strip(b"\x00\r\n\t "):
        raise UnreadableError("the file is empty", "export the document again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data:
            raise UnreadableError("the PDF is encrypted", "save a copy without a password") from error
        raise UnreadableError("the PDF is damaged", "export or download the document again") from error
    if len(document) == 0:
        raise UnreadableError("the PDF has no pages", "export the document again")
    return document


def read_pdf(data: bytes, name: str) -> Extraction:
    """Pages, raw tables and running text of a PDF's bytes. Raises UnreadableError (empty, damaged, encrypted)."""
    document = open_pdf(data)
    pages: list[_Read] = []
    tables = 0
    try:
        for index in range(len(document)):
            read = _read_page(document, index, tables)
            tables += len(read.tables)
            pages.append(read)
    finally:
        document.close()
    running = running_lines([(read.lines, read.page.height or 0.0) for read in pages])
    blocks: list[Block] = []
    for number, read in enumerate(pages):
        height = read.page.height or 0.0
        kept = [
            line for k, line in enumerate(read.lines) if (number, k) not in running and not is_page_number(line, height)
        ]
        blocks.extend(_in_order(read.tables, kept, read.page))
    shown = tuple(read.page for read in pages)
    return Extraction(name, hashlib.sha256(data).hexdigest(), "pdf", shown, tuple(blocks), _unread(shown))


def _unread(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """One note that counts the pages nobody read, with the reason of the first."""
    unread = [page for page in pages if page.status == "unread"]
    if not unread:
        return ()
    return (f"{len(unread)} of {len(pages)} pages could not be read: {unread[0].note}",)


def _read_page(document: Any, index: int, ordinal: int) -> _Read:
    try:
        page = document[index]
    except Exception as error:  # PDFium reports one damaged page; the others are still read
        return _Read(Page(index + 1, "unread", note=f"the page is damaged: {error}"), [], [])
    text_page = page.get_textpage()
    try:
        return _from_content(content_of(page, text_page, scans=True), index + 1, ordinal)
    finally:
        text_page.close()
        page.close()


def _from_content(content: Content, number: int, ordinal: int) -> _Read:
    found = content.found
    tables = [
        raw_table(grid, inside, content, number, ordinal + k, _outer(found.grids, k, ordinal), found.styles[k])
        for k, (grid, inside) in enumerate(zip(found.grids, found.inside, strict=True))
    ]
    lines = text_lines(with_fractions(found.rest, found.bars, strict=True), content.bold)
    frame = content.frame
    page = Page(
        number, _status(tables, lines, content), round(frame.width, 2), round(frame.height, 2), frame.rotation,
        (round(frame.origin[0], 2), round(frame.origin[1], 2)), _note(content),
    )  # fmt: skip
    return _Read(page, tables, lines)


def _outer(grids: list[Any], k: int, ordinal: int) -> int | None:
    """The ordinal of the smallest table with a cell around grid `k`."""
    x0, top, x1, bottom = grids[k].box
    around = [
        (cell.box[2] - cell.box[0], other)
        for other, grid in enumerate(grids)
        if other != k
        for cell in grid.cells
        if cell.box[0] <= x0 + 2 and cell.box[1] <= top + 2 and cell.box[2] >= x1 - 2 and cell.box[3] >= bottom - 2
    ]
    return ordinal + min(around)[1] if around else None


def _status(tables: list[RawTable], lines: list[TextLine], content: Content) -> PageStatus:
    if content.source == "none":
        return "unread"
    if tables:
        return "tables"
    letters = sum(len(line.text) for line in lines)
    if letters < 20 and covered_by(content.objects, content.frame) > 0.1:
        return "image"
    return "prose" if letters else "blank"


def _note(content: Content) -> str:
    objects = content.objects
    notes = [content.note] if content.note else []
    if objects.truncated:
        notes.append("more drawing than a table can have: only part of it was looked at")
    letters = sum(len(word.text) for word in objects.words)
    if objects.unmapped and objects.unmapped > 0.02 * letters:
        notes.append(f"text layer without ToUnicode: {objects.unmapped} of {letters} letters cannot be told")
    return "; ".join(notes)


def _in_order(tables: list[RawTable], lines: list[TextLine], page: Page) -> list[Block]:
    """Tables and running text from top to bottom; text is gathered between tables, never across one."""
    blocks: list[Block] = []
    rest = lines
    for table in tables:
        top = table.where.bbox[1] if table.where.bbox else 0.0
        before = [line for line in rest if line.line.box[1] < top]
        rest = [line for line in rest if line.line.box[1] >= top]
        blocks.extend(_prose(before, page))
        blocks.append(table)
    blocks.extend(_prose(rest, page))
    return blocks


def _prose(lines: list[TextLine], page: Page) -> list[Prose]:
    return blocks_of(lines, page.number, page.width or 0.0)

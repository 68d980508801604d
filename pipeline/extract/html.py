"""Reads HTML files: headings, paragraphs and tables with their spans."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.model import Block, Extraction, Heading, Page, Paragraph, RawCell, RawRow, RawTable, Where

_BREAKS = {"br", "p", "li", "div", "tr", "ul", "ol"}
_SKIPPED = {"script", "style", "head", "noscript", "template"}
MAX_SPAN = 200


def read_html(data: bytes, name: str) -> Extraction:
    """The page's blocks in order. Raises UnreadableError for what the parser cannot make a tree of."""
    from lxml import html

    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data)))
    except Exception as error:
        raise UnreadableError(f"an HTML file that cannot be parsed: {error}", "save it as text or PDF") from error
    blocks: list[Block] = []
    _walk(root, blocks, 0)
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, RawTable):
            block = _renumbered(block, sum(isinstance(b, RawTable) for b in numbered))
        numbered.append(block)
    has_tables = any(isinstance(block, RawTable) for block in numbered)
    page = Page(1, "tables" if has_tables else "prose")
    return Extraction(name, hashlib.sha256(data).hexdigest(), "html", (page,), tuple(numbered))


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(element: Any) -> str:
    parts: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            parts.append(("\n" if child.tag in _BREAKS else "") + _text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _folded(element: Any) -> str:
    lines = (" ".join(line.split()) for line in _text(element).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(element: Any, blocks: list[Block], depth: int) -> None:
    if depth > 200:
        return
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        where = Where(page=1, line=child.sourceline)
        if tag in _SKIPPED or not tag:
            continue
        if tag == "table":
            blocks.append(_table(child))
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            if text := _folded(child):
                blocks.append(Heading(text, where, int(tag[1]), text))
        elif tag in ("p", "li") or (
            tag in ("div", "td", "span") and child.find(".//table") is None and (child.text or "").strip()
        ):
            if text := _folded(child):
                blocks.append(Paragraph(text, where, text, "-" if tag == "li" else ""))
            for inner in child.iter("table"):
                blocks.append(_table(inner))
        else:
            _walk(child, blocks, depth + 1)


def _table(element: Any) -> RawTable:
    rows = []
    taken: set[tuple[int, int]] = set()
    header = 0
    for number, row in enumerate(element.iter("tr")):
        cells = []
        column = 0
        found = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in found:
            while (number, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            taken |= {(number + i, column + j) for i in range(down) for j in range(across)}
            place = Where(page=1, line=cell.sourceline, row=number, column=column)
            cells.append(RawCell(_folded(cell), place, down, across, cell.tag == "th"))
            column += across
        if header == number and found and all(cell.tag == "th" for cell in found):
            header += 1
        rows.append(RawRow(tuple(cells), Where(page=1, line=row.sourceline, row=number)))
    return RawTable(tuple(rows), Where(page=1, line=element.sourceline), "html", header)


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), MAX_SPAN) if value.isdigit() and int(value) > 0 else 1


def _renumbered(table: RawTable, ordinal: int) -> RawTable:
    rows = tuple(
        RawRow(
            tuple(replace(cell, where=replace(cell.where, table=ordinal)) for cell in row.cells),
            replace(row.where, table=ordinal),
        )
        for row in table.rows
    )
    return replace(table, rows=rows, where=replace(table.where, table=ordinal))

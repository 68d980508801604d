"""Reads Word files: paragraphs, lists with their printed numbers, tables with spans and nesting, equations in reading order."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.extract.word_fractions import drawn_fraction, marked, with_underlined
from pipeline.extract.word_numbering import Numbering
from pipeline.model import Block, Extraction, Heading, KeyValue, Page, Paragraph, RawCell, RawRow, RawTable, Where

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KEY = re.compile(r"^\s*([A-Z][\w /().-]{1,40}?)\s*:\s+(\S.*)$", re.DOTALL)  # "Instansi : …"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}rPr", f"{W}pPr", f"{W}instrText"}
MAX_NESTING = 8


def read_docx(data: bytes, name: str, pictured: Mapping[str, str] | None = None) -> Extraction:
    """Blocks of the document's body in order. Tracked changes count as accepted. `pictured`: LaTeX of pictures that are
    equations, by relationship id. Raises UnreadableError."""
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
    except Exception as error:
        raise UnreadableError(f"a Word file that cannot be opened: {error}", "open and save it anew in Word") from error
    reader = _Reader(Numbering(document), pictured or {})
    blocks = tuple(reader.body(document.element.body))
    has_tables = any(isinstance(block, RawTable) for block in blocks)
    pages = tuple(Page(number, "tables" if has_tables else "prose") for number in range(1, reader.page + 1))
    return Extraction(name, hashlib.sha256(data).hexdigest(), "docx", pages, blocks)


class _Reader:
    """Walks the body; counts pages by the breaks that Word left, and tables in order."""

    def __init__(self, numbering: Numbering, pictured: Mapping[str, str]) -> None:
        self.numbering = numbering
        self.pictured = pictured
        self.page = 1
        self.tables = 0

    def body(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._tables(child, None)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                yield from self.body(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        text = self._text(element).strip()
        marker = self.numbering.marker(element)
        where = Where(page=self.page)
        if text:
            style = self.numbering.style_name(element)
            keyed = _KEY.match(text) if not marker else None
            if style.startswith(("heading", "judul", "title")):
                level = int(style[-1]) if style[-1:].isdigit() else 1
                yield Heading(f"{marker} {text}".strip(), where, level, text)
            elif keyed:
                yield KeyValue(keyed.group(1).strip(), keyed.group(2).strip(), where, text)
            elif _is_title(element, text):
                yield Heading(text, where, 3, text)
            else:
                yield Paragraph(text, where, text, marker)
        for box in element.iter(f"{W}txbxContent"):
            if not any(parent.tag == f"{MC}Fallback" for parent in box.iterancestors()):
                yield from self.body(box)

    def _text(self, element: Any, *, marks: bool = False) -> str:
        """Runs, breaks and equations in reading order, underlined ones between `marks`; text boxes are blocks of their own."""
        parts: list[str] = []
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}r" and _switched_on(child.find(f"{W}rPr/{W}vanish")):
                continue  # hidden text
            if tag == f"{W}t":
                parts.append(child.text or "")
            elif tag == f"{W}tab":
                parts.append("\t")
            elif tag == f"{W}br":
                if child.get(f"{W}type") == "page":
                    self.page += 1
                else:
                    parts.append("\n")
            elif tag == f"{W}lastRenderedPageBreak":
                self.page += 1
            elif tag in (f"{W}noBreakHyphen", f"{W}softHyphen"):
                parts.append("-" if tag.endswith("noBreakHyphen") else "")
            elif tag == f"{W}sym":
                parts.append(_symbol(child))
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                from pipeline.formula.omml import to_latex

                parts.append(f" ${to_latex(child)}$ ")
            elif tag == f"{W}drawing" and self.pictured:
                names = (blip.get(f"{R}embed") for blip in child.iter(f"{A}blip"))
                parts.extend(f" ${self.pictured[name]}$ " for name in names if name in self.pictured)
            elif tag in (f"{W}drawing", f"{W}pict", f"{MC}AlternateContent", f"{W}txbxContent"):
                continue
            else:
                text = self._text(child, marks=marks)
                underlined = marks and tag == f"{W}r" and _underlined(child)
                parts.append(marked(text) if underlined else text)
        return "".join(parts)

    def _tables(self, element: Any, inside: int | None, depth: int = 0) -> Iterator[RawTable]:
        """The table, then those nested in its cells that are no drawn fractions."""
        ordinal = self.tables
        self.tables += 1
        nested: list[Any] = []
        rows: list[RawRow] = []
        open_spans: dict[int, tuple[int, int]] = {}  # grid column -> (row, cell) that a merge began in
        header = 0
        cells_of: list[list[RawCell]] = []
        for number, row in enumerate(element.iterchildren(f"{W}tr", f"{W}sdt")):
            row_element = row if row.tag == f"{W}tr" else row.find(f".//{W}tr")
            if row_element is None or _property(row_element, "trPr", "del") is not None:
                cells_of.append([])
                rows.append(RawRow((), Where(page=self.page, table=ordinal, row=number)))
                continue
            if header == number and _property(row_element, "trPr", "tblHeader") is not None:
                header += 1
            start_page = self.page
            cells: list[RawCell] = []
            column = _number(_property(row_element, "trPr", "gridBefore"), 0)
            for cell in row_element.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not row_element:
                    continue
                width = _number(_property(cell, "tcPr", "gridSpan"), 1)
                merge = _property(cell, "tcPr", "vMerge")
                if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in open_spans:
                    origin_row, origin_cell = open_spans[column]
                    origin = cells_of[origin_row][origin_cell]
                    cells_of[origin_row][origin_cell] = _taller(origin, number - origin_row + 1)
                    column += width
                    continue
                text, inner = self._cell(cell)
                nested += inner
                place = Where(page=start_page, table=ordinal, row=number, column=column)
                if merge is not None:
                    open_spans[column] = (number, len(cells))
                else:
                    open_spans.pop(column, None)
                bold = _switched_on(cell.find(f".//{W}b"))
                cells.append(RawCell(text, place, 1, width, bold))
                column += width
            cells_of.append(cells)
            rows.append(RawRow((), Where(page=start_page, table=ordinal, row=number)))
        filled = tuple(RawRow(tuple(cells), row.where) for row, cells in zip(rows, cells_of, strict=True))
        if filled:
            yield RawTable(filled, Where(page=filled[0].where.page, table=ordinal), "word", header, inside)
        if depth < MAX_NESTING:
            for one in nested:
                yield from self._tables(one, ordinal, depth + 1)

    def _cell(self, cell: Any) -> tuple[str, list[Any]]:
        """The cell's text, one line a paragraph; a nested table that draws a fraction becomes one; others are returned."""
        lines: list[str] = []
        nested: list[Any] = []

        def walk(parent: Any) -> None:
            for child in parent:
                if child.tag == f"{W}p":
                    text = self._text(child, marks=True).strip()
                    marker = self.numbering.marker(child)
                    if text:
                        lines.append(f"{marker} {text}" if marker else text)
                    for box in child.iter(f"{W}txbxContent"):
                        if not any(parent.tag == f"{MC}Fallback" for parent in box.iterancestors()):
                            walk(box)
                elif child.tag == f"{W}tbl":
                    fraction = drawn_fraction(child, self._text)
                    if fraction:
                        lines.append(fraction)
                    else:
                        nested.append(child)
                        lines.extend(line for line in self._plain_rows(child) if line)
                elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
                    walk(child)

        walk(cell)
        return with_underlined("\n".join(lines)), nested

    def _plain_rows(self, table: Any) -> Iterator[str]:
        for row in table.iterchildren(f"{W}tr"):
            texts = (" ".join(self._text(p).strip() for p in cell.iter(f"{W}p")) for cell in row.iterchildren(f"{W}tc"))
            yield " ".join(" ".join(text.split()) for text in texts).strip()


def _is_title(element: Any, text: str) -> bool:
    """A short bold or capital line that is centred: a title without a heading style."""
    centred = element.find(f"{W}pPr/{W}jc")
    if len(text) > 160 or centred is None or centred.get(f"{W}val") != "center":
        return False
    return text == text.upper() or element.find(f".//{W}b") is not None


def _property(element: Any, group: str, name: str) -> Any:
    return element.find(f"{W}{group}/{W}{name}")


def _switched_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def _underlined(run: Any) -> bool:
    line = run.find(f"{W}rPr/{W}u")
    return line is not None and line.get(f"{W}val", "none") != "none"


def _number(element: Any, default: int) -> int:
    value = "" if element is None else str(element.get(f"{W}val", ""))
    return min(int(value), 200) if value.isdigit() and int(value) > 0 else default


def _taller(cell: RawCell, rows: int) -> RawCell:
    from dataclasses import replace

    return replace(cell, rowspan=rows)


def _symbol(element: Any) -> str:
    """A character of a symbol font; Word stores it shifted by F000."""
    code = int(element.get(f"{W}char", "0"), 16) & 0xFF
    return {
        0xB3: "≥",
        0xA3: "≤",
        0xB4: "×",
        0xB8: "÷",
        0xE5: "∑",
        0x53: "∑",
        0xFC: "√",
        0xFE: "√",
        0xD6: "√",
        0xA7: "-",
        0xB7: "•",
    }.get(code, "")

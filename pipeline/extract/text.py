"""Reads OCR text into blocks: what an OCR engine wrote as Markdown, tabs and HTML, with the line of every block."""

from __future__ import annotations

import hashlib
import re

from pipeline.errors import UnreadableError
from pipeline.extract.text_csv import delimiter_of, read_csv
from pipeline.extract.text_html import html_table
from pipeline.extract.text_markup import strip_markup
from pipeline.model import (
    Block,
    Extraction,
    Heading,
    KeyValue,
    Page,
    PageStatus,
    Paragraph,
    RawCell,
    RawRow,
    RawTable,
    Where,
)

LONGEST_LINE = 20_000
"""Longer lines are no paragraphs of a document; they are cut at white space so that later stages stay fast."""

_MARKDOWN_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
_BOLD_LINE = re.compile(r"\s*\*\*(?!\s*:)[^*]+\*\*\s*:?\s*")  # "**Tabel 2.1**  "
_BOLD_OPENED = re.compile(r"\s*\*\*[^*]+")  # "**INDIKATOR KINERJA UTAMA" with the closing "**" lines below
_BOLD_CLOSED = re.compile(r"[^*]*\*\*\s*")
_CAPTION = re.compile(
    r"\W*(?:tabel|table|gambar|grafik|lampiran)\s*[\dIVX]+[\w.\s]{0,80}$", re.IGNORECASE
)  # ". Tabel 3.2"
# "- Tugas** : …", "Visi\t: …", "Sasaran 2* : …": a short capitalised key before a colon
_KEY_VALUE = re.compile(r"\s*(?:[-•]\s+)?\**([A-Z][\w .()/&-]{1,45}?)\**\s*\t?\s*:\**(?:\s+|$)(.*)", re.DOTALL)
_TABBED_KEY = re.compile(r"[^\t:]{2,45}\t+\s*:")  # "Misi\t: …"
# "1. ", "- a. ", "(2) ", "• "
_ITEM = re.compile(r"\s*((?:[-•*]\s+)?(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-•*]))\s+(\S.*)")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
_DOT_LEADER = re.compile(r"\.{4,}|…{2,}")  # "A. LATAR BELAKANG .....\t1"
_WHOLLY_BOLD = re.compile(r"\s*(?:<b>(?:(?!</?b>).)*</b>|\*\*[^*]+\*\*)\s*", re.DOTALL)
_RUNNING_TEXT = re.compile(r"[$=]|^\d+[.,\d]*\s*%|^NIP\b")  # bold or in capitals, but no title
_LETTER = re.compile(r"[^\W\d_]")


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16 with its mark, or else Windows-1252. Raises UnreadableError for what is no text."""
    if not data.strip():
        raise UnreadableError("the file is empty", "export the document again")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:4096]:
        raise UnreadableError("the file holds binary data, not text", "convert it to PDF, DOCX, XLSX or text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_text(data: bytes, name: str) -> Extraction:
    """The blocks of an OCR text in reading order. Raises UnreadableError where there is no text in the bytes."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    delimiter = delimiter_of(text)
    if delimiter is not None:
        return read_csv(text, data, name, delimiter)
    lines = text.split("\n")
    blocks: list[Block] = []
    tables = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        if len(line) > LONGEST_LINE:
            blocks.extend(_cut(line, at + 1))
            at += 1
        elif "<table" in line.lower():
            end = _end_of_html(lines, at)
            blocks.append(html_table("\n".join(lines[at:end]), at + 1, tables))
            tables += 1
            at = end
        elif _is_row(line):
            end = at
            while end < len(lines) and _same_style(lines[end], line):
                end += 1
            if _is_contents(lines[at:end]):
                blocks.extend(_contents(lines[at:end], at + 1))
            else:
                blocks.append(_raw_table(lines[at:end], at + 1, tables))
                tables += 1
            at = end
        else:
            at = _read_prose(lines, at, blocks)
    status: PageStatus = "tables" if tables else "prose"
    return Extraction(name, hashlib.sha256(data).hexdigest(), "text", (Page(1, status),), tuple(blocks))


def _cut(line: str, number: int) -> list[Paragraph]:
    pieces: list[Paragraph] = []
    start = 0
    while start < len(line):
        end = min(start + LONGEST_LINE, len(line))
        if end < len(line):
            space = line.rfind(" ", start, end)
            end = space if space > start else end
        piece = line[start:end].strip()
        if piece:
            pieces.append(Paragraph(piece, Where(line=number), raw=piece))
        start = end
    return pieces


def _is_row(line: str) -> bool:
    if _PIPE_ROW.fullmatch(line) and line.count("|") > 2:
        return True
    return "\t" in line and bool(line.strip("\t ") or line.count("\t") > 2) and not _TABBED_KEY.match(line)


def _same_style(line: str, first: str) -> bool:
    return _is_row(line) and bool(_PIPE_ROW.fullmatch(line)) == bool(_PIPE_ROW.fullmatch(first))


def _end_of_html(lines: list[str], at: int) -> int:
    depth = 0
    for number in range(at, len(lines)):
        lowered = lines[number].lower()
        depth += lowered.count("<table") - lowered.count("</table")
        if depth <= 0:
            return number + 1
    return len(lines)


def _is_contents(lines: list[str]) -> bool:
    """A table of contents: two columns with dot leaders."""
    return sum(bool(_DOT_LEADER.search(line)) for line in lines) * 2 > len(lines)


def _contents(lines: list[str], first: int) -> list[Paragraph]:
    return [
        Paragraph(strip_markup(line.replace("\t", " ")), Where(line=first + offset), raw=line)
        for offset, line in enumerate(lines)
    ]


def _raw_table(lines: list[str], first: int, ordinal: int) -> RawTable:
    pipes = bool(_PIPE_ROW.fullmatch(lines[0]))
    rows = []
    for number, line in enumerate(lines):
        texts = line.strip().strip("|").split("|") if pipes else line.split("\t")
        line_number = first + number
        cells = tuple(
            RawCell(
                text.strip(), Where(None, line_number, ordinal, number, column), bold=bool(_WHOLLY_BOLD.fullmatch(text))
            )
            for column, text in enumerate(texts)
        )
        rows.append(RawRow(cells, Where(line=line_number, table=ordinal, row=number)))
    return RawTable(tuple(rows), Where(line=first, table=ordinal), style="pipes" if pipes else "tabs")


def _read_prose(lines: list[str], at: int, blocks: list[Block]) -> int:
    """Appends the block that starts at line index `at`; the index of the line after it."""
    line = lines[at]
    where = Where(line=at + 1)
    heading = _MARKDOWN_HEADING.fullmatch(line)
    if heading:
        blocks.append(Heading(strip_markup(heading.group(2)), where, level=len(heading.group(1)), raw=line))
        return at + 1
    if _BOLD_OPENED.fullmatch(line):
        end = at + 1
        while end < min(at + 6, len(lines)) and lines[end].strip() and "*" not in lines[end]:
            end += 1
        if end < len(lines) and _BOLD_CLOSED.fullmatch(lines[end]):
            raw = "\n".join(lines[at : end + 1])
            blocks.append(Heading(" ".join(strip_markup(raw).split()), where, level=5, raw=raw))
            return end + 1
    pair = _KEY_VALUE.fullmatch(line.rstrip())
    if pair and len(pair.group(1).split()) <= 5:
        return _read_key_value(lines, at, pair, blocks)
    text = strip_markup(line)
    item = _ITEM.fullmatch(line.rstrip())
    if _is_title(line, text):
        blocks.append(Heading(text, where, level=5, raw=line))
    elif item and not line.lstrip().startswith("**"):
        blocks.append(Paragraph(strip_markup(item.group(2)), where, raw=line, marker=item.group(1)))
    elif text:
        blocks.append(Paragraph(text, where, raw=line))
    return at + 1


def _is_title(line: str, text: str) -> bool:
    """A caption, a line wholly in bold, or a line in capitals."""
    if not text or len(text) > 200 or _RUNNING_TEXT.search(text):
        return False
    if _CAPTION.match(text) or _BOLD_LINE.fullmatch(line):
        return True
    letters = _LETTER.findall(text)
    return len(letters) >= 6 and text.upper() == text and text[0].isalpha() and text[-1] not in ".,;:"


def _read_key_value(lines: list[str], at: int, pair: re.Match[str], blocks: list[Block]) -> int:
    key = strip_markup(pair.group(1)).strip(" *")
    values = [strip_markup(pair.group(2))]
    end = at + 1
    gap = not values[0]  # an empty value may stand a blank line above its list
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            if not gap or end + 1 >= len(lines) or not _ITEM.match(lines[end + 1]):
                break
            gap = False
        elif _ITEM.match(line) and not _KEY_VALUE.fullmatch(line.rstrip()) and "\t" not in line:
            values.append(strip_markup(line))
            gap = False
        else:
            break
        end += 1
    value = "\n".join(part for part in values if part)
    blocks.append(KeyValue(key, value, Where(line=at + 1), raw="\n".join(lines[at:end])))
    return end

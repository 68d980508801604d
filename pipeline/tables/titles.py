"""Finds what a table is called: its caption, its own title rows, or the headings above it."""

from __future__ import annotations

import re
from itertools import takewhile

from pipeline.model import Block, Heading, KeyValue, Paragraph
from pipeline.tables.stitch import Section, text_of

_CAPTION = re.compile(r"\W*tabel\W*\d", re.IGNORECASE)
_YEAR_LINE = re.compile(r"tahun\s+(?:anggaran\s+)?20\d\d", re.IGNORECASE)
_NAMED_GROUP = re.compile(
    r"(?:(?:\d+|[A-Za-z])\.\s*)?(?:program|(?:sub\s*)?kegiatan|sasaran|tujuan|indikator)\b", re.IGNORECASE
)
_PERSON = re.compile(r"\bNIP\b|,\s*[SM]\.?\w*\.?(?:,|$)|\b(?:Drs?|Dra|Ir|H|Hj)\.", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:jl|jln|jalan)\b\.?", re.IGNORECASE)  # last line of a letterhead


def title_of(section: Section) -> str:
    """The caption above a table ("Tabel 2.1 …" with the lines below it), its title rows, or the nearest headings."""
    own = " ".join(section.titles)
    return own if len(own) > 8 else _above(section).rstrip(" :")


def _above(section: Section) -> str:
    texts = [" ".join(text_of(block).split()) for block in section.above]
    for number in range(len(texts) - 1, max(-1, len(texts) - 8), -1):
        if _CAPTION.match(texts[number]) and len(texts[number]) <= 250:
            return " ".join([texts[number].lstrip(" ."), *takewhile(_is_caption_line, texts[number + 1 :])])
    lines: list[str] = []
    for block, text in zip(reversed(section.above), reversed(texts), strict=True):
        if not text or (not lines and isinstance(block, KeyValue)):
            continue
        if not _is_title(block, text):
            if isinstance(block, Paragraph) and block.marker and not lines:
                continue
            break
        lines.insert(0, text)
    if not lines:
        lines = [text for block, text in zip(section.above, texts, strict=True) if isinstance(block, Heading)][-1:]
    address = max((number for number, line in enumerate(lines) if _ADDRESS.match(line)), default=-1)
    return " ".join(lines[address + 1 :])


def _is_caption_line(text: str) -> bool:
    return 0 < len(text) <= 200 and not re.search(r"[$=]|[.:;]$", text)


def _is_title(block: Block, text: str) -> bool:
    """A heading that is no name of a person, a line with the year, or the programme or goal that the table is of."""
    if isinstance(block, Heading):
        return not _PERSON.search(text)
    if not isinstance(block, Paragraph) or len(text) > 120:
        return False
    return bool(_NAMED_GROUP.match(text)) or (len(text) <= 60 and bool(_YEAR_LINE.search(text)))

"""The numbered tables of a document: where they are captioned and where the text refers to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.context import Doc
from pipeline.model import Heading, Paragraph, Where

_CAPTION = re.compile(
    r"^\W*tabel\s*(\d{1,2}\s?\.\s?\d{1,2})\b\W*(.*)$", re.IGNORECASE | re.DOTALL
)  # "Tabel 3.2 Pengukuran …"
_REFERENCE = re.compile(r"\btabel\s*(\d{1,2}\.\d{1,2})\b", re.IGNORECASE)  # "Dari tabel 3.2 terlihat"


@dataclass(frozen=True, slots=True)
class Caption:
    number: str
    title: str
    where: Where


def captions(doc: Doc) -> Iterator[Caption]:
    """Every table caption, in the order of the document; a title on the next line belongs to it."""
    blocks = [block for block in doc.prose if isinstance(block, Heading | Paragraph)]
    for position, block in enumerate(blocks):
        match = _CAPTION.match(block.text)
        if match is None or len(block.text) > 250 or "....." in block.text:
            continue
        title = match.group(2).strip()
        if not title and position + 1 < len(blocks) and len(blocks[position + 1].text) < 200:
            title = blocks[position + 1].text
        yield Caption(match.group(1).replace(" ", ""), title, block.where)


def references(doc: Doc) -> Iterator[tuple[str, Paragraph]]:
    """(number, paragraph) for each table that running text refers to."""
    for block in doc.prose:
        if isinstance(block, Paragraph) and not _CAPTION.match(block.text):
            for number in dict.fromkeys(_REFERENCE.findall(block.text)):
                yield number, block

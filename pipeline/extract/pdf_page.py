"""What one PDF page offers the table finder, wherever it came from: the text layer, or a picture read by OCR."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.extract.pdf_objects import Objects, objects_of
from pipeline.extract.pdf_tables import Bold, PageTables, page_grids
from pipeline.extract.pdf_types import Frame, frame_of
from pipeline.extract.pdf_words import bold_of, splitter_of
from pipeline.model import BBox

FEW_LETTERS = 120
"""A page with fewer letters and a large picture is a scan with a stamp, a header or a page number on it."""
LARGE = 0.4
"""Share of the page that pictures must cover to be worth reading."""


@dataclass(frozen=True, slots=True)
class Content:
    """Words and strokes of a page sorted into tables. `shown` maps a box to the displayed page (identity but for skewed or
    sideways scans). `source`: "text", "ocr", "layer" (an OCR layer that came with the file) or "none" (not read)."""

    frame: Frame
    objects: Objects
    found: PageTables
    bold: Bold
    shown: Callable[[BBox], BBox]
    source: str
    note: str = ""


def _same(box: BBox) -> BBox:
    return box


def content_of(page: Any, text_page: Any, *, scans: bool) -> Content:
    """Reads a pypdfium2 page; its pictures through OCR where `scans` and where there is no text layer worth the name."""
    frame = frame_of(page)
    objects = objects_of(page, text_page, frame)
    letters = sum(len(word.text) for word in objects.words)
    covered = covered_by(objects, frame)
    layer = objects.invisible and covered > LARGE
    reason = "scans were not asked for"
    if layer or (letters < FEW_LETTERS and covered > LARGE):
        if scans:
            from pipeline.extract.scan import scanned

            content = scanned(page, frame, objects)
            if isinstance(content, Content):
                return content
            reason = content
        if not layer and letters < 20:
            empty = PageTables([], [], [], [], [])
            return Content(frame, objects, empty, lambda word: False, _same, "none", "no text layer: " + reason)
    found = page_grids(objects.words, objects.horizontal, objects.vertical, splitter_of(text_page.raw, frame))
    note = "hidden OCR layer of unknown quality" if layer else ""
    return Content(frame, objects, found, bold_of(text_page.raw), _same, "layer" if layer else "text", note)


def covered_by(objects: Objects, frame: Frame) -> float:
    """Share of the page that pictures cover."""
    area = 0.0
    for x0, top, x1, bottom in objects.images:
        area += max(min(x1, frame.width) - max(x0, 0), 0) * max(min(bottom, frame.height) - max(top, 0), 0)
    return min(area / max(frame.width * frame.height, 1.0), 1.0)

"""Scanned pages: straightened, read by Tesseract twice (sparse and block mode), their rules found in the pixels."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pipeline.extract import ocr
from pipeline.extract.pdf_objects import Objects
from pipeline.extract.pdf_page import Content
from pipeline.extract.pdf_tables import PageTables, page_grids
from pipeline.extract.pdf_types import Frame, Word
from pipeline.extract.raster import DPI, Turn, flattened, is_sideways, picture_of, rules_in, skew_of, straightened
from pipeline.extract.scan_cells import settle

SPARSE, BLOCK = 11, 6
SURE = 0.5
"""Words that only block mode sees must be this sure."""
LEGIBLE = 0.4
"""Share of a page's letters that must stand in words Tesseract is sure of."""
NARROW = 0.25
"""Share of the page's width below which a grid in a scan is no table."""


def scanned(page: Any, frame: Frame, objects: Objects) -> Content | str:
    """The content of a page from its picture; or why there is none: OCR is off or not installed, or Tesseract fails."""
    reason = ocr.why_not()
    if reason:
        return reason
    try:
        return _read(picture_of(page), frame, objects)
    except subprocess.TimeoutExpired:
        return f"Tesseract took more than {ocr.TIMEOUT} seconds"
    except (RuntimeError, OSError) as error:
        return str(error)


def _read(grey: Any, frame: Frame, objects: Objects) -> Content:
    import numpy as np

    quarter = 0
    if is_sideways(grey):
        quarter = _upright(grey)
        grey = np.ascontiguousarray(np.rot90(grey, quarter))
    angle = skew_of(grey)
    grey = straightened(grey, angle)
    width, height = (frame.width, frame.height) if quarter % 2 == 0 else (frame.height, frame.width)
    scale = grey.shape[1] / width
    horizontal, vertical, plain = rules_in(grey, scale)
    clean = flattened(plain, scale)
    words, block = _words(clean, scale)
    found = _without_stamps(page_grids(words, horizontal, vertical, lambda word, x: None), width)
    if _is_photograph(words):
        words, _ = _words(plain, scale)
        found = PageTables([], [word for word in words if (word.conf or 0.0) > SURE], [], [], [])
    settle(clean, scale, found, block)
    turn = Turn(quarter, angle, width, height)
    seen = Objects(words, horizontal, vertical, objects.images, objects.invisible, 0, False)
    return Content(frame, seen, found, lambda word: False, turn.shown, "ocr", _note(quarter, angle))


def _is_photograph(words: list[Word]) -> bool:
    """Whether Tesseract is sure of hardly a word: a cover picture, whose edges are neither tables nor fractions."""
    size = sum(len(word.text) for word in words)
    return sum(len(word.text) for word in words if (word.conf or 0.0) > SURE) < LEGIBLE * size


def _without_stamps(found: PageTables, width: float) -> PageTables:
    """Drops grids that are seals, stamps and letterheads: narrow, or with hardly a word that Tesseract is sure of."""
    keep = []
    rest = list(found.rest)
    for k, grid in enumerate(found.grids):
        words = [word for group in found.inside[k].values() for word in group]
        sure = sum((word.conf or 0.0) > SURE for word in words)
        if grid.box[2] - grid.box[0] > NARROW * width and sure >= max(3, 0.4 * len(words)):
            keep.append(k)
        else:
            rest.extend(word for word in words if (word.conf or 0.0) > SURE)
    if len(keep) == len(found.grids):
        return found
    return found._replace(
        grids=[found.grids[k] for k in keep],
        inside=[found.inside[k] for k in keep],
        styles=[found.styles[k] for k in keep],
        rest=rest,
    )


def _note(quarter: int, angle: float) -> str:
    turned = f", turned by {quarter * 90}°" if quarter else ""
    skewed = f", skew {angle:.1f}°" if abs(angle) >= 0.1 else ""
    return f"read by OCR{turned}{skewed}"


def _upright(grey: Any) -> int:
    """Quarter turns (numpy's, counter-clockwise) that bring sideways text upright: the way in which Tesseract is surer."""
    import numpy as np

    def sureness(quarter: int) -> float:
        turned = np.ascontiguousarray(np.rot90(grey, quarter)[::2, ::2])
        words = ocr.words_in(ocr.recognise(turned, SPARSE, DPI // 2, fast=True), DPI / 144)
        return sum((word.conf or 0.0) * len(word.text) for word in words if (word.conf or 0) > 0.6)

    with ThreadPoolExecutor(2) as pool:
        one, three = pool.map(sureness, (1, 3))
    return 1 if one >= three else 3


def _words(clean: Any, scale: float) -> tuple[list[Word], list[Word]]:
    """Sparse mode's words, and those of block mode where sparse mode sees nothing; then all of block mode's."""
    with ThreadPoolExecutor(2) as pool:
        tsv = pool.map(lambda psm: ocr.recognise(clean, psm, DPI, fast=psm == BLOCK), (SPARSE, BLOCK))
        sparse, block = (ocr.words_in(answer, scale) for answer in tsv)
    words = list(sparse)
    for word in block:
        if (word.conf or 0.0) >= SURE and not any(_overlap(word, other) for other in sparse):
            words.append(word)
    return words, block


def _overlap(one: Word, two: Word) -> bool:
    width = min(one.x1, two.x1) - max(one.x0, two.x0)
    height = min(one.bottom, two.bottom) - max(one.top, two.top)
    return width > 0 and height > 0.25 * min(one.height, two.height)

"""Scanned pages: straightened, read by Tesseract twice (sparse and block mode), their rules found in the pixels."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from pipeline.extract import ocr
from pipeline.extract.lattice import Grid
from pipeline.extract.pdf_objects import Objects
from pipeline.extract.pdf_page import Content
from pipeline.extract.pdf_tables import PageTables, page_grids
from pipeline.extract.pdf_types import Frame, Word
from pipeline.extract.raster import DPI, Turn, is_sideways, picture_of, rules_in, skew_of, straightened

SPARSE, BLOCK, ONE_LINE = 11, 6, 7
SURE = 0.5
"""Words that only block mode sees must be this sure."""
DOUBT = 0.5
"""Confidence of a sign that was read in two ways."""
SHRINK = 0.6
"""Single signs are read best at this share of the usual resolution."""
FEW, MAX_CELLS = 2, 80
"""Cells with at most so many letters or digits are read again; how many of them."""
NARROW = 0.25
"""Share of the page's width below which a grid in a scan is no table."""


class Ink(NamedTuple):
    """The signs of a cell, shrunk, on white; their place in points; whether a full stop follows them."""

    picture: Any
    left: float
    top: float
    dot: bool


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
    horizontal, vertical, clean = rules_in(grey, scale)
    words = _words(clean, scale)
    found = _without_stamps(page_grids(words, horizontal, vertical, lambda word, x: None), width)
    _fill_cells(clean, scale, found)
    turn = Turn(quarter, angle, width, height)
    seen = Objects(words, horizontal, vertical, objects.images, objects.invisible, 0, False)
    return Content(frame, seen, found, lambda word: False, turn.shown, "ocr", _note(quarter, angle))


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


def _words(clean: Any, scale: float) -> list[Word]:
    """Sparse mode's words, and those of block mode where sparse mode sees nothing."""
    with ThreadPoolExecutor(2) as pool:
        tsv = pool.map(lambda psm: ocr.recognise(clean, psm, DPI, fast=psm == BLOCK), (SPARSE, BLOCK))
        sparse, block = (ocr.words_in(answer, scale) for answer in tsv)
    words = list(sparse)
    for word in block:
        if (word.conf or 0.0) >= SURE and not any(_overlap(word, other) for other in sparse):
            words.append(word)
    return words


def _overlap(one: Word, two: Word) -> bool:
    width = min(one.x1, two.x1) - max(one.x0, two.x0)
    height = min(one.bottom, two.bottom) - max(one.top, two.top)
    return width > 0 and height > 0.25 * min(one.height, two.height)


def _fill_cells(clean: Any, scale: float, found: PageTables) -> None:
    """Reads small cells again, enlarged less, that have ink and no word or a single sign: digits of "No" columns are lost
    on whole pages, or read as another digit ("1" as "4"). Where two readings differ neither is sure."""
    jobs: list[tuple[int, int, Ink]] = []
    for k, grid in enumerate(found.grids):
        for at in range(len(grid.cells)):
            if len(_signs(found.inside[k].get(at, []))) <= FEW:
                ink = _ink_of(clean, grid, at, scale)
                if ink is not None:
                    jobs.append((k, at, ink))
    del jobs[MAX_CELLS:]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda job: ocr.recognise(job[2].picture, ONE_LINE, int(DPI * SHRINK)), jobs))
    for (k, at, ink), tsv in zip(jobs, answers, strict=True):
        before = found.inside[k].get(at, [])
        again = [_shifted(word, ink) for word in ocr.words_in(tsv, scale * SHRINK) if (word.conf or 0.0) > 0.3]
        chosen = _chosen(before, again)
        if chosen and ink.dot and chosen[-1].text.isalnum():
            chosen = [*chosen[:-1], chosen[-1]._replace(text=chosen[-1].text + ".")]
        if chosen:
            found.inside[k][at] = chosen


def _chosen(before: list[Word], again: list[Word]) -> list[Word]:
    """Of two readings of a cell the one to believe: figures before letters, the second before the first."""
    one, two = _signs(before), _signs(again)
    if not two or one == two:
        return before
    if not one:
        return again
    better = before if one.isdigit() and not two.isdigit() else again
    return [word._replace(conf=min(word.conf or 0.0, DOUBT)) for word in better]


def _signs(words: Sequence[Word]) -> str:
    return "".join(char for word in words for char in word.text if char.isalnum())


def _shifted(word: Word, ink: Ink) -> Word:
    return word._replace(
        x0=word.x0 + ink.left, x1=word.x1 + ink.left, top=word.top + ink.top, bottom=word.bottom + ink.top,
        base=word.base + ink.top,
    )  # fmt: skip


def _dot_after(strip: Any) -> bool:
    """Whether the strip right of a sign holds a mark in its lower half and none above."""
    half = strip.shape[0] // 2
    return bool(strip.size) and not strip[:half].any() and int(strip[half:].sum()) >= 6


def _ink_of(clean: Any, grid: Grid, at: int, scale: float) -> Ink | None:
    """The signs of a cell, where it has a single line of them."""
    import cv2
    import numpy as np

    x0, top, x1, bottom = grid.cells[at].box
    margin = 1.5
    left, upper = int((x0 + margin) * scale), int((top + margin) * scale)
    crop = clean[upper : int((bottom - margin) * scale), left : int((x1 - margin) * scale)]
    if crop.size == 0:
        return None
    dark = (crop < 140).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    marks = [
        stats[k] for k in range(1, count) if stats[k][4] > 6 and stats[k][3] > 3 * scale and stats[k][3] < 16 * scale
    ]
    if not marks:
        return None
    a, b = min(int(m[0]) for m in marks), min(int(m[1]) for m in marks)
    c, d = max(int(m[0] + m[2]) for m in marks), max(int(m[1] + m[3]) for m in marks)
    if d - b > 22 * scale or c - a < 0.8 * scale:
        return None
    pad = int(4 * scale)
    dot = _dot_after(dark[b : d + 2, c + 1 : c + int(4.5 * scale)])
    c = min(c + pad // 2, crop.shape[1]) if not dot else c
    piece = crop[b:d, a:c]
    framed = cv2.copyMakeBorder(piece, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255)
    # Tesseract wants white around a sign.
    small = cv2.resize(framed, None, fx=SHRINK, fy=SHRINK, interpolation=cv2.INTER_AREA)
    return Ink(small, (left + a - pad) / scale, (upper + b - pad) / scale, dot)

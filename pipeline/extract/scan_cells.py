"""Second looks at the cells of a scanned table: where two readings of the page differ a third decides; lone digits and dashes.

Digits of "No" columns are lost on whole pages, or read as another digit ("1" as "4"); a dash that says "none" is dirt to OCR.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from pipeline.extract import ocr
from pipeline.extract.lattice import Grid
from pipeline.extract.pdf_lines import Line, lines_of, text_of
from pipeline.extract.pdf_tables import PageTables
from pipeline.extract.pdf_types import Word
from pipeline.extract.raster import DPI
from pipeline.model import BBox

BLOCK, ONE_LINE = 6, 7
DOUBT = 0.5
"""Confidence of a sign that was read in two ways."""
SURER = 0.08
"""A reading that agrees with no other must be so much surer than the one it replaces."""
SHRINK = 0.6
"""Single signs are read best at this share of the usual resolution."""
FEW, MAX_CELLS = 2, 80
"""Cells with at most so many letters or digits are read again; how many of them."""
BOTH_SURE = 0.9
MAX_DISPUTES = 60
MARGIN = 1.5
"""Points inside a cell's border that may hold its stroke."""
DASH = (1.8, 9.0, 2.0)
"""Points: a dash is so long at least, so long at most, and at most so high."""


Cells = dict[int, list[Word]]
"""Words by the number of their cell."""


class Ink(NamedTuple):
    """The signs of a cell, shrunk, on white; their place in points; whether a full stop follows them."""

    picture: Any
    left: float
    top: float
    dot: bool


def settle(clean: Any, scale: float, found: PageTables, block: Sequence[Word]) -> None:
    """Mends the words of each cell in place. `block`: the page as block mode read it."""
    others = [_by_cell(grid, block) for grid in found.grids]
    _decide(clean, scale, found, others)
    _fill(clean, scale, found, others)
    _mark_items(clean, scale, found)


def _decide(clean: Any, scale: float, found: PageTables, others: Sequence[Cells]) -> None:
    """Reads cells again whose two readings differ; two equal ones of three win."""
    jobs: list[tuple[int, int, str, Any, float, float]] = []
    for k, grid in enumerate(found.grids):
        for at, cell in enumerate(grid.cells):
            one, two = _letters(found.inside[k].get(at, [])), _letters(others[k].get(at, []))
            if one != two and max(len(one), len(two)) > FEW:
                crop, left, top = _crop(clean, cell.box, scale)
                if crop.size:
                    jobs.append((k, at, two, crop, left, top))
    del jobs[MAX_DISPUTES:]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda job: ocr.recognise(_framed(job[3]), BLOCK, DPI, fast=True), jobs))
    for (k, at, two, _, left, top), tsv in zip(jobs, answers, strict=True):
        before = found.inside[k].get(at, [])
        again = [_moved(word, left, top) for word in ocr.words_in(tsv, scale)]
        three = _letters(again)
        if three and (three == two or _sureness(again) > _sureness(before) + SURER) and three != _letters(before):
            found.inside[k][at] = again


def _by_cell(grid: Grid, words: Sequence[Word]) -> Cells:
    held: Cells = {}
    x0, top, x1, bottom = grid.box
    inside = [word for word in words if x0 < word.xmid < x1 and top < word.ymid < bottom]
    for at, cell in enumerate(grid.cells):
        own = [w for w in inside if cell.box[0] < w.xmid < cell.box[2] and cell.box[1] < w.ymid < cell.box[3]]
        if own:
            held[at] = own
    return held


def _letters(words: Sequence[Word]) -> str:
    return "".join(text_of(words).split()) if words else ""


def _sureness(words: Sequence[Word]) -> float:
    size = sum(len(word.text) for word in words)
    return sum((word.conf or 0.0) * len(word.text) for word in words) / size if size else 0.0


def _crop(clean: Any, box: BBox, scale: float) -> tuple[Any, float, float]:
    """The inside of a cell and its corner in points."""
    left, top = int((box[0] + MARGIN) * scale), int((box[1] + MARGIN) * scale)
    crop = clean[max(top, 0) : int((box[3] - MARGIN) * scale), max(left, 0) : int((box[2] - MARGIN) * scale)]
    return crop, left / scale, top / scale


PAD = 20
"""Pixels of white around a crop."""


def _framed(crop: Any) -> Any:
    import cv2

    return cv2.copyMakeBorder(crop, PAD, PAD, PAD, PAD, cv2.BORDER_CONSTANT, value=255)


def _moved(word: Word, left: float, top: float) -> Word:
    dx, dy = left - PAD * 72 / DPI, top - PAD * 72 / DPI
    return word._replace(
        x0=word.x0 + dx, x1=word.x1 + dx, top=word.top + dy, bottom=word.bottom + dy, base=word.base + dy
    )


def _fill(clean: Any, scale: float, found: PageTables, others: Sequence[Cells]) -> None:
    """Reads small cells again, enlarged less, that have ink and no word or a single sign which not both readings of the page
    are sure of. Where two readings differ neither is sure."""
    jobs: list[tuple[int, int, Ink]] = []
    for k, grid in enumerate(found.grids):
        for at in range(len(grid.cells)):
            held, other = found.inside[k].get(at, []), others[k].get(at, [])
            signs = _signs(held)
            if len(signs) > FEW or (
                signs and _letters(held) == _letters(other) and min(_sureness(held), _sureness(other)) > BOTH_SURE
            ):
                continue
            dash = None if signs else _dash_in(clean, grid.cells[at].box, scale)
            if dash is not None:
                found.inside[k][at] = [dash]
                continue
            ink = _ink_of(clean, grid, at, scale)
            if ink is not None:
                jobs.append((k, at, ink))
    del jobs[MAX_CELLS:]
    first = _lone([ink for _, _, ink in jobs], scale, fast=True)
    open_questions = []
    for (k, at, ink), again in zip(jobs, first, strict=True):
        before, other = found.inside[k].get(at, []), others[k].get(at, [])
        one, two, three = _signs(before), _signs(again), _signs(other)
        if one and two and one != two and three not in (one, two):
            open_questions.append((k, at, ink))
        else:
            found.inside[k][at] = _with_dot(other if two != one == three else _chosen(before, again), ink)
    for (k, at, ink), again in zip(
        open_questions, _lone([ink for _, _, ink in open_questions], scale, fast=False), strict=True
    ):
        found.inside[k][at] = _with_dot(_chosen(found.inside[k].get(at, []), again), ink)


def _lone(inks: Sequence[Ink], scale: float, *, fast: bool) -> list[list[Word]]:
    """Each sign read for itself."""
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda ink: ocr.recognise(ink.picture, ONE_LINE, int(DPI * SHRINK), fast=fast), inks))
    return [
        [_shifted(word, ink) for word in ocr.words_in(tsv, scale * SHRINK) if (word.conf or 0.0) > 0.3]
        for ink, tsv in zip(inks, answers, strict=True)
    ]


def _with_dot(words: list[Word], ink: Ink) -> list[Word]:
    if words and ink.dot and words[-1].text.isalnum():
        return [*words[:-1], words[-1]._replace(text=words[-1].text + ".")]
    return words


def _mark_items(clean: Any, scale: float, found: PageTables) -> None:
    """Puts the bullets and dashes before their lines that OCR takes for dirt."""
    for k, grid in enumerate(found.grids):
        for at, words in found.inside[k].items():
            left = grid.cells[at].box[0] + MARGIN
            marks = [_item_mark(clean, line, left, scale) for line in lines_of(words)]
            found.inside[k][at] = [*words, *(mark for mark in marks if mark is not None)]


def _item_mark(clean: Any, line: Line, left: float, scale: float) -> Word | None:
    """The one blob or dash in the white before a line, at the height of its small letters."""
    import cv2
    import numpy as np

    first = line.words[0]
    rise = first.height / 1.4
    right, top = first.x0 - 1.0, first.base - 1.05 * rise
    if right - left < 4 or first.angle or not any(char.isalpha() for char in first.text):
        return None
    crop = clean[int(top * scale) : int((first.base + 0.2 * rise) * scale), int(left * scale) : int(right * scale)]
    if crop.size == 0:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats((crop < 150).astype(np.uint8), connectivity=8)
    blobs = [stats[n] for n in range(1, count) if stats[n][4] > 6]
    if len(blobs) != 1:
        return None
    x, y, width, height = (int(value) / scale for value in blobs[0][:4])
    middle, gap = (top + y + height / 2 - first.base) / rise, right - left - x - width
    if not -0.75 < middle < -0.15 or not 1.5 < gap < 28:
        return None
    filled = int(blobs[0][4]) / max(int(blobs[0][2]) * int(blobs[0][3]), 1)
    if 0.15 * rise < height < 0.7 * rise and 0.7 < width / height < 1.4 and filled > 0.6:
        text = "•"
    elif DASH[0] <= width <= DASH[1] and height <= DASH[2] and width >= 1.6 * height:
        text = "-"
    else:
        return None
    return Word(text, left + x, first.top, left + x + width, first.bottom, first.base, conf=0.8)


def _dash_in(clean: Any, box: BBox, scale: float) -> Word | None:
    """The dash that is all a cell holds."""
    import cv2
    import numpy as np

    crop, left, top = _crop(clean, (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1), scale)
    if crop.size == 0:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats((crop < 140).astype(np.uint8), connectivity=8)
    marks = [stats[k] for k in range(1, count) if stats[k][4] > 6]
    if len(marks) != 1:
        return None
    x, y, width, height = (int(value) / scale for value in marks[0][:4])
    shortest, longest, thickest = DASH
    if not shortest <= width <= longest or height > thickest or width < 1.6 * height:
        return None
    base = top + y + height / 2 + 2.5
    return Word("-", left + x, base - 7.5, left + x + width, base + 2, base, conf=0.9)


def _chosen(before: list[Word], again: list[Word]) -> list[Word]:
    """Of two readings of a cell the one to believe: figures before letters, the second before the first."""
    one, two = _signs(before), _signs(again)
    if not one and [word.text for word in again] == ["%"]:
        return again
    if not two or one == two:
        return before
    if not one:
        return again
    if one.isdigit() and len(two) < len(one) and two in one:
        return [word._replace(conf=min(word.conf or 0.0, DOUBT)) for word in before]  # a digit was cut off
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
    left, upper = int((x0 + MARGIN) * scale), int((top + MARGIN) * scale)
    crop = clean[upper : int((bottom - MARGIN) * scale), left : int((x1 - MARGIN) * scale)]
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

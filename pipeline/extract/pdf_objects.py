"""What stands on a PDF page: words and drawn rules, in the coordinates a reader sees (points, origin top left).

PDFium is asked as little as possible: the text once, boxes for the first and last letter of each word, bounds for each
thin path; letters one by one only where a word must be taken apart.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as fz

from pipeline.extract.dotted import dotted
from pipeline.extract.pdf_letters import words_of
from pipeline.extract.pdf_types import Frame, Rule, Word
from pipeline.model import BBox

MAX_OBJECTS = 60_000
"""Page objects looked at; a map or a chart may hold millions, and none of them is a table."""
MAX_RULES = 12_000
SAMPLE = 60
"""Texts asked whether they are visible."""
THIN = 3.2
"""A drawn shape thinner than this (points) is a rule."""
SHORT = 2.0


class Objects(NamedTuple):
    """All of one page. `images` and `fills` are boxes; `unmapped` counts letters whose font tells no Unicode value."""

    words: list[Word]
    horizontal: list[Rule]
    vertical: list[Rule]
    images: list[BBox]
    invisible: bool
    unmapped: int
    truncated: bool


def objects_of(page: Any, text_page: Any, frame: Frame) -> Objects:
    """Words, rules and pictures of a pypdfium2 page with its text page."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    images: list[BBox] = []
    state = _Walk(frame, horizontal, vertical, images)
    count = fz.FPDFPage_CountObjects(page.raw)
    get, kind_of, raw, text = fz.FPDFPage_GetObject, fz.FPDFPageObj_GetType, page.raw, fz.FPDF_PAGEOBJ_TEXT
    for index in range(min(count, MAX_OBJECTS)):
        obj = get(raw, index)
        kind = kind_of(obj)
        if kind == text:
            if len(state.texts) < SAMPLE:
                state.texts.append(obj)
            continue
        state.take(obj, kind, None, 0)
        if len(horizontal) + len(vertical) > MAX_RULES:
            break
    for strokes, found in zip((horizontal, vertical), dotted(state.specks), strict=True):
        strokes += found
    words, unmapped = words_of(text_page.raw, frame)
    truncated = count > MAX_OBJECTS or len(horizontal) + len(vertical) > MAX_RULES
    invisible = bool(images) and state.hides_text()
    return Objects(words, horizontal, vertical, images, invisible, unmapped, truncated)


Matrix = tuple[float, float, float, float, float, float]


def _matrix(obj: Any) -> Matrix:
    m = fz.FS_MATRIX()
    fz.FPDFPageObj_GetMatrix(obj, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


class _Walk:
    """Walks page objects, forms inside forms with their matrices, and collects strokes."""

    def __init__(self, frame: Frame, horizontal: list[Rule], vertical: list[Rule], images: list[BBox]) -> None:
        self.frame = frame
        self.horizontal, self.vertical, self.images = horizontal, vertical, images
        self.texts: list[Any] = []
        self.specks: list[BBox] = []
        self.bounds = [ctypes.c_float() for _ in range(4)]
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()
        self.x, self.y = ctypes.c_float(), ctypes.c_float()

    def take(self, obj: Any, kind: int, outer: Matrix | None, depth: int) -> None:
        if kind == fz.FPDF_PAGEOBJ_PATH:
            self.path(obj, outer)
        elif kind == fz.FPDF_PAGEOBJ_IMAGE:
            box = self.box(obj, outer)
            if box is not None and not self.thin(box):
                self.images.append(box)
        elif kind == fz.FPDF_PAGEOBJ_FORM and depth < 8:
            matrix = _times(_matrix(obj), outer)
            for index in range(min(fz.FPDFFormObj_CountObjects(obj), MAX_OBJECTS)):
                inner = fz.FPDFFormObj_GetObject(obj, index)
                self.take(inner, fz.FPDFPageObj_GetType(inner), matrix, depth + 1)
                if len(self.horizontal) + len(self.vertical) > MAX_RULES:
                    return

    def hides_text(self) -> bool:
        """Whether most of the first texts are set invisibly, as OCR layers are."""
        hidden = sum(fz.FPDFTextObj_GetTextRenderMode(obj) == fz.FPDF_TEXTRENDERMODE_INVISIBLE for obj in self.texts)
        return bool(2 * hidden > len(self.texts))

    def box(self, obj: Any, outer: Matrix | None) -> BBox | None:
        left, bottom, right, top = self.bounds
        if not fz.FPDFPageObj_GetBounds(obj, left, bottom, right, top):
            return None
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if outer is not None:
            a, b, c, d, e, f = outer
            xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
            ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        frame = self.frame
        if not frame.rotation:
            return (x0 + frame.c, frame.f - y1, x1 + frame.c, frame.f - y0)
        return frame.box(x0, y0, x1, y1)

    def thin(self, box: BBox) -> bool:
        """Whether the shape is a stroke or a speck, which are then kept."""
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if height <= THIN and width > SHORT and width > 2 * height:
            self.horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif width <= THIN and height > SHORT and height > 2 * width:
            self.vertical.append(Rule((x0 + x1) / 2, top, bottom))
        elif width <= THIN and height <= THIN:
            self.specks.append(box)
        else:
            return False
        return True

    def path(self, obj: Any, outer: Matrix | None) -> None:
        box = self.box(obj, outer)
        if box is None or self.thin(box) or not fz.FPDFPath_GetDrawMode(obj, self.fill, self.stroke):
            return
        if self.stroke.value:
            self.segments(obj, outer)
        elif self.fill.value and fz.FPDFPath_CountSegments(obj) > 6:
            self.compound(obj, outer)

    def points(self, obj: Any, outer: Matrix | None) -> Iterator[tuple[int, float, float, bool]]:
        matrix = _times(_matrix(obj), outer)
        a, b, c, d, e, f = matrix
        x, y = self.x, self.y
        for index in range(min(fz.FPDFPath_CountSegments(obj), 4000)):
            segment = fz.FPDFPath_GetPathSegment(obj, index)
            fz.FPDFPathSegment_GetPoint(segment, x, y)
            px, py = self.frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            yield fz.FPDFPathSegment_GetType(segment), px, py, bool(fz.FPDFPathSegment_GetClose(segment))

    def compound(self, obj: Any, outer: Matrix | None) -> None:
        """One filled path of many thin boxes: each subpath is a rule of its own."""
        xs: list[float] = []
        ys: list[float] = []
        for kind, x, y, _ in [*self.points(obj, outer), (fz.FPDF_SEGMENT_MOVETO, 0.0, 0.0, False)]:
            if kind == fz.FPDF_SEGMENT_MOVETO and xs:
                if len(xs) >= 2:
                    self.thin((min(xs), min(ys), max(xs), max(ys)))
                xs, ys = [], []
            xs.append(x)
            ys.append(y)

    def segments(self, obj: Any, outer: Matrix | None) -> None:
        """The straight sides of a stroked path."""
        start = at = (0.0, 0.0)
        for kind, x, y, close in self.points(obj, outer):
            if kind == fz.FPDF_SEGMENT_MOVETO:
                start = (x, y)
            elif kind == fz.FPDF_SEGMENT_LINETO:
                self.side(at, (x, y))
            at = (x, y)
            if close:
                self.side(at, start)
                at = start

    def side(self, p: tuple[float, float], q: tuple[float, float]) -> None:
        if abs(p[1] - q[1]) <= 0.7 and abs(p[0] - q[0]) > SHORT:
            self.horizontal.append(Rule((p[1] + q[1]) / 2, min(p[0], q[0]), max(p[0], q[0])))
        elif abs(p[0] - q[0]) <= 0.7 and abs(p[1] - q[1]) > SHORT:
            self.vertical.append(Rule((p[0] + q[0]) / 2, min(p[1], q[1]), max(p[1], q[1])))

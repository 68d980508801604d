"""What stands on a PDF page: words and drawn rules, in the coordinates a reader sees (points, origin top left).

PDFium is asked as little as possible: the text once, boxes for the first and last letter of each word, bounds for each
thin path; letters one by one only where a word must be taken apart.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as fz

from pipeline.model import BBox

MAX_OBJECTS = 60_000
"""Page objects looked at; a map or a chart may hold millions, and none of them is a table."""
MAX_RULES = 12_000
SAMPLE = 60
"""Texts asked whether they are visible."""
THIN = 3.2
"""A drawn shape thinner than this (points) is a rule."""
FILL_WEAK, LINE, SHORT = 0, 1, 2.0
WORD = re.compile(
    r"[^\s\x00\x01\x03-\x1f]+"
)  # "\x02" and "\ufffe" are PDFium's signs for a hyphen at the end of a line

_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_SCRIPTED = re.compile(r"[A-Z]\(?n")  # "(X(n)-X(n-1))": letters of several sizes are likely


class Word(NamedTuple):
    """A run of letters without a gap. `base` is the baseline; `first`/`last` index its letters in the page's text."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    first: int = -1
    last: int = -1
    angle: int = 0
    conf: float | None = None

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def xmid(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def ymid(self) -> float:
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A horizontal or vertical stroke: at `pos` across, from `lo` to `hi` along. `weak`: only the edge of a shading."""

    pos: float
    lo: float
    hi: float
    weak: bool = False


class Letter(NamedTuple):
    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float


class Objects(NamedTuple):
    """All of one page. `images` and `fills` are boxes; `unmapped` counts letters whose font tells no Unicode value."""

    words: list[Word]
    horizontal: list[Rule]
    vertical: list[Rule]
    images: list[BBox]
    invisible: bool
    unmapped: int
    truncated: bool


class Frame(NamedTuple):
    """Displayed page: x' = a·x + b·y + c, y' = d·x + e·y + f turns the file's coordinates into the reader's."""

    width: float
    height: float
    rotation: int
    origin: tuple[float, float]
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def back(self, box: BBox) -> BBox:
        """A displayed box in the file's coordinates: left, bottom, right, top."""
        det = self.a * self.e - self.b * self.d
        corners = []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            u, v = x - self.c, y - self.f
            corners.append(((self.e * u - self.b * v) / det, (self.a * v - self.d * u) / det))
        (ax, ay), (bx, by) = corners
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def frame_of(page: Any) -> Frame:
    """The displayed frame of a pypdfium2 page: CropBox and /Rotate (inherited ones too) are PDFium's affair."""
    raw = page.raw
    width, height = fz.FPDF_GetPageWidthF(raw), fz.FPDF_GetPageHeightF(raw)
    grid = 10_000
    x, y = ctypes.c_double(), ctypes.c_double()

    def corner(dx: int, dy: int) -> tuple[float, float]:
        fz.FPDF_DeviceToPage(raw, 0, 0, grid, grid, 0, dx, dy, x, y)
        return x.value, y.value

    (ox, oy), (rx, ry), (bx, by) = corner(0, 0), corner(grid, 0), corner(0, grid)
    ux, uy, vx, vy = rx - ox, ry - oy, bx - ox, by - oy
    det = ux * vy - uy * vx or 1.0
    a, b = width * vy / det, -width * vx / det
    d, e = -height * uy / det, height * ux / det
    origin = (min(ox, rx, bx), min(oy, ry, by))
    rotation = fz.FPDFPage_GetRotation(raw) * 90
    return Frame(width, height, rotation, origin, a, b, -(a * ox + b * oy), d, e, -(d * ox + e * oy))


def objects_of(page: Any, text_page: Any, frame: Frame) -> Objects:
    """Words, rules and pictures of a pypdfium2 page with its text page."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    images: list[BBox] = []
    state = _Walk(frame, horizontal, vertical, images)
    count = fz.FPDFPage_CountObjects(page.raw)
    for index in range(min(count, MAX_OBJECTS)):
        state.take(fz.FPDFPage_GetObject(page.raw, index), None, 0)
        if len(horizontal) + len(vertical) > MAX_RULES:
            break
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
        self.bounds = [ctypes.c_float() for _ in range(4)]
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()
        self.rgba = [ctypes.c_uint() for _ in range(4)]
        self.x, self.y = ctypes.c_float(), ctypes.c_float()

    def take(self, obj: Any, outer: Matrix | None, depth: int) -> None:
        kind = fz.FPDFPageObj_GetType(obj)
        if kind == fz.FPDF_PAGEOBJ_TEXT:
            if len(self.texts) < SAMPLE:
                self.texts.append(obj)
        elif kind == fz.FPDF_PAGEOBJ_PATH:
            self.path(obj, outer)
        elif kind == fz.FPDF_PAGEOBJ_IMAGE:
            box = self.box(obj, outer)
            if box is not None and not self.thin(box, False):
                self.images.append(box)
        elif kind == fz.FPDF_PAGEOBJ_FORM and depth < 8:
            matrix = _times(_matrix(obj), outer)
            for index in range(min(fz.FPDFFormObj_CountObjects(obj), MAX_OBJECTS)):
                self.take(fz.FPDFFormObj_GetObject(obj, index), matrix, depth + 1)
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

    def thin(self, box: BBox, weak: bool) -> bool:
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if height <= THIN and width > SHORT and width > 2 * height:
            self.horizontal.append(Rule((top + bottom) / 2, x0, x1, weak))
        elif width <= THIN and height > SHORT and height > 2 * width:
            self.vertical.append(Rule((x0 + x1) / 2, top, bottom, weak))
        else:
            return width <= THIN and height <= THIN
        return True

    def path(self, obj: Any, outer: Matrix | None) -> None:
        box = self.box(obj, outer)
        if box is None or self.thin(box, False):
            return
        if not fz.FPDFPath_GetDrawMode(obj, self.fill, self.stroke):
            return
        if not self.stroke.value:
            if not self.fill.value:
                return
            r, g, b, alpha = self.rgba
            fz.FPDFPageObj_GetFillColor(obj, r, g, b, alpha)
            if alpha.value < 8 or min(r.value, g.value, b.value) >= 250:
                return
        weak = not self.stroke.value
        if weak and fz.FPDFPath_CountSegments(obj) > 6:
            if not self.compound(obj, outer):
                return
            return
        self.segments(obj, outer, weak)

    def points(self, obj: Any, outer: Matrix | None) -> Iterator[tuple[int, float, float, bool]]:
        matrix = _times(_matrix(obj), outer)
        a, b, c, d, e, f = matrix
        x, y = self.x, self.y
        for index in range(min(fz.FPDFPath_CountSegments(obj), 4000)):
            segment = fz.FPDFPath_GetPathSegment(obj, index)
            fz.FPDFPathSegment_GetPoint(segment, x, y)
            px, py = self.frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            yield fz.FPDFPathSegment_GetType(segment), px, py, bool(fz.FPDFPathSegment_GetClose(segment))

    def compound(self, obj: Any, outer: Matrix | None) -> bool:
        """One filled path of many thin boxes: each subpath is a rule of its own."""
        xs: list[float] = []
        ys: list[float] = []
        found = False
        for kind, x, y, _ in [*self.points(obj, outer), (fz.FPDF_SEGMENT_MOVETO, 0.0, 0.0, False)]:
            if kind == fz.FPDF_SEGMENT_MOVETO and xs:
                if len(xs) >= 2:
                    found |= self.thin((min(xs), min(ys), max(xs), max(ys)), False)
                xs, ys = [], []
            xs.append(x)
            ys.append(y)
        return found

    def segments(self, obj: Any, outer: Matrix | None, weak: bool) -> None:
        """The straight sides of a stroked path or of a shading."""
        start = at = (0.0, 0.0)
        for kind, x, y, close in self.points(obj, outer):
            if kind == fz.FPDF_SEGMENT_MOVETO:
                start = (x, y)
            elif kind == fz.FPDF_SEGMENT_LINETO:
                self.side(at, (x, y), weak)
            at = (x, y)
            if close:
                self.side(at, start, weak)
                at = start

    def side(self, p: tuple[float, float], q: tuple[float, float], weak: bool) -> None:
        if abs(p[1] - q[1]) <= 0.7 and abs(p[0] - q[0]) > SHORT:
            self.horizontal.append(Rule((p[1] + q[1]) / 2, min(p[0], q[0]), max(p[0], q[0]), weak))
        elif abs(p[0] - q[0]) <= 0.7 and abs(p[1] - q[1]) > SHORT:
            self.vertical.append(Rule((p[0] + q[0]) / 2, min(p[1], q[1]), max(p[1], q[1]), weak))


def page_text(raw: Any) -> str:
    """The page's text, one character for each of PDFium's letters."""
    count = fz.FPDFText_CountChars(raw)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    fz.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if len(text) == count and "\x00" not in text:
        return text
    codes = (fz.FPDFText_GetUnicode(raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def words_of(raw: Any, frame: Frame) -> tuple[list[Word], int]:
    """Words as PDFium separates them, boxes displayed; and how many letters have no Unicode value."""
    text = page_text(raw)
    unmapped = 0
    if _PRIVATE.search(text):
        unmapped = sum(bool(fz.FPDFText_HasUnicodeMapError(raw, index) == 1) for index in range(len(text)))
    box = fz.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    loose, origin = fz.FPDFText_GetLooseCharBox, fz.FPDFText_GetCharOrigin
    upright = frame.rotation == 0 and frame.a > 0 and abs(frame.b) < 1e-9
    a, c, e, f = frame.a, frame.c, frame.e, frame.f
    words: list[Word] = []
    for match in WORD.finditer(text):
        first, last = match.start(), match.end() - 1
        loose(raw, first, box)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        origin(raw, first, x, y)
        mixed = False
        if last > first:
            loose(raw, last, box)
            if upright:
                size = top - bottom
                mixed = (
                    abs(box.bottom - bottom) > 0.12 * size
                    or abs(box.top - top) > 0.12 * size
                    or box.left < right - 0.6 * size
                )
            else:
                mixed = True
            mixed = mixed or (last - first < 24 and _SCRIPTED.search(match.group()) is not None)
            left, right = min(left, box.left), max(right, box.right)
            bottom, top = min(bottom, box.bottom), max(top, box.top)
        if mixed:
            words.extend(_taken_apart(raw, frame, text, first, last))
        elif upright:
            words.append(
                Word(
                    match.group(),
                    a * left + c,
                    e * top + f,
                    a * right + c,
                    e * bottom + f,
                    e * y.value + f,
                    first,
                    last,
                )
            )
        else:
            shown = frame.box(left, bottom, right, top)
            words.append(
                Word(match.group(), *shown, frame.point(x.value, y.value)[1], first, last, _angle(raw, frame, first))
            )
    return [
        word
        for word in words
        if word.x1 > -2 and word.x0 < frame.width + 2 and word.bottom > -2 and word.top < frame.height + 2
    ], unmapped


def _rejoined(raw: Any, words: list[Word]) -> list[Word]:
    """Joins words that PDFium parted with a space of its own where no reader sees one."""
    out: list[Word] = []
    for word in words:
        one = out[-1] if out else word
        if (
            one.last + 2 == word.first
            and -0.2 * word.height < word.x0 - one.x1 < 0.07 * word.height
            and abs(one.base - word.base) < 0.05 * word.height
            and not (one.angle or word.angle)
            and one.last - one.first + 1 == len(one.text)
            and fz.FPDFText_IsGenerated(raw, one.last + 1) == 1
        ):
            box = (min(one.x0, word.x0), min(one.top, word.top), max(one.x1, word.x1), max(one.bottom, word.bottom))
            out[-1] = Word(one.text + word.text, *box, one.base, one.first, -1)
            continue
        out.append(word)
    return out


def letters_of(raw: Any, frame: Frame, text: str, first: int, last: int) -> list[Letter]:
    """The letters from `first` to `last`, each with its displayed box."""
    box = fz.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    letters = []
    for index in range(first, last + 1):
        fz.FPDFText_GetLooseCharBox(raw, index, box)
        fz.FPDFText_GetCharOrigin(raw, index, x, y)
        shown = frame.box(box.left, box.bottom, box.right, box.top)
        letters.append(Letter(text[index - first], *shown, frame.point(x.value, y.value)[1]))
    return letters


def _angle(raw: Any, frame: Frame, index: int) -> int:
    """Direction of a letter as displayed, in whole degrees counter-clockwise."""
    radians = fz.FPDFText_GetCharAngle(raw, index)
    return round(-radians * 57.29578 - frame.rotation) % 360 if radians >= 0 else 0  # PDFium turns clockwise


def _taken_apart(raw: Any, frame: Frame, text: str, first: int, last: int) -> list[Word]:
    """A word whose ends stand on different lines, or in different sizes, or that runs upwards: split where it turns."""
    angle = _angle(raw, frame, first)
    letters = letters_of(raw, frame, text[first : last + 1], first, last)
    if min(angle, 360 - angle) > 5:
        if min(abs(angle - right) for right in (90, 180, 270)) > 5:
            return []  # slanted: a watermark or a stamp
        box = (
            min(x.x0 for x in letters),
            min(x.top for x in letters),
            max(x.x1 for x in letters),
            max(x.bottom for x in letters),
        )
        return [Word(text[first : last + 1], *box, box[3], first, last, round(angle / 90) * 90 % 360)]
    words: list[Word] = []
    start = 0
    for k in range(1, len(letters) + 1):
        if k < len(letters):
            one, two = letters[k - 1], letters[k]
            size = max(one.bottom - one.top, 1.0)
            same = abs(one.base - two.base) <= 0.06 * size and abs(two.bottom - two.top - size) <= 0.1 * size
            if same and two.x0 >= one.x0 - 0.3 * size and two.x0 - one.x1 < 1.2 * size:
                continue
        run = letters[start:k]
        words.append(
            Word(
                "".join(x.char for x in run), min(x.x0 for x in run), min(x.top for x in run), max(x.x1 for x in run),
                max(x.bottom for x in run), run[0].base, first + start, first + k - 1,
            )
        )  # fmt: skip
        start = k
    return words

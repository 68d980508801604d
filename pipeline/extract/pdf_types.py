"""The values a page is made of for the table finder: words, strokes, and the frame that puts them as a reader sees them."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as fz

from pipeline.model import BBox


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
    """A horizontal or vertical stroke: at `pos` across, from `lo` to `hi` along."""

    pos: float
    lo: float
    hi: float


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

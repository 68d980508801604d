"""Pictures of pages: straightening a scan and finding the table rules in its pixels, for the same lattice as vector pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.extract.lattice import merged
from pipeline.extract.pdf_types import Rule
from pipeline.model import BBox

DPI = 300
MAX_SKEW = 4.0
"""Degrees searched to either side."""
GROUND = 9.0
"""Points: wider than the stroke of any letter, narrower than a shaded cell."""
DARK = 100
"""Grey value (0 black) below which a ground is a panel or a photograph and no shading."""
PIECE, SHORTEST, THICK = 12.0, 20.0, 3.5
"""Points: the shortest piece of a stroke looked for, the shortest stroke, and the thickest."""

SPECK, WHITE = 2.2, 3.5
"""Points: the highest dot of a dotted border, and the widest white between two."""
LEVEL, REACH = 1.2, 6.0
"""Points by which dots of one border differ in height, and by which its ends may miss the strokes beside it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How the straightened picture lies on the displayed page: quarter turns counter-clockwise, then a small angle in
    degrees about the middle. Sizes in points, `width` and `height` of the straightened picture."""

    quarter: int = 0
    angle: float = 0.0
    width: float = 0.0
    height: float = 0.0

    def shown(self, box: BBox) -> BBox:
        """A box of the straightened picture on the displayed page; its middle is exact, its size kept."""
        x, y = (box[0] + box[2]) / 2 - self.width / 2, (box[1] + box[3]) / 2 - self.height / 2
        w, h = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        radians = math.radians(self.angle)
        cos, sin = math.cos(radians), math.sin(radians)
        x, y = x * cos - y * sin, x * sin + y * cos
        width, height = self.width, self.height
        for _ in range(self.quarter % 4):
            x, y, w, h, width, height = -y, x, h, w, height, width
        return (x + width / 2 - w, y + height / 2 - h, x + width / 2 + w, y + height / 2 + h)


def picture_of(page: Any, dpi: int = DPI) -> Any:
    """The displayed page as a grey numpy picture."""
    scale = min(dpi / 72, 5200 / max(page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return bitmap.to_numpy().copy().reshape(bitmap.height, -1)[:, : bitmap.width]
    finally:
        bitmap.close()


def is_sideways(grey: Any) -> bool:
    """Whether lines of text run up or down: letters then lie nearer to each other upwards than sideways."""
    import cv2
    import numpy as np

    factor = min(1.0, 1400 / max(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    _, binary = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _count, labels, stats, _ = cv2.connectedComponentsWithStats(binary, connectivity=8)
    extent = np.maximum(stats[:, 2], stats[:, 3])
    letters = (extent >= 4) & (extent <= 40)
    letters[0] = False
    if letters.sum() < 20:
        return False
    text = letters[labels].astype(np.uint8)
    bridge = max(3, int(0.7 * np.median(extent[letters])) | 1)

    def in_lines(shape: tuple[int, int], along: int, across: int) -> int:
        closed = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones(shape, np.uint8))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
        return int(boxes[1:][boxes[1:, along] > 4 * boxes[1:, across], 4].sum())

    return in_lines((bridge, 1), 3, 2) > 1.5 * in_lines((1, bridge), 2, 3)


def skew_of(grey: Any) -> float:
    """Degrees by which lines of text rise (positive) or fall, found where the rows' ink is most unequal."""
    import cv2
    import numpy as np

    factor = min(1.0, 1000 / max(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    _, binary = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    height, width = binary.shape

    def score(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(binary, matrix, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.int64)
        return float((np.diff(rows) ** 2).sum())

    best = max(np.arange(-MAX_SKEW, MAX_SKEW + 0.01, 0.5), key=score)
    for step in (0.1, 0.02):
        best = max(np.arange(best - 5 * step, best + 5 * step + step / 2, step), key=score)
    return 0.0 if abs(best) < 0.03 else float(best)


def straightened(grey: Any, angle: float) -> Any:
    import cv2

    if not angle:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def rules_in(grey: Any, scale: float) -> tuple[list[Rule], list[Rule], Any]:
    """Horizontal and vertical strokes of a straightened picture, in points (`scale` pixels a point); and the picture
    with the strokes painted over, for OCR."""
    import cv2
    import numpy as np

    block = max(15, int(scale * 8) | 1)
    binary = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    found: list[list[Rule]] = []
    clean, loose = grey.copy(), binary.copy()
    for level in (True, False):
        # Short pieces first, joined afterwards: closing gaps in the picture would make strokes out of letters.
        kernel = np.ones((1, int(scale * PIECE)) if level else (int(scale * PIECE), 1), np.uint8)
        strokes = cv2.morphologyEx(binary, cv2.MORPH_OPEN, kernel)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        pieces: list[Rule] = []
        kept = np.zeros(count, bool)
        for k in range(1, count):
            x, y, w, h, area = (int(value) for value in stats[k])
            along = w if level else h
            if area / along > scale * THICK:
                continue  # a picture, a shading, a bold title
            if level:
                centre = float(np.nonzero(labels[y : y + h, x : x + w] == k)[0].mean()) + y + 0.5
            else:
                centre = float(np.nonzero(labels[y : y + h, x : x + w] == k)[1].mean()) + x + 0.5
            lo, hi = (x, x + w) if level else (y, y + h)
            pieces.append(Rule(centre / scale, lo / scale, hi / scale))
            kept[k] = along > scale * SHORTEST
        found.append([rule for rule in merged(pieces, gap=6.0) if rule.hi - rule.lo > SHORTEST])
        painted = cv2.dilate(kept[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        clean[painted], loose[painted] = 255, 0
    for rule in _dotted(loose, scale, found):
        found[0].append(rule)
        top, bottom = int((rule.pos - SPECK / 2) * scale), int((rule.pos + SPECK / 2) * scale) + 1
        clean[max(top, 0) : bottom, int(rule.lo * scale) : int(rule.hi * scale) + 1] = 255
    return found[0], found[1], clean


def _dotted(loose: Any, scale: float, found: Sequence[Sequence[Rule]]) -> list[Rule]:
    """Horizontal borders printed as dots or dashes: rows of specks from one vertical stroke to another. Dots that lead from
    a title to its page number meet no strokes. `loose`: what is black beside the strokes found."""
    import cv2

    level, upright = found
    _, _, stats, centres = cv2.connectedComponentsWithStats(loose, connectivity=8)
    small = stats[:, 3] <= SPECK * scale
    specks = [
        Rule(float(y) / scale, int(x) / scale, int(x + w) / scale)
        for (x, _, w, _, _), (_, y) in zip(stats[small], centres[small], strict=True)
    ]

    def meets(pos: float, at: float) -> bool:
        return any(abs(rule.pos - at) <= REACH and rule.lo - REACH <= pos <= rule.hi + REACH for rule in upright)

    lines = merged([*specks, *level], snap=LEVEL, gap=WHITE)
    return [
        line for line in lines
        if line not in level and line.hi - line.lo > SHORTEST and meets(line.pos, line.lo) and meets(line.pos, line.hi)
    ]  # fmt: skip


def flattened(grey: Any, scale: float) -> Any:
    """The picture on even white, for OCR: shadings of header rows and the shadow of a fold divided out."""
    import cv2
    import numpy as np

    size = int(scale * GROUND) | 1
    kernel = np.ones((size, size), np.uint8)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel[: size // 4 | 1, : size // 4 | 1])
    ground = cv2.resize(light, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    ground[ground < DARK] = 255  # light letters on a dark panel: as they are
    return cv2.divide(grey, ground, scale=255)

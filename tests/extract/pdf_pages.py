"""Draws small PDF pages for tests: ruled tables, fractions, running text, turned and cropped pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
Draw = Callable[[Any], None]


def pdf(
    *pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT), rotation: int = 0, crop: Sequence[float] | None = None
) -> bytes:
    """A PDF of the pages; a rotated page is drawn so that a reader sees it upright."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)  # reportlab turns the MediaBox of rotated pages itself
    for draw in pages:
        if crop:
            canvas.setCropBox(tuple(crop))
        canvas.setPageRotation(rotation)
        if rotation == 90:
            canvas.translate(size[1], 0)
            canvas.rotate(90)
        elif rotation == 180:
            canvas.translate(*size)
            canvas.rotate(180)
        elif rotation == 270:
            canvas.translate(0, size[0])
            canvas.rotate(270)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text(canvas: Any, x: float, y: float, words: str, size: float = 10, font: str = "Helvetica") -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)


def ruled(
    canvas: Any, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[str | None]], size: float = 9
) -> None:
    """A ruled table; `ys` fall from top to bottom. A cell of None belongs to the one above it, of "<" to the one left of
    it. Lines of a cell are parted by newlines."""
    canvas.setLineWidth(0.5)
    rows, columns = len(ys) - 1, len(xs) - 1
    for r in range(rows):
        for c in range(columns):
            here = cells[r][c]
            if here is not None:
                canvas.line(xs[c], ys[r], xs[c + 1], ys[r])
            if here != "<":
                canvas.line(xs[c], ys[r], xs[c], ys[r + 1])
            for k, line in enumerate((here or "").split("\n") if here not in (None, "<") else []):
                text(canvas, xs[c] + 4, ys[r] - 11 - k * 1.2 * size, line, size)
    canvas.line(xs[0], ys[-1], xs[-1], ys[-1])
    canvas.line(xs[-1], ys[0], xs[-1], ys[-1])


def fraction(
    canvas: Any, x: float, y: float, above: str, below: str, *, before: str = "", after: str = "x 100%"
) -> None:
    """`before` above/below `after` with a drawn bar at height `y`."""
    canvas.setFont("Helvetica", 9)
    lead = canvas.stringWidth(before + " ", "Helvetica", 9) if before else 0
    width = max(canvas.stringWidth(part, "Helvetica", 9) for part in (above, below)) + 6
    if before:
        canvas.drawString(x, y - 3, before)
    canvas.drawCentredString(x + lead + width / 2, y + 4, above)
    canvas.setLineWidth(0.6)
    canvas.line(x + lead, y, x + lead + width, y)
    canvas.drawCentredString(x + lead + width / 2, y - 10, below)
    if after:
        canvas.drawString(x + lead + width + 5, y - 3, after)

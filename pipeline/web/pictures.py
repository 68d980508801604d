"""Draws the boxes of findings over the picture of a page."""

from __future__ import annotations

import io

from pipeline.model import BBox

SCALE = 1.6
_COLOURS = {"subject": (193, 18, 31), "source": (29, 78, 216), "counterpart": (29, 78, 216), "witness": (31, 111, 67)}


def page_with_boxes(data: bytes, number: int, boxes: list[tuple[BBox, str]]) -> bytes | None:
    """PNG of page `number` (from 1) with its boxes framed by role."""
    from PIL import Image, ImageDraw

    from pipeline.extract.picture import page_image

    picture = Image.open(io.BytesIO(page_image(data, number, SCALE))).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for (x0, top, x1, bottom), role in boxes:
        frame = (x0 * SCALE - 2, top * SCALE - 2, x1 * SCALE + 2, bottom * SCALE + 2)
        draw.rectangle(frame, outline=_COLOURS.get(role, (100, 100, 100)), width=3)
    sink = io.BytesIO()
    picture.save(sink, "PNG")
    return sink.getvalue()

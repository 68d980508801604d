"""Shows and re-reads a place of a PDF: the page picture, a crop with the box highlighted, the text inside a box."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.extract.fractions import with_fractions
from pipeline.extract.pdf import open_pdf
from pipeline.extract.pdf_lines import text_of
from pipeline.extract.pdf_page import Content, content_of
from pipeline.extract.pdf_types import Rule
from pipeline.model import BBox, Page, Where

MIN_PIECE = 8
"""Letters that a piece of a quoted cell must have to be told by."""
_DRESS = re.compile(r"\\(?:text|frac|times|sum|left|right)|[{}$\\]")  # "$\\frac{\\text{…"
_CODE = re.compile(r"\d+(?:\.\d+){3,}")  # "1.20.05.57.32"
_EDGE = (214, 40, 40)
_BY_ROLE = {"source": (29, 78, 216), "counterpart": (29, 78, 216), "witness": (31, 111, 67), "context": (100, 100, 100)}


def page_image(data: bytes, number: int, scale: float = 1.5) -> bytes:
    """Page `number` (from 1) of a PDF as PNG, `scale` pixels a point. Raises UnreadableError, UsageError."""
    return _png(page_picture(data, number, scale))


def page_picture(data: bytes, number: int, scale: float) -> Any:
    """The same as a picture of PIL, to draw on."""
    document = open_pdf(data)
    try:
        return _rendered(document, number, scale)
    finally:
        document.close()


def crop(
    data: bytes, where: Where, page: Page | None = None, pad: float = 24.0, scale: float = 2.0, role: str = "subject"
) -> bytes:
    """The surroundings of `where` as PNG, its box highlighted and framed in the colour of its `role`; the whole page where it
    has no box. `pad` in points; four times as much beside it, so that the row can be told.
    `page` tells the size that the box was measured on, should it differ from the file's. Raises UnreadableError,
    UsageError where the document has no such page."""
    from PIL import Image, ImageChops, ImageDraw

    image = page_picture(data, where.page or 1, scale)
    if where.bbox is None:
        return _png(image)
    factor = image.width / page.width if page is not None and page.width else scale
    x0, top, x1, bottom = (value * factor for value in where.bbox)
    around = pad * factor
    box = (
        max(int(x0 - 4 * around), 0), max(int(top - around), 0),
        min(int(x1 + 4 * around) + 1, image.width), min(int(bottom + around) + 1, image.height),
    )  # fmt: skip
    if box[2] <= box[0] or box[3] <= box[1]:
        return _png(image)
    part = image.crop(box)
    here = (x0 - box[0], top - box[1], x1 - box[0], bottom - box[1])
    veil = Image.new("RGB", part.size, (255, 255, 255))
    ImageDraw.Draw(veil).rectangle(here, fill=(255, 244, 170))
    part = ImageChops.multiply(part, veil)
    frame = (here[0] - 2, here[1] - 2, here[2] + 2, here[3] + 2)
    ImageDraw.Draw(part).rectangle(frame, outline=_BY_ROLE.get(role, _EDGE), width=4)
    return _png(part)


def text_in_box(data: bytes, where: Where) -> str:
    """What stands inside the box of `where`, read anew from the file: the self-check of a piece of evidence. Raises
    UnreadableError, UsageError; empty where the place has no page or no box."""
    return texts_in_boxes(data, [where])[0]


def texts_in_boxes(data: bytes, places: Sequence[Where]) -> list[str]:
    """The same for many places of one file, each page read once."""
    texts = [""] * len(places)
    by_page: dict[int, list[int]] = {}
    for number, where in enumerate(places):
        if where.page is not None and where.bbox is not None:
            by_page.setdefault(where.page, []).append(number)
    document = open_pdf(data) if by_page else None
    try:
        for number, wanted in by_page.items():
            content = _content(document, number)
            for at in wanted:
                texts[at] = _text_inside(content, places[at].bbox or (0, 0, 0, 0))
    finally:
        if document is not None:
            document.close()
    return texts


def _content(document: Any, number: int) -> Content:
    page = _page(document, number)
    text_page = page.get_textpage()
    try:
        return content_of(page, text_page, scans=True)
    finally:
        text_page.close()
        page.close()


def _text_inside(content: Content, box: BBox) -> str:
    words = [word for cells in content.found.inside for group in cells.values() for word in group] + content.found.rest
    inside = [word for word in words if _holds(box, content.shown((word.x0, word.top, word.x1, word.bottom)))]
    bars = [bar for bar in content.found.bars if _holds(box, content.shown(_box_of(bar)))]
    return text_of(with_fractions(inside, bars))


def confirms(seen: str, quote: str) -> bool:
    """Whether the text seen in a box is what is quoted from it: all of the quote, the piece of it that stood before a page
    end, or, for a header quoted cell by cell, all of its words. Spaces, hyphens and the dress of formulas aside; figures
    must be the same."""
    one, two = _bare(seen), _bare(quote)
    if bool(one) and (two in one or (len(one) >= MIN_PIECE and one in two)):
        return True
    if _CODE.fullmatch(quote.strip()) and "".join(filter(str.isdigit, quote)) in "".join(filter(str.isdigit, seen)):
        return True  # its segments stand in columns of their own
    here = {bare for word in seen.split() if (bare := _bare(word))}
    return bool(one) and "|" in quote and all(_bare(word) in here or not _bare(word) for word in quote.split())


def _bare(text: str) -> str:
    return "".join(char for char in _DRESS.sub("", text).casefold() if char.isalnum() or char in ",.%<>≤≥")


def debug_images(data: bytes, folder: Path, scale: float = 1.5) -> list[Path]:
    """Writes one PNG a page into `folder` that shows what the table finder saw: words grey, strokes red, fraction bars
    and other loose strokes green, cells blue. Returns their paths. Raises UnreadableError."""
    from PIL import ImageDraw

    folder.mkdir(parents=True, exist_ok=True)
    document = open_pdf(data)
    paths = []
    try:
        for index in range(len(document)):
            image = _rendered(document, index + 1, scale)
            content = _content(document, index + 1)
            draw = ImageDraw.Draw(image)
            for word in content.objects.words:
                draw.rectangle(
                    _scaled(content.shown((word.x0, word.top, word.x1, word.bottom)), scale), outline=(190, 190, 190)
                )
            _strokes(draw, (content.shown(_box_of(rule)) for rule in content.objects.horizontal), scale, _EDGE)
            _strokes(draw, (content.shown(_box_of(rule, True)) for rule in content.objects.vertical), scale, _EDGE)
            _strokes(draw, (content.shown(_box_of(rule)) for rule in content.found.bars), scale, (0, 150, 60))
            for grid in content.found.grids:
                for cell in grid.cells:
                    x0, top, x1, bottom = _scaled(content.shown(cell.box), scale)
                    draw.rectangle(
                        (x0 + 2, top + 2, max(x1 - 2, x0 + 2), max(bottom - 2, top + 2)), outline=(40, 80, 220), width=2
                    )
            path = folder / f"page-{index + 1:03d}.png"
            path.write_bytes(_png(image))
            paths.append(path)
    finally:
        document.close()
    return [*paths, *_second_looks(data, folder)]


def _second_looks(data: bytes, folder: Path) -> list[Path]:
    """What pdfplumber's table finder sees on the same pages, beside ours: the quickest way to tell whose fault a table is."""
    import pdfplumber

    paths = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            path = folder / f"page-{page.page_number:03d}-pdfplumber.png"
            page.to_image(resolution=108).debug_tablefinder().save(path)
            page.close()
            paths.append(path)
    return paths


def _page(document: Any, number: int) -> Any:
    if not 1 <= number <= len(document):
        raise UsageError(f"there is no page {number}", f"the document has pages 1 to {len(document)}")
    return document[number - 1]


def _rendered(document: Any, number: int, scale: float) -> Any:
    page = _page(document, number)
    bitmap = None
    try:
        largest = max(page.get_size())
        bitmap = page.render(scale=min(scale, 6000 / largest))
        return bitmap.to_pil().convert("RGB")
    finally:
        with suppress(AttributeError):
            bitmap.close()  # type: ignore[union-attr]
        page.close()


def _png(image: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)  # scans are noise: more effort gains little
    return out.getvalue()


def _box_of(rule: Rule, upright: bool = False) -> BBox:
    return (rule.pos, rule.lo, rule.pos, rule.hi) if upright else (rule.lo, rule.pos, rule.hi, rule.pos)


def _scaled(box: BBox, scale: float) -> tuple[float, float, float, float]:
    return (box[0] * scale, box[1] * scale, max(box[2], box[0]) * scale, max(box[3], box[1]) * scale)


def _strokes(draw: Any, boxes: Iterable[BBox], scale: float, colour: tuple[int, int, int]) -> None:
    for box in boxes:
        draw.line(_scaled(box, scale), fill=colour, width=2)


def _holds(outer: BBox, inner: BBox) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - 0.6 <= x <= outer[2] + 0.6 and outer[1] - 0.6 <= y <= outer[3] + 0.6

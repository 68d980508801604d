"""Pictures of pages (PNG, JPEG, TIFF of several pages) become a PDF of scans, so that they are read as any other scan."""

from __future__ import annotations

import io
import warnings
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.extract.sniff import picture_kind

MAX_PIXELS = 120_000_000
"""Of one page: an A2 sheet at 600 dots per inch."""
MAX_PAGES = 300
MAX_EDGE = 7200
"""Pixels kept of a page's longer edge."""
SENSIBLE_DPI = (90, 1300)
LONG_EDGE = 842.0
"""Points: an A4 page, where the picture does not say its resolution."""


def is_picture(data: bytes) -> bool:
    """Whether the bytes are a picture that may show pages."""
    return picture_kind(data) in ("PNG", "JPEG", "TIFF")


def as_pdf(data: bytes) -> Any:
    """A pypdfium2 document with one page for each page of the picture. Raises UnreadableError."""
    import pypdfium2
    from PIL import Image, ImageSequence

    document = pypdfium2.PdfDocument.new()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                for number, frame in enumerate(ImageSequence.Iterator(picture)):
                    if number >= MAX_PAGES:
                        raise UnreadableError(f"a picture of more than {MAX_PAGES} pages", "split it")
                    _add(document, frame)
    except UnreadableError:
        document.close()
        raise
    except Exception as error:  # Pillow raises what its many readers raise
        document.close()
        raise UnreadableError("the picture is damaged", "scan the page again, or put it into a PDF") from error
    return document


def _add(document: Any, frame: Any) -> None:
    import pypdfium2
    from PIL import Image, ImageOps

    if frame.width * frame.height > MAX_PIXELS:
        raise UnreadableError(f"a picture of {frame.width} by {frame.height} pixels", "scan the page at 300 dpi")
    dpi = frame.info.get("dpi", (0, 0))[0]
    page = ImageOps.exif_transpose(frame)
    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        page = page.convert("RGBA")
        page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
    page = page.convert("L" if page.mode in ("1", "L", "I", "I;16", "F") else "RGB")
    low, high = SENSIBLE_DPI
    scale = 72 / float(dpi) if low <= dpi <= high else LONG_EDGE / max(page.size)
    width, height = page.width * scale, page.height * scale
    if max(page.size) > MAX_EDGE:
        page.thumbnail((MAX_EDGE, MAX_EDGE))
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=92)
    packed.seek(0)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(packed, inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    sheet = document.new_page(width, height)
    sheet.insert_obj(image)
    sheet.gen_content()
    sheet.close()

"""Running headers, footers and page numbers: lines that come back at the same place of many pages are no prose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from pipeline.extract.pdf_prose import CAPTION, TextLine

EDGE = 0.12
"""Share of the page height at the top and at the bottom where page numbers stand; running lines may stand a bit further in."""
WIDER = 0.17
_COUNTED = re.compile(r"^[ivxlc\d-]+\b|\b[ivxlc\d-]+$", re.IGNORECASE)  # the page number before or after the title
_PAGE_NUMBER = re.compile(
    r"(?:hal(?:aman)?\.?\s*)?[-–|]?\s*(?:[IVX]{1,5}\s*[-–.]\s*)?(?:\d{1,4}|[ivxl]{1,7})\s*[-–|]?(?:\s*(?:dari|of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)  # "III-12", "- 4 -", "Halaman 3 dari 20"


def is_page_number(line: TextLine, height: float) -> bool:
    """A number alone near the upper or lower edge."""
    top, bottom = line.line.box[1], line.line.box[3]
    return (bottom < EDGE * height or top > (1 - EDGE) * height) and bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


def running_lines(pages: Sequence[tuple[Sequence[TextLine], float]]) -> set[tuple[int, int]]:
    """(page, line) indices of headers and footers. The first occurrence of each is kept, since it may name the office;
    page numbers that run with them are not."""
    seen: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for number, (lines, height) in enumerate(pages):
        for k, line in enumerate(lines):
            top, bottom = line.line.box[1], line.line.box[3]
            if height and (bottom < WIDER * height or top > (1 - WIDER) * height):
                if CAPTION.match(line.text):
                    continue
                seen[_COUNTED.sub("#", line.text.lower().strip())].append(
                    (number, k, top if bottom < WIDER * height else top - height)
                )
    out: set[tuple[int, int]] = set()
    for key, places in seen.items():
        usual = median(place[2] for place in places)
        level = [place for place in places if abs(place[2] - usual) < 9]
        if len({number for number, _, _ in level}) >= max(3, 0.1 * len(pages)):
            first = 0 if not any(char.isalpha() for char in key) else 1
            out.update((number, k) for number, k, _ in level[first:])
    return out

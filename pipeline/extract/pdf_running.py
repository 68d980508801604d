"""Running headers, footers and page numbers: lines that come back at the same place of many pages are no prose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.extract.pdf_prose import TextLine

EDGE = 0.12
"""Share of the page height at the top and at the bottom where running lines stand."""
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:hal(?:aman)?\.?\s*)?[-–|]?\s*(?:[IVX]{1,5}\s*[-–.]\s*)?(?:\d{1,4}|[ivxl]{1,7})\s*[-–|]?(?:\s*(?:dari|of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)  # "III-12", "- 4 -", "Halaman 3 dari 20"


def is_page_number(line: TextLine, height: float) -> bool:
    """A number alone near the upper or lower edge."""
    top, bottom = line.line.box[1], line.line.box[3]
    return (bottom < EDGE * height or top > (1 - EDGE) * height) and bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


def running_lines(pages: Sequence[tuple[Sequence[TextLine], float]]) -> set[tuple[int, int]]:
    """(page, line) indices of headers and footers. The first occurrence of each is kept, since it may name the office."""
    seen: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, (lines, height) in enumerate(pages):
        for k, line in enumerate(lines):
            top, bottom = line.line.box[1], line.line.box[3]
            if bottom < EDGE * height or top > (1 - EDGE) * height:
                key = _DIGITS.sub("#", line.text.lower())
                seen[key, round(top / 12)].append((number, k))
    out: set[tuple[int, int]] = set()
    for places in seen.values():
        if len({number for number, _ in places}) >= max(3, 0.15 * len(pages)):
            out.update(places[1:])
    return out

"""Everything on a page that is in no table: paragraphs, headings, list items and `key : value` lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.extract.pdf_lines import Line, line_text, lines_of
from pipeline.extract.pdf_types import Word
from pipeline.model import BBox, Heading, KeyValue, Paragraph, Where

Prose = Paragraph | Heading | KeyValue
_ITEM = re.compile(r"(\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|[-•▪➢✓◊❖*–])\s+(?=\S)")  # "a. ", "1) ", "• "
CAPTION = re.compile(
    r"\W*(?:tabel|table|gambar|grafik|lampiran)\s*\d[\d.,\-]*\w?\b|\W*lampiran\s*[IVX]+\b", re.IGNORECASE
)  # "Tabel 3.2"
FEW = 3
"""Lines that cannot show a page's margins."""
MARGIN = 0.1
"""Usual margin, as a share of the page's width."""
FRACTION_REACH = 1.1
"""Line heights by which a fraction's numerator and denominator stand beyond the line that it is in."""
_NUMBERED_TITLE = re.compile(r"(?:BAB\s+[IVX]+\b|[A-Z]\.\s|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s)")  # "3.1.2 Capaian …"
_KEY = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-z])[.)]\s+)?([A-Z][\w .()/&-]{1,45}?)\s*:(?:\s+(.*)|$)"
)  # "Nama Unit : Dinas X"
_ENDS = re.compile(r"[.;:!?]$")


class TextLine(NamedTuple):
    text: str
    line: Line
    bold: bool


def text_lines(words: Sequence[Word], bold: Callable[[Word], bool], gap: float = 6.0) -> list[TextLine]:
    """Lines of running text; a line is cut where a gap wider than `gap` line heights separates two texts."""
    out: list[TextLine] = []
    for line in lines_of(words):
        runs: list[list[Word]] = [[line.words[0]]]
        for one, two in zip(line.words, line.words[1:], strict=False):
            if not two.angle and two.x0 - one.x1 > gap * line.height and not two.text.startswith(":"):
                runs.append([])
            runs[-1].append(two)
        for run in runs:
            piece = line if len(runs) == 1 else lines_of(run)[0]
            text = line_text(piece)
            if text:
                out.append(TextLine(text, piece, bold(run[0]) and bold(run[-1])))
    return out


def blocks_of(lines: Sequence[TextLine], page: int, width: float) -> list[Prose]:
    """Paragraphs, headings and key-value pairs in reading order; two columns, or two pages on one sheet, one after the
    other. `width` of the page in points."""
    gutter = _gutter(lines, width)
    if gutter is not None:
        left = [line for line in lines if line.line.box[2] <= gutter]
        right = [line for line in lines if line.line.box[2] > gutter]
        return [*_column(left, page), *_column(right, page)]
    return _column(lines, page, width)


def _gutter(lines: Sequence[TextLine], width: float) -> float | None:
    """The middle of the white between two columns of text; None where lines run through."""
    sides = [line.line.box for line in lines]
    for part in (0.5, 0.48, 0.52, 0.46, 0.54):
        x = part * width
        left = [box for box in sides if box[2] <= x]
        right = [box for box in sides if box[0] >= x]
        if len(left) + len(right) < len(sides) or min(len(left), len(right)) < 6:
            continue
        if min(_usual_width(left), _usual_width(right)) > 0.2 * width:
            return x
    return None


def _usual_width(boxes: Sequence[BBox]) -> float:
    return sorted(box[2] - box[0] for box in boxes)[len(boxes) // 2]


def _column(lines: Sequence[TextLine], page: int, width: float = 0.0) -> list[Prose]:
    blocks: list[Prose] = []
    at = 0
    left, right = _margins(lines, width)
    while at < len(lines):
        pair = _key_value(lines, at)
        if pair is not None:
            key, values, end = pair
            blocks.append(KeyValue(key, "\n".join(values), _where(lines[at:end], page), raw=_raw(lines[at:end])))
            at = end
            continue
        end = at + 1
        if _is_title(lines[at], left, right):
            caption = bool(CAPTION.match(lines[at].text))
            while end < len(lines) and _same_title(lines[end - 1], lines[end], 2.4 if caption else 1.6):
                if not _is_title(lines[end], left, right) and not (caption and _under_caption(lines[at], lines[end])):
                    break
                end += 1
            text = " ".join(line.text for line in lines[at:end])
            blocks.append(Heading(text, _where(lines[at:end], page), _level(text), raw=_raw(lines[at:end])))
            at = end
            continue
        while end < len(lines) and _continues(lines, end, left, right):
            end += 1
        blocks.append(_paragraph(lines[at:end], page))
        at = end
    return blocks


def _margins(lines: Sequence[TextLine], width: float) -> tuple[float, float]:
    """Where the lines begin and end; a line or two above a table may both be centred, and are measured against the page."""
    if not lines:
        return 0.0, 0.0
    rights = sorted(line.line.box[2] for line in lines)
    left, right = min(line.line.box[0] for line in lines), rights[int(0.9 * (len(rights) - 1))]
    if len(lines) <= FEW and left > MARGIN * width and right < (1 - MARGIN) * width:
        return MARGIN * width, (1 - MARGIN) * width
    return left, right


def _is_title(line: TextLine, left: float, right: float) -> bool:
    text = line.text
    if len(text) > 160 or "$" in text or not any(char.isalpha() for char in text):
        return False
    if CAPTION.match(text):
        return line.bold or line.line.box[2] < right - 20 or line.line.box[0] > left + 15
    if text.endswith((",", ";", ":")):
        return False
    x0, _, x1, _ = line.line.box
    placed = (abs((x0 + x1) / 2 - (left + right) / 2) < 12 and x0 - left > 15) or bool(_NUMBERED_TITLE.match(text))
    if not (placed or line.bold):
        return False
    letters = [char for char in text if char.isalpha()]
    capitals = len(letters) >= 5 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
    return capitals or (line.bold and placed and not text.endswith("."))


def _under_caption(caption: TextLine, line: TextLine) -> bool:
    """A line that goes on with a caption: bold like it, or centred on it."""
    (a0, _, a1, _), (b0, _, b1, _) = caption.line.box, line.line.box
    return len(line.text) < 160 and ((line.bold and caption.bold) or abs((a0 + a1) / 2 - (b0 + b1) / 2) < 8)


def _same_title(one: TextLine, two: TextLine, spacing: float) -> bool:
    gap = two.line.base - one.line.base
    if _NUMBERED_TITLE.match(two.text) or CAPTION.match(two.text):
        return False
    return 0 < gap < spacing * max(one.line.height, two.line.height) and abs(one.line.height - two.line.height) < 2


def _level(text: str) -> int:
    match = re.match(r"\d{1,2}((?:\.\d{1,2}){0,3})", text)
    if text.upper().startswith("BAB "):
        return 1
    return 2 + match.group(1).count(".") if match else 3


def _key_value(lines: Sequence[TextLine], at: int) -> tuple[str, list[str], int] | None:
    match = _KEY.match(lines[at].text)
    if not match or len(match.group(1).split()) > 5 or lines[at].line.words[0].angle:
        return None
    words = lines[at].line.words
    colon = next((k for k, word in enumerate(words) if ":" in word.text), None)
    if colon is None:
        return None
    alone = words[colon].text == ":" or words[colon].text.startswith(":")
    value = match.group(2) or ""
    if not alone and (not value or len(value) > 120):
        return None
    values = [value] if value else []
    indent = words[colon + 1].x0 if colon + 1 < len(words) else words[colon].x1
    end = at + 1
    while end < len(lines) and len(values) < 60:
        x0 = lines[end].line.box[0]
        gap = lines[end].line.base - lines[end - 1].line.base
        if x0 < indent - 4 or gap > 2.2 * lines[end].line.height or gap < -1 or lines[end].line.words[0].angle:
            break
        if values and not _ITEM.match(lines[end].text):
            values[-1] = _joined(values[-1], lines[end].text)
        else:
            values.append(lines[end].text)
        end += 1
    if not values and not alone:
        return None
    return match.group(1).strip(), values, end


def _continues(lines: Sequence[TextLine], at: int, left: float, right: float) -> bool:
    """Whether the line goes on with the paragraph of the line before it."""
    one, two = lines[at - 1], lines[at]
    gap = two.line.base - one.line.base
    if gap < -1 or one.line.words[0].angle != two.line.words[0].angle:
        return False
    if gap < 0.2 * one.line.height:
        return False
    if _ITEM.match(two.text) or _is_title(two, left, right) or _key_value(lines, at) is not None:
        return False
    if gap > 2.6 * max(one.line.height, two.line.height):
        return False
    if "$" in two.text or "$" in one.text:
        return False
    full = one.line.box[2] > right - 6 * one.line.height
    indented = two.line.box[0] - one.line.box[0] > 1.2 * one.line.height
    if _ENDS.search(one.text) and (not full or indented):
        return False
    return full or two.text[:1].islower()


def _joined(one: str, two: str) -> str:
    if one.endswith("-") and len(one) > 1 and one[-2].isalpha() and two[:1].islower():
        return one + two
    return one + " " + two


def _raw(lines: Sequence[TextLine]) -> str:
    return "\n".join(line.text for line in lines)


def _paragraph(lines: Sequence[TextLine], page: int) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text = _joined(text, line.text)
    match = _ITEM.match(text)
    marker = match.group(1) if match else ""
    confidences = [word.conf for line in lines for word in line.line.words if word.conf is not None]
    confidence = round(sum(confidences) / len(confidences), 3) if confidences else None
    return Paragraph(text[match.end() :] if match else text, _where(lines, page), _raw(lines), marker, confidence)


def _where(lines: Sequence[TextLine], page: int) -> Where:
    boxes: list[BBox] = [_extent(line) for line in lines]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Where(page=page, bbox=(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)))


def _extent(line: TextLine) -> BBox:
    """The line's box; a fraction reaches a line above and below it."""
    x0, top, x1, bottom = line.line.box
    reach = FRACTION_REACH * (bottom - top) if "\\frac" in line.text else 0.0
    return (x0, top - reach, x1, bottom + reach)

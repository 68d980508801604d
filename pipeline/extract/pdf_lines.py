"""Words become lines and lines become text as a reader would join them: spaces, raised and lowered letters, spaced-out titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from pipeline.extract.pdf_types import Word
from pipeline.model import BBox

_LEFT, _BASE = itemgetter(Word._fields.index("x0")), itemgetter(Word._fields.index("base"))
FRACTION = "\\frac"
SMALL = 0.8
"""Letters lower than this share of their line's height are indices or exponents, or another size altogether."""
_MULTIPLIER = re.compile(r"[xX×*]\s?(1[0.]{2,7})\s?(%?)(?=[\s.,;)]|$)")  # "x 100%", "X 1.000"
_MATHEMATICAL = re.compile(
    "[\u210e\U0001d400-\U0001d7ff]"
)  # Word's equations; its italic h stands apart from the others
_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0A8: "◊", 0xF076: "❖", 0xF02D: "-", 0xF0E0: "→", 0xF0FE: "☑", 0xF06F: "□"}  # fmt: skip
_SYMBOLS = {
    0xF0E5: "∑",
    0xF0B4: "×",
    0xF0B3: "≥",
    0xF0A3: "≤",
    0xF0B1: "±",
    0xF0B8: "÷",
    0xF03D: "=",
    0xF02B: "+",
    0xF025: "%",
}
_TABLE = {
    **_LIGATURES,
    **_BULLETS,
    **_SYMBOLS,
    0x02: "-",
    0xFFFE: "-",
    0xAD: "",
    0x200B: "",
    0xFEFF: "",
    0x2010: "-",
    0x2011: "-",
}


class Line(NamedTuple):
    """Words of one baseline, left to right."""

    words: tuple[Word, ...]
    box: BBox
    base: float
    height: float


_LINE_BASE = itemgetter(Line._fields.index("base"))


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words grouped by baseline, from top to bottom; small raised and lowered words go with the line they hang on."""
    if not words:
        return []
    level = [word for word in words if not word.angle]
    lines = [*_level_lines(level), *_turned_lines([word for word in words if word.angle])]
    return lines if len(level) == len(words) else sorted(lines, key=lambda line: (line.box[1], line.box[0]))


def _line(words: list[Word]) -> Line:
    if len(words) == 1:
        (word,) = words
        return Line((word,), word[1:5], word.base, word.bottom - word.top)
    words.sort(key=_LEFT)
    tops, lows = [word.top for word in words], [word.bottom for word in words]
    bases = [word.base for word in words]
    top, low = min(tops), max(lows)
    box = (words[0].x0, top, max([word.x1 for word in words]), low)
    alike = top == max(tops) and low == min(lows) and min(bases) == max(bases)
    main = words[0] if alike else max(words, key=_prominence)
    return Line(tuple(words), box, main.base, main.bottom - main.top)


def _prominence(word: Word) -> tuple[float, int]:
    return (round(word.bottom - word.top, 1), len(word.text))


def _level_lines(words: Sequence[Word]) -> list[Line]:
    if not words:
        return []
    if len(words) == 1:
        return [_line([words[0]])]
    heights = sorted([word.bottom - word.top for word in words])
    usual = heights[len(heights) // 2]
    groups: list[list[Word]] = []
    small: list[Word] = []
    base = tall = 0.0  # of the first word of the last group
    for word in sorted(words, key=_BASE):
        height = word.bottom - word.top
        if height < SMALL * usual:
            small.append(word)
        elif groups and word.base - base <= 0.3 * (height if height < tall else tall):
            groups[-1].append(word)
        else:
            groups.append([word])
            base, tall = word.base, height
    alone: list[list[Word]] = []
    for word in small:
        held = [_hold(group, word) if abs(group[0].base - word.base) < 3 * usual else 0.0 for group in groups]
        best = max(held, default=0.0)
        if best > 0:
            groups[held.index(best)].append(word)
        elif alone and word.base - alone[-1][0].base <= 0.3 * word.height:
            alone[-1].append(word)
        else:
            alone.append([word])
    return sorted([_line(group) for group in [*groups, *alone]], key=_LINE_BASE)


def _hold(group: Sequence[Word], word: Word) -> float:
    """How well a small word hangs on a line: the share of its height inside a neighbour that it touches."""
    best = 0.0
    x0, top, x1, bottom = word[1:5]
    for other in group:
        inside = (other.bottom if other.bottom < bottom else bottom) - (other.top if other.top > top else top)
        if inside <= 0:
            continue
        near = max(other.x0 - x1, x0 - other.x1, 0.0)
        if near < 0.6 * (other.bottom - other.top):
            best = max(best, inside / max(bottom - top, 0.1) - near / 100)
    return best if best > 0.55 else 0.0


def _turned_lines(words: Sequence[Word]) -> list[Line]:
    """Lines of text that runs upwards (90°), downwards (270°) or stands on its head, each in its own reading order."""
    lines: list[Line] = []
    for angle in sorted({word.angle for word in words}):
        groups: list[list[Word]] = []
        for word in sorted((word for word in words if word.angle == angle), key=_across, reverse=angle == 270):
            size = word.height if angle == 180 else word.x1 - word.x0
            if groups and abs(_across(word) - _across(groups[-1][0])) <= 0.5 * size:
                groups[-1].append(word)
            else:
                groups.append([word])
        for group in groups:
            if angle == 180:
                group.sort(key=lambda word: -word.x0)
            else:
                group.sort(key=lambda word: word.top if angle == 270 else -word.bottom)
            box = (
                min(w.x0 for w in group),
                min(w.top for w in group),
                max(w.x1 for w in group),
                max(w.bottom for w in group),
            )
            lines.append(Line(tuple(group), box, box[3], group[0].x1 - group[0].x0))
    return lines


def _across(word: Word) -> float:
    return word.ymid if word.angle == 180 else word.xmid


def line_text(line: Line) -> str:
    """The line as text: one space where a reader sees a gap, `_{…}` and `^{…}` for small letters, fractions in `$…$`."""
    words = line.words
    if words[0].angle:
        return clean(" ".join(word.text for word in words))
    gap = _spaced_out(words)
    if gap is not None:
        return clean(
            "".join((" " if k and word.x0 - words[k - 1].x1 > gap else "") + word.text for k, word in enumerate(words))
        )
    if len(words) == 1 and not words[0].text.startswith(FRACTION):
        return clean(words[0].text)
    parts = [f"${words[0].text}$" if words[0].text.startswith(FRACTION) else words[0].text]
    for before, word in pairwise(words):
        if word.text.startswith(FRACTION):
            parts.append(f" ${word.text}$")
        else:
            parts.append(_script(word, before, line) or (" " if _has_space(before, word) else "") + word.text)
    return clean(_with_multiplier("".join(parts)))


def _has_space(one: Word, two: Word) -> bool:
    if one.last >= 0 and one.last + 2 == two.first:
        return True  # a space of the file itself
    gap = two.x0 - one.x1
    size = min(one.height, two.height)
    if one.conf is not None and two.conf is not None:  # OCR says itself where words end, and its boxes overlap
        if one.text[-1].isalnum() and two.text[0].isalnum():
            return True
        if one.text[-1] in "/(" or two.text[0] in "/),.;:":
            return gap > 0.3 * size
    if one.last >= 0 and one.last + 1 == two.first:
        return gap > 0.2 * size
    return gap > 0.06 * size or gap < -0.5 * size


def _script(word: Word, before: Word, line: Line) -> str:
    """`_{…}` or `^{…}` for a short small word that hangs on the one before; else nothing."""
    if (
        word.bottom - word.top > SMALL * line.height
        or word.conf is not None
        or len(word.text) > 8
        or before.height < SMALL * line.height
    ):
        return ""
    if word.x0 - before.x1 > 0.25 * line.height or not (before.text[-1].isalnum() or before.text[-1] in ")]"):
        return ""
    if word.base < line.base - 0.12 * line.height:
        return word.text.translate(_RAISED_DIGITS) if word.text.isdigit() else "^{" + word.text + "}"
    return "_{" + word.text + "}"


def _spaced_out(words: Sequence[Word]) -> float | None:
    """For a title of single letters set apart (`K E P U T U S A N`): the gap above which a new word starts."""
    if len(words) < 5 or sum(len(word.text) == 1 and word.text.isalpha() for word in words) < 0.8 * len(words):
        return None
    gaps = sorted(two.x0 - one.x1 for one, two in pairwise(words))
    return max(gaps[len(gaps) // 2] * 1.8, gaps[0] + 1.0)


def _with_multiplier(text: str) -> str:
    """`$\\frac{…}{…}$ x 100%` becomes `$\\frac{…}{…} \\times 100\\%$`."""
    if FRACTION not in text:
        return text
    out = ""
    rest = text
    while "}$" in rest:
        head, rest = rest.split("}$", 1)
        match = _MULTIPLIER.match(rest.lstrip())
        if match:
            out += head + "} \\times " + match.group(1) + ("\\%" if match.group(2) else "") + "$"
            rest = rest.lstrip()[match.end() :]
        else:
            out += head + "}$"
    return out + rest


def clean(text: str) -> str:
    """Ligatures, symbol-font bullets and mathematical letters as plain characters, other text untouched."""
    if text.isascii() and "\x02" not in text:
        return text.strip()
    text = text.translate(_TABLE)
    return _MATHEMATICAL.sub(lambda letter: unicodedata.normalize("NFKC", letter.group()), text).strip()


def text_of(words: Sequence[Word]) -> str:
    """The text of a cell: its lines, separated by newlines."""
    return "\n".join(filter(None, (line_text(line) for line in lines_of(words))))

"""Words of a PDF page from PDFium's letters: as PDFium parts them, mended where it parts or joins wrongly."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2.raw as fz

from pipeline.extract.pdf_types import Frame, Word

MAX_LETTERS = 150_000
"""Letters of one page looked at."""
WORD = re.compile(
    r"[^\s\x00\x01\x03-\x1f]+"
)  # "\x02" and "\ufffe" are PDFium's signs for a hyphen at the end of a line

_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_SCRIPTED = re.compile(r"[A-Z]\(?[nt](?![a-z])")  # "(X(n)-X(n-1))": letters of several sizes are likely
_ASCENT, _DESCENT = 0.9, 0.21  # of the font size, as usual text fonts have them
_LEAST_ASCENT, _LEAST_DESCENT = 0.7, -0.1


class Letter(NamedTuple):
    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float


Boxes = Callable[[Any, int, Any], Any]
"""Fills a FS_RECTF with the box of a letter of a text page, in the file's coordinates."""


def page_text(raw: Any) -> str:
    """The page's text, one character for each of PDFium's letters."""
    count = min(fz.FPDFText_CountChars(raw), MAX_LETTERS)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    fz.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if len(text) == count and "\x00" not in text:
        return text
    codes = (fz.FPDFText_GetUnicode(raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def boxes_of(raw: Any, text: str) -> Boxes:
    """PDFium's box for a letter: as high as its font. Fonts that state no height (LibreOffice writes 0) give every letter
    a height of its own, so that a `p` hangs below its line; for those the box is made from the font size."""
    loose = fz.FPDFText_GetLooseCharBox
    short = _short_fonts()
    if not any(
        short(raw, index) for index in range(0, len(text), max(len(text) // 48, 1)) if not text[index].isspace()
    ):
        return loose  # type: ignore[no-any-return]
    matrix = fz.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()

    def sized(raw: Any, index: int, box: Any) -> Any:
        found = loose(raw, index, box)
        if found and short(raw, index) and fz.FPDFText_GetMatrix(raw, index, matrix):
            size = fz.FPDFText_GetFontSize(raw, index)
            fz.FPDFText_GetCharOrigin(raw, index, x, y)
            right, up = matrix.c * size, matrix.d * size
            if abs(right) < 0.01 * abs(up) and box.top - box.bottom < 1.5 * abs(up):
                box.bottom, box.top = sorted((y.value - _DESCENT * up, y.value + _ASCENT * up))
            elif abs(up) < 0.01 * abs(right) and box.right - box.left < 1.5 * abs(right):
                box.left, box.right = sorted((x.value - _DESCENT * right, x.value + _ASCENT * right))
        return found

    return sized


def _short_fonts() -> Callable[[Any, int], bool]:
    """Tells whether a letter's font claims to be lower than its own letters are."""
    known: dict[int, bool] = {}
    ascent, descent = ctypes.c_float(), ctypes.c_float()

    def short(raw: Any, index: int) -> bool:
        shape = fz.FPDFText_GetTextObject(raw, index)
        font = fz.FPDFTextObj_GetFont(shape) if shape else None
        if not font:
            return False
        key = ctypes.addressof(font.contents)
        if key not in known:
            fz.FPDFFont_GetAscent(font, 1.0, ascent)
            fz.FPDFFont_GetDescent(font, 1.0, descent)
            known[key] = ascent.value < _LEAST_ASCENT or descent.value > _LEAST_DESCENT
        return known[key]

    return short


def words_of(raw: Any, frame: Frame) -> tuple[list[Word], int]:
    """Words as PDFium separates them, boxes displayed; and how many letters have no Unicode value."""
    text = page_text(raw)
    unmapped = 0
    if _PRIVATE.search(text):
        unmapped = sum(bool(fz.FPDFText_HasUnicodeMapError(raw, index) == 1) for index in range(len(text)))
    box = fz.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    loose, origin = boxes_of(raw, text), fz.FPDFText_GetCharOrigin
    upright = frame.rotation == 0 and frame.a > 0 and abs(frame.b) < 1e-9
    c, f = frame.c, frame.f
    scripted = [match.start() for match in _SCRIPTED.finditer(text)]
    words: list[Word] = []
    add, make = words.append, Word._make
    bottom = top = base = 0.0
    for match in WORD.finditer(text):
        first, end = match.span()
        last = end - 1
        loose(raw, first, box)
        left, right = box.left, box.right
        if box.bottom != bottom or box.top != top or not upright:  # same line and font: same baseline
            bottom, top = box.bottom, box.top
            origin(raw, first, x, y)
            base = y.value
        low, high, mixed = bottom, top, False
        if last > first:
            loose(raw, last, box)
            low, high = box.bottom, box.top
            slack = 0.12 * (top - bottom)
            mixed = not upright or abs(low - bottom) > slack or abs(high - top) > slack or box.left < right - 5 * slack
            if scripted and not mixed and last - first < 24:
                mixed = any(first <= at <= last for at in scripted)
            left, right = (left if left < box.left else box.left), (right if right > box.right else box.right)
            low, high = (low if low < bottom else bottom), (high if high > top else top)
        if mixed:
            words.extend(_taken_apart(raw, frame, text, first, last, loose))
        elif upright:
            add(make((match.group(), left + c, f - high, right + c, f - low, f - base, first, last, 0, None)))
        else:
            shown = frame.box(left, low, right, high)
            add(Word(match.group(), *shown, frame.point(x.value, y.value)[1], first, last, _angle(raw, frame, first)))
    wide, high = frame.width + 2, frame.height + 2
    return [
        word for word in _rejoined(raw, words) if word.x1 > -2 < word.bottom and word.x0 < wide and word.top < high
    ], unmapped


def _rejoined(raw: Any, words: list[Word]) -> list[Word]:
    """Joins words that PDFium parted with a space of its own where no reader sees one."""
    out: list[Word] = []
    one = None
    for word in words:
        if (
            one is not None
            and one.last + 2 == word.first
            and -0.2 * word.height < word.x0 - one.x1 < 0.07 * word.height
            and abs(one.base - word.base) < 0.05 * word.height
            and not (one.angle or word.angle)
            and fz.FPDFText_IsGenerated(raw, one.last + 1) == 1
        ):
            box = (min(one.x0, word.x0), min(one.top, word.top), max(one.x1, word.x1), max(one.bottom, word.bottom))
            word = Word(one.text + word.text, *box, one.base, one.first, word.last)
            out[-1] = word
        else:
            out.append(word)
        one = word
    return out


def letters_of(raw: Any, frame: Frame, text: str, first: int, last: int, loose: Boxes) -> list[Letter]:
    """The letters from `first` to `last`, each with its displayed box."""
    box = fz.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    letters = []
    for index in range(first, last + 1):
        loose(raw, index, box)
        fz.FPDFText_GetCharOrigin(raw, index, x, y)
        shown = frame.box(box.left, box.bottom, box.right, box.top)
        letters.append(Letter(text[index - first], *shown, frame.point(x.value, y.value)[1]))
    return letters


def _angle(raw: Any, frame: Frame, index: int) -> int:
    """Direction of a letter as displayed, in whole degrees counter-clockwise."""
    radians = fz.FPDFText_GetCharAngle(raw, index)
    return round(-radians * 57.29578 - frame.rotation) % 360 if radians >= 0 else 0  # PDFium turns clockwise


def _taken_apart(raw: Any, frame: Frame, text: str, first: int, last: int, loose: Boxes) -> list[Word]:
    """A word whose ends stand on different lines, or in different sizes, or that runs upwards: split where it turns."""
    angle = _angle(raw, frame, first)
    letters = letters_of(raw, frame, text[first : last + 1], first, last, loose)
    if min(angle, 360 - angle) > 5:
        if min(abs(angle - right) for right in (90, 180, 270)) > 5:
            return []  # slanted: a watermark or a stamp
        box = (
            min(x.x0 for x in letters),
            min(x.top for x in letters),
            max(x.x1 for x in letters),
            max(x.bottom for x in letters),
        )
        return [Word(text[first : last + 1], *box, box[3], first, last, round(angle / 90) * 90 % 360)]
    words: list[Word] = []
    start = 0
    for k in range(1, len(letters) + 1):
        if k < len(letters):
            one, two = letters[k - 1], letters[k]
            size = max(one.bottom - one.top, 1.0)
            same = abs(one.base - two.base) <= 0.06 * size and abs(two.bottom - two.top - size) <= 0.1 * size
            if same and two.x0 >= one.x0 - 0.3 * size and two.x0 - one.x1 < 1.2 * size:
                continue
        run = letters[start:k]
        words.append(
            Word(
                "".join(x.char for x in run), min(x.x0 for x in run), min(x.top for x in run), max(x.x1 for x in run),
                max(x.bottom for x in run), run[0].base, first + start, first + k - 1,
            )
        )  # fmt: skip
        start = k
    return words

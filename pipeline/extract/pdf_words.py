"""Second looks at single words of a PDF page: bold or not, and where a word can be taken apart."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as fz

from pipeline.extract.pdf_letters import Letter, letters_of
from pipeline.extract.pdf_tables import Bold, Splitter
from pipeline.extract.pdf_types import Frame, Word


def bold_of(raw: Any) -> Bold:
    """Tells whether a word's first letter is set in a bold font, by the font's name or weight."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()

    def bold(word: Word) -> bool:
        if word.first < 0:
            return False
        fz.FPDFText_GetFontInfo(raw, word.first, buffer, 128, flags)
        name = buffer.value.lower()
        return b"bold" in name or b"black" in name or b"heavy" in name or bool(flags.value & 0x40000)

    return bold


def splitter_of(raw: Any, frame: Frame) -> Splitter:
    """Takes a word apart at an x position, unless one of its letters stands across it (text running over its cell)."""

    def split(word: Word, x: float) -> tuple[Word, Word] | None:
        if word.first < 0 or word.last - word.first + 1 != len(word.text):
            return None
        letters = letters_of(raw, frame, word.text, word.first, word.last, fz.FPDFText_GetLooseCharBox)
        left = [letter for letter in letters if (letter.x0 + letter.x1) / 2 < x]
        right = letters[len(left) :]
        if not left or not right:
            return None
        size = word.height
        if left[-1].x1 > x + 0.12 * size or right[0].x0 < x - 0.12 * size:
            return None
        return _part(word, left, word.first), _part(word, right, word.first + len(left))

    return split


def _part(word: Word, letters: list[Letter], first: int) -> Word:
    text = "".join(letter.char for letter in letters)
    return Word(
        text,
        letters[0].x0,
        word.top,
        letters[-1].x1,
        word.bottom,
        word.base,
        first,
        first + len(letters) - 1,
        0,
        word.conf,
    )

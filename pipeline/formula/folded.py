"""Drawn fractions folded into one line, so that the multiplier or the name of the result stands among their parts."""

from __future__ import annotations

import re

from pipeline.formula.lines import (
    BEFORE_COUNT,
    BRACKETED,
    DIVIDES,
    JOINS,
    PLANNED,
    QUANTITY_FIRST,
    REALISED,
    RESULT_LETTERS,
    UNIT_ALONE,
    before_label,
    fraction,
    without_joined,
    without_label,
)
from pipeline.formula.pieces import COUNTING, SCALE
from pipeline.formula.prepare import FRAC, Source

_RATIO_NAMED = re.compile(
    r"\W*(?:rumus|formula|rasio|ratio|pers?entase|pr[eo]sentase|%|angka|tingkat|cakupan|laju|rata)", re.IGNORECASE
)
_SECOND = re.compile(
    rf"(?<=[\w).] )(?:(?=[A-Z][a-z])(?i:{COUNTING})(?= [a-z])|(?=[A-Z]{{2}})(?i:{COUNTING})(?= [A-Z])|[∑Σ])"
)  # "Jumlah kegiatan selesai Jumlah kegiatan": a capital inside a line began one
_REMARK = re.compile(r"\s*(?:sumber|satuan|catatan|keterangan|data|penjelasan|ket|per|dari)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d]{4,}")
_RESULT_WORDS = re.compile(
    r"rencana\s+tingkat|\b(?:pers?entase|prosentase|presentase|pencapaian|capaian|tingkat|kinerja|indikator)\b|[%=]",
    re.IGNORECASE,
)  # what the result of a capaian is called
_CAPAIAN_TERM = re.compile(r"\b(?:realisasi|rencana|target)\b", re.IGNORECASE)


def capaian(line: Source) -> Source | None:
    """The formula of a capaian, drawn and folded into one line, so that the name of the result stands among its parts:
    "Persentase Realisasi pencapaian = X 100 % Kinerja Rencana"."""
    scales = list(SCALE.finditer(line.text)) if "=" in line.text else []
    if len(scales) != 1:
        return None
    parts = [line.cut(0, scales[0].start()), line.cut(scales[0].end(), len(line.text))]
    for i, part in enumerate(parts):
        bare = _RESULT_WORDS.sub(lambda words: " " * len(words.group()), part.text)
        rest, terms = _CAPAIAN_TERM.subn("", bare)
        if not terms or rest.strip(" \n()-–"):
            return None
        start, end = len(bare) - len(bare.lstrip()), len(bare.rstrip())
        if bare[start:end] != part.text[start:end]:
            return None
        parts[i] = part.cut(start, end)
    return fraction([parts[0]], [parts[1]], [line.cut(scales[0].start(), scales[0].end())])


def flattened(line: Source) -> Source | None:
    """A stacked fraction folded into one line: "Jumlah A x 100% Jumlah B" has its multiplier between the two quantities."""
    if FRAC in line.text:
        return None
    scales = list(SCALE.finditer(line.text))
    stated = line.text.rfind("=")
    if not scales and stated >= 0 and not DIVIDES.search(without_joined(line.text)):
        named = _RATIO_NAMED.match(line.text) or RESULT_LETTERS.search(line.text[: stated + 1])
        halves = _halves(line.cut(stated + 1, len(line.text))) if named else None
        return fraction([halves[0]], [halves[1]], []) if halves else None
    if len(scales) != 1:
        return None
    above, below = line.cut(0, scales[0].start()), line.cut(scales[0].end(), len(line.text))
    above = before_label(above)
    divided = any(DIVIDES.search(without_joined(part.text)) for part in (above, below))
    if (
        divided
        or below.text.lstrip().startswith(("/", ":", "÷"))
        or any(pattern.search(above.text) for pattern in (BRACKETED, BEFORE_COUNT))
    ):
        return None  # "(A / B) x 100.000 penduduk", "(A / B x 100%)"
    above = without_label(above)
    if (
        (unit := _SECOND.search(below.text))
        and not QUANTITY_FIRST.match(below.text)
        and below.text.lstrip()[:1].islower()
    ):
        below = below.cut(unit.start(), len(below.text))  # "x 1.000 kelahiran hidup Jumlah kelahiran hidup"
    if not above.text.strip() or UNIT_ALONE.fullmatch(below.text):
        above, below = _halves(above if above.text.strip() else below) or (above, below)
    if not above.text.strip() or not _stands_below(below.text, above.text):
        return None
    return fraction([above], [below], [line.cut(scales[0].start(), scales[0].end())])


def _stands_below(below: str, above: str) -> bool:
    """Whether what follows a multiplier is the denominator of what stands before it: a quantity, or words that it repeats and
    that are no remark."""
    if not any(char.isalpha() or char in "∑Σ" for char in below):
        return False
    if QUANTITY_FIRST.match(below) or below.strip().casefold() in above.casefold():
        return True
    remarked = _REMARK.match(below) or (PLANNED.match(below) and not REALISED.match(above))
    words = set(_WORD.findall(above.casefold()))
    return (
        not remarked
        and below.strip()[:1].isupper()
        and len(below.split()) > 1
        and not words.isdisjoint(_WORD.findall(below.casefold()))
    )


def _halves(line: Source) -> tuple[Source, Source] | None:
    """Two quantities that stood one above the other and now stand side by side: "Jumlah kegiatan selesai Jumlah kegiatan"."""
    if not QUANTITY_FIRST.match(line.text) or "+" in without_joined(line.text):
        return None
    seconds = [match.start() for match in _SECOND.finditer(line.text)]
    if len(seconds) != 1 or JOINS.search(line.text, max(0, seconds[0] - 20), seconds[0]):
        return None
    return line.cut(0, seconds[0]), line.cut(seconds[0], len(line.text))

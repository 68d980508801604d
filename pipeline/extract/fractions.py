"""Fractions as the page draws them: words above a bar, the bar, words below it, become one LaTeX fraction in its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.extract.pdf_lines import FRACTION, Line, line_text, lines_of
from pipeline.extract.pdf_types import Rule, Word

_DASH = frozenset("-–—_─")
_DASHES = re.compile(rf"[{''.join(sorted(_DASH))}]{{4,}}")  # "= ------- X 100 %"
_AFTER = re.compile(r"[xX×*=]|[xX×]?1[0.]{2,7}%?|[xX×]\(?\d.*")  # "x", "x100%", "="
_WRAPPED = re.compile(r"1[0.]{2,7} ?%?")  # "100%" alone on its line
_BEFORE = re.compile(r".*[=:×]")
MAX_LINES = 7
NEAR = 60.0
"""Points above and below a bar in which its words stand."""
REACH = 3.0
"""Line heights from the end of a bar to the words beside it."""


def with_fractions(words: list[Word], bars: Sequence[Rule], *, strict: bool = False) -> list[Word]:
    """`words` with each fraction replaced by one word whose text is `\\frac{…}{…}`; inner fractions first.
    `bars` are drawn strokes that are no table borders; rows of dashes count as bars too. `strict` (running text, where
    strokes are mostly ornaments) wants an equals sign or a multiplier beside the bar."""
    typed = [word for word in words if word.text[0] in _DASH and _DASHES.fullmatch(word.text)]
    if not bars and not typed:
        return words
    strokes = [(bar, None) for bar in bars] + [(Rule(word.ymid, word.x0, word.x1), word) for word in typed]
    for bar, dashes in sorted(strokes, key=lambda item: item[0].hi - item[0].lo):
        words = _replaced(words, bar, dashes, strict, bars)
    return words


def _replaced(words: list[Word], bar: Rule, dashes: Word | None, strict: bool, bars: Sequence[Rule]) -> list[Word]:
    high, low = 2 * (bar.pos - NEAR), 2 * (bar.pos + NEAR)
    near = [word for word in words if high < word.top + word.bottom < low and word is not dashes and not word.angle]
    close = [
        word.height for word in near if word.x1 > bar.lo and word.x0 < bar.hi and not word.text.startswith(FRACTION)
    ]
    if not close:
        return words
    underlined = _underlined(near, bar) if dashes is None else []
    size = median(word.height for word in underlined) if underlined else median(close)
    if bar.hi - bar.lo < 0.5 * size:
        return words
    left, right = _beside(near, bar, size)
    wrapped = _wrapped_multiplier(near, size, right)
    sure = bool(left or right)
    pool = [word for word in near if word not in left and word not in right and word not in wrapped]
    above = _underlined_lines(near, bars, underlined, size) or _stack(
        [w for w in pool if w.ymid < bar.pos - 0.1 * size],
        bar,
        size,
        up=True,
        reach=2.1 if sure else 1.1,
        loose=dashes is not None,
    )
    below = _stack(
        [w for w in pool if w.ymid > bar.pos + 0.1 * size],
        bar,
        size,
        up=False,
        reach=2.3 if sure else 1.75,
        loose=dashes is not None or bool(underlined),
    )
    if not above or not below:
        return words
    if not left and not right and dashes is None and (strict or not _plain_stack(above, below, bar, size, near)):
        return words
    used = [word for line in (*above, *below) for word in line.words]
    base = right[0].base if right else left[-1].base if left else bar.pos + 0.25 * size
    if underlined:
        base = above[-1].base
    confidences = [word.conf for word in used if word.conf is not None]
    fraction = Word(
        f"{FRACTION}{{{_latex(above)}}}{{{_latex(below)}}}",
        min(bar.lo, *(word.x0 for word in used)), base - 0.75 * size, max(bar.hi, *(word.x1 for word in used)),
        base + 0.25 * size, base, used[0].first, -1, 0, min(confidences, default=None),
    )  # fmt: skip
    gone = {id(word) for word in (*used, *left, *right, *wrapped)} | {id(dashes)}
    level = [_moved(word, base) for word in (*left, *right)]
    if wrapped:
        shift = right[-1].x1 + 0.3 * size - wrapped[0].x0
        level += [_moved(word._replace(x0=word.x0 + shift, x1=word.x1 + shift), base) for word in wrapped]
    return [word for word in words if id(word) not in gone] + level + [fraction]


def _moved(word: Word, base: float) -> Word:
    shift = base - word.base
    return word._replace(top=word.top + shift, bottom=word.bottom + shift, base=base) if shift else word


def _beside(near: Sequence[Word], bar: Rule, size: float) -> tuple[list[Word], list[Word]]:
    """The words left and right of the bar, at its height, that make it a fraction: `Capaian =` and `x 100%`."""
    level = [word for word in near if abs(word.ymid - bar.pos) < 0.75 * size]
    ahead = [w for w in level if -2 < bar.lo - w.x1 < REACH * size and _BEFORE.fullmatch(w.text)]
    after = [w for w in level if -2 < w.x0 - bar.hi < 2 * REACH * size and _AFTER.fullmatch(w.text)]
    left: list[Word] = []
    if ahead:
        nearest = max(ahead, key=lambda w: w.x1)
        edge = bar.lo
        for word in sorted(
            (w for w in near if abs(w.base - nearest.base) < 0.15 * size and w.x1 <= bar.lo + 2), key=lambda w: -w.x1
        ):
            if edge - word.x1 > REACH * size:
                break
            left.insert(0, word)
            edge = word.x0
    right: list[Word] = []
    if after:
        nearest = min(after, key=lambda w: w.x0)
        edge = bar.hi
        for word in sorted(
            (w for w in near if abs(w.base - nearest.base) < 0.15 * size and w.x0 >= bar.hi - 2), key=lambda w: w.x0
        ):
            if word.x0 - edge > (2 * REACH if edge == bar.hi else REACH) * size:
                break
            right.append(word)
            edge = word.x1
    return left, right


def _underlined(near: Sequence[Word], bar: Rule) -> list[Word]:
    """The words that the bar underlines, where it is as long as they are: a numerator on a baseline of its own."""
    held = [
        word
        for word in near
        if -0.05 * word.height < bar.pos - word.base < 0.17 * word.height and bar.lo - 1 < word.xmid < bar.hi + 1
    ]
    if not held or held[0].text.startswith(FRACTION):
        return []
    slack = median(word.height for word in held)
    ends = min(word.x0 for word in held), max(word.x1 for word in held)
    return held if abs(ends[0] - bar.lo) < slack and abs(ends[1] - bar.hi) < slack else []


def _underlined_lines(near: Sequence[Word], bars: Sequence[Rule], lowest: Sequence[Word], size: float) -> list[Line]:
    """The underlined line and the lines right above it that are underlined too, or whose sentence it ends."""
    stack = lines_of(lowest)[-1:] if lowest else []
    if stack and stack[0].words[0].text[:2].islower():
        return _sentence(near, stack[0], size)
    while stack and len(stack) < MAX_LINES:
        top = stack[0].base
        upper = next(
            (held for bar in bars if 0.8 < (top - bar.pos) / size < 1.7 and (held := _underlined(near, bar))), None
        )
        if not upper:
            break
        stack = [*lines_of(upper)[-1:], *stack]
    return stack


def _sentence(near: Sequence[Word], last: Line, size: float) -> list[Line]:
    """The lines of one size that end in `last`, from the nearest one that begins in upper case; else `last` alone."""
    stack = [last]
    for line in reversed(lines_of([word for word in near if word.base < last.base - 0.5 * size])):
        even = abs(line.height - last.height) < 0.08 * size and abs(line.box[0] - last.box[0]) < 0.5 * size
        if not even or stack[0].base - line.base > 1.5 * size or len(stack) > 3:
            break
        stack.insert(0, line)
        if line.words[0].text[0].isupper():
            return stack
    return [last]


def _wrapped_multiplier(near: Sequence[Word], size: float, right: Sequence[Word]) -> list[Word]:
    """The `100%` that a narrow column put on the line below its `x`: no denominator."""
    if not right or right[-1].text not in ("x", "X", "×"):
        return []
    below = lines_of([word for word in near if 0.4 * size < word.base - right[-1].base < 1.6 * size])[:1]
    if not below or not _WRAPPED.fullmatch(" ".join(word.text for word in below[0].words)):
        return []
    return list(below[0].words)


def _plain_stack(above: Sequence[Line], below: Sequence[Line], bar: Rule, size: float, near: Sequence[Word]) -> bool:
    """Without text at the height of the bar: a fraction only where both parts are centred on it, or where the numerator is
    underlined and followed by a multiplier or preceded by an equals sign."""
    middle, length = (bar.lo + bar.hi) / 2, bar.hi - bar.lo
    centred = all(
        abs((line.box[0] + line.box[2]) / 2 - middle) <= max(0.08 * length, 0.35 * size) for line in (*above, *below)
    )
    if _underlined(near, bar):
        base = above[-1].base
        same = [word for word in near if abs(word.base - base) < 0.3 * size]
        after = any(-2 < word.x0 - bar.hi < 2 * size and _AFTER.fullmatch(word.text) for word in same)
        before = any(-2 < bar.lo - word.x1 < 2 * size and word.text.endswith("=") for word in same)
        return (after or before) and abs((below[0].box[0] + below[0].box[2]) / 2 - middle) <= 0.35 * length + size
    widest = max(line.box[2] - line.box[0] for line in (*above, *below))
    return centred and (widest >= 0.55 * length or length < 2.5 * size)


def _stack(words: Sequence[Word], bar: Rule, size: float, *, up: bool, reach: float, loose: bool) -> list[Line]:
    """The lines that stand on the bar (`up`) or hang under it, nearest first for the search, returned top down."""
    slack = 0.5 * size
    middle, length = (bar.lo + bar.hi) / 2, bar.hi - bar.lo
    stack: list[Line] = []
    edge = bar.pos
    lines = lines_of(
        [w for w in words if w.x1 > bar.lo - slack and w.x0 < bar.hi + slack] if not loose else list(words)
    )
    for line in reversed(lines) if up else lines:
        cut = _within(line, bar, slack, loose)
        if cut is None:
            if any(word.x1 > bar.lo and word.x0 < bar.hi for word in line.words):
                break
            continue
        distance = edge - cut.base if up else cut.base - edge
        limit = (1.35 if stack else reach) * size
        if distance > limit or len(stack) >= MAX_LINES:
            break
        off = abs((cut.box[0] + cut.box[2]) / 2 - middle)
        if stack and off > max(0.12 * length, 0.6 * size):
            break
        if stack and line_text(cut).endswith((":", ";", ".")) and up:
            break
        if not stack and loose and off > 0.5 * length + size and abs(cut.box[0] - bar.lo) > size:
            break
        stack.append(cut)
        edge = cut.base
    return stack[::-1] if up else stack


def _within(line: Line, bar: Rule, slack: float, loose: bool) -> Line | None:
    """The run of words of a line that belongs to the bar; None where no word of the line does."""
    run = _run(line, bar)
    if not loose and run:
        while len(run) > 1 and run[0].x1 < bar.lo + slack and (run[0].text.endswith("=") or run[1].x0 < bar.lo - slack):
            run = run[1:]
        while len(run) > 1 and run[-1].x0 > bar.hi - slack and _AFTER.fullmatch(run[-1].text):
            run = run[:-1]
        reach = 0.15 * (bar.hi - bar.lo) + 2.4 * slack
        if run[0].x0 < bar.lo - reach or run[-1].x1 > bar.hi + reach:
            run = [word for word in line.words if word.x0 > bar.lo - slack and word.x1 < bar.hi + slack]
    if not run:
        return None
    return line if len(run) == len(line.words) else lines_of(run)[0]


def _run(line: Line, bar: Rule) -> list[Word]:
    """Words that touch the bar's span, with their neighbours up to the next wide gap."""
    runs: list[list[Word]] = [[line.words[0]]]
    for one, two in pairwise(line.words):
        if two.x0 - one.x1 > 1.3 * line.height:
            runs.append([])
        runs[-1].append(two)
    touching = [run for run in runs if run[-1].x1 > bar.lo and run[0].x0 < bar.hi]
    if not touching:
        return []
    return max(touching, key=lambda run: min(run[-1].x1, bar.hi) - max(run[0].x0, bar.lo))


def _latex(lines: Sequence[Line]) -> str:
    text = " ".join(line_text(line) for line in lines)
    if "$" in text:
        return text.replace("$", "")
    if "_{" in text or "^{" in text:
        return text
    if "∑" in text or "×" in text:
        from pipeline.formula.omml import words_to_latex

        return words_to_latex(text)
    return "\\text{" + text.replace("{", "(").replace("}", ")") + "}"

"""Fractions as the page draws them: words above a bar, the bar, words below it, become one LaTeX fraction in its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from pipeline.extract.pdf_lines import FRACTION, Line, line_text, lines_of
from pipeline.extract.pdf_objects import Rule, Word

_DASHES = re.compile(r"[-–—_─]{4,}")  # "= ------- X 100 %"
_SIDE = re.compile(r"[=:]|[xX×*](?:100%?|1\.?000)?|100%|\d+%?")
_BESIDE = re.compile(r"(?:[xX×*]|x100%?|[xX×]1[0.]+%?).*")
MAX_LINES = 4


def with_fractions(words: list[Word], bars: Sequence[Rule]) -> list[Word]:
    """`words` with each fraction replaced by one word whose text is `\\frac{…}{…}`; inner fractions first.
    `bars` are drawn strokes that are no table borders; rows of dashes count as bars too."""
    typed = [word for word in words if _DASHES.fullmatch(word.text)]
    if not bars and not typed:
        return words
    strokes = [(bar, None) for bar in bars] + [(Rule(word.ymid, word.x0, word.x1), word) for word in typed]
    for bar, dashes in sorted(strokes, key=lambda item: item[0].hi - item[0].lo):
        words = _replaced(words, bar, dashes)
    return words


def _replaced(words: list[Word], bar: Rule, dashes: Word | None) -> list[Word]:
    near = [word for word in words if word is not dashes and abs(word.ymid - bar.pos) < 60 and not word.angle]
    close = [
        word.height for word in near if word.x1 > bar.lo and word.x0 < bar.hi and not word.text.startswith(FRACTION)
    ]
    if not close:
        return words
    size = median(close)
    if bar.hi - bar.lo < 0.5 * size:
        return words
    level = [word for word in near if abs(word.ymid - bar.pos) < 0.42 * size]
    beside = [
        word for word in level
        if (-2 < word.x0 - bar.hi < 2.5 * size and _BESIDE.fullmatch(word.text))
        or (-2 < bar.lo - word.x1 < 2.5 * size and word.text.endswith(("=", ":", "×")))
    ]  # fmt: skip
    pool = [word for word in near if word not in beside]
    above = _stack([w for w in pool if w.ymid < bar.pos - 0.1 * size], bar, size, up=True, loose=dashes is not None)
    below = _stack([w for w in pool if w.ymid > bar.pos + 0.1 * size], bar, size, up=False, loose=dashes is not None)
    if not above or not below:
        return words
    if not beside and dashes is None and not _plain_stack(above, below, bar, size, near):
        return words
    numerator, denominator = _latex(above), _latex(below)
    used = [word for line in (*above, *below) for word in line.words]
    base = beside[0].base if beside else bar.pos + 0.25 * size
    if _is_underline(above, bar, size):
        base = above[-1].base
    left, right = min(bar.lo, *(w.x0 for w in used)), max(bar.hi, *(w.x1 for w in used))
    top, bottom = min(w.top for w in used), max(w.bottom for w in used)
    confidences = [w.conf for w in used if w.conf is not None]
    text = f"{FRACTION}{{{numerator}}}{{{denominator}}}"
    pseudo = Word(
        text,
        left,
        base - 0.75 * size,
        right,
        base + 0.25 * size,
        base,
        used[0].first,
        -1,
        0,
        min(confidences, default=None),
    )
    del top, bottom
    gone = {id(word) for word in used}
    gone.add(id(dashes))
    return [word for word in words if id(word) not in gone] + [pseudo]


def _is_underline(above: Sequence[Line], bar: Rule, size: float) -> bool:
    return bar.pos - above[-1].base < 0.17 * size


def _plain_stack(above: Sequence[Line], below: Sequence[Line], bar: Rule, size: float, near: Sequence[Word]) -> bool:
    """Without text at the height of the bar: a fraction only where both parts are centred on it, or where the numerator is
    underlined and followed by a multiplier or preceded by an equals sign."""
    middle, length = (bar.lo + bar.hi) / 2, bar.hi - bar.lo
    centred = all(
        abs((line.box[0] + line.box[2]) / 2 - middle) <= max(0.08 * length, 0.35 * size) for line in (*above, *below)
    )
    if _is_underline(above, bar, size):
        base = above[-1].base
        same = [word for word in near if abs(word.base - base) < 0.3 * size]
        after = any(-2 < word.x0 - bar.hi < 2 * size and _BESIDE.fullmatch(word.text) for word in same)
        before = any(-2 < bar.lo - word.x1 < 2 * size and word.text.endswith("=") for word in same)
        return (after or before) and abs((below[0].box[0] + below[0].box[2]) / 2 - middle) <= 0.35 * length + size
    widest = max(line.box[2] - line.box[0] for line in (*above, *below))
    return centred and widest >= 0.55 * length


def _stack(words: Sequence[Word], bar: Rule, size: float, *, up: bool, loose: bool) -> list[Line]:
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
        limit = (1.1 if not stack else 1.35) * size if up else (1.75 if not stack else 1.35) * size
        if distance > limit or len(stack) >= MAX_LINES:
            break
        off = abs((cut.box[0] + cut.box[2]) / 2 - middle)
        if stack and off > max(0.12 * length, 0.6 * size):
            break
        if stack and line_text(cut).endswith((":", ";", ".")) and up:
            break
        if not stack and loose and off > 0.5 * length + size:
            break
        stack.append(cut)
        edge = cut.base
    return stack[::-1] if up else stack


def _within(line: Line, bar: Rule, slack: float, loose: bool) -> Line | None:
    """The run of words of a line that belongs to the bar; None where the line runs past it."""
    if loose:
        run = _run(line, bar)
        return None if not run else lines_of(run)[0]
    run = [word for word in line.words if word.x0 > bar.lo - slack and word.x1 < bar.hi + slack]
    if not run:
        return None
    return line if len(run) == len(line.words) else lines_of(run)[0]


def _run(line: Line, bar: Rule) -> list[Word]:
    """Words that touch the bar's span, with their neighbours up to the next wide gap."""
    runs: list[list[Word]] = [[line.words[0]]]
    for one, two in zip(line.words, line.words[1:], strict=False):
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
    return "\\text{" + text.replace("{", "(").replace("}", ")") + "}"

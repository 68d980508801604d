"""Fractions that Word files draw by other means than equations: tables of two rows, and numerators that are underlined."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNDER, OVER = "\x01", "\x02"
"""Marks around underlined text while a cell is read."""
_LINE = rf"[^\n{UNDER}{OVER}]"
_UNDERLINED = re.compile(
    rf"^(?P<before>{_LINE}*){UNDER}(?P<above>{_LINE}+){OVER}(?P<after>{_LINE}*)\n(?P<below>{_LINE}+)$", re.MULTILINE
)  # "GR = _n kasus_ x 100%" over "N kasus"
_MULTIPLIER = re.compile(r"\s*[xX×*]\s*\(?1[0.]{2,7}\s*%?\)?\s*")  # "x 100 %"


def marked(text: str) -> str:
    """Underlined text between its marks; blanks and single signs carry no meaning when underlined."""
    return f"{UNDER}{text}{OVER}" if text.strip() else text


def with_underlined(text: str) -> str:
    """A cell's text with underlined numerators as LaTeX fractions, and without marks."""
    if UNDER not in text:
        return text
    text = text.replace(OVER + UNDER, "")
    return re.sub(f"[{UNDER}{OVER}]", "", _UNDERLINED.sub(_fraction, text))


def _fraction(match: re.Match[str]) -> str:
    before, above, after, below = (match[part].strip() for part in ("before", "above", "after", "below"))
    if above[:2].islower() and before and not before.endswith("="):
        before, above = "", f"{before} {above}"  # only the end of the numerator is underlined
    multiplied = bool(_MULTIPLIER.fullmatch(after))
    if not (multiplied and (not before or before.endswith("="))) and not (before.endswith("=") and not after):
        return match[0]
    return f"{before} $\\frac{{{_latex(above)}}}{{{_latex(below)}}}$ {after}".strip()


def _latex(words: str) -> str:
    from pipeline.formula.omml import words_to_latex

    return words_to_latex(words)


def drawn_fraction(table: Any, text_of: Callable[[Any], str]) -> str | None:
    """Two rows, numerator over denominator with a rule between or one `NTP =` beside both, and the multiplier beside them."""
    rows = list(table.iterchildren(f"{W}tr"))
    if len(rows) != 2:
        return None
    grid = [
        [" ".join(text_of(p).strip() for p in cell.iter(f"{W}p")).strip() for cell in row.iterchildren(f"{W}tc")]
        for row in rows
    ]
    if not grid[0] or not grid[1] or max(len(grid[0]), len(grid[1])) > 4:
        return None
    ruled = any(
        border.tag in (f"{W}bottom", f"{W}top", f"{W}insideH") and border.get(f"{W}val") not in ("nil", "none")
        for border in table.iter(f"{W}bottom", f"{W}top", f"{W}insideH")
    )
    column = max(range(min(len(grid[0]), len(grid[1]))), key=lambda i: len(grid[0][i]) + len(grid[1][i]))
    above, below = grid[0][column], grid[1][column]
    before = " ".join(part for part in (*grid[0][:column], *grid[1][:column]) if part)
    level = before.endswith("=") and rows[0].find(f".//{W}vMerge") is not None  # `NTP =` beside both rows
    if not (ruled or level) or not above or not below:
        return None
    after = " ".join(part for part in (*grid[0][column + 1 :], *grid[1][column + 1 :]) if part)
    return f"{before} $\\frac{{{_latex(above)}}}{{{_latex(below)}}}$ {after}".strip()

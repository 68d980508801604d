"""Small pictures of values: a formula as MathML, two texts with their difference, figures as a line chart, a rule's page."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from pipeline.web.words import plain, told


@lru_cache(maxsize=2000)
def math_of(text: str) -> str:
    """MathML of a text that is a formula with a fraction or an operator; empty for everything else."""
    if not any(sign in text for sign in ("\\frac", "/", "×", " x ", " X ", "dibagi", ":", "÷")) or len(text) > 4000:
        return ""
    from pipeline.formula import parse

    formula = parse(text)
    return "" if formula.kind in ("prose", "count", "index", "other") else formula.mathml


def words_diff(old: str, new: str) -> list[tuple[str, str]]:
    """(same|old|new, words) runs that lead from `old` to `new`."""
    before, after = old.split(), new.split()
    runs: list[tuple[str, str]] = []
    for action, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if action == "equal":
            runs.append(("same", " ".join(before[a:b])))
            continue
        if a < b:
            runs.append(("old", " ".join(before[a:b])))
        if c < d:
            runs.append(("new", " ".join(after[c:d])))
    return runs


def marked(text: str, part: str) -> list[tuple[bool, str]]:
    """`text` in runs of (is it `part`, words); one unmarked run where `part` is not in it, or is all of it."""
    if not part or len(part) >= len(text) or part not in text:
        return [(False, text)]
    before, _, after = text.partition(part)
    return [run for run in ((False, before), (True, part), (False, after)) if run[1]]


def decorated(
    f: Mapping[str, Any], evidence: Sequence[dict[str, Any]], trace: Mapping[str, Any], t: Mapping[str, str]
) -> dict[str, Any]:
    """What a finding's page shows beside its texts: evidence with drawn formulas and marks, the recomputation told, the
    correction as a difference."""
    found = plain(f["found"] or "")
    suggestion = plain(f["suggestion"] or "")
    shown = []
    for item in evidence:
        quote = plain(item["quote"])
        runs = marked(quote, found) if item["role"] in ("subject", "source") else [(False, quote)]
        shown.append(item | {"quote": quote, "runs": runs, "math": math_of(item["quote"])})
    return {
        "evidence": shown,
        "found": found,
        "expected": plain(f["expected"] or ""),
        "diff": words_diff(found, suggestion) if suggestion else None,
        "told": told(trace, t),
    }


def rules() -> Sequence[Any]:
    from pipeline.audit.engine import all_rules

    return all_rules()


def rule_page(code: str) -> tuple[str, str]:
    """(the rule's page, its first paragraph): the docstring of its module."""
    from pipeline.audit.engine import rule_document

    text = inspect.cleandoc(rule_document(code))
    return text, text.split("\n\n")[0]


def chart(figures: Sequence[Mapping[str, Any]]) -> str:
    """An SVG of targets and realisations over the years; empty with fewer than two points in every series."""
    series: dict[str, dict[int, float]] = {}
    for figure in figures:
        if figure["tahun"] and figure["value"] is not None and figure["jenis"] in ("target", "realisasi"):
            series.setdefault(figure["jenis"], {})[int(figure["tahun"])] = float(Decimal(str(figure["value"])))
    points = [(year, value) for line in series.values() for year, value in line.items()]
    if not any(len(line) > 1 for line in series.values()):
        return ""
    years = sorted({year for year, _ in points})
    top, bottom = max(value for _, value in points), min(0.0, *(value for _, value in points))
    span, width = (top - bottom) or 1.0, max(1, years[-1] - years[0])

    def at(year: int, value: float) -> tuple[float, float]:
        return 60 + 600 * (year - years[0]) / width, 190 - 160 * (value - bottom) / span

    colours = {"target": "#1d4ed8", "realisasi": "#a4161a"}
    parts = ['<svg class="chart" viewBox="0 0 720 230" role="img" aria-label="target, realisasi">']
    for number, (name, line) in enumerate(sorted(series.items())):
        places = [at(year, value) for year, value in sorted(line.items())]
        dash = ' stroke-dasharray="6 4"' if name == "target" else ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colours[name]}" stroke-width="2"{dash}/>')
        for (x, y), (_, value) in zip(places, sorted(line.items()), strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colours[name]}"/>')
            parts.append(f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{value:g}</text>')
        parts.append(f'<text x="{60 + 160 * number}" y="226" fill="{colours[name]}">— {escape(name)}</text>')
    parts += [f'<text x="{at(year, bottom)[0]:.1f}" y="208" text-anchor="middle">{year}</text>' for year in years]
    return "".join(parts) + "</svg>"

"""Small pictures of values: a formula as MathML, two texts with their difference, figures as a line chart, a rule's page."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from html import escape
from typing import Any

from pipeline.web.words import file_name, plain, told

SHORT = 60  # characters of a supporting figure that goes into a table
MOST_SHOWN = 8  # pieces of evidence shown in full
MOST_LINES = 6
_COLOURS = ("#1d4ed8", "#a4161a", "#1f6f43", "#8a5300", "#6b2fa0", "#3d5a80")
_HEAD = re.compile(r"[A-Z][a-z ]{2,20}:(?= )")  # "Limits:"
_EMPHASIS = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*|`{1,2}(?P<code>[^`]+)`{1,2}"
)  # "*Persentase desa*"


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
    """What a finding's page shows beside its texts: evidence with drawn formulas and marks (`rest`: the supporting figures,
    for a table), the recomputation told, the correction as a difference."""
    found = plain(f["found"] or "")
    suggestion = plain(f["suggestion"] or "")
    labels = _labels(trace)
    shown: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for item in evidence:
        quote = plain(item["quote"])
        runs = marked(quote, found) if item["role"] in ("subject", "source") else [(False, quote)]
        label = labels.get((item["page"], item["line"], item["quote"])) or item.get("label") or ""
        made = item | {"quote": quote, "runs": runs, "math": math_of(item["quote"]), "label": label}
        aside = item["role"] in ("witness", "context") and len(quote) < SHORT and not made["math"]
        (rest if aside or len(shown) >= MOST_SHOWN else shown).append(made)
    if len(rest) == 1 and len(shown) < MOST_SHOWN:
        shown, rest = shown + rest, []
    recomputed = told(trace, t, f["found"] or "")
    pictures = {(item["page"], item["line"], item["quote"]): item.get("picture") for item in evidence}
    for cell in (cell for equation in recomputed["equations"] for cell in equation["cells"]):
        place = (cell["page"], cell["line"], cell["text"])
        cell["picture"] = pictures.pop(place, None) if str(pictures.get(place) or "").startswith("/") else None
    in_equations = {
        (c["page"], c["line"], c["text"]) for equation in recomputed["equations"] for c in equation["cells"]
    }
    return {
        "evidence": shown,
        "rest": [item for item in rest if (item["page"], item["line"], item["quote"]) not in in_equations],
        "found": found,
        "expected": plain(f["expected"] or ""),
        "diff": words_diff(found, suggestion) if suggestion else None,
        "told": recomputed,
    }


def _labels(trace: Mapping[str, Any]) -> dict[tuple[Any, Any, str], str]:
    """(page, line, text) of the cells of a trace -> what each is."""
    cells = [cell for item in (*(trace.get("identities") or ()), trace) for cell in (item.get("cells") or {}).values()]
    return {(cell.get("page"), cell.get("line"), cell.get("text") or ""): cell.get("label") or "" for cell in cells}


def rules() -> Sequence[Any]:
    from pipeline.audit.engine import all_rules

    return all_rules()


def rule_page(code: str) -> list[list[tuple[str, str]]]:
    """The rule's page in paragraphs of (plain|strong|em|code, words) runs."""
    from pipeline.audit.about import rule_document

    return [_runs(" ".join(part.split())) for part in rule_document(code).split("\n\n")]


def _runs(paragraph: str) -> list[tuple[str, str]]:
    head = _HEAD.match(paragraph)
    runs = [("strong", head[0])] if head else []
    position = head.end() if head else 0
    for match in _EMPHASIS.finditer(paragraph, position):
        runs += [("plain", paragraph[position : match.start()]), (str(match.lastgroup), match[str(match.lastgroup)])]
        position = match.end()
    return [run for run in (*runs, ("plain", paragraph[position:])) if run[1]]


def formula_groups(versions: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The formulas of an indicator side by side: equal ones gathered with their places, the most frequent first, and what
    each has that the first has not. Second: the places without a formula."""
    gathered: dict[str, list[dict[str, Any]]] = {}
    for version in versions:
        if version["formula"]:
            gathered.setdefault(version["canonical"] or version["formula"], []).append(version)
    ranked = sorted(gathered.values(), key=len, reverse=True)
    first = plain(ranked[0][0]["formula"]) if ranked else ""
    groups = [
        {
            "math": math_of(places[0]["formula"]),
            "diff": words_diff(first, plain(places[0]["formula"])),
            "places": places,
        }
        for places in ranked
    ]
    return groups, [version for version in versions if not version["formula"]]


def chart(figures: Sequence[Mapping[str, Any]], label: str = "") -> str:
    """An SVG of targets and realisations over the years, one line for each table that prints several years in one unit;
    empty where there is none."""
    lines: dict[tuple[str, str, int, str], dict[int, float]] = {}
    for figure in figures:
        if figure["tahun"] and figure["value"] is not None and figure["jenis"] in ("target", "realisasi"):
            key = (figure["satuan"] or "", figure["jenis"], figure["table"], figure["path"])
            lines.setdefault(key, {}).setdefault(int(figure["tahun"]), float(Fraction(str(figure["value"]))))
    long = {key: line for key, line in lines.items() if len(line) > 1}
    if not long:
        return ""
    units = Counter(key[0] for key in long)
    unit = units.most_common(1)[0][0]
    chosen = sorted((key, line) for key, line in long.items() if key[0] == unit)[:MOST_LINES]
    points = [point for _, line in chosen for point in line.items()]
    years = sorted({year for year, _ in points})
    top, bottom = max(value for _, value in points), min(0.0, *(value for _, value in points))
    span, width = (top - bottom) or 1.0, max(1, years[-1] - years[0])

    def at(year: int, value: float) -> tuple[float, float]:
        return 60 + 600 * (year - years[0]) / width, 190 - 160 * (value - bottom) / span

    height = 226 + 18 * len(chosen)
    parts = [f'<svg class="chart" viewBox="0 0 720 {height}" role="img" aria-label="{escape(label)}">']
    labelled: list[tuple[float, float]] = []
    for number, ((_, kind, table, path), line) in enumerate(chosen):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [(*at(year, value), value) for year, value in sorted(line.items())]
        dash = ' stroke-dasharray="6 4"' if kind == "target" else ""
        trail = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
        parts.append(f'<polyline points="{trail}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        for x, y, value in places:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
            if all(abs(x - other_x) > 1 or abs(y - other_y) > 14 for other_x, other_y in labelled):
                labelled.append((x, y))
                parts.append(f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{value:g}</text>')
        y = 236 + 18 * number
        parts.append(f'<line x1="60" x2="90" y1="{y - 4}" y2="{y - 4}" stroke="{colour}" stroke-width="2"{dash}/>')
        said = f"{kind}{f' ({unit})' if unit else ''} · {file_name(path)} · {table + 1}"
        parts.append(f'<text x="98" y="{y}">{escape(said)}</text>')
    parts += [f'<text x="{at(year, bottom)[0]:.1f}" y="210" text-anchor="middle">{year}</text>' for year in years]
    return "".join(parts) + "</svg>"

"""The words on the screens and pages in both languages, and a finding's trace told in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.resources import read_yaml

LANGS = ("id", "en")
_MACHINE = frozenset(
    {"start", "end", "kind", "intervals", "result", "cells", "identities", "formula", "problem", "vouching", "cause"}
)
_TEXT = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}")  # "\text{Jumlah desa}"
_FRACTION = re.compile(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")  # "\frac{Jumlah A}{Jumlah B}" after _TEXT
_SIGNS = {
    "\\times": "×",
    "\\cdot": "·",
    "\\div": "÷",
    "\\%": "%",
    "\\sum": "∑",
    "\\neq": "≠",
    "\\ ": " ",
    "\\,": " ",
    "$": "",
}


@cache
def words(lang: str) -> dict[str, str]:
    """Key -> word in `lang` (id or en)."""
    table = read_yaml(Path(__file__).parent / "strings.yml")
    return {str(key): pair[LANGS.index(lang)] for key, pair in table.items()}


def family_name(family: str, t: Mapping[str, str]) -> str:
    """ "Formula" of FORMULA, "Hitungan" of arithmetic."""
    return t.get(f"family_{family.lower()}", family.capitalize())


def plain(text: str) -> str:
    """A text as a person writes it in a line: formulas in LaTeX become (a) / (b) × 100%."""
    if "\\" not in text:
        return text
    shown = _FRACTION.sub(r"\1 / \2", _TEXT.sub(r"\1", text))
    if "\\frac" in shown and len(text) < 4000:
        from pipeline.formula import parse

        return parse(text).canonical or shown
    for sign, written in _SIGNS.items():
        shown = shown.replace(sign, written)
    return " ".join(re.sub(r"\\([a-z]+)\s*", "", shown).split())


def file_name(path: str) -> str:
    """The last part of a path, of either kind of system; everything after `!` (a file in an archive) stays."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or path


def thousands(number: object, t: Mapping[str, str]) -> str:
    """ "1.234" or "1,234"."""
    return f"{number:,}".replace(",", t["thousand"]) if isinstance(number, int) else str(number)


def moment(at: str) -> str:
    """ "2024-05-01 09:30 UTC" of "2024-05-01T09:30:12+00:00"."""
    return f"{at[:16].replace('T', ' ')} UTC" if at[19:] == "+00:00" else at.replace("T", " ")


def titled(code: str, t: Mapping[str, str], fallback: str = "") -> str:
    """ "FRM007 Formula rusak" or "FRM007 A broken formula"."""
    from pipeline.audit.about import rule_name

    return f"{code} {rule_name(code, t['lang'], fallback)}"


def repaired(said: str, t: Mapping[str, str]) -> str:
    """What a reading says of itself (`pipeline.readings`), in the language of the screen; a sign or a code in it stays."""
    mark, rest = (said[:4], said[4:]) if said[:1] == "`" else ("", said)  # "`,` read as decimal mark"
    if f"repair_{rest}" in t:
        return mark + t[f"repair_{rest}"]
    head, _, last = said.rpartition(" ")  # "the name is that of 4.01.01", "OCR confidence 0.71"
    return f"{t[f'repair_{head}']} {last}" if f"repair_{head}" in t else said


FILTERS = {
    "plain": plain,
    "file_name": file_name,
    "thousands": thousands,
    "moment": moment,
    "titled": titled,
    "repaired": repaired,
}
"""What the templates write values with."""


def told(trace: Mapping[str, Any], t: Mapping[str, str], found: str = "") -> dict[str, Any]:
    """A trace for people: `equations` that were recomputed, each with its letters, and `rows` of other facts. `found` is
    what is in question, so that its cell can be marked."""
    equations = trace.get("identities") or ([trace] if trace.get("cells") else [])
    rows = [(t.get(f"trace_{key}", key), _value(value)) for key, value in trace.items() if key not in _MACHINE]
    if not equations and trace.get("formula"):
        rows.insert(0, (t["formula"], plain(str(trace["formula"]))))
    return {"equations": [_equation(item, found) for item in equations[:6]], "rows": [(k, v) for k, v in rows if v]}


def _equation(item: Mapping[str, Any], found: str) -> dict[str, Any]:
    cells = [
        {
            "letter": letter, "label": cell.get("label") or "", "text": cell.get("text") or "", "page": cell.get("page"),
            "line": cell.get("line"), "suspect": bool(found) and cell.get("text") == found,
        }
        for letter, cell in (item.get("cells") or {}).items()
    ]  # fmt: skip
    result = item.get("result")
    return {"formula": item.get("formula", ""), "cells": cells, "result": _span(result), "holds": _holds(item)}


def _holds(item: Mapping[str, Any]) -> bool | None:
    """Whether the computed interval meets that of the printed `a`; None where one of them is not known."""
    ends = [(item.get("intervals") or {}).get("a") or (), item.get("result") or ()]
    try:
        (low, high), (other_low, other_high) = (tuple(Fraction(str(end)) for end in pair) for pair in ends)
    except (ValueError, ZeroDivisionError):
        return None
    return low <= other_high and other_low <= high


def _span(ends: object) -> str:
    """ "83,38" of an interval's ends that print the same, "79,5 … 80,5" otherwise."""
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        return ""
    low, high = (_number(str(end)) for end in ends)
    return low if low == high else f"{low} … {high}"


def _number(text: str) -> str:
    try:
        shown = f"{float(text):,.4f}".rstrip("0").rstrip(".")
    except ValueError:
        return text
    return shown.replace(",", "\0").replace(".", ",").replace("\0", ".")


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_value(item) for item in value)
    return "" if value is None else plain(str(value))

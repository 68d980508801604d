"""Resolves Word's automatic numbering to the marker that is printed: "1.", "a)", "II."."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


def letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)


class Numbering:
    """Counts the list items of a document in the order in which they are asked for."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.styles = {style.style_id: (style.name or "").lower() for style in document.styles if style.style_id}
        self.style_numbers: dict[str, tuple[str, int]] = {}
        for style in document.styles:
            found = style.element.find(f"{W}pPr/{W}numPr")
            if found is not None and style.style_id:
                self.style_numbers[style.style_id] = _reference(found)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {item.get(f"{W}abstractNumId"): item for item in root.iterchildren(f"{W}abstractNum")}
        for item in root.iterchildren(f"{W}num"):
            link = item.find(f"{W}abstractNumId")
            source = abstract.get(link.get(f"{W}val")) if link is not None else None
            if source is not None:
                self.levels[item.get(f"{W}numId")] = dict(_level(level) for level in source.iterchildren(f"{W}lvl"))

    def style_name(self, paragraph: Any) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return "" if style is None else self.styles.get(style.get(f"{W}val"), "")

    def marker(self, paragraph: Any) -> str:
        """The paragraph's printed marker; empty where it has none. Ask once a paragraph, in order."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if found is not None:
            number, level = _reference(found)
        elif style is not None and style.get(f"{W}val") in self.style_numbers:
            number, level = self.style_numbers[style.get(f"{W}val")]
        else:
            return ""
        if number not in self.levels or level not in self.levels[number]:
            return ""
        counts = self.counts[number]
        counts[level] = counts.get(level, self.levels[number][level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        kind, pattern, _ = self.levels[number][level]
        if kind == "bullet":
            return "-" if pattern.strip() in ("-", "–", "—") else "•"

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            form, _, start = self.levels[number].get(at, ("decimal", "", 1))
            value = counts.get(at, start)
            return {"lowerLetter": letters(value), "upperLetter": letters(value).upper(), "lowerRoman": roman(value),
                    "upperRoman": roman(value).upper()}.get(form, str(value))  # fmt: skip

        return re.sub(r"%(\d)", shown, pattern).strip()


def _reference(element: Any) -> tuple[str, int]:
    number, level = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    return ("" if number is None else number.get(f"{W}val", "")), (
        0 if level is None else int(level.get(f"{W}val", "0"))
    )


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    def value(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else str(found.get(f"{W}val", default))

    start = value("start", "1")
    return int(element.get(f"{W}ilvl", "0")), (
        value("numFmt", "decimal"),
        value("lvlText", ""),
        int(start) if start.isdigit() else 1,
    )

"""Unifies spellings of the same sign before scanning: HTML, LaTeX and OCR marks; every character keeps its offset."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_LENGTH = 6000
FRAC, OPEN, CLOSE = (
    "\ue000",
    "\ue001",
    "\ue002",
)  # a fraction built from drawing or markup: FRAC OPEN num CLOSE OPEN den CLOSE
TEXT_OPEN, TEXT_CLOSE = "\ue003", "\ue004"  # the edges of a \text{…}: one phrase, whatever is in it
SUM = "∑"


@dataclass(frozen=True, slots=True)
class Source:
    """Text with the offset in the cell of each of its characters."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        if not self.offsets:
            return (0, 0)
        last = len(self.offsets) - 1
        return self.offsets[min(start, last)], self.offsets[min(max(end - 1, start), last)] + 1

    def cut(self, start: int, end: int) -> Source:
        return Source(self.text[start:end], self.offsets[start:end])


def plain(text: str) -> Source:
    return Source(text, tuple(range(len(text))))


def joined(parts: list[Source | str]) -> Source:
    """Sources one after the other; a str between them is a sign of ours and takes the offset before it."""
    text: list[str] = []
    offsets: list[int] = []
    for part in parts:
        if isinstance(part, str):
            offsets.extend([offsets[-1] if offsets else 0] * len(part))
            text.append(part)
        else:
            text.append(part.text)
            offsets.extend(part.offsets)
    return Source("".join(text), tuple(offsets))


_SIGNS = {
    "÷": "÷", "∗": "*", "✕": "×", "✖": "×", "х": "x", "Х": "X", "·": "·", "⋅": "·", "−": "-", "Σ": SUM, "∑": SUM, "\u00a0": " ",
    "\u00ad": "", "⁄": "/", "∕": "/", "“": '"', "”": '"', "\t": " ", "«": "", "»": "", "\u200b": "",
}  # fmt: skip
_COMMANDS = {
    "times": "×", "cdot": "×", "ast": "*", "div": "÷", "sum": SUM, "left": "", "right": "", "displaystyle": "", "quad": " ",
    "qquad": " ", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "percent": "%", "bar": "", "overline": "",
    "ldots": "…", "dots": "…", "cdots": "…", "limits": "", "big": "", "Big": "", "bigg": "", "Bigg": "", "colon": ":",
    "lbrace": "{", "rbrace": "}", "textbackslash": "\\",
}  # fmt: skip
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")
_TEXTS = (
    "text",
    "mathrm",
    "textbf",
    "mathbf",
    "textit",
    "mathit",
    "textrm",
    "mbox",
    "operatorname",
    "mathsf",
    "textsf",
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_TAG = re.compile(r"<(/?)(p|b|i|u|ul|ol|li|br|strong|em|span|div|sub|sup)\b[^<>]{0,200}>", re.IGNORECASE)
_DOLLAR = re.compile(r"\$+|\\[()\[\]]")
_MARKDOWN = re.compile(r"\*\*|(?<!_)__(?!_)")  # a longer run of underscores is a fraction bar
_BREAKING = ("p", "ul", "ol", "li", "br", "div")
_SPECIAL = re.compile("[<$*_\\\\" + "".join(_SIGNS) + "]")
_STRUCTURE = re.compile(r"[\\{}<>]")


def prepare(text: str) -> Source:
    """The cell's text with one sign for each meaning. Longer texts are cut: no formula is that long."""
    source = _without_markup(text[:MAX_LENGTH])
    return _latex(source) if "\\" in source.text else source


def _without_markup(text: str) -> Source:
    out: list[str] = []
    offsets: list[int] = []
    position = 0
    while special := _SPECIAL.search(text, position):
        here = special.start()
        if here > position:
            out.append(text[position:here])
            offsets.extend(range(position, here))
        char = text[here]
        tag = _TAG.match(text, here) if char == "<" else None
        marks = tag or _DOLLAR.match(text, here) or _MARKDOWN.match(text, here)
        if tag and tag.group(2).lower() in _BREAKING:
            if out and not out[-1].endswith("\n"):
                out.append("\n")
                offsets.append(here)
        elif not marks and (sign := _SIGNS.get(char, char)):
            out.append(sign)
            offsets.extend([here] * len(sign))
        position = marks.end() if marks else here + 1
    if not out and position == 0:
        return plain(text)
    out.append(text[position:])
    offsets.extend(range(position, len(text)))
    return Source("".join(out), tuple(offsets))


def _latex(source: Source) -> Source:
    """LaTeX commands to signs of ours; braces pair where they can, a missing one ends at the text's end."""
    text = source.text
    out: list[str] = []
    offsets: list[int] = []
    stack: list[str] = []  # what each open brace means
    pending: list[tuple[str, int]] = []  # meanings of the braces to come, and how deep they stand

    def put(sign: str, at: int) -> None:
        if sign:
            out.append(sign)
            offsets.extend([source.offsets[min(at, len(source.offsets) - 1)]] * len(sign))

    position = 0
    while special := _STRUCTURE.search(text, position):
        here = special.start()
        if here > position:
            run = text[position:here]
            out.append(run)
            offsets.extend(source.offsets[position:here])
            if pending and not run.isspace():
                pending = [expected for expected in pending if expected[0] != "text"]
        char = text[here]
        position = here + 1
        if char == "\\":
            command = _COMMAND.match(text, here)
            if command:
                name = command.group(1)
                if name in _FRACTIONS:
                    put(FRAC, here)
                    pending = [("arg", len(stack)), ("arg", len(stack)), *pending]
                elif name in _TEXTS:
                    pending = [("text", len(stack)), *pending]
                else:
                    put(_COMMANDS.get(name, f" {name} "), here)
                position = command.end()
                continue
            follower = text[here + 1 : here + 2]
            put({"%": "%", "\\": "\n", ",": " ", ";": " ", "!": "", " ": " "}.get(follower, follower), here)
            position = here + 2
        elif text.startswith("{,}", here):
            put(",", here)
            position = here + 3
        elif char == "{" or (char == "<" and pending and pending[0] == ("arg", len(stack))):
            if out and out[-1][-1:] in ("_", "^"):
                meaning = "script"
                if out[-1].endswith("_") and text.startswith("(", here + 1):
                    out[-1] = out[-1][:-1]  # X_{(n-1)} is printed X(n-1)
                    offsets.pop()
                    meaning = "plain"
            else:
                meaning = pending.pop(0)[0] if pending and pending[0][1] == len(stack) else "plain"
            stack.append(meaning)
            put({"arg": OPEN, "text": TEXT_OPEN, "script": "(", "plain": ""}[meaning], here)
        elif stack and (char == "}" or (char == ">" and stack[-1] == "arg")):
            put({"arg": CLOSE, "text": TEXT_CLOSE, "script": ")", "plain": ""}[stack.pop()], here)
        elif char != "}":
            put(char, here)
    out.append(text[position:])
    offsets.extend(source.offsets[position:])
    while stack:
        put({"arg": CLOSE, "text": TEXT_CLOSE, "script": ")", "plain": ""}[stack.pop()], len(text))
    for meaning, _ in pending:
        if meaning == "arg":
            put(OPEN + CLOSE, len(text))
    return Source("".join(out), tuple(offsets))

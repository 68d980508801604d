"""Unifies spellings of the same sign before scanning: HTML, LaTeX and OCR marks; every character keeps its offset."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MAX_LENGTH = 6000
FRAC, OPEN, CLOSE = (
    "\ue000",
    "\ue001",
    "\ue002",
)  # a fraction built from drawing or markup: FRAC OPEN num CLOSE OPEN den CLOSE
TEXT_OPEN, TEXT_CLOSE = "\ue003", "\ue004"  # the edges of a \text{…}: one phrase, whatever is in it
UNCLOSED = "\ue005"  # where a brace of LaTeX is missing
SUM = "∑"


@dataclass(frozen=True, slots=True)
class Source:
    """Text with the offset in the cell of each of its characters."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        if start < end <= len(self.offsets):
            return self.offsets[start], self.offsets[end - 1] + 1
        if not self.offsets:
            return (0, 0)
        last = len(self.offsets) - 1
        return self.offsets[min(start, last)], self.offsets[min(max(end - 1, start), last)] + 1

    def cut(self, start: int, end: int) -> Source:
        return Source(self.text[start:end], self.offsets[start:end])


def plain(text: str) -> Source:
    return Source(text, range(len(text)))


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
    "÷": "÷", "∗": "*", "✕": "×", "✖": "×", "х": "x", "Х": "X", "·": "·", "⋅": "·", "−": "-", "\u00a0": " ",
    "\u00ad": "", "⁄": "/", "∕": "/", "“": '"', "”": '"', "\t": " ", "«": "", "»": "", "\u200b": "",
}  # fmt: skip
_COMMANDS = {
    "Sigma": "Σ", "hline": "\n────\n", "times": "×", "cdot": "×", "ast": "*", "div": "÷", "sum": SUM, "left": "", "underline": "", "right": "", "displaystyle": "", "quad": " ",
    "qquad": " ", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "percent": "%", "bar": "", "overline": "",
    "ldots": "…", "dots": "…", "cdots": "…", "limits": "", "big": "", "Big": "", "bigg": "", "Bigg": "", "colon": ":",
    "lbrace": "{", "rbrace": "}", "textbackslash": "\\",
}  # fmt: skip
_COMMANDS |= dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), FRAC)
_TEXTS = r"text|mathrm|textbf|mathbf|textit|mathit|textrm|mbox|operatorname|mathsf|textsf"
_COMMANDS |= dict.fromkeys(_TEXTS.split("|"), TEXT_OPEN)
_LATEX = re.compile(
    rf"\\(?:{_TEXTS})\{{([^{{}}\\~]*)\}}"
    + r"|\\(?:begin|end)\{[a-z]+\*?\}(?:\{[clr| ]+\})?|\\([A-Za-z]+)(\{)?|\\.?|\{,\}|[{}<>~]",
    re.DOTALL,
)
_GROUPED = r"((?:[^{}]|\{[^{}]*\}){1,300}?)"
_OVER = re.compile(rf"\{{{_GROUPED}\\over(?![a-z]){_GROUPED}\}}")
_ESCAPED = {"%": "%", "\\": "\n", ",": " ", ";": " ", "!": "", " ": " "}
_OPENING = {"arg": OPEN, "text": TEXT_OPEN, "arg of text": OPEN + TEXT_OPEN, "script": "(", "plain": ""}
_CLOSING = {
    "arg": CLOSE,
    "angle": CLOSE,
    "text": TEXT_CLOSE,
    "arg of text": TEXT_CLOSE + CLOSE,
    "script": ")",
    "plain": "",
}
_LAST_SCALE = re.compile(r"(?<!\s)\s*+\)?\s*+[×xX*·]\s*1[\d.,]*\s*%?\s*$", re.MULTILINE)  # ") × 100%" at a line's end
_TAG = re.compile(r"<(/?)(p|b|i|u|ul|ol|li|br|strong|em|span|div|sub|sup)\b[^<>]{0,200}>", re.IGNORECASE)
_DOLLAR = re.compile(r"\$+|\\[()\[\]]")
_LONG_DASH = re.compile(
    r"(?<=[A-Z][nt])[–—](?=[1-5](?![\d.,]))|(?<=\b[nt])[–—](?=[1-5](?![\d.,]))"
)  # "PDRBt–1", "tahun n–1"
_MARKDOWN = re.compile(r"\*\*|(?<!_)__(?!_)")  # a longer run of underscores is a fraction bar
_CUT_WORD = re.compile(r"(?:(?<=[^\W\d_]{2}-)|(?<=\bse-))\n[^\S\n]*(?:(?=[a-z]{2})|(?<=\bse-\n)(?=[A-Z]))")
_EATEN = re.compile(r"\x0c(?=rac\b)|\t(?=ext\{|imes\b)|(?<![\\A-Za-z])(?=d?frac\{)")  # "frac{…}", "<tab>imes"
_MAY_BE_EATEN = re.compile(r"[\x0c\t]|frac\{(?<!\\frac\{)(?<!\\[dtc]frac\{)")  # found fast where there is none
_GIVEN_BACK = {"\x0c": "\\f", "\t": "\\t", "": "\\"}
_MATHEMATICAL = re.compile("[\u210e\U0001d400-\U0001d7ff]")  # the letters of Word's equations, one character each
_BLANKS = re.compile(r"(?<= ) +")
_BREAKING = ("p", "ul", "ol", "li", "br", "div")
_SPECIAL = re.compile("[<$" + "".join(_SIGNS) + "]|\\*\\*|__|\\\\[()\\[\\]]")


def prepare(text: str) -> Source:
    """The cell's text with one sign for each meaning. Longer texts are cut: no formula is that long."""
    text = text[:MAX_LENGTH]
    if "–" in text or "—" in text:
        text = _LONG_DASH.sub("-", text)
    eaten = _MAY_BE_EATEN.search(text) and _EATEN.search(text)
    if _MATHEMATICAL.search(text):
        text = _MATHEMATICAL.sub(lambda letter: unicodedata.normalize("NFKC", letter.group()), text)
    source = _without_breaks(_with_commands(text) if eaten else _without_markup(text))
    if "\\" in source.text:
        source = _without_wrap(_latex(_with_over(source)))
    return _single_spaced(source) if "  " in source.text and "\n" not in source.text else source


def _single_spaced(source: Source) -> Source:
    """One blank for each run of them, in a cell of one line; in drawings of several lines they stand for columns."""
    cuts = list(_BLANKS.finditer(source.text))
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(source.text)]
    return joined([source.cut(start, end) for start, end in zip(starts, ends, strict=True)])


def _with_commands(text: str) -> Source:
    """Text whose LaTeX commands lost their backslash, or had it read as a tab or a form feed, with it."""
    parts: list[Source | str] = []
    start = 0
    whole = plain(text)
    for eaten in _EATEN.finditer(text):
        parts += [whole.cut(start, eaten.start()), _GIVEN_BACK[eaten.group()]]
        start = eaten.end()
    mended = joined([*parts, whole.cut(start, len(text))])
    source = _without_markup(mended.text)
    return Source(source.text, [mended.offsets[place] for place in source.offsets])


def _without_breaks(source: Source) -> Source:
    """A word with a hyphen that a line's end cuts, as one word: "bersama-⏎sama", "se-⏎Jawa"."""
    if "-\n" not in source.text:
        return source
    parts: list[Source | str] = []
    start = 0
    for cut in _CUT_WORD.finditer(source.text):
        parts.append(source.cut(start, cut.start()))
        start = cut.end()
    return joined([*parts, source.cut(start, len(source.text))]) if parts else source


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


def _without_wrap(source: Source) -> Source:
    """A cell that is one \\text{…} is text like any other."""
    text = source.text.strip()
    if not (text.startswith(TEXT_OPEN) and text.endswith(TEXT_CLOSE) and text.count(TEXT_OPEN) == 1):
        return source
    start = source.text.index(TEXT_OPEN) + 1
    return source.cut(start, start + len(text) - 2)


def _with_over(source: Source) -> Source:
    """{A \\over B} as \\frac{A}{B}."""
    for _ in range(source.text.count("\\over")):
        over = _OVER.search(source.text)
        if over is None:
            break
        above, below = source.cut(*over.span(1)), source.cut(*over.span(2))
        before, after = source.cut(0, over.start()), source.cut(over.end(), len(source.text))
        source = joined([before, "\\frac{", above, "}{", below, "}", after])
    return source


def _latex(source: Source) -> Source:
    """LaTeX commands to signs of ours; braces pair where they can, and UNCLOSED marks where a missing one belongs."""
    text, at = source.text, source.offsets
    out: list[str] = []
    offsets: list[int] = []
    stack: list[str] = []  # what each open brace means
    pending: list[tuple[str, int]] = []  # meanings of the braces to come, and how deep they stand
    position = 0
    for token in _LATEX.finditer(text):
        here = token.start()
        if here > position:
            out.append(text[position:here])
            offsets.extend(at[position:here])
            if pending and not out[-1].isspace():
                pending = [expected for expected in pending if expected[0] != "text"]
        position = token.end()
        inside, name, brace = token.groups()
        if inside is not None:  # \text{…} as a whole
            meaning = "text"
            if pending and pending[0] == ("arg", len(stack)):
                pending.pop(0)
                meaning = "arg of text"
            first, last = _OPENING[meaning], _CLOSING[meaning]
            out += (first, inside, last)
            offsets += [at[here]] * len(first)
            offsets += at[position - 1 - len(inside) : position - 1]
            offsets += [at[position - 1]] * len(last)
            continue
        char = token.group()
        sign = ""
        if name is not None:
            sign = _COMMANDS.get(name) or ("" if name in _COMMANDS else f" {name} ")
            if sign == FRAC:
                pending[:0] = [("arg", len(stack)), ("arg", len(stack))]
            elif sign == TEXT_OPEN:
                sign = ""
                bare = pending and pending[0] == ("arg", len(stack))  # \frac\text{A}{…}: no brace of its own
                pending[: 1 if bare else 0] = [("arg of text" if bare else "text", len(stack))]
            if brace:
                meaning = pending.pop(0)[0] if pending and pending[0][1] == len(stack) else "plain"
                stack.append(meaning)
                sign += _OPENING[meaning]
        elif char[0] == "\\" and len(char) > 2:
            sign = " "  # \begin{array}{c}
        elif char[0] == "\\":
            sign = _ESCAPED.get(char[1:], char[1:])
        elif char == "~":
            sign = " "
        elif char == "{,}":
            sign = ","
        elif char == "{":
            if out and out[-1][-1:] in ("_", "^"):
                meaning = "script"
                if out[-1].endswith("_") and text.startswith("(", position):
                    out[-1] = out[-1][:-1]  # X_{(n-1)} is printed X(n-1)
                    offsets.pop()
                    meaning = "plain"
            elif pending and pending[0][1] == len(stack):
                meaning = pending.pop(0)[0]
            elif (
                stack and stack[-1] == "arg" and out[-1][-1:] == TEXT_CLOSE and pending[:1] == [("arg", len(stack) - 1)]
            ):
                stack.pop()  # \frac{\text{A}{\text{B}}: the numerator's brace is missing
                out.append(CLOSE + UNCLOSED)
                offsets += [at[here], at[here]]
                meaning = pending.pop(0)[0]
            else:
                meaning = "plain"
            stack.append(meaning)
            sign = _OPENING[meaning]
        elif char == "<" and pending and pending[0] == ("arg", len(stack)):
            pending.pop(0)
            stack.append("angle")
            sign = OPEN
        elif stack and (char == "}" or (char == ">" and stack[-1] == "angle")):
            sign = _CLOSING[stack.pop()]
        elif char != "}":
            sign = char
        if sign:
            out.append(sign)
            offsets.extend([at[here]] * len(sign))
    out.append(text[position:])
    offsets.extend(at[position:])
    return _closed("".join(out), offsets, stack, sum(meaning == "arg" for meaning, _ in pending))


def _closed(text: str, offsets: list[int], stack: list[str], wanting: int) -> Source:
    """The text with what its open braces lack: before the multiplier at its end, which belongs to no fraction, or at the
    end; and with an empty operand for each that a fraction still wants."""
    if any(meaning != "plain" for meaning in stack):
        place = len(text)
        scale = _LAST_SCALE.search(text, max(text.rfind(OPEN), text.rfind(TEXT_OPEN)) + 2)
        if scale:
            place = scale.start()
        signs = "".join(_CLOSING[meaning] for meaning in reversed(stack)) + UNCLOSED
        at = offsets[min(place, len(offsets) - 1)]
        text = text[:place] + signs + text[place:]
        offsets[place:place] = [at] * len(signs)
    if wanting == 1 and text.count(FRAC) == 1 and CLOSE in text:
        return _with_denominator(Source(text, tuple(offsets)))
    if wanting:
        text += (OPEN + CLOSE) * wanting
        offsets += [offsets[-1] if offsets else 0] * (2 * wanting)
    return Source(text, tuple(offsets))


def _with_denominator(source: Source) -> Source:
    """A fraction with one argument: what stands between it and the multiplier at the end is its denominator, were it nothing."""
    start = source.text.rindex(CLOSE) + 1
    scale = _LAST_SCALE.search(source.text, start)
    end = scale.start() if scale else len(source.text)
    return joined([source.cut(0, start), OPEN, source.cut(start, end), CLOSE, source.cut(end, len(source.text))])

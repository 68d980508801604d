"""Takes markup off text as OCR engines write it (inline HTML, Markdown emphasis) and leaves LaTeX alone."""

from __future__ import annotations

import html
import re

# "$\frac{a}{b}$", "$$…$$": kept as they are
_LATEX = re.compile(r"(\$\$[^$]+\$\$|\$[^$\n]+\$)")
# `<math display="block">\frac{a}{b}</math>`, `\(a / b\)`, `\[a / b\]`: LaTeX in the brackets of other engines
_MATH = re.compile(r"<math\b[^<>]*>([^$]*?)</math>|\\\(([^$]*?)\\\)|\\\[([^$]*?)\\\]", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LIST_PART = re.compile(r"<(/?)(ol|ul|li)\b([^<>]*)>", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[a-z])[.)]\s|\s*[-•]\s")  # an item that prints its own marker
# Tags that end a word; the others ("<b>", "<sup>") stand inside words. `<a>` only with attributes: `\frac<a><b>` is a formula.
_BLOCK_TAG = re.compile(
    r"</?(?:p|ul|ol|li|div|tr|td|th|table|thead|tbody|h[1-6]|hr|center|blockquote|pre)\b[^<>]*>", re.IGNORECASE
)
_INLINE_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|small|sup|sub|s|del|ins|mark|code)(?:\s[^<>]*)?/?>|<a\s[^<>]*>|</a>|<img\b[^<>]*>",
    re.IGNORECASE,
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")  # "[text](url)"
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")  # "*service*"
_SPACE = re.compile(r"[^\S\n]+")


def _numbered_lists(text: str) -> str:
    """Gives the items of an ordered list the numbers that a browser shows, unless they print their own."""
    counters: list[int | None] = []
    parts: list[str] = []
    end = 0
    for match in _LIST_PART.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        closing, name, attributes = match.group(1), match.group(2).lower(), match.group(3)
        parts.append(" ")
        if name == "li":
            if not closing and counters and counters[-1] is not None and not _NUMBERED.match(text, end):
                counters[-1] += 1
                parts.append(f"{counters[-1]}. ")
        elif closing:
            if counters:
                counters.pop()
        else:
            counters.append(0 if name == "ol" and "none" not in attributes else None)
    parts.append(text[end:])
    return "".join(parts)


def _plain(text: str) -> str:
    if "<" in text:
        text = _BREAK.sub("\n", text)
        text = _numbered_lists(text)
        text = _BLOCK_TAG.sub(" ", text)
        text = _INLINE_TAG.sub("", text)
        text = _AUTOLINK.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", text.replace("**", ""))
    if "&" in text:
        text = html.unescape(text)
    return text


def _as_latex(match: re.Match[str]) -> str:
    inner = next(part for part in match.groups() if part is not None).strip()
    return f"${html.unescape(inner)}$" if inner and "<m" not in inner else match[0]


def strip_markup(text: str) -> str:
    """`text` without HTML tags and Markdown emphasis; line breaks stay newlines, other white space is folded."""
    if "<math" in text or "\\(" in text or "\\[" in text:
        text = _MATH.sub(_as_latex, text)
    if "$" in text:
        pieces = [part if index % 2 else _plain(part) for index, part in enumerate(_LATEX.split(text))]
        text = "".join(pieces)
    else:
        text = _plain(text)
    lines = (_SPACE.sub(" ", line).strip() for line in text.replace("\u00ad", "").split("\n"))
    return "\n".join(line for line in lines if line)

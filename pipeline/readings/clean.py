"""Makes printed text comparable before it is read: markup, look-alike letters, soft hyphens, white space."""

from __future__ import annotations

import re
import unicodedata

# Cyrillic and Greek letters that optical readers put in Latin words ("pемban").
LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "aeopcyxijsdABEKMHOPCTXYIJSABEZHIKMNOPTYXo",
)  # fmt: skip
SPACES = "\u00a0\u202f\u2007\u2009"
REMOVED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width characters
INVISIBLE: dict[int, str | None] = {**dict.fromkeys(map(ord, SPACES), " "), **dict.fromkeys(map(ord, REMOVED), None)}

LATEX = (
    (re.compile(r"\\(?:leq?slant|leq|le)(?![a-z])"), "≤"),  # $76 \leq 90$
    (re.compile(r"\\(?:geq?slant|geq|ge)(?![a-z])"), "≥"),
    (re.compile(r"\\times(?![a-z])"), "×"),
    (re.compile(r"\\(?:text|mathrm|mathbf)\s*\{([^{}]*)\}"), r"\1"),  # \text{orang}
    (re.compile(r"\\([%$&_#])"), r"\1"),  # 100\%
)
TAG = re.compile(r"<(/?)(b|i|u|p|br|sup|sub|ul|ol|li|span|strong|em)\b[^<>]*>", re.IGNORECASE)  # <b>45%</b>
DASHES = str.maketrans("‐‑‒–—―−", "-------")


def clean(text: str) -> str:
    """`text` without markup, look-alike letters and invisible characters; white space folded, dashes as `-`."""
    text = unicodedata.normalize("NFKC", text.replace("…", "...")) if not text.isascii() else text
    text = text.translate(INVISIBLE).translate(LOOKALIKES).translate(DASHES)
    if "\\" in text:
        for pattern, plain in LATEX:
            text = pattern.sub(plain, text)
    if "<" in text:
        text = TAG.sub(" ", text)
    return " ".join(text.replace("**", "").replace("$", " ").split())


def squeeze(text: str) -> str:
    """Letters and digits of `text` in lower case: equal for `Peren canaa n` and `Perencanaan`."""
    return "".join(ch for ch in clean(text).lower() if ch.isalnum())

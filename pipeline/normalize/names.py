"""Makes names comparable: folds spellings, expands abbreviations, and reduces a name to the words that carry meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.resources import read_yaml

# Cyrillic letters that OCR puts where the Latin twin stands.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсухкмвт", "ABEKMHOPCTXaeopcyxkmbt")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s+")  # "1. ", "a) ", "iv. "
_WORD = re.compile(r"[^\W_]+")
_LEADING_PERCENT = re.compile(r"^\s*%\s*")
_SPLIT_PASSIVE = re.compile(r"\bdi\s+(?=\w{4,}kan\b)")  # "di implementasikan"


@cache
def _vocabulary() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("names.yml"))
    return data


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {str(key): str(value) for key, value in _vocabulary()["phrases"].items()}
    alternatives = "|".join(re.escape(key) for key in sorted(table, key=len, reverse=True))
    return re.compile(rf"\b(?:{alternatives})\b"), table


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(_vocabulary()["stopwords"].split())


@cache
def measure_words() -> frozenset[str]:
    """Words such as *persentase* and *nilai* that say how, not what, is measured."""
    return frozenset(_vocabulary()["measures"].split())


def fold(text: str) -> str:
    """White space folded, soft hyphens and Cyrillic look-alikes gone, compatibility forms composed. Case is kept."""
    composed = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(_LOOKALIKES)
    return " ".join(composed.split())


@lru_cache(maxsize=50_000)
def normal(text: str) -> str:
    """One spelling for the same name: lower case, no numbering, no punctuation, abbreviations expanded."""
    lowered = _NUMBERING.sub("", fold(text)).lower()
    lowered = _LEADING_PERCENT.sub("persentase ", lowered)
    lowered = _SPLIT_PASSIVE.sub("di", lowered)
    pattern, table = _phrases()
    expanded = pattern.sub(lambda match: table[match.group()], lowered)
    return " ".join(_WORD.findall(expanded))


@lru_cache(maxsize=50_000)
def key_of(indikator: str) -> str:
    """The key under which one office's spellings of an indicator meet: normalised words in order, without stop words."""
    return " ".join(word for word in normal(indikator).split() if word not in _stopwords())


@lru_cache(maxsize=50_000)
def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning. Equal sets with different keys are a re-ordering or a renamed head noun."""
    return frozenset(key_of(text).split())

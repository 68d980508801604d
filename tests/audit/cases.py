"""Reads rule cases: small documents written as text in YAML, run through the whole reading pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.model import Berkas

_BAR = re.compile(r" ?\| ?")  # "NO | SASARAN"
RULES = Path(__file__).parent.parent / "rules"


@dataclass(frozen=True)
class Case:
    """One case of a rule: `outcome` is pass, fail or not_checked; `expect` what a finding must say."""

    code: str
    outcome: str
    number: int
    name: str
    documents: tuple[tuple[str, str], ...]
    expect: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.code}-{self.outcome}-{self.number}-{self.name}"


def cases() -> Iterator[Case]:
    for path in sorted(RULES.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for outcome in ("pass", "fail", "not_checked"):
            for number, entry in enumerate(data.get(outcome) or [], start=1):
                texts = entry["documents"] if "documents" in entry else [entry["text"]]
                named = texts.items() if isinstance(texts, dict) else ((f"{i}.txt", t) for i, t in enumerate(texts, 1))
                yield Case(path.stem, outcome, number, entry.get("name", ""), tuple(named), entry.get("expect") or {})


@cache
def berkas(name: str, text: str) -> Berkas:
    """The document as the pipeline reads it. ` | ` between cells stands for the tab of the OCR text."""
    from pipeline.extract.text import read_text
    from pipeline.normalize import berkas_of

    lines = [line if line.startswith("|") else _BAR.sub("\t", line) for line in text.splitlines()]
    return berkas_of(read_text("\n".join(lines).encode(), name), name)

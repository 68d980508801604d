"""What is said of a rule itself: its name and its page, in Indonesian and English."""

from __future__ import annotations

import importlib
import inspect
from functools import cache
from pathlib import Path

from pipeline.audit.engine import load, modules
from pipeline.resources import read_yaml


def rule_document(code: str) -> str:
    """The rule's page in English: the docstring of its file. Raises UsageError for an unknown code."""
    load(code)
    return inspect.cleandoc(importlib.import_module(modules()[code]).__doc__ or "")


@cache
def rule_name(code: str, lang: str, fallback: str = "") -> str:
    """What a rule is called in Indonesian or English; `fallback` for one that is no more."""
    if code not in modules():
        return fallback
    return load(code)[0].name if lang == "id" else " ".join(rule_document(code).split("\n\n")[0].split()).rstrip(".")


@cache
def _explanations() -> dict[str, tuple[str, str]]:
    return {
        code: (what, limits) for code, (what, limits) in read_yaml(Path(__file__).with_name("penjelasan.yml")).items()
    }


def rule_explained(code: str) -> tuple[str, str]:
    """(what the rule finds and why it matters, where it stops), in Indonesian; empty for an unknown code."""
    return _explanations().get(code, ("", ""))

"""Names the code that read a document and the code that judged it, so that nothing stored outlives what made it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from pipeline.resources import resource

READS = ("extract", "tables", "readings", "formula", "normalize")
JUDGES = ("audit",)


@cache
def reading_version() -> str:
    """Changes whenever the stages left of the database do: `lkip ingest` then reads stored documents anew."""
    return _digest(READS)


@cache
def judging_version() -> str:
    """Changes whenever a rule, or anything that it leans on, does: `lkip audit` then runs the rules anew."""
    return _digest((*READS, *JUDGES))


def _digest(stages: tuple[str, ...]) -> str:
    package = Path(__file__).resolve().parent.parent
    files = [path for stage in stages for path in (package / stage).rglob("*.*")]
    files += [*resource("grammars").rglob("*.lark"), *package.glob("*.py")]
    total = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in (".py", ".yml", ".txt", ".tsv", ".lark")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]

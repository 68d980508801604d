"""The formula language: every way a formula is written becomes one tree. `parse` is the way in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.formula.formula import Formula

__all__ = ["Formula", "parse"]


@lru_cache(maxsize=20_000)
def parse(text: str, indikator: str | None = None) -> Formula:
    """Parses one formula cell; see `pipeline.formula.formula.parse`. Cells repeat between documents: parsed once each."""
    from pipeline.formula.formula import parse as parse_cell

    return parse_cell(text, indikator)

"""Finds the figures that prose states, and what they are about: amounts, percentages, counts, worked calculations."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Block, Statement


def statements(blocks: Sequence[Block]) -> tuple[Statement, ...]:
    """The statements of all paragraphs, list items and key values of `blocks`, in their order."""
    return ()

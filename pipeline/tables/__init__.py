"""Raw tables become logical tables: stitched over pages, headed, merged cells filled down, every cell with its lines."""

from __future__ import annotations

from pipeline.model import Extraction, LogicalTable

__all__ = ["build_tables"]


def build_tables(extraction: Extraction) -> tuple[LogicalTable, ...]:
    """The logical tables of one file in reading order. Rows and cells that fit nowhere are kept as unread, never dropped."""
    from pipeline.tables.build import build

    return build(extraction)

"""The database: saves what was read of a document, gives it back whole, keeps findings and the decisions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.store.store import Store

__all__ = ["open_store"]


def open_store(url: str, *, read_only: bool = False) -> Store:
    """Opens (and, unless `read_only`, creates or migrates) the database at an SQLAlchemy URL. Raises UsageError."""
    from pipeline.store.store import Store

    return Store(url, read_only=read_only)

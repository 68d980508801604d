"""What the screens' queries share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Rows = Callable[..., list[dict[str, Any]]]
"""Runs SQL with its named values."""
MOST_NUMBER = 1_000_000  # of a page, a piece of evidence, a table, a row, a column in an address


def unpacked(value: Any) -> Any:
    """A JSON value of the database, which SQLite hands over as text."""
    return json.loads(value) if isinstance(value, str) else value

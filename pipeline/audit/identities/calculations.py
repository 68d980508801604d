"""Collects worked calculations in prose and cells: `342/881 x 100% = 39,00%` states its own result."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.identities.model import Identity
from pipeline.model import Berkas


def worked(berkas: Berkas) -> Iterator[Identity]:
    """Calculations whose numbers and result are both printed."""
    yield from ()

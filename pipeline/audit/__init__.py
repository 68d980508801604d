"""The audit: rules, identities and diagnosis over the records of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.model import Berkas

if TYPE_CHECKING:
    from pipeline.audit.engine import AuditResult

__all__ = ["audit"]


def audit(
    berkas: Sequence[Berkas],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    apart: frozenset[frozenset[str]] = frozenset(),
) -> AuditResult:
    """All findings over these documents: see `pipeline.audit.engine.run`."""
    from pipeline.audit.engine import run

    return run(berkas, select=select, ignore=ignore, apart=apart)

"""What a rule is, and how it words a finding: one template in Indonesian and English, filled with the same arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pipeline.model import Berkas, Cell, Evidence, Finding, NotChecked, Role, Severity, Where

_NUMBERING = re.compile(r"^\d{1,2}[.)]\s+(?=[A-Za-z%])")  # "3. Persentase …": the number of the row says nothing

Scope = Literal["document", "office", "corpus"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `texts` maps a template key to (Indonesian, English); "" is the usual one. `scope` says what its
    `check(ctx)` is given: one document, the documents of one office, or all. Raise `version` when its judgement changes."""

    code: str
    name: str
    family: str
    severity: Severity
    scope: Scope = "document"
    version: int = 1
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kriteria: str = ""  # the regulation or principle it rests on


def cite(berkas: Berkas, cell: Cell | Where, quote: str = "", role: Role = "subject") -> Evidence:
    """Evidence that shows a cell (its text, unless `quote` says which part) or a place."""
    if isinstance(cell, Where):
        return Evidence(berkas.dokumen.sha256, cell, quote, role)
    return Evidence(berkas.dokumen.sha256, line_of(cell, quote) if quote else cell.where, quote or cell.text, role)


def line_of(cell: Cell, quote: str) -> Where:
    """The place of that line of a cell of several lines which has most words of `quote`."""
    pieces = cell.raw.split("\n")
    if len(cell.lines) < 2 or len(pieces) != len(cell.lines):
        return cell.where
    wanted = set(quote.lower().split())
    shared = [len(wanted & set(piece.lower().replace("<", " ").replace(">", " ").split())) for piece in pieces]
    return replace(cell.where, line=cell.lines[shared.index(max(shared))])


def finding(
    rule: Rule,
    berkas: Berkas,
    where: Where,
    key: str = "",
    *,
    evidence: Sequence[Evidence],
    severity: Severity | None = None,
    expected: str | None = None,
    found: str | None = None,
    suggestion: str | None = None,
    trace: Mapping[str, Any] | None = None,
    **arguments: object,
) -> Finding:
    """A finding of `rule` at `where`, worded by its template `key`. The engine adds the fingerprint."""
    indonesian, english = rule.texts[key]
    pesan = indonesian.format(**{name: short(_of(value, 0)) for name, value in arguments.items()})
    message = english.format(**{name: short(_of(value, 1)) for name, value in arguments.items()})
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=severity or rule.severity,
        pesan=pesan,
        message=message,
        sha256=berkas.dokumen.sha256,
        where=where,
        evidence=tuple(evidence),
        expected=expected,
        found=found,
        suggestion=suggestion,
        trace=dict(trace or {}),
        family=rule.family,
        rule_version=rule.version,
        kondisi=pesan,
        kriteria=rule.kriteria,
    )


def _of(value: object, language: int) -> object:
    """An argument that is a pair has a word of its own for each language."""
    return value[language] if isinstance(value, tuple) else value


def not_checked(rule: Rule, berkas: Berkas, where: Where, reason: str) -> NotChecked:
    return NotChecked(rule.code, berkas.dokumen.sha256, where, reason)


def short(value: object, limit: int = 140) -> object:
    """Long texts of a message end in an ellipsis at a word; the evidence has them in full."""
    if not isinstance(value, str):
        return value
    value = _NUMBERING.sub("", value)
    if len(value) <= limit:
        return value
    return value[:limit].rsplit(" ", 1)[0] + " …"

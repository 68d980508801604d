"""Findings as CSV: one row each, every cell safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from pipeline.model import Dokumen, Finding

COLUMNS = (
    "fingerprint", "rule", "name", "severity", "document", "instansi", "page", "line", "table", "row", "column", "message",
    "found", "expected", "suggestion", "evidence", "status",
)  # fmt: skip


_LIVE = tuple("=+-@＝＋－−＠")
"""What begins a formula; spreadsheet programs of East Asia take the wide signs too."""
_UNSEEN = "\t\r\n\v\f \u00a0\u200b\u2060\ufeff"


def live(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula: what it trims or does not show may stand before."""
    return text.lstrip(_UNSEEN).startswith(_LIVE) or text[:1] in ("\t", "\r", "\n")


def safe(text: object) -> str:
    """Text that no spreadsheet program takes for a formula: what looks like one, or begins with a line break or a tab, gets
    an apostrophe."""
    value = "" if text is None else str(text)
    return f"'{value}" if live(value) else value


def rows(
    findings: Sequence[Finding], documents: Mapping[str, Dokumen], lang: str, statuses: Mapping[str, str]
) -> list[tuple[object, ...]]:
    """One tuple a finding in the order of COLUMNS; line, page and ordinals stay numbers."""
    result: list[tuple[object, ...]] = []
    for finding in findings:
        document, where = documents[finding.sha256], finding.where
        evidence = " ‖ ".join(f"[{item.role}] {item.quote}" for item in finding.evidence)
        result.append(
            (
                finding.fingerprint, finding.rule, finding.name, finding.severity, document.path, document.instansi.nama,
                where.page, where.line, where.table, where.row, where.column,
                finding.pesan if lang == "id" else finding.message,
                finding.found, finding.expected, finding.suggestion, evidence, statuses.get(finding.fingerprint, "open"),
            )
        )  # fmt: skip
    return result


def render_csv(
    findings: Sequence[Finding],
    documents: Mapping[str, Dokumen],
    lang: str = "id",
    statuses: Mapping[str, str] | None = None,
) -> str:
    """RFC 4180 text with a header row. `documents` by SHA-256; `statuses` by fingerprint (default: open)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row in rows(findings, documents, lang, statuses or {}):
        writer.writerow(value if isinstance(value, int) else safe(value) for value in row)
    return buffer.getvalue()

"""The audit as JSON, in the shape that other programs rely on (DESIGN, "The command line")."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.model import Dokumen, Finding, Where

if TYPE_CHECKING:
    from pipeline.audit.engine import AuditResult


def where_json(where: Where) -> dict[str, Any]:
    return {
        "page": where.page, "line": where.line, "table": where.table, "row": where.row, "column": where.column,
        "bbox": list(where.bbox) if where.bbox else None,
    }  # fmt: skip


def _document(document: Dokumen) -> dict[str, Any]:
    return {"path": document.path, "sha256": document.sha256}


def finding_json(finding: Finding, documents: Mapping[str, Dokumen], lang: str, status: str) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "name": finding.name,
        "family": finding.family,
        "severity": finding.severity,
        "message": finding.pesan if lang == "id" else finding.message,
        "document": _document(documents[finding.sha256]),
        "where": where_json(finding.where),
        "evidence": [
            {
                "document": _document(documents[item.sha256]),
                "where": where_json(item.where),
                "text": item.quote,
                "role": item.role,
            }
            for item in finding.evidence
        ],
        "expected": finding.expected,
        "found": finding.found,
        "suggestion": finding.suggestion,
        "trace": dict(finding.trace),
        "status": status,
    }


def render_json(
    result: AuditResult, documents: Mapping[str, Dokumen], lang: str, version: str, statuses: Mapping[str, str]
) -> str:
    """Everything an audit said, findings most serious first."""
    shown = {
        "tool": "lkip",
        "version": version,
        "rules_version": result.rules_version,
        "documents": [
            _document(document) | {"kind": document.kind, "instansi": document.instansi.nama, "tahun": document.tahun}
            for document in documents.values()
        ],
        "findings": [
            finding_json(item, documents, lang, statuses.get(item.fingerprint, "open")) for item in result.findings
        ],
        "not_checked": [
            {
                "rule": gap.rule,
                "document": _document(documents[gap.sha256]) if gap.sha256 in documents else None,
                "where": where_json(gap.where),
                "reason": gap.reason,
            }
            for gap in result.not_checked
        ],
        "crashed": [
            {"rule": crash.rule, "documents": list(crash.sha256), "error": crash.error} for crash in result.crashed
        ],
    }
    return json.dumps(shown, ensure_ascii=False, indent=1, default=str) + "\n"

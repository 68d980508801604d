"""Findings as SARIF 2.1.0 (OASIS standard), so that code-review tools can show, track and suppress them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.model import Dokumen, Evidence, Finding, Where

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}


def _uri(document: Dokumen) -> str:
    from urllib.parse import quote

    return quote(document.path.replace("\\", "/"), safe="/")


def _location(document: Dokumen, where: Where, text: str | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(document)}}
    if where.line is not None:
        physical["region"] = {"startLine": where.line}
        if text:
            physical["region"]["snippet"] = {"text": text}
    address = {
        key: value
        for key, value in (
            ("page", where.page), ("table", where.table), ("row", where.row), ("column", where.column),
            ("bbox", list(where.bbox) if where.bbox else None),
        )
        if value is not None
    }  # fmt: skip
    location: dict[str, Any] = {"physicalLocation": physical}
    if text and where.line is None:
        location["message"] = {"text": text}
    if address:
        location["properties"] = address
    return location


def _result(
    finding: Finding, documents: Mapping[str, Dokumen], index: Mapping[str, int], lang: str, status: str
) -> dict[str, Any]:
    def related(item: Evidence) -> dict[str, Any]:
        return {
            **_location(documents.get(item.sha256, documents[finding.sha256]), item.where, item.quote),
            "message": {"text": f"{item.role}: {item.quote}"},
        }

    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.pesan if lang == "id" else finding.message},
        "locations": [_location(documents[finding.sha256], finding.where, finding.found)],
        "relatedLocations": _different(related(item) for item in finding.evidence),
        "partialFingerprints": {"lkip/v1": finding.fingerprint},
        "properties": {
            "expected": finding.expected,
            "found": finding.found,
            "suggestion": finding.suggestion,
            "status": status,
        },
    }
    if status == "reject":
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return result


def _different(locations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The standard wants each related location once."""
    return list({json.dumps(location, sort_keys=True): location for location in locations}.values())


def render_sarif(
    findings: Sequence[Finding],
    documents: Mapping[str, Dokumen],
    lang: str = "id",
    version: str = "",
    statuses: Mapping[str, str] | None = None,
) -> str:
    """One SARIF log with one run. Rejected findings are suppressed, not left out."""
    rules: dict[str, Finding] = {}
    for finding in findings:
        rules.setdefault(finding.rule, finding)
    index = {code: position for position, code in enumerate(sorted(rules))}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "lkip",
                        "version": version,
                        "rules": [
                            {
                                "id": code,
                                "name": rules[code].name,
                                "properties": {"family": rules[code].family, "version": rules[code].rule_version},
                            }
                            for code in sorted(rules)
                        ],
                    }
                },
                "artifacts": [
                    {"location": {"uri": _uri(document)}, "hashes": {"sha-256": document.sha256}}
                    for document in sorted(documents.values(), key=lambda item: (item.path, item.sha256))
                ],
                "results": [
                    _result(item, documents, index, lang, (statuses or {}).get(item.fingerprint, "open"))
                    for item in findings
                ],
                "columnKind": "unicodeCodePoints",
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"

"""Findings as a folder of pages that needs no server: a list and one page a finding, in the look of the web app."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import MissingToolError
from pipeline.model import Dokumen, Evidence, Finding

WEB = Path(__file__).parent.parent / "web"
_SEVERITIES = ("error", "warning", "notice")


def write_html(
    findings: Sequence[Finding],
    documents: Mapping[str, Dokumen],
    lang: str,
    version: str,
    statuses: Mapping[str, str],
    folder: Path,
) -> None:
    """Writes index.html and a page a finding into `folder` (made where missing). Equal input gives equal bytes.
    Raises MissingToolError without the extra `web`."""
    try:
        from jinja2 import Environment, FileSystemLoader
    except ImportError as error:
        raise MissingToolError("the pages need the extra `web`", "pip install 'lkip[web]'") from error
    from pipeline.web.words import FILTERS, words

    environment = Environment(
        loader=FileSystemLoader([Path(__file__).parent / "templates", WEB / "templates"]),
        autoescape=True,
        trim_blocks=True,
    )
    environment.filters.update(FILTERS)
    t = words("id" if lang == "id" else "en")
    common = {"t": t, "lang": lang, "version": version, "css": _css()}
    often = Counter(item.fingerprint for item in findings)
    shown = [_shown(item, documents, lang, statuses, often[item.fingerprint] > 1) for item in findings]
    folder.mkdir(parents=True, exist_ok=True)
    groups = [
        (document, [item for item in shown if item["sha256"] == sha256])
        for sha256, document in sorted(documents.items(), key=lambda pair: (pair[1].path, pair[0]))
    ]
    count = Counter(item["severity"] for item in shown)
    counts = [(name, count[name]) for name in _SEVERITIES if count[name]]
    _write(
        folder / "index.html",
        environment.get_template("report_index.html").render(**common, groups=groups, counts=counts),
    )
    page = environment.get_template("report_finding.html")
    for number, (finding, f) in enumerate(zip(findings, shown, strict=True)):
        around = {
            "before": shown[number - 1]["file"] if number else None,
            "after": shown[number + 1]["file"] if number + 1 < len(shown) else None,
        }
        _write(folder / f["file"], page.render(**common, f=f, **around, **_parts(finding, f, documents, t)))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _css() -> str:
    """The app's sheet with its maths font inside, so that a page can be sent alone."""
    font = base64.b64encode((WEB / "static" / "math.woff2").read_bytes()).decode()
    sheet = (WEB / "static" / "app.css").read_text(encoding="utf-8")
    return sheet.replace('url("math.woff2")', f'url("data:font/woff2;base64,{font}")')


def _shown(
    finding: Finding, documents: Mapping[str, Dokumen], lang: str, statuses: Mapping[str, str], several: bool
) -> dict[str, Any]:
    """`several`: the same finding stands in other documents too, so its page is named after the document as well."""
    document = documents[finding.sha256]
    return {
        "file": f"{finding.rule}-{finding.fingerprint}{f'-{finding.sha256[:16]}' if several else ''}.html",
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "status": statuses.get(finding.fingerprint, "open"),
        "message": finding.pesan if lang == "id" else finding.message,
        "pesan": finding.pesan,
        "path": document.path,
        "sha256": finding.sha256,
        "instansi": document.instansi.nama,
        "page": finding.where.page,
        "line": finding.where.line,
        "found": finding.found,
        "expected": finding.expected,
        "suggestion": finding.suggestion,
        "kondisi": finding.kondisi,
        "kriteria": finding.kriteria,
    }


def _parts(
    finding: Finding, f: Mapping[str, Any], documents: Mapping[str, Dokumen], t: Mapping[str, str]
) -> dict[str, Any]:
    from pipeline.web.show import decorated

    evidence = [
        {
            "role": item.role, "quote": item.quote, "sha256": item.sha256, "path": documents[item.sha256].path,
            "page": item.where.page, "line": item.where.line, "picture": _picture(documents[item.sha256], item),
        }
        for item in finding.evidence
    ]  # fmt: skip
    return decorated(f, evidence, finding.trace, t)


def _picture(document: Dokumen, item: Evidence) -> str | None:
    """The highlighted place of a PDF as a data address; None for other sources, or where the file is gone."""
    if document.media != "pdf" or item.where.bbox is None or item.where.page is None:
        return None
    from pipeline.extract.picture import crop
    from pipeline.store.places import source

    data = source(document)
    return (
        None
        if data is None
        else "data:image/png;base64," + base64.b64encode(crop(data, item.where, role=item.role)).decode()
    )

"""The findings in the form a reader wants: terminal, JSON, CSV, Excel, SARIF, a folder of pages."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import Berkas

if TYPE_CHECKING:
    from pipeline.audit.engine import AuditResult

__all__ = ["render"]


def render(
    result: AuditResult,
    berkas: Sequence[Berkas],
    format_: str,
    lang: str,
    *,
    statuses: Mapping[str, str] | None = None,
    version: str = "",
    output: Path | None = None,
    color: bool = False,
) -> str | bytes | None:
    """The report; None where it wrote itself (html: the folder `output`). Equal input gives equal bytes.
    `statuses` by fingerprint: accept, reject, unsure, reopened; undecided findings are absent. `color`: the text is for a
    terminal."""
    documents = {one.dokumen.sha256: one.dokumen for one in berkas}
    decided = statuses or {}
    if format_ == "json":
        from pipeline.report.json import render_json

        return render_json(result, documents, lang, version, decided)
    if format_ == "csv":
        from pipeline.report.csv import render_csv

        return render_csv(result.findings, documents, lang, decided)
    if format_ == "sarif":
        from pipeline.report.sarif import render_sarif

        return render_sarif(result.findings, documents, lang, version, decided)
    if format_ == "xlsx":
        from pipeline.report.xlsx import render_xlsx

        return render_xlsx(result.findings, documents, lang, version, decided)
    if format_ == "html":
        from pipeline.report.html import write_html

        write_html(result.findings, documents, lang, version, decided, output or Path("lkip-audit"))
        return None
    from pipeline.report.text import render_text

    return render_text(result, berkas, lang, decided, color=output is None and sys.stdout.isatty())

"""Findings for people at a terminal: by document, most serious first, with both places and the correction."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.model import Berkas, Dokumen, Evidence, Finding, Where

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from pipeline.audit.engine import AuditResult

WORDS = {
    "id": {
        "error": "KESALAHAN", "warning": "PERINGATAN", "notice": "CATATAN", "line": "baris", "page": "hal.", "table": "tabel",
        "row": "brs", "subject": "di sini", "source": "disalin dari", "witness": "saksi", "counterpart": "bandingkan",
        "context": "konteks", "suggestion": "usulan", "none": "Tidak ada temuan.", "crashed": "aturan gagal",
        "gaps": "tempat tidak dapat diperiksa", "more": "tempat lain", "total": "{0} kesalahan, {1} peringatan, {2} catatan dalam {3} dokumen",
    },
    "en": {
        "error": "ERROR", "warning": "WARNING", "notice": "NOTICE", "line": "line", "page": "p.", "table": "table",
        "row": "row", "subject": "here", "source": "copied from", "witness": "witness", "counterpart": "compare",
        "context": "context", "suggestion": "suggestion", "none": "No findings.", "crashed": "rule crashed",
        "gaps": "places could not be checked", "more": "more places", "total": "{0} errors, {1} warnings, {2} notices in {3} documents",
    },
}  # fmt: skip
STYLES = {"error": "bold white on red", "warning": "bold black on yellow", "notice": "black on cyan"}
ROLES = {"subject": "red", "source": "magenta", "witness": "green", "counterpart": "yellow", "context": "dim"}
SHOWN = 4  # places of one finding; the rest is counted
QUOTE = 220


def render_text(
    result: AuditResult,
    berkas: Sequence[Berkas],
    lang: str = "id",
    statuses: Mapping[str, str] | None = None,
    *,
    color: bool = False,
    width: int | None = None,
) -> str:
    """A report of `width` columns (None: the terminal's, else 100); with ANSI colours when `color`. Rejected findings are left out. Quiet when there is nothing."""
    from rich.console import Console

    buffer = io.StringIO()
    width = width or (shutil.get_terminal_size((100, 24)).columns if color else 100)
    console = Console(
        file=buffer, force_terminal=color, no_color=not color, width=width, highlight=False, legacy_windows=False
    )
    words = WORDS["id" if lang == "id" else "en"]
    known = statuses or {}
    shown = [f for f in result.findings if known.get(f.fingerprint) != "reject"]
    documents = {one.dokumen.sha256: one.dokumen for one in berkas}
    for sha256, dokumen in documents.items():
        own = [finding for finding in shown if finding.sha256 == sha256]
        if own:
            _document(console, dokumen, own, documents, words, lang)
    _footer(console, result, shown, len(documents), words)
    return buffer.getvalue()


def _document(
    console: Console,
    dokumen: Dokumen,
    findings: Sequence[Finding],
    documents: Mapping[str, Dokumen],
    words: Mapping[str, str],
    lang: str,
) -> None:
    from rich.rule import Rule
    from rich.text import Text

    title = Text(dokumen.path, style="bold")
    detail = ", ".join(str(part) for part in (dokumen.kind, dokumen.instansi.nama, dokumen.tahun) if part)
    console.print(Rule(title, align="left", style="blue"))
    if detail:
        console.print(Text(detail, style="dim"))
    console.print()
    for finding in findings:
        console.print(_finding(finding, documents, words, lang))
        console.print()


def _finding(finding: Finding, documents: Mapping[str, Dokumen], words: Mapping[str, str], lang: str) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    head = Text.assemble(
        (f" {words[finding.severity]} ", STYLES[finding.severity]), " ", (finding.rule, "bold"), f"  {finding.name}  ",
        (place(finding.where, words), "dim"),
    )  # fmt: skip
    message = Padding(Text(finding.pesan if lang == "id" else finding.message), (0, 0, 0, 2))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(ratio=1)
    for item in finding.evidence[:SHOWN]:
        grid.add_row(
            Text(words[item.role], style=ROLES[item.role]),
            _where(item, finding, documents, words),
            Text(_cut(item.quote)),
        )
    if len(finding.evidence) > SHOWN:
        grid.add_row("", "", Text(f"+ {len(finding.evidence) - SHOWN} {words['more']}", style="dim"))
    if finding.suggestion:
        grid.add_row(Text(words["suggestion"], style="green"), "→", Text(finding.suggestion, style="bold green"))
    return Group(head, message, Padding(grid, (0, 0, 0, 4)))


def place(where: Where, words: Mapping[str, str]) -> str:
    """ "baris 15", "hal. 24", "tabel 2 brs 3": what a person needs to find it."""
    if where.line is not None:
        return f"{words['line']} {where.line}"
    if where.page is not None:
        return f"{words['page']} {where.page}"
    if where.table is not None:
        row = f" {words['row']} {where.row + 1}" if where.row is not None else ""
        return f"{words['table']} {where.table + 1}{row}"
    return ""


def _where(item: Evidence, finding: Finding, documents: Mapping[str, Dokumen], words: Mapping[str, str]) -> str:
    name = ""
    if item.sha256 != finding.sha256 and item.sha256 in documents:
        name = documents[item.sha256].path.rsplit("/", 1)[-1] + " "
    return name + place(item.where, words)


def _cut(text: str) -> str:
    folded = " ".join(_plain(text).split())
    return folded if len(folded) <= QUOTE else folded[:QUOTE].rsplit(" ", 1)[0] + " …"


def _plain(text: str) -> str:
    """A formula in LaTeX as a person writes it in a line: (a) / (b) × 100%."""
    if "\\frac" not in text:
        return text
    from pipeline.formula import parse

    formula = parse(text)
    if not formula.pembilang or not formula.penyebut:
        return formula.canonical or text
    times = f" × {formula.pengali}" if formula.pengali else ""
    return f"({formula.pembilang}) / ({formula.penyebut}){times}"


def _footer(
    console: Console, result: AuditResult, shown: Sequence[Finding], documents: int, words: Mapping[str, str]
) -> None:
    from rich.text import Text

    counts = Counter(finding.severity for finding in shown)
    if shown:
        console.print(
            Text(words["total"].format(counts["error"], counts["warning"], counts["notice"], documents), style="bold")
        )
    else:
        console.print(Text(words["none"], style="green"))
    if result.not_checked:
        console.print(Text(f"{len(result.not_checked)} {words['gaps']}", style="dim"))
    for crash in result.crashed:
        console.print(Text(f"{words['crashed']}: {crash.rule}: {crash.error}", style="red"))

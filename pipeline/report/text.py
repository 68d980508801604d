"""Findings for people at a terminal: by document, most serious first, with both places and the correction."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from pipeline.audit.about import rule_name
from pipeline.model import Berkas, Dokumen, Evidence, Finding, Where

if TYPE_CHECKING:
    from pipeline.audit.engine import AuditResult

Style = dict[str, Any]  # the words of click.style

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
STYLES: dict[str, Style] = {
    "error": {"fg": "white", "bg": "red", "bold": True}, "warning": {"fg": "black", "bg": "yellow", "bold": True},
    "notice": {"fg": "black", "bg": "cyan"}, "subject": {"fg": "red"}, "source": {"fg": "magenta"},
    "witness": {"fg": "green"}, "counterpart": {"fg": "yellow"}, "context": {"dim": True}, "suggestion": {"fg": "green"},
}  # fmt: skip
SHOWN = 4  # places of one finding; the rest is counted
QUOTE = 220
_CONTROLS: dict[int, str] = dict.fromkeys([*range(32), *range(127, 160)], " ")  # C0 and C1: a terminal obeys them
INDENT = 4  # of the places below a finding


@dataclass(frozen=True, slots=True)
class _Screen:
    """What a line may look like: its words, its width in columns, with or without ANSI colours."""

    words: Mapping[str, str]
    lang: str
    width: int
    color: bool

    def style(self, text: str, **style: Any) -> str:
        """`text`, coloured; control characters of a document never reach the terminal."""
        plain = text.translate(_CONTROLS)
        return click.style(plain, **style) if self.color else plain

    def wrap(self, text: str, indent: int) -> list[str]:
        """`text` folded into lines of what `indent` columns leave of the width; breaks at spaces, long words anywhere."""
        return textwrap.wrap(text.translate(_CONTROLS), max(self.width - indent, 20)) or [""]


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
    width = width or (shutil.get_terminal_size((100, 24)).columns if color else 100)
    lang = "id" if lang == "id" else "en"
    screen = _Screen(WORDS[lang], lang, width, color)
    known = statuses or {}
    shown = [f for f in result.findings if known.get(f.fingerprint) != "reject"]
    documents = {one.dokumen.sha256: one.dokumen for one in berkas}
    lines: list[str] = []
    for sha256, dokumen in documents.items():
        own = [finding for finding in shown if finding.sha256 == sha256]
        if own:
            lines += _document(screen, dokumen, own, documents)
    lines += _footer(screen, result, shown, len(documents))
    return "\n".join(lines) + "\n"


def _document(
    screen: _Screen, dokumen: Dokumen, findings: Sequence[Finding], documents: Mapping[str, Dokumen]
) -> Iterator[str]:
    rule = "─" * max(screen.width - len(dokumen.path) - 1, 0)
    yield f"{screen.style(dokumen.path, bold=True)} {screen.style(rule, fg='blue')}"
    detail = ", ".join(str(part) for part in (dokumen.kind, dokumen.instansi.nama, dokumen.tahun) if part)
    if detail:
        yield screen.style(detail, dim=True)
    yield ""
    for finding in findings:
        yield from _finding(screen, finding, documents)
        yield ""


def _finding(screen: _Screen, finding: Finding, documents: Mapping[str, Dokumen]) -> Iterator[str]:
    words = screen.words
    yield (
        f"{screen.style(f' {words[finding.severity]} ', **STYLES[finding.severity])} "
        f"{screen.style(finding.rule, bold=True)}  {rule_name(finding.rule, screen.lang, finding.name)}  "
        f"{screen.style(place(finding.where, words), dim=True)}"
    )
    for line in screen.wrap(finding.pesan if screen.lang == "id" else finding.message, 2):
        yield "  " + line
    rows = [
        (words[item.role], STYLES[item.role], _where(item, finding, documents, words), _cut(item.quote))
        for item in finding.evidence[:SHOWN]
    ]
    if len(finding.evidence) > SHOWN:
        rows.append(("", {}, "", f"+ {len(finding.evidence) - SHOWN} {words['more']}"))
    if finding.suggestion:
        rows.append((words["suggestion"], STYLES["suggestion"], "→", finding.suggestion))
    first = max((len(role) for role, *_ in rows), default=0)
    second = max((len(where) for _, _, where, _ in rows), default=0)
    left = INDENT + first + 1 + second + 1
    for role, style, where, text in rows:
        bold = {"bold": True, "fg": "green"} if style is STYLES["suggestion"] else {}
        head = (
            f"{' ' * INDENT}{screen.style(role.rjust(first), **style)} {screen.style(where.ljust(second), dim=True)} "
        )
        for line in screen.wrap(text, left):
            yield head + screen.style(line, **bold)
            head = " " * left


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


def _footer(screen: _Screen, result: AuditResult, shown: Sequence[Finding], documents: int) -> Iterator[str]:
    counts = Counter(finding.severity for finding in shown)
    words = screen.words
    if shown:
        total = words["total"].format(counts["error"], counts["warning"], counts["notice"], documents)
        yield screen.style(total, bold=True)
    else:
        yield screen.style(words["none"], fg="green")
    if result.not_checked:
        yield screen.style(f"{len(result.not_checked)} {words['gaps']}", dim=True)
    for crash in result.crashed:
        yield screen.style(f"{words['crashed']}: {crash.rule}: {crash.error}", fg="red")

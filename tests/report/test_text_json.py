"""What a person sees at the terminal and what a program reads."""

from __future__ import annotations

import json

from pipeline.audit import audit
from pipeline.report import render
from pipeline.report.text import render_text
from tests.audit.cases import berkas
from tests.audit.test_engine import WRONG

CLEAN = "Kata pengantar.\n"


def test_json_has_the_promised_shape() -> None:
    """Programs that read the audit would break."""
    one = berkas("a.txt", WRONG)
    data = json.loads(render(audit([one]), [one], "json", "en") or "")
    assert list(data) == ["tool", "version", "rules_version", "documents", "findings", "not_checked", "crashed"]
    finding = next(f for f in data["findings"] if f["rule"] == "FRM002")
    assert {"fingerprint", "rule", "name", "severity", "message", "document", "where", "evidence", "expected", "found",
            "suggestion", "trace", "status"} <= set(finding)  # fmt: skip
    assert set(finding["where"]) == {"page", "line", "table", "row", "column", "bbox"}
    assert finding["evidence"][0]["role"] == "subject"


def test_text_shows_both_places_in_the_asked_language() -> None:
    """The reader could not find the error on the page."""
    one = berkas("a.txt", WRONG)
    result = audit([one], select=["FRM002"])
    indonesian = str(render(result, [one], "text", "id"))
    assert "KESALAHAN" in indonesian and "baris 6" in indonesian and "selalu 100%" in indonesian
    assert "ERROR" in str(render(result, [one], "text", "en"))


def test_text_is_quiet_when_there_is_nothing() -> None:
    """A clean document must not look like a problem."""
    one = berkas("b.txt", CLEAN)
    shown = str(render(audit([one], select=["FRM002"]), [one], "text", "en"))
    assert shown.strip() == "No findings."


def test_a_rejected_finding_is_not_shown_again() -> None:
    """A person who decided once would be asked for ever."""
    one = berkas("a.txt", WRONG)
    result = audit([one], select=["FRM002"])
    decided = {finding.fingerprint: "reject" for finding in result.findings}
    assert "FRM002" not in str(render(result, [one], "text", "en", statuses=decided))


def test_a_document_cannot_steer_the_terminal() -> None:
    """An escape sequence in a hostile file would repaint or rename the auditor's terminal."""
    one = berkas("a.txt", WRONG.replace("Jumlah", "\x1b]0;x\x07Jumlah"))
    for color in (False, True):
        shown = str(render(audit([one]), [one], "text", "en", color=color))
        assert "\x07" not in shown and "\x1b]" not in shown


def test_text_keeps_to_its_width() -> None:
    """A report that overflows the terminal is torn into unreadable halves."""
    one = berkas("a.txt", WRONG)
    shown = render_text(audit([one]), [one], "id", width=60)
    assert shown.count("\n") > 5 and all(len(line) <= 60 or "  baris " in line for line in shown.split("\n"))

"""Runs every rule's cases: what a rule must find, must let pass, and must say it could not check."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.audit import audit
from pipeline.audit.about import rule_document, rule_explained, rule_name
from pipeline.audit.engine import all_rules
from tests.audit.cases import Case, berkas, cases

ALL = list(cases())


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case) -> None:
    """If this fails, the rule misses an error it promised to find or accuses somebody wrongly."""
    result = audit([berkas(name, text) for name, text in case.documents], select=[case.code])
    assert not result.crashed
    assert all(finding.rule == case.code for finding in result.findings)
    if case.outcome == "pass":
        assert not result.findings, [finding.message for finding in result.findings]
    if case.outcome == "not_checked":
        assert not result.findings
        assert result.not_checked
    if case.outcome == "fail":
        assert result.findings
        assert len(result.findings) == case.expect.get("count", len(result.findings))
        first = result.findings[0]
        for field in ("severity", "suggestion", "expected", "found"):
            if field in case.expect:
                assert getattr(first, field) == case.expect[field]
        if "line" in case.expect:
            assert first.where.line == case.expect["line"]
        for quote in case.expect.get("quotes", []):
            assert any(quote in item.quote for item in first.evidence), quote


def test_every_rule_has_cases() -> None:
    """Without two passing and two failing cases nobody knows what a rule means."""
    counts = Counter((case.code, case.outcome) for case in ALL)
    poor = [rule.code for rule in all_rules() if counts[rule.code, "pass"] < 2 or counts[rule.code, "fail"] < 2]
    assert not poor


@pytest.mark.parametrize("code", [rule.code for rule in all_rules()])
def test_every_rule_has_a_page(code: str) -> None:
    """`lkip rule CODE` would print nothing."""
    page = rule_document(code)
    assert page.count("\n\n") >= 3, "what, why, example, limits"
    assert len(page.splitlines()[0]) < 130
    what, limits = rule_explained(code)
    assert len(what) > 40 and limits.endswith("."), "an Indonesian auditor would have to read English"
    assert rule_name(code, "en") != rule_name(code, "id")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_texts_match_their_translation(rule) -> None:  # type: ignore[no-untyped-def]
    """A placeholder in one language only would crash the other."""
    from string import Formatter

    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert all(names(indonesian) == names(english) for indonesian, english in rule.texts.values())

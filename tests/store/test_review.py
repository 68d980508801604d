"""A decision is a person's word: it is never lost, never changed, and never covers something it was not given for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.audit import audit
from pipeline.audit.engine import AuditResult
from pipeline.errors import UsageError
from pipeline.model import Evidence, Finding, Where
from pipeline.normalize.matching import Judgement
from pipeline.store import open_store, review
from pipeline.store.judgements import add_judgements
from pipeline.store.store import Store
from tests.store.support import example

SHA = "a" * 64


def found(print_: str, quote: str = "Jumlah A", *, version: int = 1, sha: str = SHA) -> Finding:
    where = Where(line=10, table=0, row=0, column=3)
    return Finding(
        "FRM002", "Penyebut sama", "error", "pesan", "message", sha, where, (Evidence(sha, where, quote),), None, quote,
        rule_version=version, fingerprint=print_,
    )  # fmt: skip


def keep(store: Store, *findings: Finding) -> None:
    store.save_audit(AuditResult(findings, (), (), "r1"), "0")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    made.save(example())
    keep(made, found("aaaa1111"), replace(found("bbbb2222", "lain"), where=Where(line=11, table=0, row=1, column=3)))
    return made


def test_decisions_are_appended_and_the_last_one_counts(store: Store) -> None:
    """Changing one's mind must leave a trace."""
    review.add(store, "aaaa1111", "accept", "memang salah", "Ani")
    review.add(store, "aaaa", "reject", "ternyata benar", "Budi")
    told = [(one.verdict, one.reason, one.by) for one in review.history(store, "aaaa1111")]
    assert told == [("accept", "memang salah", "Ani"), ("reject", "ternyata benar", "Budi")]
    assert review.statuses(store, store.findings()) == {"aaaa1111": "reject"}


@pytest.mark.parametrize(
    ("fingerprint", "verdict", "reason", "by"),
    [("aaaa1111", "reject", " ", "Ani"), ("aaaa1111", "reject", "x", ""), ("aaaa1111", "maybe", "x", "Ani"), ("", "accept", "x", "Ani"),
     ("cccc", "accept", "x", "Ani")],
)  # fmt: skip
def test_a_decision_without_reason_name_or_finding_is_refused(
    store: Store, fingerprint: str, verdict: str, reason: str, by: str
) -> None:
    """Nobody could later say who silenced a finding, or why."""
    with pytest.raises(UsageError):
        review.add(store, fingerprint, verdict, reason, by)
    assert review.history(store) == []


def test_a_decision_survives_reading_the_document_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update of the tool must not ask the auditor everything anew."""
    review.add(store, "aaaa1111", "reject", "sudah benar", "Ani")
    monkeypatch.setattr("pipeline.store.store.reading_version", lambda: "next")
    store.save(example())
    assert store.findings() == []
    keep(store, found("aaaa1111"))
    assert review.statuses(store, store.findings()) == {"aaaa1111": "reject"}


def test_changed_evidence_reopens_and_says_why(store: Store) -> None:
    """A rejection of the old figure must not hide the new one at its place."""
    review.add(store, "aaaa1111", "reject", "sudah benar", "Ani")
    keep(store, found("dddd4444", "Jumlah C"))
    findings = store.findings()
    assert review.statuses(store, findings) == {"dddd4444": "reopened"}
    again = review.reopened(store, findings)["dddd4444"]
    assert set(again.changed) == {"found", "evidence"} and again.earlier.reason == "sudah benar"
    review.add(store, "dddd4444", "accept", "kini salah", "Ani")
    assert review.statuses(store, store.findings()) == {"dddd4444": "accept"}


def test_a_new_rule_version_reopens_and_says_why(store: Store) -> None:
    """The rule judges differently now, so the decision must be made again."""
    review.add(store, "aaaa1111", "reject", "sudah benar", "Ani")
    keep(store, found("eeee5555", version=2))
    assert review.reopened(store, store.findings())["eeee5555"].changed == ("rule_version",)


def test_a_changed_file_at_the_same_path_reopens(store: Store) -> None:
    """The office sends a corrected file under the old name: what was rejected there is looked at again."""
    review.add(store, "aaaa1111", "reject", "sudah benar", "Ani")
    store.save(example(sha="b" * 64))
    keep(store, found("ffff6666", "Jumlah D", sha="b" * 64))
    assert review.statuses(store, store.findings()) == {"ffff6666": "reopened"}


def test_rejections_that_nothing_needs_are_reported(store: Store) -> None:
    """Otherwise they gather and hide something one day."""
    review.add(store, "aaaa1111", "reject", "sudah benar", "Ani")
    assert review.unused(store, store.findings()) == []
    keep(store)
    assert [one.fingerprint for one in review.unused(store, store.findings())] == ["aaaa1111"]


def test_the_same_said_twice_is_decided_on_one_by_one(store: Store) -> None:
    """The first of two equal findings could not be decided on: its fingerprint is the beginning of the second's."""
    keep(store, found("aaaa1111bbbb2222"), found("aaaa1111bbbb2222-2"))
    review.add(store, "aaaa1111bbbb2222", "reject", "sudah benar", "Ani")
    assert review.statuses(store, store.findings()) == {"aaaa1111bbbb2222": "reject"}


def test_one_change_reopens_one_decision(store: Store) -> None:
    """Rules on sentences know no row: a change of one sentence would re-open another that nobody decided on, or none."""
    where = Where(line=10)
    old, other, new = (replace(found(name, quote), where=where) for name, quote in (("a1", "capaian 90,1 %"), ("b1", "tahun 2031"), ("a2", "capaian 90,2 %")))  # fmt: skip
    keep(store, old, other)
    review.add(store, "a1", "reject", "sudah benar", "Ani")
    keep(store, other, new)
    assert review.statuses(store, store.findings()) == {"a2": "reopened"}
    review.add(store, "b1", "accept", "memang salah", "Ani")
    assert review.statuses(store, store.findings()) == {"a2": "reopened", "b1": "accept"}


def test_a_rejection_taken_back_is_not_called_unused(store: Store) -> None:
    """The list of rejections to tidy up would hold what is no rejection any more."""
    review.add(store, "aaaa1111", "reject", "sudah benar", "Ani")
    review.add(store, "aaaa1111", "accept", "ternyata salah", "Ani")
    keep(store)
    assert review.unused(store, store.findings()) == []


def test_decisions_travel_as_json_lines(store: Store, tmp_path: Path) -> None:
    """A team shares its decisions; taking them over twice changes nothing."""
    review.add(store, "aaaa1111", "reject", "sudah benar — “ya”", "Ani")
    file = tmp_path / "putusan.jsonl"
    file.write_text(review.export_lines(store), encoding="utf-8")
    other = open_store(f"sqlite:///{tmp_path / 'b.db'}")
    assert (review.import_file(other, file), review.import_file(other, file)) == (1, 0)
    assert review.history(other) == review.history(store)


@pytest.mark.parametrize("line", ["bukan json", "{}", '{"fingerprint": "a"}', "[1]", "null"])
def test_a_bad_line_of_decisions_is_named(store: Store, tmp_path: Path, line: str) -> None:
    """Half a file taken over in silence would be worse than none."""
    file = tmp_path / "putusan.jsonl"
    file.write_text(review.export_lines(store) + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"putusan\.jsonl:1"):
        review.import_file(store, file)
    assert review.history(store) == []


def test_findings_come_back_as_the_audit_made_them(tmp_path: Path) -> None:
    """The web app shows what the database holds, so it must be what the audit said."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.save(example())
    result = audit(store.berkas())
    assert store.save_audit(result, "0") == 1
    assert store.findings() == list(result.findings)
    assert store.save_audit(result, "0") == 2
    assert store.findings() == list(result.findings)


def test_an_audit_is_remembered_until_documents_or_rules_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asking again must cost nothing; but a stale answer would be worse than a slow one."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.save(example())
    assert store.last_audit() is None
    result = audit(store.berkas())
    store.save_audit(result, "0")
    assert store.last_audit() == replace(result, vouched={})
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.store.judging_version", lambda: "other rules")
        assert store.last_audit() is None
    store.save(example("lain.txt", "b" * 64))
    assert store.last_audit() is None


def test_findings_that_went_with_an_old_reading_are_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read anew by another version and back again, a document would be called clean: its findings went, the run stayed."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.save(example())
    result = audit(store.berkas())
    assert result.findings
    store.save_audit(result, "0")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.store.reading_version", lambda: "other")
        store.save(example())
    store.save(example())
    assert store.findings() == [] and store.last_audit() is None


def test_a_judgement_asks_for_a_new_audit(tmp_path: Path) -> None:
    """What the auditor corrected would be ignored until something else changes."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.save(example())
    store.save_audit(audit(store.berkas()), "0")
    assert store.last_audit() is not None
    add_judgements(store, [Judgement("indikator", "a", "b", True, "sama", "Ani")])
    assert store.last_audit() is None

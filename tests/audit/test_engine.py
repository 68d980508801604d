"""The engine's promises: rules stand alone, decisions survive re-ingestion, wrong names are said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.audit import audit, engine
from pipeline.audit.context import Context
from pipeline.audit.declarations import declarations
from pipeline.errors import UsageError
from pipeline.model import Berkas, Finding, Where
from tests.audit.cases import berkas

WRONG = """INDIKATOR KINERJA UTAMA
KECAMATAN CONTOH KABUPATEN JEMBER
TAHUN 2022

NO | SASARAN | INDIKATOR KINERJA UTAMA | FORMULASI | SUMBER DATA
1 | Meningkatnya desa mandiri | Persentase desa binaan yang mandiri | (Jumlah desa binaan / Jumlah desa binaan) x 100% | Profil desa
"""


def test_a_crashing_rule_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One broken rule must not cost the user all other findings."""
    load = engine.load

    def broken(ctx: Context) -> list[Finding]:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(engine, "load", lambda code: (load(code)[0], broken if code == "FRM003" else load(code)[1]))
    result = audit([berkas("a.txt", WRONG)])
    assert [crash.rule for crash in result.crashed] == ["FRM003"]
    assert "oops" in result.crashed[0].error
    assert any(finding.rule == "FRM002" for finding in result.findings)


def test_fingerprints_ignore_where_things_stand_on_the_paper() -> None:
    """A decision would be lost when the same document is scanned again with another layout."""
    first = audit([berkas("a.txt", WRONG)], select=["FRM002"]).findings[0]
    moved = audit([berkas("b.txt", "\n\n\n" + WRONG)], select=["FRM002"]).findings[0]
    assert first.where != moved.where
    assert first.fingerprint == moved.fingerprint


def test_fingerprints_change_with_the_evidence() -> None:
    """A decision on an old value must not cover a new one."""
    first = audit([berkas("a.txt", WRONG)], select=["FRM002"]).findings[0]
    other = audit(
        [berkas("a.txt", WRONG.replace("desa binaan /", "desa  miskin /").replace("desa binaan)", "desa miskin)"))],
        select=["FRM002"],
    )
    assert first.fingerprint != other.findings[0].fingerprint


def test_the_same_twice_in_one_document_has_two_fingerprints() -> None:
    """Two findings with one name could not be reviewed apart."""
    line = WRONG.splitlines()[-1]
    result = audit([berkas("a.txt", WRONG + line + "\n")], select=["FRM002"])
    assert len({finding.fingerprint for finding in result.findings}) == len(result.findings)


def test_an_unknown_rule_is_said() -> None:
    """A typing error in --select would silently check nothing."""
    with pytest.raises(UsageError):
        audit([], select=["NOSUCH"])


def test_select_and_ignore_take_codes_beginnings_and_families() -> None:
    """Users name a family as often as a rule."""
    everything = {rule.code for rule in engine.chosen()}
    formula = {rule.code for rule in engine.chosen(["formula"])}
    assert formula == {code for code in everything if code.startswith("FRM")}
    assert "FRM002" not in {rule.code for rule in engine.chosen(["FRM"], ["FRM002"])}


def test_findings_come_most_serious_first() -> None:
    """The reader stops after a screenful."""
    ranks = [{"error": 0, "warning": 1, "notice": 2}[f.severity] for f in audit([berkas("a.txt", WRONG)]).findings]
    assert ranks == sorted(ranks)


def test_a_place_outside_any_table_still_has_an_address() -> None:
    """Findings in running text need fingerprints too."""
    from pipeline.audit.fingerprint import address

    one: Berkas = berkas("a.txt", WRONG)
    assert address(one, Where(line=2)) == address(one, Where(line=99))
    assert address(one, Where(table=0, row=0)) != address(one, Where(line=2))


def test_two_tables_that_repeat_indikator_are_two_declarations() -> None:
    """Changes between the first and the revised IKU of one file would not be seen."""
    table = "\n".join(WRONG.splitlines()[4:])
    twice = berkas("a.txt", f"{WRONG}\nINDIKATOR KINERJA UTAMA REVISI\n\n{table}\n")
    found = list(declarations(Context((engine.Doc(twice),))))
    assert [len(one.records) for one in found] == [1, 1]


def test_rules_version_follows_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stored run could not be told from one under other rules."""
    before = engine.rules_version()
    changed = tuple(replace(rule, version=rule.version + 1) for rule in engine.all_rules())
    monkeypatch.setattr(engine, "all_rules", lambda: changed)
    assert engine.rules_version() != before

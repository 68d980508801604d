"""If these fail, every process that reads a formula first makes the grammar's table anew, or reads formulas by an old grammar."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.formula import table as tables
from pipeline.resources import resource

GRAMMAR = resource(tables.GRAMMAR).read_text(encoding="utf-8")


def test_the_table_kept_is_that_of_the_grammar() -> None:
    """Failing: run `python -m pipeline.formula.table` and commit what it writes."""
    assert resource(tables.KEPT).read_text(encoding="utf-8") == tables.kept_text(GRAMMAR)
    assert tables.table() == tables.made(GRAMMAR)


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", "{", '{"grammar": "of another"}', "\x00"])
def test_a_table_that_is_spoilt_or_of_another_grammar_is_made_anew(
    spoilt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user whose installation lost a part of a file would have formulas read wrongly, or not at all."""
    kept = tmp_path / "formula.json"
    kept.write_text(spoilt, encoding="utf-8")
    monkeypatch.setattr(tables, "resource", lambda name: kept if name == tables.KEPT else resource(name))
    assert tables.table() == tables.made(GRAMMAR)


def test_without_a_table_the_grammar_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who changes the grammar need not know that a table is kept."""

    def found(name: str) -> Path:
        if name == tables.KEPT:
            raise FileNotFoundError(name)
        return resource(name)

    monkeypatch.setattr(tables, "resource", found)
    assert tables.table() == tables.made(GRAMMAR)

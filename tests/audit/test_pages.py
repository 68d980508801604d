"""The published rule pages are those of the rules."""

from __future__ import annotations

from pathlib import Path

from pipeline.audit.pages import pages

DOCS = Path(__file__).parents[2] / "docs" / "rules"


def test_pages_are_up_to_date() -> None:
    """The documentation would tell another story than the tool: run `python -m pipeline.audit.pages docs/rules`."""
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == dict(pages())

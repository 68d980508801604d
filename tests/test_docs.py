"""The documentation cannot drift: what the tool has, the documents name."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import click
import pytest

from pipeline.cli.main import COMMANDS
from pipeline.resources import resource
from pipeline.store.models import metadata
from pipeline.store.query import VIEW_ORDER, queries

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
SCHEMA = (ROOT / "docs/schema.md").read_text(encoding="utf-8")
COMMON = {"--db", "--format", "--lang", "--quiet"}


def _section(command: str) -> str:
    found = re.search(rf"^## lkip {command}\b.*?(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/guide.md has no section on lkip {command}"
    return found[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_guide(name: str) -> None:
    """What is not documented does not exist for the user."""
    section = _section(name)
    command: click.Command = importlib.import_module(f"pipeline.cli.cmd_{name}").command
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            option = next(text for text in parameter.opts if text.startswith("--"))
            assert option in section or option in COMMON, f"lkip {name} {option}"
            assert parameter.help or option in COMMON
        if isinstance(parameter.type, click.Choice) and parameter.name != "lang":
            for choice in parameter.type.choices:
                assert choice in section or (parameter.name == "format_" and choice in ("text", "json")), (
                    f"{name} {choice}"
                )


def test_the_guide_names_nothing_that_is_not_there() -> None:
    """An option that was removed must leave the guide too."""
    for name in re.findall(r"^## lkip (\w+)", GUIDE, re.MULTILINE):
        command: click.Command = importlib.import_module(f"pipeline.cli.cmd_{name}").command
        options = {text for parameter in command.params for text in parameter.opts}
        mentioned = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", _section(name)))
        assert mentioned <= options | COMMON | {"--fail-on", "--debug"}, name


def test_every_table_view_and_query_is_in_the_schema() -> None:
    """An auditor who knows SQL but no Python finds everything there."""
    sql = resource("db/views/views.sql").read_text(encoding="utf-8")
    names = [*metadata.tables, *re.findall(r"CREATE VIEW (\w+)", sql), *(query.name for query in queries())]
    assert [name for name in names if f"`{name}`" not in SCHEMA] == []
    assert [view for view in VIEW_ORDER if f"lkip export {view}" not in SCHEMA] == []


def test_every_dependency_has_its_line() -> None:
    """Who installs this on a government laptop must be able to justify each package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    named = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    missing = [name for name in (re.split(r"[\[><=~!]", one)[0] for one in named) if name not in text]
    assert missing == []


def test_links_of_the_documents_lead_somewhere() -> None:
    """A dead link in the README is the first thing a stranger sees."""
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"

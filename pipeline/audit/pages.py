"""Writes the rules' pages: `python -m pipeline.audit.pages docs/rules`. What a page says stands in the rule's file alone."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.audit.about import rule_document, rule_explained
from pipeline.audit.engine import all_rules
from pipeline.audit.rule import Rule

SEVERITIES = {
    "error": "cannot be right as printed",
    "warning": "very likely wrong",
    "notice": "worth a look",
}
SCOPES = {
    "document": "each document by itself",
    "office": "the documents of one office together",
    "corpus": "all documents together",
}


def page(rule: Rule) -> str:
    """One rule's page in Markdown: its document, what it is judged by, and what it says in both languages."""
    said = [f"| {indonesian} | {english} |" for indonesian, english in rule.texts.values()]
    what, limits = rule_explained(rule.code)
    parts = [
        f"# {rule.code}: {rule.name}",
        f"{what} Batas: {limits}",
        rule_document(rule.code),
        f"- Severity: `{rule.severity}` ({SEVERITIES[rule.severity]}), unless the page says otherwise\n"
        f"- Family: {rule.family.upper()}\n- Looks at: {SCOPES[rule.scope]}\n- Version: {rule.version}"
        + (f"\n- Kriteria: {rule.kriteria}" if rule.kriteria else ""),
    ]
    if said:
        parts.append("\n".join(("| Indonesia | English |", "| --- | --- |", *said)))
    parts.append(f"Cases: [`tests/rules/{rule.code}.yml`](../../tests/rules/{rule.code}.yml)")
    return "\n\n".join(parts) + "\n"


def index() -> str:
    """The list of all rules by family."""
    lines = ["# Rules", "", "Generated from the rules' files by `python -m pipeline.audit.pages docs/rules`.", ""]
    lines += ["| Rule | Name | Family | Severity |", "| --- | --- | --- | --- |"]
    lines += [f"| [{r.code}]({r.code}.md) | {r.name} | {r.family.upper()} | {r.severity} |" for r in all_rules()]
    return "\n".join(lines) + "\n"


def pages() -> Mapping[str, str]:
    """File name -> text, for all rules and the index."""
    return {f"{rule.code}.md": page(rule) for rule in all_rules()} | {"README.md": index()}


def write(folder: Path) -> None:
    """Writes all pages into `folder` and removes pages of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/rules"))

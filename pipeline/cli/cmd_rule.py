"""`lkip rule`: lists the rules, or shows the page of one."""

from __future__ import annotations

import json

import click

from pipeline.cli.common import common, put, table


@click.command("rule")
@click.argument("code", required=False)
@common("text", "json")
def command(code: str | None, db: str, format_: str, lang: str, quiet: bool) -> int:
    """List the rules, or explain one."""
    from pipeline.audit.about import rule_document, rule_explained, rule_name
    from pipeline.audit.engine import all_rules

    if code is not None:
        document = rule_document(code.upper())
        what, limits = rule_explained(code.upper())
        told = f"{rule_name(code.upper(), lang)}. {what}\n\nBatas: {limits}\n\n" if lang == "id" else ""
        put(told + document)
        return 0
    rules = all_rules()
    if format_ == "json":
        shown = [
            {"code": r.code, "name": r.name, "family": r.family, "severity": r.severity, "version": r.version}
            for r in rules
        ]
        put(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        table(
            ("code", "name", "family", "severity"),
            [(r.code, rule_name(r.code, lang), r.family, r.severity) for r in rules],
        )
    return 0

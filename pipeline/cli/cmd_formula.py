"""`lkip formula`: parses formulas given on the command line or one a line in a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pipeline.cli.common import common, put
from pipeline.errors import UsageError


@click.command("formula")
@click.argument("text", required=False)
@click.option("--lines", metavar="FILE", help="One formula a line, \\n for line breaks; - for standard input.")
@click.option("--indikator", help="The indicator that the formula is of.")
@common("text", "json", "mathml", "latex")
def command(
    text: str | None, lines: str | None, indikator: str | None, db: str, format_: str, lang: str, quiet: bool
) -> int:
    """Parse one formula, or many."""
    from pipeline.formula import parse

    if lines is not None:
        if lines == "-":
            source = sys.stdin.read()
        else:
            try:
                source = Path(lines).read_text(encoding="utf-8")
            except OSError as error:
                raise UsageError(f"cannot read it: {error.strerror}", "check the path", lines) from error
        for line in source.split("\n")[: -1 if source.endswith("\n") else None]:
            parsed = parse(line.replace("\\n", "\n") if "\\n" in line else line, indikator)
            put(json.dumps(parsed.to_json(), ensure_ascii=False))
        return 0
    if text is None:
        raise UsageError("no formula given", "lkip formula 'A / B x 100%', or --lines FILE")
    formula = parse(text.replace("\\n", "\n"), indikator)
    if format_ == "json":
        put(json.dumps(formula.to_json(), ensure_ascii=False, indent=1))
    elif format_ == "mathml":
        put(formula.mathml() if callable(formula.mathml) else formula.mathml)
    elif format_ == "latex":
        put(formula.latex)
    else:
        shown = formula.to_json()
        for name in ("kind", "canonical", "pembilang", "penyebut", "pengali", "value", "stated_result", "holds"):
            if shown[name] is not None:
                put(f"{name:14} {shown[name]}")
        for problem in shown["malformed"]:
            put(f"{'malformed':14} {problem['message']} ({problem['start']}–{problem['end']})")
    return 0

"""`lkip audit`: runs the rules over the database and reports what they find."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.common import common, put, say

RANK = {"error": 0, "warning": 1, "notice": 2, "never": -1}


def _names(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for item in value for name in item.split(",") if name)


@click.command("audit")
@click.option("--select", multiple=True, callback=_names, metavar="CODE", help="Only these rules or families.")
@click.option("--ignore", multiple=True, callback=_names, metavar="CODE", help="All but these rules or families.")
@click.option(
    "--fail-on", type=click.Choice(list(RANK)), default="error", show_default=True, help="Exit 1 from here up."
)
@click.option("--output", type=click.Path(path_type=Path), help="File (html: folder) instead of standard output.")
@common("text", "json", "csv", "xlsx", "sarif", "html")
def command(
    select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str, output: Path | None,
    db: str, format_: str, lang: str, quiet: bool,
) -> int:  # fmt: skip
    """Run the rules and print the findings, most serious first."""
    from pipeline.audit import audit
    from pipeline.model import Berkas
    from pipeline.report import render
    from pipeline.store import open_store
    from pipeline.store.review import statuses

    store = open_store(db)
    documents = store.documents()
    if not documents:
        say("lkip: the database holds no documents (fill it with `lkip ingest`)")
        return 2
    is_whole = not select and not ignore
    result = store.last_audit() if is_whole else None
    berkas = [Berkas(document) for document in documents.values()]  # reports show documents, not their tables
    if result is None:
        result = audit(store.berkas(), select=select, ignore=ignore)
        if is_whole:
            store.save_audit(result, __version__)
    decided = statuses(store, result.findings)
    color = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    rendered = render(
        result, berkas, format_, lang, statuses=decided, version=__version__, output=output, color=color
    )  # fmt: skip
    if rendered is not None:
        put(rendered, output)
    for crash in result.crashed:
        say(f"lkip: rule {crash.rule} crashed: {crash.error}")
    store.close()
    worst = [RANK[f.severity] for f in result.findings if decided.get(f.fingerprint) != "reject"]
    return 1 if any(rank <= RANK[fail_on] for rank in worst) else 0

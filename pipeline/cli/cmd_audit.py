"""`lkip audit`: runs the rules over the database and reports what they find."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.common import common, put, say

MOST_TOLD = 10  # re-opened findings that are named
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
    from pipeline.store.judgements import judged, judgements
    from pipeline.store.review import reopened, statuses, unused

    store = open_store(db)
    documents = store.documents()
    if not documents:
        say("lkip: the database holds no documents (fill it with `lkip ingest`)")
        return 2
    is_whole = not select and not ignore
    result = store.last_audit() if is_whole else None
    berkas = [Berkas(document) for document in documents.values()]  # reports show documents, not their tables
    if result is None:
        followed = judged(store.berkas(), judgements(store))
        result = audit(followed.berkas, select=select, ignore=ignore, apart=followed.apart)
        for item in followed.unused:
            say(f"lkip: the correction of {item.a} to {item.b} by {item.oleh} fits no cell any more", quiet)
        if is_whole:
            store.save_audit(result, __version__)
    decided = statuses(store, result.findings)
    color = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    rendered = render(
        result, berkas, format_, lang, statuses=decided, version=__version__, output=output, color=color
    )  # fmt: skip
    if rendered is not None:
        put(rendered, output)
    if is_whole:
        for print_, again in list(reopened(store, result.findings).items())[:MOST_TOLD]:
            before = again.earlier
            changed = ", ".join(again.changed)
            say(
                f"lkip: {print_} is open again ({changed} changed): {before.by} said {before.verdict}: {before.reason}",
                quiet,
            )
        idle = len(unused(store, result.findings))
        if idle:
            say(f"lkip: rejections that no finding needs any more: {idle} (`lkip review unused`)", quiet)
    for crash in result.crashed:
        say(f"lkip: rule {crash.rule} crashed: {crash.error}")
    store.close()
    worst = [RANK[f.severity] for f in result.findings if decided.get(f.fingerprint) != "reject"]
    return 1 if any(rank <= RANK[fail_on] for rank in worst) else 0

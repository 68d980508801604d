"""`lkip ingest`: files and folders into the database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pipeline.cli.common import common, progress, put, say
from pipeline.errors import UsageError


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes to read with. Default: as needed.")
@click.option("--executor", default="local", metavar="local|dask://HOST:PORT", help="Where to read.")
@click.option("--timeout", type=click.IntRange(1), default=600, show_default=True, help="Seconds a document may take.")
@common("text", "json")
def command(
    paths: tuple[Path, ...],
    jobs: int | None,
    executor: str,
    timeout: int,
    db: str,
    format_: str,
    lang: str,
    quiet: bool,
) -> int:
    """Read files and folders into the database. What is stored already is not read again."""
    from pipeline.batch.ingest import ingest, walk
    from pipeline.store import open_store

    files = walk(paths)
    if not files:
        raise UsageError("no files to read", "name files or folders that hold some", ", ".join(map(str, paths)))
    store = open_store(db)
    with progress(len(files), "ingest", quiet) as advance:
        summary = ingest(store, files, jobs=jobs, executor=executor, timeout=timeout, advance=advance)
    store.close()
    for failure in summary.failures:
        say(f"lkip: {failure.path}: {failure.reason}")
    if format_ == "json":
        put(json.dumps(summary.to_json(), ensure_ascii=False, indent=1))
    elif not quiet:
        put(summary.to_text(lang))
    if summary.documents and summary.failed == summary.documents:
        return 2
    return 1 if summary.failures else 0

"""`lkip export`: a view of the database as CSV, JSON, JSON lines, Parquet or Excel."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import common, put

VIEWS = ("indikator", "formula", "kinerja", "anggaran", "document", "table", "cell", "finding", "review")


@click.command("export")
@click.argument("view", type=click.Choice(VIEWS))
@click.option(
    "--where", type=click.Choice(["unread", "uncertain"]), help="Only cells that nothing claimed, or read unsurely."
)
@click.option("--output", type=click.Path(path_type=Path), help="File instead of standard output.")
@common("csv", "json", "jsonl", "parquet", "xlsx")
def command(view: str, where: str | None, output: Path | None, db: str, format_: str, lang: str, quiet: bool) -> int:
    """Print one of the views."""
    from pipeline.report.rows import render_rows
    from pipeline.store import open_store
    from pipeline.store.query import view_rows

    columns, rows = view_rows(open_store(db, read_only=True), view, where)
    put(render_rows(columns, rows, format_), output)
    return 0

"""`lkip query`: a ready-made query of db/queries or SQL of one's own, read-only."""

from __future__ import annotations

import click

from pipeline.cli.common import common, put, table


@click.command("query")
@click.argument("name_or_sql", required=False)
@click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds it may take.")
@common("text", "csv", "json", "jsonl", "parquet", "xlsx")
def command(name_or_sql: str | None, timeout: float, db: str, format_: str, lang: str, quiet: bool) -> int:
    """Ask the database. Without an argument: list the ready-made queries."""
    from pipeline.report.rows import render_rows
    from pipeline.store import open_store
    from pipeline.store.query import queries, run_sql

    known = {query.name: query for query in queries()}
    if name_or_sql is None:
        rows = [(query.name, query.judul if lang == "id" else query.title) for query in known.values()]
        if format_ == "text":
            table(("query", "judul" if lang == "id" else "title"), rows)
        else:
            put(render_rows(("name", "title"), rows, format_))
        return 0
    sql = known[name_or_sql].sql if name_or_sql in known else name_or_sql
    columns, found = run_sql(open_store(db, read_only=True), sql, seconds=timeout)
    if format_ == "text":
        table(columns, found)
    else:
        put(render_rows(columns, found, format_))
    return 0

"""`lkip serve`: the web app on this machine."""

from __future__ import annotations

import click

from pipeline.cli.common import common


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 (default): a free one.")
@click.option("--read-only", is_flag=True, help="Refuse decisions.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser too.")
@common("text")
def command(port: int, read_only: bool, open_browser: bool, db: str, format_: str, lang: str, quiet: bool) -> int:
    """Serve the findings on 127.0.0.1; prints the address with its one-time key."""
    from pipeline.web import serve

    serve(db, port=port, read_only=read_only, lang=lang, open_browser=open_browser)
    return 0

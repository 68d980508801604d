"""`lkip explore`: the database in Datasette, immutable."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import click

from pipeline.cli.common import common
from pipeline.errors import MissingToolError, UsageError


@click.command("explore")
@common("text")
def command(db: str, format_: str, lang: str, quiet: bool) -> int:
    """Open the database in Datasette (extra `explore`), immutable."""
    if not db.startswith("sqlite:///"):
        raise UsageError("Datasette reads SQLite only", "use --db sqlite:///file.db")
    if find_spec("datasette") is None:
        raise MissingToolError("exploring needs the extra `explore`", "pip install 'lkip[explore]'")
    command_line = [sys.executable, "-m", "datasette", "serve", "--immutable", db.removeprefix("sqlite:///")]
    return subprocess.run([*command_line, "--host", "127.0.0.1"], check=False).returncode

"""Options that every command takes, and how results and progress leave the program."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])
DEFAULT_DB = "sqlite:///lkip.db"


def default_lang() -> str:
    """Indonesian where the locale is, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not spoken:
        spoken = locale.getlocale()[0] or ""
    return "id" if spoken.lower().startswith(("id", "in_")) else "en"


def common(*formats: str) -> Callable[[Function], Function]:
    """--db, --format (the first is the default), --lang, --quiet."""

    def decorate(function: Function) -> Function:
        decorators = (
            click.option(
                "--db", metavar="URL", envvar="LKIP_DB", default=DEFAULT_DB, show_default=True, help="Database."
            ),
            click.option("--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True),
            click.option("--lang", type=click.Choice(["id", "en"]), default=default_lang, help="Language of messages."),
            click.option("--quiet", is_flag=True, help="No progress and no messages, only data and errors."),
        )
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def say(text: str, quiet: bool = False) -> None:
    """A message for people, on standard error."""
    if not quiet:
        click.echo(text, err=True)


def put(data: str | bytes, output: Path | None = None) -> None:
    """Data to a file or to standard output."""
    if output is not None:
        output.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    elif isinstance(data, bytes):
        sys.stdout.buffer.write(data)
    elif data:
        click.echo(data, nl=not data.endswith("\n"))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table for the terminal."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=title or None, show_lines=False, header_style="bold")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*("" if value is None else str(value) for value in row))
    Console(width=None if sys.stdout.isatty() else 160).print(shown)


@contextmanager
def progress(total: int, what: str, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal; nothing elsewhere. Yields a function that is told each finished item's name."""
    if quiet or not sys.stderr.isatty() or total < 2:
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda name: bar.update(task, advance=1, description=name[-40:])

"""The command `lkip`. Each subcommand is a module of its own and is imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import Any

import click

from pipeline import __version__

COMMANDS = (
    "ingest", "audit", "extract", "formula", "export", "query", "rule", "review", "match", "show", "serve", "explore",
    "doctor",
)  # fmt: skip


class Lazy(click.Group):
    """Finds subcommands by name without importing the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.cli.cmd_{cmd_name}")
        command: click.Command = module.command
        return command


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lkip")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Reads and audits Indonesian government performance documents (IKU, PK, Renstra, RKT, LKIP)."""
    ctx.obj = {"debug": debug}


def main(argv: list[str] | None = None) -> Any:
    """Runs the command line; exits 0 done, 1 findings or failed documents, 2 wrong use."""
    from pipeline.errors import LkipError

    gc.set_threshold(200_000, 20, 50)  # documents are many small values without cycles: collecting often finds nothing
    arguments = sys.argv[1:] if argv is None else argv
    try:
        code = cli.main(args=arguments, prog_name="lkip", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        click.echo("lkip: stopped", err=True)
        sys.exit(2)
    except LkipError as error:
        if "--debug" in arguments:
            raise
        click.echo(f"lkip: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if "--debug" in arguments:
            raise
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        click.echo(f"lkip: unexpected {reason} (run again with `lkip --debug …`)", err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)

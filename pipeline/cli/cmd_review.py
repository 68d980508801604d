"""`lkip review`: decisions on findings, their history, and sharing them as JSON lines."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import common, put, say, table
from pipeline.errors import UsageError


@click.command("review")
@click.argument("fingerprint")
@click.argument("verdict", required=False)
@click.option("--reason", default="", help="Why. Compulsory for a decision.")
@click.option("--by", default="", help="Who decides. Compulsory for a decision.")
@common("text", "json")
def command(
    fingerprint: str, verdict: str | None, reason: str, by: str, db: str, format_: str, lang: str, quiet: bool
) -> int:
    """Decide on a finding: FINGERPRINT accept|reject|unsure --reason … --by …

    FINGERPRINT alone shows its history. `export` prints all decisions as JSON lines, `import FILE` takes them over (also
    from the filled-in sheet of `lkip audit --format xlsx`), `unused` lists rejections that nothing needs any more."""
    from pipeline.store import open_store, review

    store = open_store(db)
    if fingerprint == "export":
        put(review.export_lines(store))
    elif fingerprint == "import":
        if not verdict:
            raise UsageError("which file?", "lkip review import FILE")
        say(f"{review.import_file(store, Path(verdict))} new decisions", quiet)
    elif fingerprint == "unused":
        rows = [(r.fingerprint, r.address, r.reason, r.by, r.at) for r in review.unused(store, store.findings())]
        table(("fingerprint", "address", "reason", "by", "at"), rows)
    elif verdict is None:
        told = [(r.verdict, r.reason, r.by, r.at) for r in review.history(store, fingerprint)]
        table(("verdict", "reason", "by", "at"), told)
    else:
        done = review.add(store, fingerprint, verdict, reason, by)
        say(f"{done.fingerprint}: {done.verdict}, {done.by}, {done.at}", quiet)
    return 0

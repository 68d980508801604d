"""`lkip match`: which indicators are one across documents and offices, why, and a person's word on it."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import common, say, table
from pipeline.errors import UsageError


@click.command("match")
@click.argument(
    "action", type=click.Choice(["list", "suggest", "same", "different", "export", "import"]), default="list"
)
@click.argument("names", nargs=-1)
@click.option("--reason", default="", help="Why. Compulsory for a judgement.")
@click.option("--by", default="", help="Who judges. Compulsory for a judgement.")
@common("text")
def command(
    action: str, names: tuple[str, ...], reason: str, by: str, db: str, format_: str, lang: str, quiet: bool
) -> int:
    """List or correct the matching of indicators: `same A B`, `different A B`, `export FILE`, `import FILE`."""
    from pipeline.normalize.matching import Judgement, canonical, read_judgements, suggestions, write_judgements
    from pipeline.normalize.names import key_of
    from pipeline.store import open_store
    from pipeline.store.judgements import add_judgements, indicator_keys, judgements

    store = open_store(db)
    if action in ("same", "different"):
        if len(names) != 2 or not reason.strip() or not by.strip():
            raise UsageError(
                "a judgement needs two names, a reason and who judges", "lkip match same A B --reason … --by …"
            )
        first, second = (key_of(name) for name in names)
        add_judgements(store, [Judgement("indikator", first, second, action == "same", reason, by)])
    elif action in ("export", "import"):
        if len(names) != 1:
            raise UsageError("which file?", f"lkip match {action} FILE")
        if action == "export":
            write_judgements(Path(names[0]), judgements(store))
        else:
            say(f"{add_judgements(store, read_judgements(Path(names[0])))} new judgements", quiet)
    elif action == "suggest":
        table(
            ("a", "b", "%"),
            [(a, b, round(score)) for a, b, score in suggestions(indicator_keys(store), judgements(store))],
        )
    else:
        matches = canonical(indicator_keys(store), judgements(store)).values()
        table(
            ("indikator", "canonical", "why"),
            [(m.kunci, m.kanonik, m.alasan) for m in matches if m.alasan != "only one"],
        )
    return 0

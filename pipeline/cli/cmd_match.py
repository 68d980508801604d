"""`lkip match`: which indicators are one across documents and offices, why, and a person's word on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import common, say, table
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.store.store import Store


@click.command("match")
@click.argument(
    "action",
    type=click.Choice(["list", "suggest", "same", "different", "office", "reading", "export", "import"]),
    default="list",
)
@click.argument("names", nargs=-1)
@click.option("--reason", default="", help="Why. Compulsory for a judgement.")
@click.option("--by", default="", help="Who judges. Compulsory for a judgement.")
@common("text")
def command(
    action: str, names: tuple[str, ...], reason: str, by: str, db: str, format_: str, lang: str, quiet: bool
) -> int:
    """List or correct the matching of indicators: `same A B`, `different A B`; that two offices are one: `office A B`; what a
    cell says: `reading PATH:TABLE:ROW:COLUMN TEXT`. `export FILE` and `import FILE` share them. The next audit uses them."""
    from pipeline.normalize.matching import Judgement, canonical, read_judgements, suggestions, write_judgements
    from pipeline.normalize.names import key_of
    from pipeline.store import open_store
    from pipeline.store.judgements import READING, add_judgements, indicator_keys, judgements

    store = open_store(db)
    if action in ("same", "different", "office", "reading"):
        if len(names) != 2 or not reason.strip() or not by.strip():
            raise UsageError(
                "a judgement needs two names, a reason and who judges", f"lkip match {action} A B --reason … --by …"
            )
        if action == "reading":
            first, second, jenis = _cell(store, names[0]), names[1], READING
        elif action == "office":
            first, second, jenis = _office(store, names[0]), _office(store, names[1]), "instansi"
        else:
            first, second, jenis = key_of(names[0]), key_of(names[1]), "indikator"
        add_judgements(store, [Judgement(jenis, first, second, action != "different", reason, by)])
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


def _cell(store: Store, address: str) -> str:
    """The key of the cell at PATH:TABLE:ROW:COLUMN. Raises UsageError for an unknown one."""
    from pipeline.store.judgements import cell_key
    from pipeline.store.places import cell_place

    table, row, column = map(int, address.rsplit(":", 3)[1:]) if address.count(":") > 2 else (0, 0, 0)
    place = cell_place(store, address)
    return cell_key(place.sha256, table, row, column, place.quote)


def _office(store: Store, name: str) -> str:
    """The key of the office with this name or key. Raises UsageError for an unknown one."""
    for document in store.documents().values():
        if name in (document.instansi.nama, document.instansi.kunci):
            return document.instansi.kunci
    raise UsageError(f"no document is of the office {name}", "`lkip export document` lists them")

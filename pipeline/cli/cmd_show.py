"""`lkip show`: the page picture of a finding or of a cell, cropped and highlighted."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import common, put, say
from pipeline.errors import UsageError
from pipeline.model import Evidence


@click.command("show")
@click.argument("what", metavar="FINGERPRINT|CELL")
@click.option("--image", type=click.Path(path_type=Path), help="Write the picture of the place here.")
@common("text")
def command(what: str, image: Path | None, db: str, format_: str, lang: str, quiet: bool) -> int:
    """Show a finding, or a cell written as PATH:TABLE:ROW:COLUMN, with its place; --image draws the page around it."""
    from pipeline.extract.picture import confirms
    from pipeline.store import open_store
    from pipeline.store.places import cell_place, picture_of, text_of

    store = open_store(db, read_only=True)
    places: list[Evidence]
    found = [item for item in store.findings() if item.fingerprint.startswith(what)]
    if found:
        put(f"{found[0].rule} {found[0].name}: {found[0].pesan if lang == 'id' else found[0].message}")
        places = list(found[0].evidence)
    else:
        places = [cell_place(store, what)]
    documents = store.documents()
    for place in places:
        put(f"[{place.role}] {documents[place.sha256].path} {_where(place)}: {place.quote}")
    if image is not None:
        for place in places:
            picture = picture_of(store, place)
            if picture is not None:
                image.write_bytes(picture)
                seen = text_of(store, place)
                same = confirms(seen, place.quote) if seen is not None else None
                say(
                    f"{image}: self-check {'passed' if same else 'not passed' if same is False else 'not possible'}",
                    quiet,
                )
                return 0
        raise UsageError(
            "no page picture of this place", "text files have lines only; the source file must be unchanged"
        )
    return 0


def _where(place: Evidence) -> str:
    where = place.where
    parts = [f"page {where.page}" if where.page else "", f"line {where.line}" if where.line else ""]
    return ", ".join(part for part in parts if part)

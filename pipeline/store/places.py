"""Finds the picture and the text of a place again in the source file, as long as that file is what was ingested."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from pipeline.errors import UsageError
from pipeline.model import Dokumen, Evidence, Page, Where
from pipeline.store import rows as put
from pipeline.store.models import CELL, DOCUMENT, PAGE
from pipeline.store.store import Store


@lru_cache(maxsize=4)
def _bytes(path: str, sha256: str, changed: int) -> bytes | None:
    data = Path(path).read_bytes()
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def source(document: Dokumen) -> bytes | None:
    """The bytes of the source file; None where it is gone or no longer the one that was ingested."""
    try:
        return _bytes(document.path, document.sha256, Path(document.path).stat().st_mtime_ns)
    except OSError:
        return None


def page_of(store: Store, sha256: str, number: int) -> Page | None:
    query = select(PAGE).join(DOCUMENT, DOCUMENT.c.id == PAGE.c.document_id)
    query = query.where(DOCUMENT.c.sha256 == sha256, PAGE.c.number == number)
    with store.engine.connect() as connection:
        row = connection.execute(query).mappings().first()
    return put.get_page(dict(row)) if row else None


def cell_place(store: Store, address: str) -> Evidence:
    """The cell at PATH:TABLE:ROW:COLUMN. Raises UsageError for an unknown finding or cell."""
    parts = address.rsplit(":", 3)
    if len(parts) != 4 or not all(part.isdecimal() for part in parts[1:]):
        raise UsageError(f"{address} is neither a finding nor a cell", "a fingerprint, or PATH:TABLE:ROW:COLUMN")
    table, row, column = map(int, parts[1:])
    query = select(CELL, DOCUMENT.c.sha256).join(DOCUMENT, DOCUMENT.c.id == CELL.c.document_id)
    query = query.where(DOCUMENT.c.path == parts[0], CELL.c.tabel == table, CELL.c.baris == row, CELL.c.kolom == column)
    with store.engine.connect() as connection:
        found = connection.execute(query).mappings().first()
    if found is None:
        raise UsageError(f"there is no cell {address}", "`lkip export cell` lists them")
    return Evidence(found["sha256"], put.get_where(dict(found)), found["text"])


def picture_of(store: Store, place: Evidence) -> bytes | None:
    """A PNG of the surroundings of a place in a PDF, highlighted; None for other sources or a changed file."""
    found = _pdf(store, place.sha256, place.where)
    if found is None:
        return None
    from pipeline.extract.picture import crop

    return crop(found[0], place.where, found[1], role=place.role)


def text_of(store: Store, place: Evidence) -> str | None:
    """The text inside the place's box, read anew from the file: the self-check of a highlight."""
    found = _pdf(store, place.sha256, place.where)
    if found is None:
        return None
    from pipeline.extract.picture import text_in_box

    return text_in_box(found[0], place.where)


def _pdf(store: Store, sha256: str, where: Where) -> tuple[bytes, Page] | None:
    document = store.document(sha256)
    if document is None or document.media != "pdf" or where.page is None or where.bbox is None:
        return None
    data, page = source(document), page_of(store, sha256, where.page)
    return (data, page) if data is not None and page is not None else None

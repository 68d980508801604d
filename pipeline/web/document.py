"""What a document's page shows: its findings' places, its tables, and one of them as it was read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.store.places import source
from pipeline.store.store import Store

MOST_EVIDENCE = 4_000  # pieces drawn into one document, those of the most serious findings first
Rows = Callable[..., list[dict[str, Any]]]
"""Runs SQL with its named values."""


def shown(store: Store, rows: Rows, sha256: str, wanted: int | None) -> dict[str, Any] | None:
    """A document with its findings and one of its tables: `wanted`, else the first that a finding points into."""
    document = store.document(sha256)
    if document is None:
        return None
    key = rows("SELECT id FROM document WHERE sha256 = :s", s=sha256)[0]["id"]
    names = {"subject": "flagged", "source": "flagged-source"}
    flags: dict[tuple[int | None, str], str] = {}
    for row in rows(
        "SELECT line, quote, role FROM evidence WHERE document_id = :d AND role IN ('subject', 'source') ORDER BY id LIMIT :most",
        d=key, most=MOST_EVIDENCE,
    ):  # fmt: skip
        place = (row["line"], row["quote"])
        flags[place] = "flagged" if flags.get(place) == "flagged" else names[row["role"]]
    quotes = {f"q{number}": quote for number, quote in enumerate(sorted({quote for _, quote in flags})[:20_000])}
    names_in = ", ".join(f":{name}" for name in quotes) or "NULL"
    pointed = rows(
        f"SELECT tabel, line, text FROM cell WHERE document_id = :d AND text IN ({names_in})", d=key, **quotes
    )
    counts = Counter(cell["tabel"] for cell in pointed if (cell["line"], cell["text"]) in flags)
    tables = rows(
        "SELECT tabel AS ordinal, kind, title, page, line FROM logical_table WHERE document_id = :d ORDER BY tabel",
        d=key,
    )
    first = min(counts, default=0)
    chosen = wanted if wanted is not None else first
    pictures = document.media == "pdf" and source(document) is not None
    pages = rows("SELECT number FROM page WHERE document_id = :d ORDER BY number", d=key) if pictures else []
    return {
        "d": document,
        "counts": counts,
        "tables": tables,
        "chosen": chosen,
        "columns": rows(
            "SELECT label, formula FROM table_column WHERE document_id = :d AND tabel = :t ORDER BY kolom",
            d=key,
            t=chosen,
        ),
        "rows": _cells(rows, key, chosen, flags),
        "pictures": pictures,
        "pages": [page["number"] for page in pages],
    }


def _cells(
    rows: Rows, document: int, table: int, flags: Mapping[tuple[int | None, str], str]
) -> list[list[dict[str, Any]]]:
    """The cells of a table as read, row by row; `flag` marks those that findings point at."""
    found: dict[int, list[dict[str, Any]]] = {}
    for cell in rows(
        "SELECT baris, text, line, inherited, status, details FROM cell WHERE document_id = :d AND tabel = :t "
        "ORDER BY baris, kolom", d=document, t=table
    ):  # fmt: skip
        details = json.loads(cell["details"]) if isinstance(cell["details"], str) else cell["details"]
        cell["repairs"] = (details or {}).get("repairs") or []
        cell["flag"] = flags.get((cell["line"], cell["text"]), "")
        found.setdefault(cell["baris"], []).append(cell)
    return list(found.values())

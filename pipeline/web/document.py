"""What a document's page shows: its findings' places, its tables, and one of them as it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pipeline.store.judgements import cell_key
from pipeline.store.places import source
from pipeline.store.store import Store
from pipeline.web.corrections import of_document
from pipeline.web.sql import Rows, unpacked

MOST_EVIDENCE = 4_000  # pieces drawn into one document, those of the most serious findings first
Flags = dict[tuple[int | None, int | None, str], list[tuple[tuple[float, ...] | None, str]]]


def shown(store: Store, rows: Rows, sha256: str, wanted: int | None, page: int | None) -> dict[str, Any] | None:
    """A document with one of its pages (`page`, else the first with a finding) and one of its tables: `wanted`, else the
    first on that page, else the first that a finding points into."""
    document = store.document(sha256)
    if document is None:
        return None
    stored = rows(
        "SELECT d.id, i.kunci FROM document d JOIN instansi i ON i.id = d.instansi_id WHERE d.sha256 = :s", s=sha256
    )[0]
    key = stored["id"]
    flags = _flags(rows, key)
    quotes = {f"q{number}": quote for number, quote in enumerate(sorted({quote for _, _, quote in flags})[:20_000])}
    names_in = ", ".join(f":{name}" for name in quotes) or "NULL"
    pointed = rows(
        f"SELECT tabel, page, line, bbox, text FROM cell WHERE document_id = :d AND text IN ({names_in})",
        d=key,
        **quotes,
    )
    counts = Counter(cell["tabel"] for cell in pointed if _flag(flags, cell))
    tables = rows(
        "SELECT tabel AS ordinal, kind, title, page, line FROM logical_table WHERE document_id = :d ORDER BY tabel",
        d=key,
    )
    pictures = document.media == "pdf" and source(document) is not None
    pages = rows("SELECT number FROM page WHERE document_id = :d ORDER BY number", d=key) if pictures else []
    numbers = [row["number"] for row in pages]
    marked = [
        row["page"] for row in rows("SELECT DISTINCT page FROM finding WHERE document_id = :d ORDER BY page", d=key)
    ]
    first_page = next((number for number in marked if number in numbers), next(iter(numbers), 0))
    shown_page = page if page in numbers else first_page
    on_page = [table["ordinal"] for table in tables if pictures and table["page"] == shown_page]
    chosen = wanted if wanted is not None else next(iter(on_page), min(counts, default=0))
    return {
        "d": document,
        "office_key": stored["kunci"],
        "counts": counts,
        "tables": tables,
        "chosen": chosen,
        "columns": rows(
            "SELECT label, formula FROM table_column WHERE document_id = :d AND tabel = :t ORDER BY kolom",
            d=key,
            t=chosen,
        ),
        "rows": _cells(rows, key, sha256, chosen, flags),
        "pictures": pictures,
        "pages": numbers,
        "page": shown_page,
        "marked": set(marked),
    }


def _flags(rows: Rows, document: int) -> Flags:
    """Where the findings' evidence stands: by page, line and text, with its box and how it is marked."""
    names = {"subject": "flagged", "source": "flagged-source"}
    flags: Flags = {}
    for row in rows(
        "SELECT page, line, bbox, quote, role FROM evidence WHERE document_id = :d AND role IN ('subject', 'source') "
        "ORDER BY id LIMIT :most", d=document, most=MOST_EVIDENCE,
    ):  # fmt: skip
        flags.setdefault((row["page"], row["line"], row["quote"]), []).append((_box(row["bbox"]), names[row["role"]]))
    return flags


def _flag(flags: Flags, cell: Mapping[str, Any]) -> str:
    """How a cell is marked: only the very cell, not another with the same text."""
    box = _box(cell["bbox"])
    found = {name for there, name in flags.get((cell["page"], cell["line"], cell["text"]), ()) if there in (None, box)}
    return "flagged" if "flagged" in found else next(iter(found), "")


def _box(value: Any) -> tuple[float, ...] | None:
    parsed = unpacked(value)
    return tuple(parsed) if parsed else None


def _cells(rows: Rows, document: int, sha256: str, table: int, flags: Flags) -> list[list[dict[str, Any]]]:
    """The cells of a table as read, row by row; `flag` marks those that findings point at, `corrected` is what a person
    said instead."""
    found: dict[int, list[dict[str, Any]]] = {}
    corrected = of_document(rows, sha256)
    for cell in rows(
        "SELECT baris, kolom, text, page, line, bbox, inherited, status, details FROM cell WHERE document_id = :d AND tabel = :t "
        "ORDER BY baris, kolom", d=document, t=table
    ):  # fmt: skip
        cell["repairs"] = (unpacked(cell["details"]) or {}).get("repairs") or []
        cell["flag"] = _flag(flags, cell)
        cell["corrected"] = corrected.get(cell_key(sha256, table, cell["baris"], cell["kolom"], cell["text"]))
        found.setdefault(cell["baris"], []).append(cell)
    return list(found.values())

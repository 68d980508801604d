"""Corrections that an auditor makes on the screens: what a cell says, which indicators and which offices are one.

They go where `lkip match` puts them, with a reason and a name, are only ever added to, and the next audit follows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.model import Evidence
from pipeline.normalize.matching import alike
from pipeline.normalize.names import key_of
from pipeline.store import rows as put
from pipeline.store.judgements import READING, cell_key, indicator_keys
from pipeline.store.store import Store
from pipeline.web.sql import MOST_NUMBER, Rows, unpacked

INDICATOR, OFFICE = "indikator", "instansi"


def cell(rows: Rows, sha256: str, tabel: int, baris: int, kolom: int) -> dict[str, Any] | None:
    """One cell with its column, its document and how it was read; None where there is none."""
    if max(tabel, baris, kolom) > MOST_NUMBER:
        return None
    found = rows(
        "SELECT c.*, k.label, t.title, d.sha256, d.path, d.media FROM cell c JOIN document d ON d.id = c.document_id "
        "LEFT JOIN table_column k ON k.document_id = c.document_id AND k.tabel = c.tabel AND k.kolom = c.kolom "
        "LEFT JOIN logical_table t ON t.document_id = c.document_id AND t.tabel = c.tabel "
        "WHERE d.sha256 = :s AND c.tabel = :t AND c.baris = :b AND c.kolom = :k",
        s=sha256, t=tabel, b=baris, k=kolom,
    )  # fmt: skip
    if not found:
        return None
    (shown,) = found
    shown |= {name: unpacked(shown[name]) for name in ("bbox", "details")}
    return shown | {"key": cell_key(sha256, tabel, baris, kolom, shown["text"])}


def place_of(shown: Mapping[str, Any]) -> Evidence:
    return Evidence(shown["sha256"], put.get_where(shown), shown["text"])


def made(rows: Rows, jenis: str, key: str) -> list[dict[str, Any]]:
    """What people said of a cell, an indicator or an office, newest first; `other` is the text or the other name."""
    found = rows("SELECT * FROM judgement WHERE jenis = :j AND (a = :k OR b = :k) ORDER BY id DESC", j=jenis, k=key)
    return [item | {"other": item["b"] if item["a"] == key else item["a"]} for item in found]


def of_document(rows: Rows, sha256: str) -> dict[str, str]:
    """Cell key -> its corrected text, for one document."""
    prefix = f"{sha256}:"
    query = "SELECT a, b FROM judgement WHERE jenis = :j AND substr(a, 1, :n) = :p ORDER BY id"
    return {item["a"]: item["b"] for item in rows(query, j=READING, n=len(prefix), p=prefix)}


def like(store: Store, kunci: str) -> list[str]:
    """Keys of indicators that may be the same as this one."""
    return alike(kunci, indicator_keys(store))


def known(rows: Rows, jenis: str, name: str) -> str | None:
    """The key of the indicator or office that was written into a form, by its name or its key; None where there is none."""
    if jenis == OFFICE:
        query = "SELECT kunci FROM instansi WHERE kunci = :n OR nama = :n ORDER BY kunci = :n DESC LIMIT 1"
        found = rows(query, n=name)
    else:
        found = rows("SELECT kunci FROM indikator WHERE kunci IN (:n, :k) LIMIT 1", n=name, k=key_of(name))
    return str(found[0]["kunci"]) if found else None

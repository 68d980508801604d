"""The tables of the database. Records speak Indonesian, machinery English; every value knows its place.

Ordinals (`tabel`, `baris`, `kolom`) are those of pipeline.model; places are page, line and box of the source.
Plain tables and no mapped classes: records are the frozen values of pipeline.model, and every command starts faster.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, nullable: bool = False, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=nullable, **options)


def _int(name: str, *more: Any, nullable: bool = False, **options: Any) -> Column[int]:
    return Column(name, Integer, *more, nullable=nullable, **options)


def _float(name: str) -> Column[float]:
    return Column(name, Float, nullable=True)


def _json(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, JSON(none_as_null=True), nullable=nullable)


def _id() -> Column[int]:
    return _int("id", primary_key=True)


def _part() -> tuple[Column[Any], ...]:
    """What belongs to one document, in its order."""
    return _id(), _int("document_id", ForeignKey("document.id", ondelete="CASCADE"), index=True)


def _placed() -> tuple[Column[Any], ...]:
    """Where a value stood. `bbox` is [x0, top, x1, bottom] in points of the page as displayed; `place_…` is the address
    that the value itself carries (pipeline.model.Where), which need not be that of the record."""
    return (
        _int("page", nullable=True),
        _int("line", nullable=True),
        _json("bbox", nullable=True),
        _int("place_table", nullable=True),
        _int("place_row", nullable=True),
        _int("place_column", nullable=True),
    )


def _read() -> tuple[Column[Any], ...]:
    """What a text says: pipeline.model.Reading. `value` is the exact number as text, `number` the same for SQL. `interval`
    is what the print can mean: `=` the value exactly, `±` half a unit of its last printed place, else `[low, high)` in
    fractions; `low` and `high` are its ends for SQL."""
    return (
        _text("text"),
        _text("reading", nullable=True),  # kind of the reading
        _text("status", nullable=True),
        _text("value", nullable=True),
        _float("number"),
        _text("interval", nullable=True),
        _float("low"),
        _float("high"),
        _int("places", nullable=True),  # printed decimals
        _text("satuan", nullable=True),
        _json("details", nullable=True),  # grade, code, candidates, repairs, decided_by
    )


INSTANSI = Table(
    "instansi",
    metadata,
    _id(),
    _text("kunci", unique=True),
    _text("nama"),
    _text("jenis", nullable=True),
    _text("induk", nullable=True),
    _text("wilayah", nullable=True),
    _text("tingkat", nullable=True),
)

DOCUMENT = Table(
    "document",
    metadata,
    _id(),
    Column("sha256", String(64), unique=True, nullable=False),
    _text("path"),
    _text("media"),
    _text("kind"),
    _int("instansi_id", ForeignKey("instansi.id"), index=True),
    _text("instansi_nama"),
    _json("instansi_tertulis"),  # as this document prints it
    _int("tahun", index=True, nullable=True),
    _int("tahun_akhir", nullable=True),
    _text("nomor", nullable=True),
    _text("tanggal", nullable=True),
    _text("penandatangan", nullable=True),
    _json("notes"),
    _text("pipeline_version"),
    _text("ingested_at"),
)

PAGE = Table(
    "page",
    metadata,
    *_part(),
    _int("number"),
    _text("status"),
    _float("width"),
    _float("height"),
    _int("rotation"),
    _json("origin"),
    _text("note"),
    _text("name"),
    _int("hidden"),
)

BLOCK = Table(
    "block",
    metadata,
    *_part(),
    _text("kind"),  # paragraph, heading, key_value
    _text("key", nullable=True),
    _text("text"),
    _text("raw"),
    _text("marker", nullable=True),
    _int("level", nullable=True),
    _float("confidence"),
    *_placed(),
)

TABLE = Table(
    "logical_table",
    metadata,
    *_part(),
    _int("tabel"),
    _text("kind"),
    _text("title"),
    _int("version"),
    _json("pages"),
    _json("notes"),
    *_placed(),
    Index("ix_logical_table_address", "document_id", "tabel"),
)

COLUMN = Table(
    "table_column",
    metadata,
    *_part(),
    _int("tabel"),
    _int("kolom"),
    _text("field", nullable=True),
    _text("label"),
    _text("nomor", nullable=True),
    _text("formula", nullable=True),
    _int("tahun", nullable=True),
    _int("tahun_ke", nullable=True),
    _int("triwulan", nullable=True),
    _text("satuan", nullable=True),
)

ROW = Table(
    "table_row",
    metadata,
    *_part(),
    _int("tabel"),
    _int("baris"),
    _text("kind"),
    _text("level", nullable=True),
    _json("band"),
    *_placed(),
    Index("ix_table_row_address", "document_id", "tabel", "baris"),
)

CELL = Table(
    "cell",
    metadata,
    *_part(),
    _int("tabel"),
    _int("baris"),
    _int("kolom"),
    _text("field", nullable=True),
    _text("raw"),
    _int("inherited"),
    _json("lines"),
    _float("confidence"),
    _int("vouched", default=0),  # 1: a satisfied identity of the latest audit confirms it
    *_read(),
    *_placed(),
    Index("ix_cell_address", "document_id", "tabel", "baris", "kolom"),
)

INDIKATOR = Table(
    "indikator",
    metadata,
    *_part(),
    _int("tabel"),
    _int("baris"),
    _text("kind"),
    _int("version"),
    _text("no", nullable=True),
    _text("tujuan", nullable=True),
    _text("sasaran", nullable=True),
    _text("indikator"),
    _text("satuan", nullable=True),
    _text("formula", nullable=True),
    _text("sumber_data", nullable=True),
    _text("penanggung_jawab", nullable=True),
    _json("inherited"),
    _int("tahun", nullable=True),
    _text("kunci", index=True),
    *_placed(),
)

FORMULA = Table(
    "formula",
    metadata,
    *_part(),
    _int("indikator_id", ForeignKey("indikator.id", ondelete="CASCADE"), index=True),
    _text("raw"),
    _text("kind"),
    _text("canonical"),
    _text("latex"),
    _text("pembilang", nullable=True),
    _text("penyebut", nullable=True),
    _text("pengali", nullable=True),
    _json("malformed"),
    _json("tree"),
)

TERM = Table(
    "formula_term",
    metadata,
    *_part(),
    _int("formula_id", ForeignKey("formula.id", ondelete="CASCADE"), index=True),
    _text("text"),
    _text("role"),
)

KINERJA = Table(
    "kinerja",
    metadata,
    *_part(),
    _int("tabel"),
    _int("baris"),
    _int("kolom"),
    _text("indikator"),
    _text("kunci", index=True),
    _text("jenis"),
    _int("tahun", nullable=True),
    _int("triwulan", nullable=True),
    _json("band"),
    *_read(),
    *_placed(),
)

ANGGARAN = Table(
    "anggaran",
    metadata,
    *_part(),
    _int("tabel"),
    _int("baris"),
    _int("kolom"),
    _text("jenis"),
    _text("nama"),
    _text("level", nullable=True),
    _text("kode", index=True, nullable=True),
    _int("tahun", nullable=True),
    _json("band"),
    *_read(),
    *_placed(),
    Index("ix_anggaran_address", "document_id", "tabel", "baris"),
)

STATEMENT = Table(
    "statement",
    metadata,
    *_part(),
    _text("sentence"),
    _text("about"),
    _text("jenis"),
    _int("tahun", nullable=True),
    *_read(),
    *_placed(),
)

RUN = Table(
    "run",
    metadata,
    _id(),
    _text("started_at"),
    _text("rules_version"),
    _text("key"),
    _text("version"),
    _int("documents"),
    _int("findings"),
    _json("not_checked"),
    _json("crashed"),
)
"""One audit. `documents` is how many it read, `rules_version` which judgement it used, `key` what it depended on."""

FINDING = Table(
    "finding",
    metadata,
    *_part(),
    _int("run_id", ForeignKey("run.id", ondelete="CASCADE"), index=True),
    _int("ordinal", index=True),
    _text("fingerprint", index=True),
    _text("rule", index=True),
    _int("rule_version"),
    _text("name"),
    _text("family", index=True),
    _text("severity", index=True),
    _text("pesan"),
    _text("message"),
    _int("tabel", nullable=True),
    _int("baris", nullable=True),
    _int("kolom", nullable=True),
    _text("expected", nullable=True),
    _text("found", nullable=True),
    _text("suggestion", nullable=True),
    _json("trace"),
    _text("kondisi"),
    _text("kriteria"),
    *_placed(),
    Index("ix_finding_facets", "rule", "severity", "document_id"),
)
"""A finding of the latest run; earlier ones are replaced, decisions on them stay in `review`."""

EVIDENCE = Table(
    "evidence",
    metadata,
    *_part(),
    _int("finding_id", ForeignKey("finding.id", ondelete="CASCADE"), index=True),
    _int("ordinal"),
    _text("role"),
    _text("quote"),
    _int("tabel", nullable=True),
    _int("baris", nullable=True),
    _int("kolom", nullable=True),
    *_placed(),
)
"""`document_id` is the document that the evidence lies in."""

REVIEW = Table(
    "review",
    metadata,
    _id(),
    _text("fingerprint", index=True),
    _text("address", index=True),
    _text("verdict"),
    _text("reason"),
    _text("by"),
    _text("at"),
    _json("state"),
    UniqueConstraint("fingerprint", "verdict", "reason", "by", "at"),
)
"""A decision: append-only. `state` is what was decided on, so that a change re-opens it and can say why."""

JUDGEMENT = Table(
    "judgement",
    metadata,
    _id(),
    _text("jenis"),
    _text("a"),
    _text("b"),
    _int("sama"),
    _text("alasan"),
    _text("oleh"),
    _text("at"),
)
"""A person's word on whether two names are one (pipeline.normalize.matching)."""

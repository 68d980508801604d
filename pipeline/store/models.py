"""The tables of the database. Records speak Indonesian, machinery English; every value knows its place.

Ordinals (`tabel`, `baris`, `kolom`) are those of pipeline.model; places are page, line and box of the source.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


Json = JSON(none_as_null=True)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dict[str, Any]: Json,
        list[Any]: Json,
        str: Text,
        float: Float,
        int: Integer,
    }


class Placed:
    """Where a value stood. `bbox` is [x0, top, x1, bottom] in points of the page as displayed; `place_…` is the address
    that the value itself carries (pipeline.model.Where), which need not be that of the record."""

    page: Mapped[int | None]
    line: Mapped[int | None]
    bbox: Mapped[list[Any] | None] = mapped_column(Json)
    place_table: Mapped[int | None]
    place_row: Mapped[int | None]
    place_column: Mapped[int | None]


class Read:
    """What a text says: pipeline.model.Reading. `value` is the exact number as text, `number` the same for SQL. `interval`
    is what the print can mean: `=` the value exactly, `±` half a unit of its last printed place, else `[low, high)` in
    fractions; `low` and `high` are its ends for SQL."""

    text: Mapped[str]
    reading: Mapped[str | None]  # kind of the reading
    status: Mapped[str | None]
    value: Mapped[str | None]
    number: Mapped[float | None]
    interval: Mapped[str | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    places: Mapped[int | None]  # printed decimals
    satuan: Mapped[str | None]
    details: Mapped[dict[str, Any] | None] = mapped_column(Json)  # grade, code, candidates, repairs, decided_by


class InstansiRow(Base):
    __tablename__ = "instansi"
    id: Mapped[int] = mapped_column(primary_key=True)
    kunci: Mapped[str] = mapped_column(unique=True)
    nama: Mapped[str]
    jenis: Mapped[str | None]
    induk: Mapped[str | None]
    wilayah: Mapped[str | None]
    tingkat: Mapped[str | None]


class DocumentRow(Base):
    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    path: Mapped[str]
    media: Mapped[str]
    kind: Mapped[str]
    instansi_id: Mapped[int] = mapped_column(ForeignKey("instansi.id"), index=True)
    instansi_nama: Mapped[str]
    instansi_tertulis: Mapped[dict[str, Any]] = mapped_column(Json)  # as this document prints it
    tahun: Mapped[int | None] = mapped_column(index=True)
    tahun_akhir: Mapped[int | None]
    nomor: Mapped[str | None]
    tanggal: Mapped[str | None]
    penandatangan: Mapped[str | None]
    notes: Mapped[list[Any]] = mapped_column(Json)
    pipeline_version: Mapped[str]
    ingested_at: Mapped[str]


class _Part:
    """What belongs to one document, in its order."""

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)


class PageRow(_Part, Base):
    __tablename__ = "page"
    number: Mapped[int]
    status: Mapped[str]
    width: Mapped[float | None]
    height: Mapped[float | None]
    rotation: Mapped[int]
    origin: Mapped[list[Any]] = mapped_column(Json)
    note: Mapped[str]
    name: Mapped[str]
    hidden: Mapped[int]


class BlockRow(_Part, Placed, Base):
    __tablename__ = "block"
    kind: Mapped[str]  # paragraph, heading, key_value
    key: Mapped[str | None]
    text: Mapped[str]
    raw: Mapped[str]
    marker: Mapped[str | None]
    level: Mapped[int | None]
    confidence: Mapped[float | None]


class TableRow(_Part, Placed, Base):
    __tablename__ = "logical_table"
    tabel: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    version: Mapped[int]
    pages: Mapped[list[Any]] = mapped_column(Json)
    notes: Mapped[list[Any]] = mapped_column(Json)


class ColumnRow(_Part, Base):
    __tablename__ = "table_column"
    tabel: Mapped[int]
    kolom: Mapped[int]
    field: Mapped[str | None]
    label: Mapped[str]
    nomor: Mapped[str | None]
    formula: Mapped[str | None]
    tahun: Mapped[int | None]
    tahun_ke: Mapped[int | None]
    triwulan: Mapped[int | None]
    satuan: Mapped[str | None]


class RowRow(_Part, Placed, Base):
    __tablename__ = "table_row"
    tabel: Mapped[int]
    baris: Mapped[int]
    kind: Mapped[str]
    level: Mapped[str | None]
    band: Mapped[list[Any]] = mapped_column(Json)
    __table_args__ = (Index("ix_table_row_address", "document_id", "tabel", "baris"),)


class CellRow(_Part, Placed, Read, Base):
    __tablename__ = "cell"
    tabel: Mapped[int]
    baris: Mapped[int]
    kolom: Mapped[int]
    field: Mapped[str | None]
    raw: Mapped[str]
    inherited: Mapped[int]
    lines: Mapped[list[Any]] = mapped_column(Json)
    confidence: Mapped[float | None]
    vouched: Mapped[int] = mapped_column(default=0)  # 1: a satisfied identity of the latest audit confirms it
    __table_args__ = (Index("ix_cell_address", "document_id", "tabel", "baris", "kolom"),)


class IndikatorRow(_Part, Placed, Base):
    __tablename__ = "indikator"
    tabel: Mapped[int]
    baris: Mapped[int]
    kind: Mapped[str]
    version: Mapped[int]
    no: Mapped[str | None]
    tujuan: Mapped[str | None]
    sasaran: Mapped[str | None]
    indikator: Mapped[str]
    satuan: Mapped[str | None]
    formula: Mapped[str | None]
    sumber_data: Mapped[str | None]
    penanggung_jawab: Mapped[str | None]
    inherited: Mapped[list[Any]] = mapped_column(Json)
    tahun: Mapped[int | None]
    kunci: Mapped[str] = mapped_column(index=True)


class FormulaRow(_Part, Base):
    __tablename__ = "formula"
    indikator_id: Mapped[int] = mapped_column(ForeignKey("indikator.id", ondelete="CASCADE"), index=True)
    raw: Mapped[str]
    kind: Mapped[str]
    canonical: Mapped[str]
    latex: Mapped[str]
    pembilang: Mapped[str | None]
    penyebut: Mapped[str | None]
    pengali: Mapped[str | None]
    malformed: Mapped[list[Any]] = mapped_column(Json)
    tree: Mapped[Any] = mapped_column(Json)


class TermRow(_Part, Base):
    __tablename__ = "formula_term"
    formula_id: Mapped[int] = mapped_column(ForeignKey("formula.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    role: Mapped[str]


class KinerjaRow(_Part, Placed, Read, Base):
    __tablename__ = "kinerja"
    tabel: Mapped[int]
    baris: Mapped[int]
    kolom: Mapped[int]
    indikator: Mapped[str]
    kunci: Mapped[str] = mapped_column(index=True)
    jenis: Mapped[str]
    tahun: Mapped[int | None]
    triwulan: Mapped[int | None]
    band: Mapped[list[Any]] = mapped_column(Json)


class AnggaranRow(_Part, Placed, Read, Base):
    __tablename__ = "anggaran"
    tabel: Mapped[int]
    baris: Mapped[int]
    kolom: Mapped[int]
    jenis: Mapped[str]
    nama: Mapped[str]
    level: Mapped[str | None]
    kode: Mapped[str | None] = mapped_column(index=True)
    tahun: Mapped[int | None]
    band: Mapped[list[Any]] = mapped_column(Json)


class StatementRow(_Part, Placed, Read, Base):
    __tablename__ = "statement"
    sentence: Mapped[str]
    about: Mapped[str]
    jenis: Mapped[str]
    tahun: Mapped[int | None]


class RunRow(Base):
    """One audit. `documents` is how many it read, `rules_version` which judgement it used, `key` what it depended on."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[str]
    rules_version: Mapped[str]
    key: Mapped[str]
    version: Mapped[str]
    documents: Mapped[int]
    findings: Mapped[int]
    not_checked: Mapped[list[Any]] = mapped_column(Json)
    crashed: Mapped[list[Any]] = mapped_column(Json)


class FindingRow(_Part, Placed, Base):
    """A finding of the latest run; earlier ones are replaced, decisions on them stay in `review`."""

    __tablename__ = "finding"
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(index=True)
    fingerprint: Mapped[str] = mapped_column(index=True)
    rule: Mapped[str] = mapped_column(index=True)
    rule_version: Mapped[int]
    name: Mapped[str]
    family: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str] = mapped_column(index=True)
    pesan: Mapped[str]
    message: Mapped[str]
    tabel: Mapped[int | None]
    baris: Mapped[int | None]
    kolom: Mapped[int | None]
    expected: Mapped[str | None]
    found: Mapped[str | None]
    suggestion: Mapped[str | None]
    trace: Mapped[dict[str, Any]] = mapped_column(Json)
    kondisi: Mapped[str]
    kriteria: Mapped[str]
    __table_args__ = (Index("ix_finding_facets", "rule", "severity", "document_id"),)


class EvidenceRow(_Part, Placed, Base):
    """`document_id` is the document that the evidence lies in."""

    __tablename__ = "evidence"
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    role: Mapped[str]
    quote: Mapped[str]
    tabel: Mapped[int | None]
    baris: Mapped[int | None]
    kolom: Mapped[int | None]


class ReviewRow(Base):
    """A decision: append-only. `state` is what was decided on, so that a change re-opens it and can say why."""

    __tablename__ = "review"
    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]
    state: Mapped[dict[str, Any]] = mapped_column(Json)
    __table_args__ = (UniqueConstraint("fingerprint", "verdict", "reason", "by", "at"),)


class JudgementRow(Base):
    """A person's word on whether two names are one (pipeline.normalize.matching)."""

    __tablename__ = "judgement"
    id: Mapped[int] = mapped_column(primary_key=True)
    jenis: Mapped[str]
    a: Mapped[str]
    b: Mapped[str]
    sama: Mapped[int]
    alasan: Mapped[str]
    oleh: Mapped[str]
    at: Mapped[str]

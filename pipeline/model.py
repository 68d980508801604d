"""What flows through the pipeline: frozen values, each with its place. Functions of the stages turn one into the next.

extract   -> Extraction (pages, blocks)         raw text and raw tables of one file
tables    -> LogicalTable (columns, rows)       stitched over pages, headed, merged cells filled down
readings  -> Reading on each Cell               typed values with status and interval
normalize -> Berkas (records of one file)       what the database stores and the audit reads
audit     -> Finding
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from pipeline.interval import Interval

BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom in points; origin at the top left of the page as a person sees it (rotated, cropped)."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document. `page` and `line` count from 1; `table`, `row`, `column` from 0; text files have lines,
    PDFs pages and boxes, Word and Excel files neither (table, row and column, sheets as pages)."""

    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    bbox: BBox | None = None


# ---------------------------------------------------------------- extract

PageStatus = Literal["tables", "prose", "image", "unread", "blank"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page (or sheet). `width`/`height` in points as displayed; `rotation` in degrees; `origin` is the CropBox
    corner (left, bottom) in the PDF's own coordinates, so that boxes can be traced back into the file."""

    number: int
    status: PageStatus
    width: float | None = None
    height: float | None = None
    rotation: int = 0
    origin: tuple[float, float] = (0.0, 0.0)
    note: str = ""  # why unread, or which reader read it ("ocr", "text layer without ToUnicode")
    name: str = ""  # sheet name
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, or one item of a list (`marker` is its number or bullet as printed)."""

    text: str  # as printed, cleaned of markup only; lines joined as a reader would
    where: Where
    raw: str = ""  # with markup, as in the source
    marker: str = ""
    confidence: float | None = None  # of OCR, 0..1


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    where: Where
    level: int = 1
    raw: str = ""


@dataclass(frozen=True, slots=True)
class KeyValue:
    """`Instansi : Kecamatan X`; list items that follow belong to the value (joined by newlines)."""

    key: str
    value: str
    where: Where
    raw: str = ""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands on the page. `text` keeps line breaks as newlines and the source's markup (HTML, LaTeX);
    a drawn or built fraction arrives as LaTeX `\\frac{\\text{…}}{\\text{…}}` inside `$…$`.
    Spans count grid columns and rows; a cell covered by a span of another is absent."""

    text: str
    where: Where
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False
    confidence: float | None = None
    number_format: str = ""  # Excel's, where the text was made from a number
    formula: str = ""  # Excel's cell formula


@dataclass(frozen=True, slots=True)
class RawRow:
    cells: tuple[RawCell, ...]  # left to right; `where.column` is the grid column of each
    where: Where
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of one page (or one run of lines). `header_rows`: how many leading rows the source itself marks as header
    (0: unknown). `where.table` is its ordinal among the raw tables of the file."""

    rows: tuple[RawRow, ...]
    where: Where
    style: Literal["tabs", "pipes", "html", "ruled", "text", "word", "sheet"] = "tabs"
    header_rows: int = 0
    nested_in: int | None = None  # ordinal of the raw table whose cell holds this one


Block = Paragraph | Heading | KeyValue | RawTable


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one file's bytes. `media` is one of text, pdf, docx, doc, xlsx, xls, html."""

    name: str  # file name, without folders
    sha256: str
    media: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]  # in reading order
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- readings

ReadingStatus = Literal["exact", "repaired", "ambiguous", "unreadable", "empty"]
ReadingKind = Literal[
    "rupiah", "percent", "number", "count", "score", "range", "ratio", "date", "period", "year", "code", "predikat",
    "tick", "empty", "text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's text says. `value` is the printed number (a percentage as printed: 99,5% is 99.5); `interval` what it
    can mean given its printed precision. `ambiguous` keeps every candidate and has no value; a `repaired` one says how."""

    text: str
    kind: ReadingKind
    status: ReadingStatus
    value: Decimal | None = None
    interval: Interval | None = None
    satuan: str | None = None  # "%", "Rp", "dokumen", …
    grade: str | None = None  # "BB" of `73,47 (BB)`
    candidates: tuple[Decimal, ...] = ()
    repairs: tuple[str, ...] = ()
    decided_by: str = ""  # the identity that chose among the candidates
    code: str | None = None  # canonical programme code
    places: int = 0  # printed decimals


# ---------------------------------------------------------------- tables

FIELDS = (
    "no", "tujuan", "indikator_tujuan", "sasaran", "indikator", "formula", "sumber_data", "penanggung_jawab", "satuan",
    "target", "realisasi", "capaian", "predikat", "kode", "program", "kegiatan", "sub_kegiatan", "uraian", "anggaran",
    "realisasi_anggaran", "serapan", "baseline", "target_akhir", "capaian_akhir", "anggaran_akhir", "keterangan",
    "sumber_dana", "lokasi", "interval", "kriteria", "pembanding",
)  # fmt: skip
TABLE_KINDS = (
    "iku", "pk", "pk_anggaran", "rkt", "renstra_matriks", "renstra_program", "pengukuran", "tren", "pembanding",
    "anggaran", "efisiensi", "predikat", "input_output", "skala", "cascading", "rencana_aksi", "lain",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is one of FIELDS, or None where no vocabulary entry claims the label (kept, listed as unread).
    The same field may stand in several columns: `tahun`, `tahun_ke` (Tahun 1…5) and `triwulan` (1…4) tell them apart."""

    field: str | None
    label: str  # header cells of all header rows joined by " / "
    nomor: str | None = None  # printed column number
    formula: str | None = None  # `5/4 *100` of a header or column-number row
    tahun: int | None = None
    tahun_ke: int | None = None
    triwulan: int | None = None
    satuan: str | None = None  # stated in the header: Rp, %, juta Rp


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is what a reader reads (lines, hyphens and page fragments joined, markup gone; formulas keep their LaTeX);
    `raw` is as in the source. `inherited`: filled down from a merged cell. `lines`: every source line it came from."""

    field: str | None
    text: str
    where: Where
    raw: str = ""
    inherited: bool = False
    lines: tuple[int, ...] = ()
    confidence: float | None = None
    reading: Reading | None = None


RowKind = Literal["data", "band", "total", "unread"]


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` has one entry per column. `band`: the band rows in force ("SEBELUM PERUBAHAN", "BAGIAN TAPEM"), outermost
    first. `level`: tujuan, sasaran, program, kegiatan, sub_kegiatan, where the row belongs to a programme tree."""

    cells: tuple[Cell, ...]
    where: Where
    kind: RowKind = "data"
    band: tuple[str, ...] = ()
    level: str | None = None


@dataclass(frozen=True, slots=True)
class LogicalTable:
    ordinal: int
    kind: str  # one of TABLE_KINDS
    title: str
    where: Where
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    version: int = 1  # of the declaration within the document: 2 for a revised IKU
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- normalize


@dataclass(frozen=True, slots=True)
class Instansi:
    """An office. `jenis`: Dinas, Badan, Bagian, Biro, Kecamatan, Inspektorat, Bakorwil, RSUD, …; `tingkat` of its region:
    Provinsi, Kabupaten or Kota. `kunci` is equal for two spellings of the same office and for nothing else."""

    nama: str
    jenis: str | None = None
    induk: str | None = None  # "Sekretariat Daerah"
    wilayah: str | None = None  # "Kabupaten Jember"
    tingkat: str | None = None
    kunci: str = ""


@dataclass(frozen=True, slots=True)
class Dokumen:
    sha256: str
    path: str
    media: str
    kind: str  # IKU, PK, RKT, Renja, Renstra, LKIP, RencanaAksi, Cascading, Evaluasi, lain
    instansi: Instansi
    tahun: int | None = None
    tahun_akhir: int | None = None  # of a period
    nomor: str | None = None
    tanggal: str | None = None  # ISO, or year-month
    penandatangan: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indikator:
    """One indicator as one table declares it. `table`/`row` are its place; texts as printed, white space folded."""

    table: int
    row: int
    where: Where
    kind: str  # kind of the table
    version: int
    indikator: str
    sasaran: str | None = None
    tujuan: str | None = None
    no: str | None = None
    satuan: str | None = None
    formula: str | None = None
    sumber_data: str | None = None
    penanggung_jawab: str | None = None
    inherited: tuple[str, ...] = ()
    tahun: int | None = None
    kunci: str = ""  # normalised name: equal for spellings of the same indicator of one office


@dataclass(frozen=True, slots=True)
class Kinerja:
    """One performance figure: target, realisasi, capaian, baseline, target_akhir… of an indicator for a year (or quarter)."""

    table: int
    row: int
    column: int
    where: Where
    indikator: str
    kunci: str
    jenis: str  # target, realisasi, capaian, predikat, baseline, target_akhir, capaian_akhir, pembanding
    reading: Reading
    tahun: int | None = None
    triwulan: int | None = None
    band: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anggaran:
    """One amount of the programme tree. `jenis`: pagu, realisasi_anggaran, serapan, anggaran_akhir."""

    table: int
    row: int
    column: int
    where: Where
    jenis: str
    reading: Reading
    nama: str  # of the program, kegiatan or sub_kegiatan, as printed
    level: str | None = None
    kode: str | None = None
    tahun: int | None = None
    band: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that the prose states: amounts, percentages, counts, worked calculations. `about` is the phrase it is said of."""

    where: Where
    text: str  # the sentence
    figure: str  # as printed
    reading: Reading
    about: str = ""
    jenis: str = ""  # realisasi, target, capaian, rata_rata, pagu, serapan, jumlah, perhitungan, peringkat
    tahun: int | None = None


@dataclass(frozen=True, slots=True)
class Berkas:
    """Everything known of one file: what `store` saves and what the audit is given, whole documents at a time."""

    dokumen: Dokumen
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()  # without raw tables
    tables: tuple[LogicalTable, ...] = ()
    indikator: tuple[Indikator, ...] = ()
    kinerja: tuple[Kinerja, ...] = ()
    anggaran: tuple[Anggaran, ...] = ()
    statements: tuple[Statement, ...] = ()


# ---------------------------------------------------------------- audit

Severity = Literal["error", "warning", "notice"]
Role = Literal["subject", "source", "witness", "counterpart", "context"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that a finding shows. `quote` is the text there; `role`: subject (what is wrong), source (where it was copied
    from), witness (vouches for the correction), counterpart (what it contradicts), context."""

    sha256: str
    where: Where
    quote: str
    role: Role = "subject"


@dataclass(frozen=True, slots=True)
class Finding:
    """`pesan`/`message`: one sentence in Indonesian and in English, the same template filled. `trace` recomputes it
    (JSON: {"formula": …, "cells": {...}, "intervals": {...}, "result": …}); `fingerprint` is set by the engine."""

    rule: str
    name: str
    severity: Severity
    pesan: str
    message: str
    sha256: str
    where: Where
    evidence: tuple[Evidence, ...]
    expected: str | None = None
    found: str | None = None
    suggestion: str | None = None
    trace: Mapping[str, Any] = field(default_factory=dict)
    family: str = ""
    rule_version: int = 1
    fingerprint: str = ""
    kondisi: str = ""
    kriteria: str = ""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule could not judge a place, and says why."""

    rule: str
    sha256: str
    where: Where
    reason: str

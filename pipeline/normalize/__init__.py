"""One file in, one `Berkas` out: extraction, logical tables, readings and canonical records of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.model import Berkas, Extraction, LogicalTable, RawTable

__all__ = ["berkas_of", "read_berkas", "with_tables"]


def berkas_of(extraction: Extraction, path: str) -> Berkas:
    """Everything right of `extract` and left of `store`: a pure function of one extraction. `path` is only shown."""
    from pipeline.normalize.dokumen import describe
    from pipeline.readings import read_table, statements
    from pipeline.tables import build_tables

    tables = tuple(read_table(table) for table in build_tables(extraction))
    dokumen = describe(extraction, path, tables)
    prose = tuple(block for block in extraction.blocks if not isinstance(block, RawTable))
    read = Berkas(
        dokumen=replace(dokumen, notes=extraction.notes),
        pages=extraction.pages,
        blocks=prose,
        statements=tuple(statements(prose)),
    )
    return with_tables(read, tables)


def with_tables(berkas: Berkas, tables: Sequence[LogicalTable]) -> Berkas:
    """The document with these tables and the records that they give."""
    from pipeline.normalize.records import anggaran_of, indikator_of, kinerja_of
    from pipeline.normalize.tahun import plan_starts, with_reasons, years_of

    dokumen = berkas.dokumen
    starts = plan_starts(tuple(tables), dokumen)
    dated = [(with_reasons(table, starts), years_of(table, dokumen, starts)) for table in tables]
    return replace(
        berkas,
        tables=tuple(table for table, _ in dated),
        indikator=tuple(record for table in tables for record in indikator_of(table, dokumen.tahun)),
        kinerja=tuple(record for table, years in dated for record in kinerja_of(table, years)),
        anggaran=tuple(record for table, years in dated for record in anggaran_of(table, years)),
    )


def read_berkas(path: Path, name: str | None = None) -> Berkas:
    """Reads one file. Raises UnreadableError or MissingToolError (pipeline.errors) with reason and remedy."""
    from pipeline.extract import extract

    return berkas_of(extract(path), name or str(path))

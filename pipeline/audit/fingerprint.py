"""Names a finding by what it says, not by where it stands on the paper, so that a review decision survives re-ingestion."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.model import Berkas, Finding, LogicalTable, Where
from pipeline.normalize.names import fold, normal

_ROW_FIELDS = ("kode", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan", "uraian", "indikator")


def _table(berkas: Berkas, where: Where) -> LogicalTable | None:
    return next((table for table in berkas.tables if table.ordinal == where.table), None)


def address(berkas: Berkas, where: Where) -> tuple[str, ...]:
    """Where it stands, said in words: office, kind, year, kind and version of the table, names of the row, field."""
    dokumen = berkas.dokumen
    place = (dokumen.instansi.kunci or normal(dokumen.instansi.nama), dokumen.kind, str(dokumen.tahun or ""))
    table = _table(berkas, where)
    if table is None:
        return place
    parts: tuple[str, ...] = (*place, table.kind, str(table.version))
    if where.row is not None and where.row < len(table.rows):
        row = table.rows[where.row]
        named = zip(table.columns, row.cells, strict=False)
        parts += (*row.band, *(normal(cell.text) for column, cell in named if column.field in _ROW_FIELDS))
    if where.column is not None and where.column < len(table.columns):
        column = table.columns[where.column]
        parts += (f"{column.field or normal(column.label)}:{column.tahun or column.tahun_ke or ''}",)
    return parts


def fingerprinted(findings: Iterable[Finding], berkas: Mapping[str, Berkas]) -> Iterator[Finding]:
    """Sets `fingerprint`: 16 hex digits of rule, rule version, address and values. The same said twice in one document
    gets a number."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        quotes = sorted(fold(item.quote).lower() for item in finding.evidence)
        said = (finding.rule, str(finding.rule_version), *address(berkas[finding.sha256], finding.where))
        values = (*quotes, fold(finding.found or ""), fold(finding.expected or ""))
        digest = hashlib.sha256("\x1f".join((*said, *values)).encode()).hexdigest()[:16]
        seen[finding.sha256, digest] += 1
        number = seen[finding.sha256, digest]
        yield replace(finding, fingerprint=digest if number == 1 else f"{digest}-{number}")

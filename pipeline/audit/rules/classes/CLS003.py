"""Columns or lines that announce something and hold nothing.

"Sumber data:" without a source, predicate columns without a mark: the table proves nothing as it stands.

Wrong: columns ST, T, S, R, SR, all empty in all rows. Right: a mark in one of them per row.

Decides: a table of predikat or pengukuran in which every predikat column is empty in all rows; a line that ends with "Sumber data:"; a column "Kode" of a
scale that is empty.

Limits: marks by colour or picture are lost in reading; the finding says so by being a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, LogicalTable

_SOURCE = re.compile(r"^\W*sumber(?: data)?\s*:\W*$", re.IGNORECASE)  # "*Sumber Data:*"

RULE = Rule(
    code="CLS003",
    name="Kolom atau keterangan kosong",
    family="CLASS",
    severity="notice",
    texts={
        "column": (
            "Kolom {kolom} kosong pada semua {baris} baris (mungkin tanda warna yang tidak terbaca).",
            "The columns {kolom} are empty in all {baris} rows (perhaps marks by colour that could not be read).",
        ),
        "source": (
            "“{teks}” tanpa sumber.",
            "“{teks}” without a source.",
        ),
    },
    kriteria="Tabel harus lengkap",
)
_KINDS = {"predikat": "predikat", "skala": "kode", "pembanding": "pembanding"}


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables(*_KINDS):
        labels = _empty(table, _KINDS[table.kind])
        data = [row for row in table.rows if row.kind == "data"]
        if labels and len(data) > 1:
            first = next((cell for cell in data[0].cells if cell.text.strip()), None)
            shown = " | ".join(cell.text for cell in data[0].cells)
            where = first.where if first is not None else table.where
            yield finding(
                RULE,
                doc.berkas,
                where,
                "column",
                evidence=[
                    Evidence(doc.sha256, where, shown),
                    Evidence(doc.sha256, table.where, ", ".join(labels), "context"),
                ],
                kolom=", ".join(labels),
                baris=len(data),
            )
    for where, text in doc.spoken:
        if _SOURCE.match(text):
            yield finding(
                RULE, doc.berkas, where, "source", evidence=[cite(doc.berkas, where, text)], found=text, teks=text
            )


def _empty(table: LogicalTable, field: str) -> list[str]:
    columns = [i for i, column in enumerate(table.columns) if column.field == field]
    rows = [row for row in table.rows if row.kind == "data"]
    filled = any(i < len(row.cells) and row.cells[i].text.strip(" -") for row in rows for i in columns)
    return [] if filled else [table.columns[i].label.split(" / ")[-1] for i in columns]

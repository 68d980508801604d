"""Columns or lines that announce something and hold nothing.

"Sumber data:" without a source, predicate columns without a mark: the table proves nothing as it stands.

Wrong: columns ST, T, S, R, SR, all empty in all rows. Right: a mark in one of them per row.

Decides: a table of predikat or pengukuran in which every predikat column is empty in all rows; a line that ends with "Sumber data:"; a column "Kode" of a
scale that is empty; outputs of an input-and-output table that have a satuan but neither target nor realisasi, while the money above them has both.

Limits: marks by colour or picture are lost in reading; the finding says so by being a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Evidence, Finding, LogicalTable

_SOURCE = re.compile(r"^\W*sumber(?: data)?\s*:\W*$", re.IGNORECASE)  # "*Sumber Data:*"

RULE = Rule(
    code="CLS003",
    name="Kolom atau keterangan kosong",
    family="CLASS",
    severity="notice",
    version=2,
    texts={
        "column": (
            "Kolom {kolom} kosong pada semua {baris} baris (mungkin tanda warna yang tidak terbaca).",
            "The columns {kolom} are empty in all {baris} rows (perhaps marks by colour that could not be read).",
        ),
        "output": (
            "{jumlah} keluaran tanpa target dan realisasi, mis. “{teks}”.",
            "{jumlah} outputs have neither target nor realisasi, e.g. “{teks}”.",
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
    bare = list(_outputs(doc))
    if bare:
        yield finding(
            RULE,
            doc.berkas,
            bare[0].where,
            "output",
            evidence=[cite(doc.berkas, cell) for cell in bare],
            found=bare[0].text,
            teks=bare[0].text,
            jumlah=len(bare),
        )
    for where, text in doc.spoken:
        if _SOURCE.match(text):
            yield finding(
                RULE, doc.berkas, where, "source", evidence=[cite(doc.berkas, where, text)], found=text, teks=text
            )


def _outputs(doc: Doc) -> Iterator[Cell]:
    """The rows of input-and-output tables that state a unit and nothing else, beside rows that are filled."""
    for table in doc.tables("input_output"):
        held = [dict(zip((c.field for c in table.columns), row.cells, strict=False)) for row in table.rows]
        full = [row for row in held if all(name in row and row[name].text.strip() for name in ("target", "realisasi"))]
        for row in held if full else ():
            known = all(name in row for name in ("uraian", "satuan", "target", "realisasi"))
            if known and row["satuan"].text.strip() and not (row["target"].text + row["realisasi"].text).strip():
                yield row["uraian"]


def _empty(table: LogicalTable, field: str) -> list[str]:
    columns = [i for i, column in enumerate(table.columns) if column.field == field]
    rows = [row for row in table.rows if row.kind == "data"]
    filled = any(i < len(row.cells) and row.cells[i].text.strip(" -") for row in rows for i in columns)
    return [] if filled else [table.columns[i].label.split(" / ")[-1] for i in columns]

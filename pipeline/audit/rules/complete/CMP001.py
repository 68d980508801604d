"""A column of the IKU table is empty.

PER/20/M.PAN/11/2008 wants for every indikator its formula, its sumber data and its penanggung jawab. A header without content
promises what is not there.

Wrong: columns *Penanggung Jawab* and *Sumber Data* without a single entry. Right: every row filled.

Decides: a column that is empty in all rows is one finding; single empty cells beside filled ones are one finding per row. Cells
filled from a merged cell count as filled.

Limits: what a reader lost (colours, pictures) looks empty too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, Indikator

_NUMBER = re.compile(r"\d+(?:\.\d+)+\.?")  # "1.1.1"

RULE = Rule(
    code="CMP001",
    name="Formula, sumber data atau penanggung jawab kosong",
    family="COMPLETE",
    severity="notice",
    texts={
        "": (
            "Kolom {kolom} tidak berisi satu pun pada tabel indikator ({baris} baris).",
            "The column {kolom} has no entry at all in the table of indikator ({baris} rows).",
        ),
        "cell": (
            "{kolom} kosong untuk indikator “{indikator}”.",
            "{kolom} is empty for the indikator “{indikator}”.",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008",
)
FIELDS = {"formula": "formula", "sumber_data": "sumber data", "penanggung_jawab": "penanggung jawab"}


def _is_heading(record: Indikator, records: list[Indikator]) -> bool:
    """Whether the next indikator is numbered below this one: "1.1" before "1.1.1" declares nothing itself."""
    own = _NUMBER.match(record.indikator)
    rest = records[records.index(record) + 1 :]
    below = _NUMBER.match(rest[0].indikator) if rest else None
    return bool(own and below and below.group().startswith(own.group().rstrip(".") + "."))


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("iku"):
        records = [record for record in doc.declared if record.table == table.ordinal]
        present = {column.field for column in table.columns}
        empty_columns = []
        for field, label in FIELDS.items():
            if field not in present or not records:
                continue
            missing = [record for record in records if getattr(record, field) is None]
            if len(missing) == len(records):
                empty_columns.append(next(c.label for c in table.columns if c.field == field))
                continue
            for record in missing:
                cell = doc.cell(record, "indikator")
                if cell is not None and not _is_heading(record, records):
                    yield finding(
                        RULE,
                        doc.berkas,
                        cell.where,
                        "cell",
                        severity="warning" if field == "formula" else "notice",
                        evidence=[cite(doc.berkas, cell)],
                        kolom=label,
                        indikator=record.indikator,
                    )
        if empty_columns:
            labels = ", ".join(empty_columns)
            yield finding(
                RULE,
                doc.berkas,
                table.where,
                evidence=[Evidence(doc.sha256, table.where, labels)],
                found="",
                kolom=labels,
                baris=len(records),
            )

"""A sumber data that names no source.

"Kecamatan", "Data dinas", "Laporan kegiatan": nobody can look up a figure there. A source is a document or a survey with a name.

Wrong: Sumber data: *Laporan Kegiatan*. Right: *Laporan Tindak Lanjut Hasil Pemeriksaan Tahun 2024*.

Decides: after general words are set aside (laporan, data, kegiatan, program, the office's own kind and name) nothing is left.

Limits: said once per table, for all its rows with such a source.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import content_words

RULE = Rule(
    code="SRC002",
    name="Sumber data terlalu umum",
    family="SOURCE",
    severity="notice",
    texts={
        "": (
            "Sumber data “{sumber}” terlalu umum untuk membuktikan {jumlah} indikator.",
            "The sumber data “{sumber}” is too general to evidence {jumlah} indikator.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: setiap indikator mempunyai sumber data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    own = content_words(doc.dokumen.instansi.nama)
    for table in doc.tables("iku"):
        general = [
            (record, cell)
            for record in doc.declared
            if record.table == table.ordinal and (cell := doc.cell(record, "sumber_data")) is not None
            if cell.text.strip() and not content_words(cell.text) - vocabulary()["general_source"] - own
        ]
        if general:
            yield finding(
                RULE,
                doc.berkas,
                general[0][1].where,
                evidence=[cite(doc.berkas, cell) for _, cell in general],
                found=general[0][1].text,
                sumber=general[0][1].text,
                jumlah=len(general),
            )

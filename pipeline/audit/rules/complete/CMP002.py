"""An IKU document without year, decree or date.

Indikator kinerja utama are set by a decree for a period. Without year, number, date or signatory nobody can tell whether this is the
one in force.

Wrong: a title, an office and a table. Right: "Keputusan … Nomor …", the year, place and date, name of the head.

Decides: for a document of kind IKU, each of year, number, date, signatory, the column penanggung jawab and the office's tugas and fungsi; one notice lists
what is missing. A revision that names a regulation without number is part of it.

Limits: a title page that was not part of the file is missing here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, Heading, KeyValue, Paragraph
from pipeline.normalize.names import normal

_REVISION = re.compile(r"\b(?:revisi|perubahan)\b.*\b(?:perwali|perbup|pergub|peraturan|keputusan|sk)\b", re.IGNORECASE)

DUTIES = frozenset({"tugas", "fungsi", "tugas pokok", "tugas dan fungsi", "tugas pokok dan fungsi"})

RULE = Rule(
    code="CMP002",
    name="Dokumen IKU tanpa tahun, keputusan atau tanggal",
    family="COMPLETE",
    severity="notice",
    version=2,
    texts={
        "": (
            "Dokumen IKU tidak memuat: {hilang}.",
            "The IKU document lacks: {hilang}.",
        ),
        "revision": (
            "“{judul}” menunjuk peraturan tanpa nomor dan tanggal: tidak dapat diketahui IKU mana yang berlaku.",
            "“{judul}” refers to a regulation without number and date: it cannot be told which IKU is in force.",
        ),
    },
    kriteria="PER/9/M.PAN/5/2007; PER/20/M.PAN/11/2008",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    tables = list(doc.tables("iku"))
    if doc.dokumen.kind != "IKU" or not tables:
        return
    missing = [label for label, present in _parts(doc).items() if not present]
    if len(missing) >= 2:
        title = next((b for b in doc.prose if isinstance(b, Heading | Paragraph) and b.text), None)
        evidence = [Evidence(doc.sha256, tables[0].where, " | ".join(c.label for c in tables[0].columns))]
        where = tables[0].where
        if title is not None:
            where = title.where
            evidence.insert(0, cite(doc.berkas, title.where, title.text))
        yield finding(RULE, doc.berkas, where, evidence=evidence, found="", hilang=", ".join(missing))
    for block in doc.prose:
        if not isinstance(block, Heading | Paragraph) or len(block.text) >= 120:
            continue
        if _REVISION.search(block.text) and not any(sign.isdigit() for sign in block.text):
            yield finding(
                RULE,
                doc.berkas,
                block.where,
                "revision",
                evidence=[cite(doc.berkas, block.where, block.text)],
                judul=block.text,
            )


def _parts(doc: Doc) -> dict[str, bool]:
    dokumen = doc.dokumen
    fields = {column.field for table in doc.tables("iku") for column in table.columns}
    return {
        "tahun": dokumen.tahun is not None,
        "nomor keputusan": dokumen.nomor is not None,
        "tanggal": dokumen.tanggal is not None,
        "penandatangan": dokumen.penandatangan is not None,
        "kolom penanggung jawab": "penanggung_jawab" in fields,
        "tugas dan fungsi": any(isinstance(b, KeyValue) and normal(b.key) in DUTIES for b in doc.prose),
    }

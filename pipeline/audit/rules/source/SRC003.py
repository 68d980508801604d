"""The sumber data shows the meeting but not its follow-up.

An indikator of what was *ditindaklanjuti* (followed up) is evidenced by a follow-up report. Minutes of the meeting show only what was
agreed there.

Wrong: *Persentase hasil rapat yang ditindaklanjuti*, source *Notulen rapat*. Right: *Laporan tindak lanjut hasil rapat*.

Decides: the indikator or its formula says "ditindaklanjuti", and the source names a rapat or notulen and nothing of a follow-up.
Said once per table.

Limits: the minutes of a later meeting may record the follow-up.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import normal

RULE = Rule(
    code="SRC003",
    name="Sumber data tidak membuktikan tindak lanjut",
    family="SOURCE",
    severity="notice",
    texts={
        "": (
            "“{sumber}” membuktikan rapatnya, bukan tindak lanjut yang diukur “{indikator}” ({jumlah} baris).",
            "“{sumber}” evidences the meeting, not the follow-up that “{indikator}” measures ({jumlah} rows).",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: setiap indikator mempunyai sumber data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("iku"):
        weak = []
        for record in doc.declared:
            cell = doc.cell(record, "sumber_data")
            if record.table != table.ordinal or cell is None:
                continue
            source = normal(cell.text)
            measured = normal(f"{record.indikator} {record.formula or ''}")
            if "ditindaklanjuti" in measured and {"rapat", "notulen"} & set(source.split()) and "lanjut" not in source:
                weak.append((record, cell))
        if weak:
            yield finding(
                RULE,
                doc.berkas,
                weak[0][1].where,
                evidence=[cite(doc.berkas, cell) for _, cell in weak],
                found=weak[0][1].text,
                sumber=weak[0][1].text,
                indikator=weak[0][0].indikator,
                jumlah=len(weak),
            )

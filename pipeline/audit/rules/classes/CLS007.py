"""The indikator is the name of the activity with "Persentase" before it.

"Persentase Penyediaan Peralatan Kantor" under *Penyediaan Peralatan Kantor* says neither what is counted nor what it is a part of; 100% can always be claimed.

Wrong: *Penyediaan Bahan Logistik* with *Persentase Penyediaan Bahan Logistik*. Right: *Jumlah paket bahan logistik yang disediakan*.

Decides: rows of a programme plan whose indikator, without its first word "Persentase", is word for word the name of the row; five or more in a table are one notice.

Limits: fewer are not said.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import measured
from pipeline.model import Cell, Finding
from pipeline.normalize.names import normal

RULE = Rule(
    code="CLS007",
    name="Indikator hanya mengulang nama kegiatan",
    family="CLASS",
    severity="notice",
    texts={
        "": (
            "{jumlah} indikator hanya “persentase” dan nama kegiatannya, mis. “{indikator}”.",
            "{jumlah} indikator are only “persentase” and the name of the activity, e.g. “{indikator}”.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: indikator menyatakan apa yang diukur",
)
MANY = 5


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("renstra_program", "rkt"):
        found: list[Cell] = []
        for line in (one for one in lines(doc, table.kind) if one.table is table):
            name, cell = line.name, line.first("indikator")
            if name is None or cell is None:
                continue
            word, _, rest = measured(cell.text).partition(" ")
            if word == "persentase" and rest and _dense(rest) == _dense(normal(name.text)):
                found.append(cell)
        if len(found) >= MANY:
            yield finding(
                RULE,
                doc.berkas,
                found[0].where,
                evidence=[cite(doc.berkas, cell) for cell in found],
                found=found[0].text,
                jumlah=len(found),
                indikator=found[0].text,
            )


def _dense(text: str) -> str:
    """Without spaces, which narrow columns put into words."""
    return "".join(text.split())

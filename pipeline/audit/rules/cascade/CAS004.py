"""One indikator measures many different activities.

When the programme and six of its activities have the same indikator, it tells none of them from the others: nobody can see which activity succeeded.

Wrong: *Persentase pemenuhan kebutuhan dasar* for personnel, logistics, vehicles and post. Right: each activity has its own.

Decides: three or more rows of one section of a plan with different names of the same level (kegiatan or sub kegiatan) and the same words in the indikator.

Limits: a general indikator may have been chosen on purpose; hence a notice, one per indikator and section.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

RULE = Rule(
    code="CAS004",
    name="Satu indikator untuk banyak kegiatan",
    family="CASCADE",
    severity="notice",
    texts={
        "": (
            "“{indikator}” mengukur {jumlah} kegiatan yang berbeda, mis. “{satu}” dan “{dua}”.",
            "“{indikator}” measures {jumlah} different activities, e.g. “{satu}” and “{dua}”.",
        )
    },
    kriteria="PermenPANRB 89/2021: penjenjangan kinerja",
)
MANY = 3


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    groups: dict[tuple[object, ...], dict[frozenset[str], tuple[Cell, Cell]]] = defaultdict(dict)
    for line in lines(doc, "renstra_program"):
        name, cell = line.name, line.first("indikator")
        if name is None or cell is None or line.row.level not in ("kegiatan", "sub_kegiatan"):
            continue
        if len(meaning(cell.text)) < 2 or not meaning(name.text):
            continue
        key = (line.table.ordinal, line.section, line.row.level, meaning(cell.text))
        groups[key].setdefault(meaning(name.text), (name, cell))
    for rows in groups.values():
        if len(rows) >= MANY:
            (first, cell), (second, _), *_ = rows.values()
            yield finding(
                RULE,
                doc.berkas,
                cell.where,
                evidence=[
                    *(cite(doc.berkas, own) for _, own in rows.values()),
                    *(cite(doc.berkas, name, role="context") for name, _ in rows.values()),
                ],
                found=cell.text,
                indikator=cell.text,
                jumlah=len(rows),
                satu=first.text,
                dua=second.text,
            )

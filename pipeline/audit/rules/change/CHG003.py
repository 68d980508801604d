"""An indikator of the year before has no successor.

An indikator that disappears takes its results with it. A decree that drops one says why.

Wrong: five indikator in 2021, four in 2022, and no word of the fifth. Right: a note of the removal.

Decides: after equal and similar names of two successive declarations of one office are paired, what is left of the earlier one.
Half of the indikator must have successors, or the two declarations are not of one kind.

Limits: an indikator that was moved to another unit's document is not found there.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.declarations import matched, successions, unmatched
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding

RULE = Rule(
    code="CHG003",
    name="Indikator hilang",
    family="CHANGE",
    severity="notice",
    scope="office",
    texts={
        "": (
            "Indikator “{indikator}” ({dulu}) tidak ada lagi dalam {kini} dan tidak dijelaskan.",
            "The indikator “{indikator}” ({dulu}) is no longer in {kini}, and nothing explains it.",
        )
    },
    kriteria="PermenPANRB 53/2014: perbandingan antartahun",
)


def check(ctx: Context) -> Iterable[Finding]:
    for before, after in successions(ctx):
        pairs = matched(before, after)
        if 2 * len(pairs) < len(before.records):
            continue
        table = after.doc.table_at[after.records[0].table]
        for record in unmatched(before, pairs):
            cell = before.doc.cell(record, "indikator")
            if cell is not None:
                yield finding(
                    RULE,
                    before.doc.berkas,
                    cell.where,
                    evidence=[
                        cite(before.doc.berkas, cell),
                        Evidence(after.doc.sha256, table.where, table.title, "counterpart"),
                    ],
                    found=record.indikator,
                    indikator=record.indikator,
                    dulu=before.label,
                    kini=after.label,
                )

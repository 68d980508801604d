"""An indikator of the year before has no successor.

An indikator that disappears takes its results with it. A decree that drops one says why.

Wrong: five indikator in 2021, four in 2022, and no word of the fifth. Right: a note of the removal.

Decides: after equal and similar names of two successive declarations of one office are paired, what is left of the earlier one.
Half of the indikator must have successors, or the two declarations are not of one kind. A sasaran of the earlier one that nothing resembles in the later one, while its indikator moved
under another sasaran that its own row prints, is said as well.

Limits: an indikator that was moved to another unit's document is not found there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.audit.context import Context, meaning
from pipeline.audit.declarations import Declaration, Pair, matched, successions, unmatched
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding

RULE = Rule(
    code="CHG003",
    name="Indikator hilang",
    family="CHANGE",
    severity="notice",
    scope="office",
    version=2,
    texts={
        "": (
            "Indikator “{indikator}” ({dulu}) tidak ada lagi dalam {kini} dan tidak dijelaskan.",
            "The indikator “{indikator}” ({dulu}) is no longer in {kini}, and nothing explains it.",
        ),
        "sasaran": (
            "Sasaran “{sasaran}” ({dulu}) tidak ada lagi dalam {kini}; indikatornya “{indikator}” kini di bawah “{lain}”.",
            "The sasaran “{sasaran}” ({dulu}) is no longer in {kini}; its indikator “{indikator}” now stands under “{lain}”.",
        ),
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
        yield from _goals(before, after, pairs)


def _goals(before: Declaration, after: Declaration, pairs: Sequence[Pair]) -> Iterable[Finding]:
    """Sasaran of the earlier declaration without counterpart, whose indikator went on under another one."""
    later = [meaning(record.sasaran) for record in after.records if record.sasaran]
    said: set[str] = set()
    for pair in pairs:
        goal, now = pair.before.sasaran, pair.after.sasaran
        if not goal or not now or goal in said or "sasaran" in pair.after.inherited:
            continue
        words = meaning(goal)
        if not words or any(2 * len(words & other) >= len(words | other) for other in later):
            continue
        kept = {meaning(p.after.sasaran or "") for p in pairs if p.before.sasaran != goal}
        cell, other = before.doc.cell(pair.before, "sasaran"), after.doc.cell(pair.after, "sasaran")
        if meaning(now) not in kept or cell is None or other is None:
            continue
        said.add(goal)
        indikator = after.doc.cell(pair.after, "indikator")
        yield finding(
            RULE,
            before.doc.berkas,
            cell.where,
            "sasaran",
            evidence=[
                cite(before.doc.berkas, cell),
                cite(after.doc.berkas, other, role="counterpart"),
                *([cite(after.doc.berkas, indikator, role="context")] if indikator is not None else []),
            ],
            found=goal,
            sasaran=goal,
            indikator=pair.after.indikator,
            dulu=before.label,
            kini=after.label,
            lain=now,
        )

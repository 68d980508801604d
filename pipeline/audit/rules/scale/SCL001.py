"""The declared scale has overlaps or gaps.

Every value must belong to exactly one class. Where a limit belongs to two classes, or values between two limits to none, the predicate of
such a value is anybody's guess. When the document names the regulation of its scale, the limits must be those of the regulation.

Wrong: ≥ 90 Sangat Tinggi; 76 ≤ 90 Tinggi; 66 ≤ 75 Sedang. (90 is twice, 75,5 nowhere.) Right: > 90; > 75–90; > 65–75.

Decides: the intervals of the table, ordered; a warning for an overlap, a notice for gaps alone (several regulations print whole
numbers with gaps).

Limits: a scale whose intervals could not all be read is not checked, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding, not_checked
from pipeline.interval import UNBOUNDED, Interval
from pipeline.model import Cell, Finding, LogicalTable, NotChecked

RULE = Rule(
    code="SCL001",
    name="Skala bertumpang tindih atau bercelah",
    family="SCALE",
    severity="warning",
    texts={
        "twice": (
            "Nilai {dua} termasuk dua kelas skala sekaligus.",
            "The value {dua} belongs to two classes of the scale.",
        ),
        "never": (
            "Nilai di antara {celah} tidak termasuk kelas mana pun.",
            "Values between {celah} belong to no class.",
        ),
        "both": (
            "Nilai {dua} termasuk dua kelas skala, dan nilai di antara {celah} tidak termasuk kelas mana pun.",
            "The value {dua} belongs to two classes of the scale, and values between {celah} to none.",
        ),
    },
    kriteria="Permendagri 86/2017; setiap nilai termasuk tepat satu kelas",
)


def check(ctx: Context) -> Iterable[Finding | NotChecked]:
    doc = ctx.doc
    for table in doc.tables("skala"):
        column = next((i for i, c in enumerate(table.columns) if c.field == "interval"), None)
        if column is None:
            continue
        cells = [row.cells[column] for row in table.rows if row.kind == "data" and column < len(row.cells)]
        read = [(cell, cell.reading.interval) for cell in cells if cell.reading is not None and cell.reading.interval]
        if len(read) < 2 or len(read) < len(cells):
            yield not_checked(RULE, doc.berkas, table.where, "the intervals of the scale could not all be read")
            continue
        yield from _judge(ctx, table, [(cell, span) for cell, span in read if span is not None])


def _judge(ctx: Context, table: LogicalTable, classes: list[tuple[Cell, Interval]]) -> Iterable[Finding]:
    ordered = sorted(classes, key=lambda one: (one[1].low, one[1].high))
    twice, never, shown = [], [], []
    for (cell, low), (above, high) in pairwise(ordered):
        common = low.intersect(high)
        if common is not None:
            twice.append(_number(common.low) if common.is_exact else f"{_number(common.low)}–{_number(common.high)}")
            shown += [cell, above]
        elif low.high < high.low:
            never.append(f"{_number(low.high)}–{_number(high.low)}")
            shown += [cell, above]
    if not twice and not never:
        return
    doc = ctx.doc
    cells = list(dict.fromkeys(shown))
    yield finding(
        RULE,
        doc.berkas,
        min(cells, key=lambda c: (c.where.line or 0, c.where.row or 0)).where,
        "both" if twice and never else "twice" if twice else "never",
        severity="warning" if twice else "notice",
        evidence=[cite(doc.berkas, cell) for cell in cells],
        found="; ".join(cell.text for cell in cells),
        trace={"twice": twice, "never": never},
        dua=", ".join(twice),
        celah=", ".join(never),
    )


def _number(value: Fraction) -> str:
    if abs(value) >= UNBOUNDED:
        return "∞"
    return f"{float(value):g}".replace(".", ",")

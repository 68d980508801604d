"""The targets lie below the baseline of an indikator that should rise.

A plan that starts at 100% and aims at 95% plans a decline, or its baseline is wrong.

Wrong: baseline 100%, targets 95%, 95%, 95%. Right: baseline 93%, targets 95%, 96%, 97%.

Decides: baseline and all yearly targets in one unit, every target below the baseline, the indikator is not one that should fall. Also
a target that falls below the baseline in the middle of the series and comes back, and an end value below every yearly target.

Limits: targets may be lowered on purpose after a change of method; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.audit.context import Context, Doc
from pipeline.audit.identities.direction import lower_is_better
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import unit_of
from pipeline.model import Cell, Finding

RULE = Rule(
    code="UNT004",
    name="Target di bawah kondisi awal",
    family="UNIT",
    severity="notice",
    version=2,
    texts={
        "": (
            "Semua target “{indikator}” ({target}) di bawah kondisi awal {awal}.",
            "All targets of “{indikator}” ({target}) lie below the baseline {awal}.",
        ),
        "end": (
            "Nilai akhir “{indikator}” ({awal}) di bawah semua target tahunannya ({target}).",
            "The end value of “{indikator}” ({awal}) lies below all its yearly targets ({target}).",
        ),
        "dip": (
            "Target “{indikator}” turun ke {target} lalu kembali ke {awal}.",
            "The target of “{indikator}” falls to {target} and returns to {awal}.",
        ),
    },
    kriteria="Permendagri 86/2017: target meningkat dari kondisi awal",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for line in lines(doc, "renstra_program", "renstra_matriks"):
        for name, cells in line.figures():
            start = next((cell for column, cell in cells if column.field == "baseline"), None)
            targets = [cell for column, cell in cells if column.field == "target"]
            end = [cell for column, cell in cells if column.field == "target_akhir"]
            if not targets or lower_is_better(name.text) or name.inherited:
                continue
            yield from _end_below(doc, name, targets, end)
            if start is None:
                continue
            series = [(cell, _value(cell)) for cell in (*targets, *end)]
            first = _value(start)
            if (
                first is None
                or any(value is None for _, value in series)
                or len({unit_of(c) for c, _ in series} | {unit_of(start)}) > 1
            ):
                continue
            values = [value for _, value in series if value is not None]
            low = next((cell for cell, value in series if value is not None and value < first), None)
            if low is None:
                continue
            dip = values[0] >= first and values[-1] >= first
            if not dip and not all(value < first for value in values):
                continue
            yield finding(
                RULE,
                doc.berkas,
                low.where,
                "dip" if dip else "",
                evidence=[
                    cite(doc.berkas, low),
                    cite(doc.berkas, start, role="counterpart"),
                    cite(doc.berkas, name, role="context"),
                ],
                found=low.text,
                expected=f"≥ {start.text}",
                indikator=name.text,
                target=low.text if dip else ", ".join(dict.fromkeys(cell.text for cell, _ in series)),
                awal=start.text,
            )


def _end_below(doc: Doc, name: Cell, targets: list[Cell], end: list[Cell]) -> Iterator[Finding]:
    """The end value lies below every yearly target, in the same unit."""
    yearly, last = [_value(cell) for cell in targets], _value(end[0]) if end else None
    known = [value for value in yearly if value is not None]
    if last is None or len(known) < max(2, len(yearly)) or len({unit_of(cell) for cell in (*targets, *end)}) > 1:
        return
    if last < min(known):
        yield finding(
            RULE,
            doc.berkas,
            end[0].where,
            "end",
            evidence=[
                cite(doc.berkas, end[0]),
                *(cite(doc.berkas, cell, role="counterpart") for cell in targets),
                cite(doc.berkas, name, role="context"),
            ],
            found=end[0].text,
            expected=f"≥ {targets[-1].text}",
            indikator=name.text,
            target=", ".join(dict.fromkeys(cell.text for cell in targets)),
            awal=end[0].text,
        )


def _value(cell: Cell) -> Decimal | None:
    reading = cell.reading
    return reading.value if reading is not None and reading.status in ("exact", "repaired") else None

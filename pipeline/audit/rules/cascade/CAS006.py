"""One indikator goes from the program down to its sub kegiatan.

When program, kegiatan and sub kegiatan all count the same reports, the outcome is measured with the output: doing the work is called its effect.

Wrong: *Jumlah laporan pengawasan* for the program, its kegiatan and its sub kegiatan. Right: the program by what the supervision changed.

Decides: in a programme plan, a kegiatan and a sub kegiatan right below a program whose indikator has the same words at all three levels. One notice per table with all places.

Limits: the wording may be the same on purpose where a program has one activity; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

RULE = Rule(
    code="CAS006",
    name="Satu indikator dari program sampai sub kegiatan",
    family="CASCADE",
    severity="notice",
    texts={
        "": (
            "{jumlah} program diukur dengan indikator sub kegiatannya, mis. “{program}”: “{indikator}”.",
            "{jumlah} programs are measured by the indikator of their sub kegiatan, e.g. “{program}”: “{indikator}”.",
        )
    },
    kriteria="PermenPANRB 89/2021: penjenjangan kinerja",
)
LEVELS = ("program", "kegiatan", "sub_kegiatan")


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("renstra_program"):
        held: dict[str, tuple[Cell, Cell]] = {}
        found: list[dict[str, tuple[Cell, Cell]]] = []
        for line in (one for one in lines(doc, "renstra_program") if one.table is table):
            level, pair = line.row.level or "", _pair(line)
            if level not in LEVELS or pair is None:
                continue
            held = {name: held[name] for name in LEVELS[: LEVELS.index(level)] if name in held} | {level: pair}
            fresh = all(held.get("program") is not one["program"] for one in found)
            if fresh and len(held) == len(LEVELS) and _same([cell for _, cell in held.values()]):
                found.append(held)
        if found:
            name, cell = found[0]["program"]
            yield finding(
                RULE,
                doc.berkas,
                cell.where,
                evidence=[
                    *(cite(doc.berkas, own) for one in found for _, own in one.values()),
                    cite(doc.berkas, name, role="context"),
                ],
                found=cell.text,
                jumlah=len(found),
                program=name.text,
                indikator=cell.text,
            )


def _same(cells: list[Cell]) -> bool:
    """Whether all say the same; one word may differ, as misreadings make it."""
    first, *rest = (meaning(cell.text) for cell in cells)
    return all(len(first ^ other) <= 1 for other in rest)


def _pair(line: Line) -> tuple[Cell, Cell] | None:
    """(name, indikator) of a row that has both."""
    name, cell = line.name, line.first("indikator")
    return (name, cell) if name is not None and cell is not None and len(meaning(cell.text)) >= 2 else None

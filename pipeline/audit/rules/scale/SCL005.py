"""A predikat is not that of its capaian by the document's own scale.

The scale of the report gives "Tinggi" from 76 to 90; a row with 87,8% says "Sangat Tinggi". The predikat was copied down the column, or the capaian was
corrected and the predikat forgotten.

Wrong (scale: ≥ 91 Sangat Tinggi, 76–90 Tinggi): *87,8% Sangat Tinggi*. Right: *87,8% Tinggi*.

Decides: the document's one table of classes with their intervals; rows of other tables with a capaian in per cent and, to its right, one of those classes, in full or by its
initials. A capaian between two classes or on their border may have either.

Limits: documents with several scales are not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.audit.context import Context, Doc
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.interval import Interval
from pipeline.model import Cell, Finding, LogicalTable
from pipeline.normalize.names import normal

CLASSES = ("kriteria", "predikat")
LEAST = 3

RULE = Rule(
    code="SCL005",
    name="Predikat tidak sesuai dengan capaian",
    family="SCALE",
    severity="warning",
    texts={
        "": (
            "Capaian {capaian} menurut skala dokumen ini “{benar}”, bukan “{tertulis}”.",
            "A capaian of {capaian} is “{benar}” by this document's scale, not “{tertulis}”.",
        )
    },
    kriteria="Predikat mengikuti skala yang ditetapkan dokumen",
)

Scale = list[tuple[Interval, str]]


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    scales = [(table, scale) for table in doc.tables("skala") if len(scale := _scale(table)) >= LEAST]
    if len(scales) != 1:
        return
    table, scale = scales[0]
    names = {alias: name for _, name in scale for alias in (normal(name), _initials(name))}
    for line in lines(doc):
        if line.table is table:
            continue
        for capaian, predikat in _pairs(line.table, line.row.cells):
            said = names.get(normal(predikat.text))
            value = capaian.reading.value if capaian.reading else None
            if said is None or value is None:
                continue
            fitting = _classes(value, scale)
            if said in fitting:
                continue
            yield finding(
                RULE,
                doc.berkas,
                predikat.where,
                evidence=[
                    cite(doc.berkas, predikat),
                    cite(doc.berkas, capaian, role="witness"),
                    *(cite(doc.berkas, cell, role="counterpart") for cell in _cells(doc, table)),
                ],
                found=predikat.text,
                expected=fitting[0],
                suggestion=fitting[0],
                trace={"capaian": str(value), "classes": fitting},
                capaian=capaian.text,
                benar=fitting[0],
                tertulis=predikat.text,
            )


def _scale(table: LogicalTable) -> Scale:
    """Its classes, best last; empty where an interval or a name could not be read."""
    spans = next((i for i, c in enumerate(table.columns) if c.field == "interval"), None)
    names = next((i for i, c in enumerate(table.columns) if c.field in CLASSES), None)
    if spans is None or names is None:
        return []
    found: Scale = []
    for row in table.rows:
        if row.kind != "data" or max(spans, names) >= len(row.cells):
            continue
        reading, name = row.cells[spans].reading, " ".join(row.cells[names].text.split())
        if reading is None or reading.interval is None or not name:
            return []
        found.append((reading.interval, name))
    ordered = sorted(found, key=lambda one: one[0].low)
    return ordered if len({normal(name) for _, name in ordered}) == len(ordered) else []


def _cells(doc: Doc, table: LogicalTable) -> Iterator[Cell]:
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=False):
            if column.field == "interval" and cell.text.strip():
                yield cell


def _initials(name: str) -> str:
    return "".join(word[0] for word in normal(name).split())


def _pairs(table: LogicalTable, cells: tuple[Cell, ...]) -> Iterator[tuple[Cell, Cell]]:
    """Each predikat of the row with the nearest capaian to its left."""
    for at, (column, cell) in enumerate(zip(table.columns, cells, strict=False)):
        if column.field not in CLASSES or not cell.text.strip():
            continue
        left = [i for i in range(at) if i < len(cells) and table.columns[i].field == "capaian"]
        reading = cells[left[-1]].reading if left else None
        if reading is None or reading.status != "exact" or cells[left[-1]].inherited:
            continue
        if reading.kind in ("percent", "number"):
            yield cells[left[-1]], cell


def _classes(value: Decimal, scale: Scale) -> list[str]:
    """The classes that hold the value; between two, both; beyond the ends, the first or last."""
    inside = [name for span, name in scale if value in span]
    if inside:
        return inside
    below = [name for span, name in scale if span.high <= value]
    above = [name for span, name in scale if span.low >= value]
    return [*below[-1:], *above[:1]]

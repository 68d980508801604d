"""Targets of counts are bare figures where the other rows of the table name the unit.

"1" may be a document, a report or a package; beside "5 dok" at the end and "12 laporan" in other rows the unit was forgotten, and no other document can be compared.

Wrong: *Jumlah Dokumen RKA*: 1 | 1 | **5 dok**. Right: 1 dokumen | 1 dokumen | 5 dokumen.

Decides: tables without a column for the unit in which three of four counts ("Jumlah …", "Banyaknya …") print it with every figure; counts of the same table with at least two bare
figures above nought. One finding per section.

Limits: none known; a notice, since the unit can mostly be guessed from the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import promised
from pipeline.model import Cell, Finding

_FIGURE = re.compile(r"[\d.,\s]+")  # "12", not "12 ekor"
_LEAST = 2
"""Bare figures of a row before it is accused: a single one may be a digit of something else."""
_USUAL = 3
"""Rows with units for each row without."""

RULE = Rule(
    code="UNT010",
    name="Target tanpa satuan",
    family="UNIT",
    severity="notice",
    texts={
        "": (
            "{jumlah} indikator jumlah bertarget tanpa satuan, mis. “{indikator}”: {nilai}; baris lain menyebut satuannya.",
            "{jumlah} counts have targets without a unit, e.g. “{indikator}”: {nilai}; other rows name it.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: satuan mengikuti indikator",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    tables: dict[int, list[tuple[Line, Cell, list[Cell], list[Cell]]]] = {}
    for line, name, cells in _counts(ctx):
        tables.setdefault(line.table.ordinal, []).append((line, name, cells, _bare(cells)))
    for rows in tables.values():
        without = [row for row in rows if len(row[3]) >= _LEAST]
        clean = sum(not row[3] for row in rows)
        if not without or clean < _USUAL * len(without):
            continue
        sections: dict[tuple[str, ...], list[tuple[Line, Cell, list[Cell], list[Cell]]]] = {}
        for row in without:
            sections.setdefault(row[0].section, []).append(row)
        for held in sections.values():
            _, name, cells, bare = held[0]
            yield finding(
                RULE,
                doc.berkas,
                bare[0].where,
                evidence=[
                    *(cite(doc.berkas, row[3][0]) for row in held),
                    cite(doc.berkas, name, role="counterpart"),
                ],
                found=bare[0].text,
                jumlah=len(held),
                indikator=name.text,
                nilai=", ".join(cell.text for cell in cells),
            )


def _counts(ctx: Context) -> Iterator[tuple[Line, Cell, list[Cell]]]:
    """The rows whose indikator promises a count, with its figures."""
    for line in lines(ctx.doc):
        if any(column.field == "satuan" for column in line.table.columns):
            continue
        for name, cells in line.figures():
            if not name.inherited and promised(name.text) == "count":
                yield line, name, [cell for _, cell in cells]


def _bare(cells: list[Cell]) -> list[Cell]:
    """The figures above nought without a unit."""
    return [cell for cell in cells if _FIGURE.fullmatch(cell.text) and cell.reading is not None and cell.reading.value]

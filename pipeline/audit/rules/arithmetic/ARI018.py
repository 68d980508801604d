"""Weights of components do not add up to that of the whole.

A table of weights gives *Evaluasi kinerja 25* over parts of 5, 7,5 and 5: the parts make 17,5. Scores computed with them cannot reach the maximum.

Wrong: 25 = 5 + 7,5 + 5. Right: 25 = 5 + 7,5 + 12,5.

Decides: columns headed "bobot" whose rows fall into groups, each a weight followed by the weights that add up to it; where at least two groups hold and one does not, and the
weights of all groups make 100, that one.

Limits: tables of one level, and those in which more than one group fails, are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.audit.context import Context
from pipeline.audit.identities.wording import number
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, LogicalTable

_WEIGHT = re.compile(r"\bbobot\b", re.IGNORECASE)
WHOLE = 100
MOST_PARTS = 8
MIN_GROUPS = 2

RULE = Rule(
    code="ARI018",
    name="Bobot komponen tidak berjumlah",
    family="ARITHMETIC",
    severity="warning",
    texts={
        "": (
            "Bobot “{nama}” {bobot}, tetapi bobot bagiannya {bagian} = {jumlah}.",
            "The weight of “{nama}” is {bobot}, but its parts weigh {bagian} = {jumlah}.",
        )
    },
    kriteria="Jumlah bobot bagian = bobot komponennya",
)

Group = tuple[Cell, list[Cell]]


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables():
        for column, spec in enumerate(table.columns):
            cells = _cells(table, column) if _WEIGHT.search(spec.label) else []
            groups = _groups(cells)
            wrong = [group for group in groups if _sum(group[1]) != _value(group[0])]
            if len(groups) - len(wrong) < MIN_GROUPS or len(wrong) != 1 or _sum([head for head, _ in groups]) != WHOLE:
                continue
            head, parts = wrong[0]
            yield finding(
                RULE,
                doc.berkas,
                head.where,
                evidence=[cite(doc.berkas, head), *(cite(doc.berkas, part, role="counterpart") for part in parts)],
                found=head.text,
                trace={"parts": [part.text for part in parts], "sum": str(_sum(parts))},
                nama=_name(table, head),
                bobot=head.text,
                bagian=" + ".join(part.text for part in parts),
                jumlah=number(_sum(parts)),
            )


def _cells(table: LogicalTable, column: int) -> list[Cell]:
    cells = [row.cells[column] for row in table.rows if row.kind == "data" and column < len(row.cells)]
    known = [
        cell for cell in cells if cell.reading is not None and cell.reading.value is not None and not cell.inherited
    ]
    return known if len(known) == len(cells) else []


def _groups(cells: list[Cell]) -> list[Group]:
    """Weights with the parts that follow them: up to the sum where it comes out, else up to where the next group begins."""
    groups: list[Group] = []
    at = 0
    while at < len(cells):
        size = _size(cells, at)
        if size is None:
            end = next((i for i in range(at + 3, len(cells)) if _size(cells, i) is not None), len(cells))
            size = end - at - 1
        if size < 2:
            return []
        groups.append((cells[at], cells[at + 1 : at + 1 + size]))
        at += size + 1
    return groups


def _size(cells: list[Cell], at: int) -> int | None:
    return next(
        (
            n
            for n in range(2, MOST_PARTS + 1)
            if at + n < len(cells) and _sum(cells[at + 1 : at + 1 + n]) == _value(cells[at])
        ),
        None,
    )


def _value(cell: Cell) -> Decimal:
    return cell.reading.value if cell.reading is not None and cell.reading.value is not None else Decimal(0)


def _sum(cells: list[Cell]) -> Decimal:
    return sum((_value(cell) for cell in cells), Decimal(0))


def _name(table: LogicalTable, head: Cell) -> str:
    row = next((row for row in table.rows if head in row.cells), None)
    return next((c.text for c in row.cells if any(ch.isalpha() for ch in c.text)), "") if row is not None else ""

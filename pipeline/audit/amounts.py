"""Amounts of money that the reader doubts, gathered to one notice a table: the page is to be looked at, nobody is accused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.audit.context import Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Reading

MONEY = ("anggaran", "realisasi_anggaran", "anggaran_akhir")
SHOWN = 200  # places in the evidence


def doubted(rule: Rule, doc: Doc, is_doubtful: Callable[[Cell, Reading], bool]) -> Iterator[Finding]:
    """One finding for each table with doubtful amounts, all their places in it; what each was taken for stands in the trace."""
    for table in doc.tables():
        columns = [i for i, column in enumerate(table.columns) if column.field in MONEY]
        cells = [row.cells[i] for row in table.rows for i in columns if i < len(row.cells)]
        found = [c for c in cells if not c.inherited and c.reading is not None and is_doubtful(c, c.reading)]
        if found:
            texts = list(dict.fromkeys(" ".join(cell.text.split()) for cell in found))
            taken = {
                cell.text: str(cell.reading.value) for cell in found[:SHOWN] if cell.reading and cell.reading.value
            }
            yield finding(
                rule,
                doc.berkas,
                found[0].where,
                evidence=[cite(doc.berkas, cell) for cell in found[:SHOWN]],
                found=found[0].text,
                trace={"taken_for": taken} if taken else None,
                jumlah=len(found),
                contoh=", ".join(f"“{text}”" for text in texts[:3]),
            )

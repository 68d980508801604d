"""An indikator cell holds something that is no indikator.

A bare quantity ("3 buku") is a target, a sentence that begins with "Meningkatnya" or "Menciptakan" is a goal or objective; neither says what is measured. And
an indikator ("Persentase …") in the sasaran column is no objective.

Wrong: indikator *3 ( tiga ) buku*; indikator *Menciptakan suasana aman*; sasaran *Persentase produk hukum yang diunggah*.
Right: *Jumlah buku yang disusun*; *Indeks rasa aman*; *Meningkatnya keterbukaan produk hukum*.

Decides: by the form of the cell: number and unit alone; first word. Said once per kind and table, with all cells.

Limits: "Peningkatan …" may be an indikator of growth and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import NAMES, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, LogicalTable
from pipeline.normalize.names import normal

_QUANTITY = re.compile(r"^\d+\s*(?:\(\s*[a-z ]+\s*\)\s*)?[a-z]+(?: [a-z]+)?$", re.IGNORECASE)  # "3 ( tiga ) buku"
_GOAL = ("meningkatnya", "meningkatkan", "menciptakan", "terciptanya", "mewujudkan", "terwujudnya", "terjaganya")
_PLANS = {"renstra_matriks": 3, "renstra_program": 2}  # targets that a row without an indikator must have
_PLANNED = (*NAMES, "sasaran", "tujuan")
_MEASURE = ("persentase", "jumlah", "indeks", "nilai")

RULE = Rule(
    code="CLS002",
    name="Isi kolom indikator atau sasaran keliru",
    family="CLASS",
    severity="notice",
    version=2,
    texts={
        "quantity": (
            "Kolom indikator berisi besaran “{isi}”, bukan indikator ({jumlah}).",
            "The indikator column holds the quantity “{isi}”, not an indikator ({jumlah}).",
        ),
        "goal": (
            "Kolom indikator berisi kalimat tujuan/sasaran “{isi}” ({jumlah}).",
            "The indikator column holds a goal sentence, “{isi}” ({jumlah}).",
        ),
        "measure": (
            "Kolom sasaran berisi indikator “{isi}” ({jumlah}).",
            "The sasaran column holds an indikator, “{isi}” ({jumlah}).",
        ),
        "empty": (
            "Target tanpa indikator pada “{isi}” ({jumlah}).",
            "Targets without an indikator at “{isi}” ({jumlah}).",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008: indikator menyatakan apa yang diukur",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("renstra_matriks", "renstra_program", "pk", "rkt", "iku", "pengukuran"):
        kinds: dict[str, list[Cell]] = {}
        for line in (one for one in lines(doc, table.kind) if one.table is table):
            for _, cell in line.cells("indikator"):
                words = normal(cell.text).split()
                if _QUANTITY.match(cell.text.strip()):
                    kinds.setdefault("quantity", []).append(cell)
                elif words and words[0] in _GOAL:
                    kinds.setdefault("goal", []).append(cell)
            for _, cell in line.cells("sasaran"):
                words = normal(cell.text).split()
                if len(words) > 2 and words[0] in _MEASURE:
                    kinds.setdefault("measure", []).append(cell)
            nameless = _nameless(table, line.row.cells)
            if nameless is not None:
                kinds.setdefault("empty", []).append(nameless)
        for kind, cells in kinds.items():
            yield finding(
                RULE,
                doc.berkas,
                cells[0].where,
                kind,
                severity="warning" if kind == "quantity" else None,
                evidence=[cite(doc.berkas, cell) for cell in cells],
                found=cells[0].text,
                isi=cells[0].text,
                jumlah=len(cells),
            )


def _nameless(table: LogicalTable, cells: tuple[Cell, ...]) -> Cell | None:
    """The first target of a plan's row that names no indikator although the table has one column of them. In a table of
    programmes the row must name its program, kegiatan or sasaran itself, not go on with the row above."""
    if table.kind not in _PLANS or len([c for c in table.columns if c.field == "indikator"]) != 1:
        return None
    held = list(zip(table.columns, cells, strict=False))
    if table.kind == "renstra_program" and not any(
        cell.text.strip() and not cell.inherited for column, cell in held if column.field in _PLANNED
    ):
        return None
    targets = [cell for column, cell in held if column.field == "target" and cell.text.strip() and not cell.inherited]
    named = any(cell.text.strip() for column, cell in held if column.field == "indikator")
    return targets[0] if len(targets) >= _PLANS[table.kind] and not named else None

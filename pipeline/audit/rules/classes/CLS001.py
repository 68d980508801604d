"""Text where numbers belong.

A target or an amount is a number. Words of another column there mean that cells were overwritten or shifted, and the figure is lost.

Wrong: amounts that read *Kabupaten Contoh | Kabupaten Contoh*. Right: the amounts.

Decides: cells of target, realisasi, amounts and shares that read as plain text without a digit, where the same text stands in a text column of the row
(place, responsible unit) or in three numeric columns of it. One finding per run of rows.

Limits: targets in words (WTP, Baik, Ada) are allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding
from pipeline.normalize.names import normal

NUMERIC = (
    "target",
    "realisasi",
    "anggaran",
    "realisasi_anggaran",
    "serapan",
    "target_akhir",
    "anggaran_akhir",
    "capaian",
)
TEXTUAL = ("lokasi", "penanggung_jawab")
REPEATED = 3  # equal texts in one row's numeric columns

RULE = Rule(
    code="CLS001",
    name="Teks dalam kolom angka",
    family="CLASS",
    severity="warning",
    texts={
        "": (
            "“{teks}” berada dalam kolom angka pada {jumlah} baris: datanya tertimpa.",
            "“{teks}” stands in numeric columns of {jumlah} rows: their data are overwritten.",
        )
    },
    kriteria="Kolom angka berisi angka",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    run: list[tuple[Line, list[Cell]]] = []
    for line in lines(doc):
        cells = _overwritten(line)
        if cells and run and (run[-1][0].table is not line.table or line.index - run[-1][0].index > 3):
            yield _say(ctx, run)
            run = []
        if cells:
            run.append((line, cells))
    if run:
        yield _say(ctx, run)


def _overwritten(line: Line) -> list[Cell]:
    texts = [
        cell
        for column, cell in line.cells(*NUMERIC)
        if not any(ch.isdigit() for ch in cell.text)
        and len([word for word in normal(cell.text).split() if len(word) >= 4]) >= 2
        if column.field != "serapan"
    ]
    counts = Counter(normal(cell.text) for cell in texts)
    named = {normal(cell.text) for _, cell in line.cells(*TEXTUAL)}
    return [cell for cell in texts if counts[normal(cell.text)] >= REPEATED or normal(cell.text) in named]


def _say(ctx: Context, run: list[tuple[Line, list[Cell]]]) -> Finding:
    berkas = ctx.doc.berkas
    first = run[0][1][0]
    return finding(
        RULE,
        berkas,
        first.where,
        evidence=[cite(berkas, cell) for _, cells in run for cell in cells],
        found=first.text,
        teks=first.text,
        jumlah=len(run),
    )

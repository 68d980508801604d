"""Two indikator stand in one row and share one target.

"Jumlah produk hukum yang dihasilkan, Jumlah perda yang diusulkan: 673" says nothing about either of them: a target belongs to one indikator.

Wrong: *Jumlah A yang dihasilkan, Jumlah B yang diusulkan*: 673. Right: two rows with two targets.

Decides: an indikator cell in which a second measure of the same kind (Jumlah, Persentase, Indeks, Nilai) begins after a comma, "dan" or "serta"; the row has one target at most per year. Ratios and formulas are left out.

Limits: a list numbered inside one cell is another matter (the reader splits it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import measured
from pipeline.model import Cell, Finding

_TWO = re.compile(
    r"^(jumlah|persentase|indeks|nilai)\s(?!rasio\b|perbandingan\b).{6,120}?\s(?:dan |serta )?\1\s[a-z]{3,}"
)
RULE = Rule(
    code="CLS006",
    name="Dua indikator dalam satu baris",
    family="CLASS",
    severity="notice",
    texts={
        "": (
            "{jumlah} baris memuat dua indikator dengan satu target, mis. “{indikator}”.",
            "{jumlah} rows hold two indikator with one target, e.g. “{indikator}”.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: indikator spesifik dan terukur",
)
_JOINT = re.compile(
    r"(?:,|\bdan|\bserta)\s+(?:jumlah|persentase|prosentase|presentase|indeks|nilai|%)\s", re.IGNORECASE
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("renstra_matriks", "renstra_program", "rkt", "pk", "pengukuran"):
        found: list[Cell] = []
        for line in (one for one in lines(doc, table.kind) if one.table is table):
            cell = line.first("indikator")
            if cell is not None and _JOINT.search(cell.text) and _TWO.match(measured(cell.text)):
                found.append(cell)
        if found:
            yield finding(
                RULE,
                doc.berkas,
                found[0].where,
                evidence=[cite(doc.berkas, cell) for cell in found],
                found=found[0].text,
                jumlah=len(found),
                indikator=found[0].text,
            )

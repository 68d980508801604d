"""A rate that lies around a few per cent has a target of 100%.

"Laju inflasi: 100%" was copied down from the row above: nobody plans to double prices.

Wrong: *Laju Inflasi*, target *100%*. Right: *3 ± 1%*.

Decides: names that begin with (laju) inflasi, laju pertumbuhan, pertumbuhan ekonomi, tingkat pengangguran, (angka/tingkat/persentase) kemiskinan or penduduk miskin, with a target, baseline or realisasi of 100% or more.

Limits: achievements against such a rate are capaian and are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import measured, unit_of
from pipeline.model import Finding

_RATE = re.compile(
    r"^(?!.*\b(?:yang|terkendali\w*|pengendalian|penurunan)\b)(?:(?:laju|tingkat|angka) )?(?:inflasi|pengangguran|kemiskinan)\b|^(?!.*\byang\b)(?:laju pertumbuhan|pertumbuhan ekonomi|persentase penduduk miskin)\b"
)  # "laju inflasi"
IMPOSSIBLE = 100

RULE = Rule(
    code="UNT008",
    name="Laju 100%",
    family="UNIT",
    severity="warning",
    texts={
        "": (
            "“{indikator}” adalah laju beberapa persen, tetapi nilainya {nilai}.",
            "“{indikator}” is a rate of a few per cent, but its value is {nilai}.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: target sesuai dengan indikator",
)


def check(ctx: Context) -> Iterable[Finding]:
    for line in lines(ctx.doc):
        if not any(_RATE.match(measured(cell.text)) for _, cell in line.cells("indikator")):
            continue
        for name, cells in line.figures():
            if name.inherited or not _RATE.match(measured(name.text)):
                continue
            wrong = [
                cell
                for _, cell in cells
                if unit_of(cell) == "%"
                and cell.reading
                and cell.reading.value is not None
                and cell.reading.value >= IMPOSSIBLE
            ]
            if wrong:
                yield finding(
                    RULE,
                    ctx.doc.berkas,
                    wrong[0].where,
                    evidence=[
                        *(cite(ctx.doc.berkas, cell) for cell in wrong),
                        cite(ctx.doc.berkas, name, role="counterpart"),
                    ],
                    found=wrong[0].text,
                    indikator=name.text,
                    nilai=", ".join(dict.fromkeys(f"“{cell.text}”" for cell in wrong)),
                )

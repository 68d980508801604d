"""Point and comma both stand for decimals in one document.

"70.47" here and "73,47" there: the reader cannot know whether 1.245 is a thousand or one and a quarter. Indonesian decimals take a comma.

Wrong: 70.47 (BB) and 73,47 (BB) in one table. Right: 70,47 and 73,47.

Decides: scores, percentages and indices of performance tables with one or two decimals; one notice per document when both signs occur, three times in all or more.

Limits: amounts of money are judged by their own rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import FIGURES, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

_POINT = re.compile(r"^\s*\d{1,3}\.\d{1,2}(?!\d)(?!\.)")  # "70.47 (BB)"
_COMMA = re.compile(r"^\s*\d{1,3},\d{1,2}(?!\d)")  # "73,47 (BB)"

RULE = Rule(
    code="UNT006",
    name="Titik dan koma desimal bercampur",
    family="UNIT",
    severity="notice",
    texts={
        "": (
            "Desimal ditulis dengan titik (“{titik}”, {n_titik} kali) dan koma (“{koma}”, {n_koma} kali).",
            "Decimals are written with a point (“{titik}”, {n_titik} times) and a comma (“{koma}”, {n_koma} times).",
        )
    },
    kriteria="PUEBI/EYD: tanda desimal adalah koma",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    points: list[Cell] = []
    commas: list[Cell] = []
    for line in lines(doc):
        for column, cell in line.cells(*FIGURES, "capaian"):
            if (
                cell.reading is None
                or cell.reading.kind == "rupiah"
                or cell.reading.satuan == "Rp"
                or column.satuan == "Rp"
            ):
                continue
            if _POINT.match(cell.text):
                points.append(cell)
            elif _COMMA.match(cell.text):
                commas.append(cell)
    if points and commas and len(points) + len(commas) >= 3:
        rare, usual = (points, commas) if len(points) <= len(commas) else (commas, points)
        yield finding(
            RULE,
            doc.berkas,
            rare[0].where,
            evidence=[
                *(cite(doc.berkas, c) for c in rare[:20]),
                *(cite(doc.berkas, c, role="counterpart") for c in usual[:5]),
            ],
            found=rare[0].text,
            titik=points[0].text,
            n_titik=len(points),
            koma=commas[0].text,
            n_koma=len(commas),
        )

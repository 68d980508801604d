"""The class that the text names is not that of the value beside it, or one objective is given two classes.

"Predikat sangat tinggi, nilai rata-rata 80%" contradicts a scale on which 80 is Tinggi.

Wrong (scale: > 90 Sangat Tinggi, 76–90 Tinggi): *predikat Sangat Tinggi dengan nilai 80%*. Right: *predikat Tinggi*.

Decides: a sentence with one class of the declared scale and one percentage; and one line on one sasaran that names two different classes after "kategori" or
"predikat" without counting indikator. Values in no class are not judged.

Limits: sentences with several classes or figures are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from pipeline.audit.context import Context, parted
from pipeline.audit.rule import Rule, cite, finding
from pipeline.interval import Interval
from pipeline.model import Finding, LogicalTable
from pipeline.normalize.names import normal

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%")
_OBJECTIVE = re.compile(r"^\W*sasaran\s*\d", re.IGNORECASE)

RULE = Rule(
    code="SCL004",
    name="Predikat tidak sesuai dengan nilainya",
    family="SCALE",
    severity="warning",
    texts={
        "": (
            "Nilai {nilai} disebut “{predikat}”; menurut skala dokumen ini “{benar}”.",
            "The value {nilai} is called “{predikat}”; on the document's scale it is “{benar}”.",
        ),
        "two": (
            "Satu sasaran diberi dua predikat: “{satu}” dan “{dua}”.",
            "One sasaran is given two predikat: “{satu}” and “{dua}”.",
        ),
    },
    kriteria="Predikat mengikuti skala yang ditetapkan dokumen",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    scales = [scale for table in doc.tables("skala") if len(scale := _classes(table)) >= 3]
    if not scales:
        return
    scale = scales[0]
    names = sorted(scale, key=len, reverse=True)
    said = re.compile(
        rf"\b(?:kategori|predikat)\s+(?:capaian\s+)?(?:kategori\s+)?({'|'.join(map(re.escape, names))})\b"
    )
    for where, text in doc.spoken:
        if _OBJECTIVE.match(text) and "indikator dengan" not in normal(text):
            found = list(dict.fromkeys(said.findall(normal(text))))
            if len(found) == 2:
                yield finding(
                    RULE, doc.berkas, where, "two", evidence=[cite(doc.berkas, where, text)],
                    found=", ".join(found), satu=found[0].title(), dua=found[1].title(),
                )  # fmt: skip
                continue
        for sentence in parted(text):
            classes, values = said.findall(normal(sentence)), _PERCENT.findall(sentence)
            if len(classes) != 1 or len(values) != 1:
                continue
            value = Fraction(values[0].replace(",", "."))
            right = [name for name, span in scale.items() if value in span]
            if len(right) == 1 and right[0] != classes[0]:
                yield finding(
                    RULE,
                    doc.berkas,
                    where,
                    evidence=[cite(doc.berkas, where, sentence)],
                    found=classes[0].title(),
                    expected=right[0].title(),
                    suggestion=right[0].title(),
                    nilai=f"{values[0]}%",
                    predikat=classes[0].title(),
                    benar=right[0].title(),
                )


def _classes(table: LogicalTable) -> dict[str, Interval]:
    fields = {column.field: i for i, column in reversed(list(enumerate(table.columns)))}
    name, span = fields.get("kriteria", fields.get("predikat")), fields.get("interval")
    result: dict[str, Interval] = {}
    if name is None or span is None:
        return result
    for row in table.rows:
        if row.kind == "data" and max(name, span) < len(row.cells):
            reading = row.cells[span].reading
            if reading is not None and reading.interval is not None and normal(row.cells[name].text):
                result[normal(row.cells[name].text)] = reading.interval
    return result

"""Two columns of a table have the same header.

"Jumlah … Jumlah": the reader cannot tell what the second one counts, and neither can a program.

Wrong: No | Sarana | **Jumlah** | Kondisi | **Jumlah**. Right: Jumlah | Kondisi | Kebutuhan.

Decides: equal labels of two columns under one header row that differ in content, in tables with a header in one row; a month that heads two columns of a table of months; a table over several years whose caption says "capaian" while every
year's column is realisasi.

Limits: a header in two rows of which the upper was lost looks the same; hence a notice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, finding
from pipeline.model import Evidence, Finding
from pipeline.normalize.names import normal

_MONTH = re.compile(r"^(?:jan|feb|mar|apr|mei|jun|jul|agu?s?t|sept?|okt|nop|nov|des)[a-z]*$")  # "agt", "agustus"
HALF_A_YEAR = 6

RULE = Rule(
    code="CLS004",
    name="Judul kolom ganda",
    family="CLASS",
    severity="notice",
    version=3,
    texts={
        "": (
            "Dua kolom sama-sama berjudul “{judul}”.",
            "Two columns are both headed “{judul}”.",
        ),
        "caption": (
            "Judul tabel menyebut capaian (“{judul}”), tetapi semua kolom tahunnya berisi realisasi.",
            "The caption speaks of capaian (“{judul}”), but all its yearly columns hold realisasi.",
        ),
    },
    kriteria="Setiap kolom mempunyai judul sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    yield from _months(doc)
    for table in doc.tables("lain"):
        labels = [normal(column.label) for column in table.columns]
        if any(" / " in column.label for column in table.columns) or not all(labels) or len(labels) > 8:
            continue
        doubled = [label for label, count in Counter(labels).items() if count == 2]
        for label in doubled:
            columns = [i for i, own in enumerate(labels) if own == label]
            contents = [[row.cells[i].text for row in table.rows if i < len(row.cells)] for i in columns]
            if contents[0] != contents[1]:
                shown = " | ".join(column.label for column in table.columns)
                yield finding(
                    RULE,
                    doc.berkas,
                    table.where,
                    evidence=[Evidence(doc.sha256, table.where, shown)],
                    found=table.columns[columns[1]].label,
                    judul=table.columns[columns[1]].label,
                )
    for table in doc.tables("tren"):
        words, fields = normal(table.title), [column.field for column in table.columns]
        yearly = [field for field in fields if field in ("target", "realisasi", "capaian")]
        if " capaian" in words and "realisasi" not in words and len(yearly) >= 3 and set(yearly) == {"realisasi"}:
            label = next(column.label for column in table.columns if column.field == "realisasi")
            yield finding(
                RULE,
                doc.berkas,
                table.where,
                "caption",
                evidence=[
                    Evidence(doc.sha256, table.where, table.title),
                    Evidence(doc.sha256, table.where, label, "counterpart"),
                ],
                found="realisasi",
                expected="capaian",
                judul=table.title,
            )


def _months(doc: Doc) -> Iterator[Finding]:
    """A month that heads two columns of a table of months."""
    for table in doc.tables():
        months = [label for column in table.columns if _MONTH.match(label := normal(column.label))]
        doubled = [month for month, count in Counter(month[:3] for month in months).items() if count == 2]
        if len(months) >= HALF_A_YEAR and len(doubled) == 1:
            label = next(column.label for column in table.columns if normal(column.label)[:3] == doubled[0])
            shown = " | ".join(column.label for column in table.columns)
            yield finding(
                RULE, doc.berkas, table.where, evidence=[Evidence(doc.sha256, table.where, shown)], found=label, judul=label
            )  # fmt: skip

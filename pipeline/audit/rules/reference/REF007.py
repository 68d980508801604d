"""A table under the heading of one sasaran is labelled with the number of another.

Sections are made by copying the one before: "Rata-rata capaian sasaran ke-3" still stands under "Sasaran ke-4", and the summary then takes the average for the wrong one.

Wrong: heading *Sasaran ke-4*, last row of its table *Rata-rata capaian sasaran ke-3*. Right: *sasaran ke-4*.

Decides: reports with at least two headings "Sasaran ke-n …" (or "Sasaran n: …") in rising order; the rows of totals and averages of a table between one heading and the next that name a
sasaran by number.

Limits: tables that name several sasaran compare them and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, LogicalTable, Where

_NUMBERED = r"sasaran\s+(?:strategis\s+)?(?:ke\s?-?\s?)?(\d{1,2})\b(?![.,]\d|\s*(?:,|dan|s\.?d|sampai|[-–])\s*\d)"  # "SASARAN KE-3", "Sasaran 3"
_HEADING = re.compile(rf"^\W{{0,4}}(?:[A-Z\d]{{1,2}}[.)]\s*)?{_NUMBERED}\W{{0,4}}\s*[:.–-]", re.IGNORECASE)
_LABEL = re.compile(rf"\b(?:rata\s?-?\s?rata|jumlah|total)\b[^.;:]{{0,40}}?\b{_NUMBERED}", re.IGNORECASE)

RULE = Rule(
    code="REF007",
    name="Nomor sasaran tabel berbeda dari judul bagiannya",
    family="REF",
    severity="warning",
    texts={
        "": (
            "“{teks}” berada di bawah judul sasaran {benar}: “{judul}”.",
            "“{teks}” stands under the heading of sasaran {benar}: “{judul}”.",
        )
    },
    kriteria="Rujukan harus sesuai",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    headings = [(where, text, match[1]) for where, text in doc.spoken if (match := _HEADING.match(text))]
    numbers = [int(number) for _, _, number in headings]
    if doc.dokumen.kind != "LKIP" or len(set(numbers)) < 2 or numbers != sorted(numbers):
        return
    for table in doc.tables():
        labels = list(_labels(table))
        above = [one for one in headings if _place(one[0]) <= _place(table.where)]
        if not above or len({number for _, number in labels}) != 1:
            continue
        where, text, right = above[-1]
        cell, number = labels[0]
        if int(number) == int(right) or not _whole(doc, table, where, headings):
            continue
        yield finding(
            RULE,
            doc.berkas,
            cell.where,
            evidence=[cite(doc.berkas, cell), cite(doc.berkas, where, text, role="counterpart")],
            found=number,
            expected=right,
            teks=cell.text,
            benar=right,
            judul=text,
        )


def _labels(table: LogicalTable) -> Iterator[tuple[Cell, str]]:
    for row in table.rows:
        for cell in row.cells:
            match = None if cell.inherited else _LABEL.search(cell.text)
            if match is not None:
                yield cell, match[1]


def _whole(doc: Doc, table: LogicalTable, heading: Where, headings: list[tuple[Where, str, str]]) -> bool:
    """Whether the table ends before the next heading, and begins within two pages of its own."""
    later = [where.page or 0 for where, _, _ in headings if _place(where) > _place(table.where)]
    last = max(table.pages, default=0)
    return (not later or last <= later[0]) and (table.where.page or 0) - (heading.page or 0) <= 2


def _place(where: Where) -> tuple[int, int, float]:
    return where.page or 0, where.line or 0, where.bbox[1] if where.bbox else 0.0

"""The amount of a plan's whole period is not that of its years.

Where every year has the same amount, the end amount is as many times that amount as there are years: 5 × 1.159.000.000 is 5.795.000.000. An end
amount of 5.975.000.000 has two digits exchanged; one of 500.000.000 for 5 × 50.000.000 has twice what was planned.

Wrong: years 50.000.000, end 500.000.000, where all other rows of the section end at five times their year. Right: end 250.000.000.

Decides: programme tables with amounts per year and an end amount. In each section, rows whose years all have one amount; where at least four of them and
three in four end at the same whole multiple (2 to 6), the others must as well, whichever way an amount that lost its zeros is read.

Limits: sections that print the last year's amount at the end have no such multiple and are not judged. A notice, since such amounts are often misread.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.context import Context, Doc
from pipeline.audit.identities.wording import number
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

MULTIPLES = range(2, 7)
MIN_ROWS = 4

RULE = Rule(
    code="ARI015",
    name="Jumlah akhir periode bukan kelipatan anggaran tahunannya",
    family="ARITHMETIC",
    severity="notice",
    texts={
        "": (
            "“{nama}”: akhir periode {akhir}, padahal {kali} × {tahunan} = {benar} seperti baris lain bagian ini.",
            "“{nama}”: {akhir} for the whole period, but {kali} × {tahunan} = {benar}, as in the other rows of this section.",
        )
    },
    kriteria="Anggaran akhir periode = jumlah anggaran tahunan",
)


@dataclass(frozen=True, slots=True)
class Even:
    """A row whose years all have one amount."""

    name: Cell
    yearly: Decimal
    year: Cell
    end: Cell

    def ends(self) -> tuple[Decimal, ...]:
        reading = self.end.reading
        if reading is None:
            return ()
        return (reading.value,) if reading.value is not None else reading.candidates

    def multiples(self) -> set[int]:
        return {n for n in MULTIPLES for end in self.ends() if end == n * self.yearly}


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    sections: dict[tuple[object, ...], list[Even]] = defaultdict(list)
    for section, row in _even(doc):
        sections[section].append(row)
    for rows in sections.values():
        usual = Counter(n for row in rows for n in row.multiples()).most_common(1)
        if not usual or usual[0][1] < MIN_ROWS or usual[0][1] * 4 < len(rows) * 3:
            continue
        times = usual[0][0]
        for row in rows:
            if times in row.multiples() or _digits(row.end.text) == _digits(str(times * row.yearly)):
                continue
            right = number(times * row.yearly)
            yield finding(
                RULE,
                doc.berkas,
                row.end.where,
                evidence=[
                    cite(doc.berkas, row.end),
                    cite(doc.berkas, row.year, role="witness"),
                    cite(doc.berkas, row.name, role="context"),
                ],
                found=row.end.text,
                expected=right,
                suggestion=right,
                trace={"yearly": str(row.yearly), "times": times, "result": right},
                nama=row.name.text,
                akhir=row.end.text,
                kali=times,
                tahunan=number(row.yearly),
                benar=right,
            )


def _digits(text: str) -> str:
    """What a misread amount keeps: its digits without the zeros at the end."""
    return re.sub(r"\D+", "", text).rstrip("0")


def _even(doc: Doc) -> Iterator[tuple[tuple[object, ...], Even]]:
    for line in lines(doc, "renstra_program"):
        name, end = line.name, line.first("anggaran_akhir")
        years = [cell for _, cell in line.cells("anggaran") if cell.reading is not None]
        values = {cell.reading.value for cell in years if cell.reading is not None}
        if name is None or end is None or end.reading is None or len(years) < 2 or len(values) != 1:
            continue
        yearly = values.pop()
        if yearly and end.reading.status != "empty":
            yield (line.table.ordinal, *line.section), Even(name, yearly, years[0], end)

"""The unit changes inside a row.

Baseline, yearly targets and end target of one indikator are one series. When the unit changes inside it (dokumen, then per cent), no
value can be compared with the next.

Wrong: 2 dokumen | 2 dokumen | 2 dokumen | **98,50%**. Right: 2 dokumen throughout, 10 dokumen at the end.

Decides: the units printed in the row, in one spelling (dok. = dokumen); cells without a unit do not count. Also a count whose printed
unit is another than the one its name counts ("Jumlah **paket** …": 12 **bulan**).

Limits: rows that UNT001 accuses are left to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import counted, is_count, promised, unit_of
from pipeline.model import Cell, Finding

RULE = Rule(
    code="UNT002",
    name="Satuan berubah dalam satu baris",
    family="UNIT",
    severity="notice",
    texts={
        "": (
            "Satuan “{indikator}” berubah dalam satu baris: {satuan}.",
            "The unit of “{indikator}” changes inside its row: {satuan}.",
        ),
        "name": (
            "“{indikator}” menghitung {dihitung}, tetapi nilainya dalam {satuan}.",
            "“{indikator}” counts {dihitung}, but its value is in {satuan}.",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008: satuan mengikuti indikator",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for line in lines(doc):
        for name, cells in line.figures():
            printed = [(cell, found) for _, cell in cells if (found := unit_of(cell)) is not None]
            if name.inherited or not printed or _left_to_unt001(name, printed):
                continue
            counts = Counter(found for _, found in printed)
            if len(counts) > 1:
                usual = counts.most_common(1)[0][0]
                odd = [cell for cell, found in printed if found != usual]
                yield finding(
                    RULE,
                    doc.berkas,
                    odd[0].where,
                    evidence=[
                        *(cite(doc.berkas, cell) for cell in odd),
                        *(cite(doc.berkas, cell, role="context") for cell, found in printed if found == usual),
                        cite(doc.berkas, name, role="counterpart"),
                    ],
                    found=odd[0].text,
                    expected=usual,
                    indikator=name.text,
                    satuan=", ".join(cell.text for cell, _ in printed),
                )
                continue
            said, own = printed[0][1], counted(name.text)
            if own is not None and is_count(said) and said != own:
                yield finding(
                    RULE,
                    doc.berkas,
                    printed[0][0].where,
                    "name",
                    evidence=[cite(doc.berkas, printed[0][0]), cite(doc.berkas, name, role="counterpart")],
                    found=said,
                    expected=own,
                    indikator=name.text,
                    dihitung=own,
                    satuan=said,
                )


def _left_to_unt001(name: Cell, printed: list[tuple[Cell, str]]) -> bool:
    kind, units = promised(name.text), {found for _, found in printed}
    if kind == "count":
        return "%" in units and not _late(printed)
    return kind == "%" and any(is_count(found) for found in units)


def _late(printed: list[tuple[Cell, str]]) -> bool:
    """Only the last value of the series is in per cent: the series changed its unit."""
    return all(found != "%" for _, found in printed[:-1])

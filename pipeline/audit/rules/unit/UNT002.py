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
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.audit.context import Context
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import alike, counted, is_count, only_the_end_in_per_cent, promised, unit_of
from pipeline.model import Cell, Finding

RULE = Rule(
    code="UNT002",
    name="Satuan berubah dalam satu baris",
    family="UNIT",
    severity="notice",
    version=2,
    texts={
        "": (
            "Satuan “{indikator}” berubah dalam satu baris: {satuan}.",
            "The unit of “{indikator}” changes inside its row: {satuan}.",
        ),
        "many": (
            "Satuan berubah dalam {jumlah} baris pada {bagian}, mis. “{indikator}”: {satuan}.",
            "The unit changes inside {jumlah} rows of {bagian}, e.g. “{indikator}”: {satuan}.",
        ),
        "many name": (
            "{jumlah} baris pada {bagian} menghitung {dihitung} dalam {satuan}, mis. “{indikator}”.",
            "{jumlah} rows of {bagian} count {dihitung} in {satuan}, e.g. “{indikator}”.",
        ),
        "name": (
            "“{indikator}” menghitung {dihitung}, tetapi nilainya dalam {satuan}.",
            "“{indikator}” counts {dihitung}, but its value is in {satuan}.",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008: satuan mengikuti indikator",
)


def check(ctx: Context) -> Iterable[Finding]:
    groups: dict[Hashable, list[Odd]] = {}
    for odd in _rows(ctx):
        groups.setdefault((odd.line.table.ordinal, odd.line.section, odd.key, odd.units if odd.key else ()), []).append(
            odd
        )
    for rows in groups.values():
        yield _say(rows)


@dataclass(frozen=True, slots=True)
class Odd:
    """A row with more than one unit (`key` "") or with another unit than its name counts ("name")."""

    line: Line
    name: Cell
    key: str
    units: tuple[str, ...]
    cells: tuple[Cell, ...]  # those with the odd unit
    printed: tuple[Cell, ...]


def _rows(ctx: Context) -> Iterator[Odd]:
    for line in lines(ctx.doc):
        for name, cells in line.figures():
            printed = [(cell, found) for _, cell in cells if (found := unit_of(cell)) is not None]
            if name.inherited or not printed or _left_to_unt001(name, printed):
                continue
            shown = tuple(cell for cell, _ in printed)
            counts = Counter(found for _, found in printed)
            own = counted(name.text)
            if len(counts) > 1:
                usual = counts.most_common(1)[0][0]
                odd = tuple(cell for cell, found in printed if found != usual)
                yield Odd(line, name, "", tuple(sorted(counts)), odd, shown)
            elif own is not None and is_count(printed[0][1]) and not alike(own, printed[0][1]):
                yield Odd(line, name, "name", (own, printed[0][1]), shown[:1], shown)


def _say(rows: list[Odd]) -> Finding:
    first = rows[0]
    berkas = first.line.doc.berkas
    evidence = [cite(berkas, odd.cells[0]) for odd in rows]
    if len(rows) == 1:
        evidence += [cite(berkas, cell, role="context") for cell in first.printed if cell not in first.cells]
    return finding(
        RULE,
        berkas,
        first.cells[0].where,
        first.key if len(rows) == 1 else f"many {first.key}".strip(),
        evidence=[*evidence, cite(berkas, first.name, role="counterpart")],
        found=first.cells[0].text,
        expected=first.units[0] if first.key else None,
        jumlah=len(rows),
        indikator=first.name.text,
        satuan=", ".join(cell.text for cell in first.printed) if not first.key else first.units[1],
        dihitung=first.units[0],
        bagian=", ".join(first.line.section) or first.line.table.title,
    )


def _left_to_unt001(name: Cell, printed: list[tuple[Cell, str]]) -> bool:
    kind, units = promised(name.text), {found for _, found in printed}
    if kind == "count":
        return "%" in units and not only_the_end_in_per_cent([found for _, found in printed])
    return kind == "%" and any(is_count(found) for found in units)

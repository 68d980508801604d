"""The text claims a trend that the table does not show.

"Menunjukkan tren peningkatan" must hold for every step of the series. Figures that fall in between, or stay the same, contradict it.

Wrong: series 10,37 | 10,61 | 10,37 | 10,54: *trend peningkatan; turun pada tahun 2022*. Right: *naik pada 2022, turun pada 2023, naik pada 2024*.

Decides: a paragraph of the section after a trend table that names exactly one indikator of it and says peningkatan/penurunan (tren), konstan, or
"naik/turun pada tahun N"; checked against the row.

Limits: a statement about the whole period ("meningkat sejak 2021") is checked by first and last value as well: it is accused only when neither holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.audit.context import Context, meaning
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Column, Finding, Where

_STEP = re.compile(r"\b(naik|meningkat|turun|menurun)\s+(?:pada|di)\s+tahun\s+((?:19|20)\d\d)", re.IGNORECASE)
_RISE = re.compile(r"\btren(?:d)?\s+(?:\w+\s+)?(?:peningkatan|meningkat|naik)", re.IGNORECASE)
_CONSTANT = re.compile(r"\btren(?:d)?\s+(?:\w+\s+)?konstan", re.IGNORECASE)

RULE = Rule(
    code="NAR001",
    name="Narasi tren tidak sesuai tabel",
    family="LOGIC",
    severity="warning",
    texts={
        "step": (
            "Naskah: {klaim}; tabel: {dari} → {ke}.",
            "The text says “{klaim}”; the table shows {dari} → {ke}.",
        ),
        "rise": (
            "Naskah menyebut tren peningkatan, tetapi nilainya {deret}.",
            "The text speaks of a rising trend, but the values are {deret}.",
        ),
        "constant": (
            "Naskah menyebut tren konstan, tetapi nilainya {deret}.",
            "The text speaks of a constant trend, but the values are {deret}.",
        ),
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("tren"):
        rows = [line for line in lines(doc, "tren") if line.table is table]
        start = table.rows[-1].where.line or table.where.line or 0
        later = [t.where.line for t in doc.tables() if (t.where.line or 0) > start]
        end = min((line for line in later if line), default=10**9)
        for where, text in doc.spoken:
            if where.line is None or not start < where.line < end:
                continue
            row = _about(rows, text)
            if row is not None:
                yield from _judge(ctx, row, where, text)


def _about(rows: list[Line], text: str) -> Line | None:
    """The row that the text speaks of: by its indikator, or by its sasaran where that has one row only."""
    words = meaning(text)

    def share(line: Line, field: str) -> float:
        cell = line.first(field)
        own = meaning(cell.text) if cell is not None else frozenset()
        return len(own & words) / len(own) if len(own) >= 2 else 0.0

    best = sorted(rows, key=lambda row: -share(row, "indikator"))
    if best and share(best[0], "indikator") >= 0.6:
        return best[0]
    named = [row for row in rows if share(row, "sasaran") >= 0.8]
    return named[0] if len(named) == 1 and not _shared(rows, named[0]) else None


def _shared(rows: list[Line], row: Line) -> bool:
    """Whether the next row has no sasaran of its own: the objective has more than one indikator."""
    position = rows.index(row)
    return position + 1 < len(rows) and rows[position + 1].first("sasaran") is None


def _judge(ctx: Context, row: Line, where: Where, text: str) -> Iterable[Finding]:
    series = [
        (column, cell, cell.reading.value)
        for column, cell in row.cells("realisasi", "capaian")
        if cell.reading is not None and cell.reading.value is not None and column.tahun is not None
    ]
    if len(series) < 2:
        return
    values = [value for _, _, value in series]
    years = {column.tahun: number for number, (column, _, _) in enumerate(series)}
    for verb, year in _STEP.findall(text):
        number = years.get(int(year))
        if not number:
            continue
        rises = verb.lower() in ("naik", "meningkat")
        step = values[number] - values[number - 1]
        if (step < 0 and rises) or (step > 0 and not rises):
            yield _say(
                ctx, row, where, text, series, "step",
                klaim=f"{verb} pada tahun {year}", dari=series[number - 1][1].text, ke=series[number][1].text,
            )  # fmt: skip
            return
    shown = " → ".join(cell.text for _, cell, _ in series)
    if _RISE.search(text) and values[-1] <= values[0]:
        yield _say(ctx, row, where, text, series, "rise", deret=shown)
    elif _CONSTANT.search(text) and len(set(values)) > 1:
        yield _say(ctx, row, where, text, series, "constant", deret=shown)


def _say(
    ctx: Context,
    row: Line,
    where: Where,
    text: str,
    series: list[tuple[Column, Cell, Decimal]],
    key: str,
    klaim: str = "",
    dari: str = "",
    ke: str = "",
    deret: str = "",
) -> Finding:
    berkas = ctx.doc.berkas
    return finding(
        RULE,
        berkas,
        where,
        key,
        evidence=[cite(berkas, where, text), *(cite(berkas, cell, role="counterpart") for _, cell, _ in series)],
        found=text,
        trace={"values": {str(column.tahun): str(value) for column, _, value in series}},
        klaim=klaim,
        dari=dari,
        ke=ke,
        deret=deret,
    )

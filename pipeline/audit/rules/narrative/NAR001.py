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
from itertools import pairwise

from pipeline.audit.context import Context, meaning
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Column, Finding, Where
from pipeline.normalize.names import normal

_STEP = re.compile(r"\b(naik|meningkat|turun|menurun)\s+(?:pada|di)\s+tahun\s+((?:19|20)\d\d)", re.IGNORECASE)
_RISE = re.compile(r"\btren(?:d)?\s+(?:\w+\s+){0,2}?(?:peningkatan|meningkat|naik)", re.IGNORECASE)
_CONSTANT = re.compile(r"\btren(?:d)?\s+(?:\w+\s+){0,3}?konstan", re.IGNORECASE)

_SINCE = re.compile(r"\bsejak\b|\bsetiap tahun\b|\bterus\b", re.IGNORECASE)  # "tren peningkatan sejak tahun 2021"

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
            about = _about(rows, text)
            sasaran = {normal(row.row.cells[0].text) for row in about}
            if about and len(sasaran) == 1:
                yield from (found for row in about if (found := next(iter(_judge(ctx, row, where, text)), None)))


def _about(rows: list[Line], text: str) -> list[Line]:
    """The rows that the text speaks of: the one whose indikator it names, else those of the sasaran that it names."""
    words = meaning(text)

    def share(line: Line, field: str) -> float:
        cell = next((c for k, c in zip(line.table.columns, line.row.cells, strict=False) if k.field == field), None)
        own = meaning(cell.text) if cell is not None else frozenset()
        return len(own & words) / len(own) if len(own) >= 2 else 0.0

    best = sorted(rows, key=lambda row: -share(row, "indikator"))
    scores = [share(row, "indikator") for row in best]
    if best and scores[0] >= 0.5 and (len(best) == 1 or scores[0] - scores[1] >= 0.2):
        return best[:1]
    named = [row for row in rows if share(row, "sasaran") >= 0.8]
    top = max((share(row, "sasaran") for row in named), default=0.0)
    return [row for row in named if share(row, "sasaran") == top]


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
    steady = _SINCE.search(text) is not None
    falls = any(later < earlier for earlier, later in pairwise(values))
    if _RISE.search(text) and (values[-1] <= values[0] or (steady and falls)):
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

"""Collects what the prose repeats: amounts with their share of pagu, averages it quotes, figures of named indicators."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pipeline.audit.identities.figures import Sheet, of_statement, sheets
from pipeline.audit.identities.means import is_mean_row, mean_of
from pipeline.audit.identities.model import Figure, Identity, holds
from pipeline.audit.identities.patterns import misprint
from pipeline.audit.identities.trees import forest, is_total
from pipeline.model import Berkas, Statement

HUNDRED = (Fraction(100),)
ONE = (Fraction(1),)
SLIPS = ("digit_hilang", "digit_tertukar", "digit_ganda")
"""Slips of the pen that leave the other digits as they were."""

_SHARE_GAP = re.compile(
    r"^\W{0,3}(?:,-)?\s*(?:\(|atau\b|/)\s*(?:sebesar\s*)?$", re.IGNORECASE
)  # "… atau 45%", "… (48,2%"
_OF_BUDGET = re.compile(
    r"dari\s+(?:total\s+|jumlah\s+|keseluruhan\s+)?(?:pagu|anggaran|alokasi|belanja|dana)", re.IGNORECASE
)
_REALISED = re.compile(r"\b(?:te)?realisasi|\bterserap|\bserapan|\bpenyerapan", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(\d{1,3})\s*(?:\(\w+\)\s*)?indikator", re.IGNORECASE
)  # "capaian 6 indikator", "6 (enam) indikator"
_TABLE = re.compile(r"\btabel\s+([\d.,\s]+\d)", re.IGNORECASE)  # "Dari tabel 3.2 terlihat"


_OF_MONEY = re.compile(
    r"\b(?:penyerapan|serapan|anggaran|efisiensi)\b", re.IGNORECASE
)  # "rata-rata penyerapan anggaran"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a sentence and where in the sentence it stands."""

    figure: Figure
    statement: Statement
    start: int
    end: int


def sentences(berkas: Berkas) -> Iterator[list[Told]]:
    """The figures of each sentence, in the order they are told."""
    groups: dict[tuple[int | None, int | None, str], list[tuple[int, Statement]]] = defaultdict(list)
    for index, statement in enumerate(berkas.statements):
        groups[statement.where.page, statement.where.line, statement.text].append((index, statement))
    for (_, _, text), members in groups.items():
        told: list[Told] = []
        cursor = 0
        for index, statement in members:
            start = text.find(statement.figure, cursor)
            if start < 0:
                start = text.find(statement.figure)
            if start < 0:
                continue
            cursor = start + len(statement.figure)
            figure = of_statement(berkas, index, statement, statement.jenis)
            told.append(Told(figure, statement, start, cursor))
        if told:
            yield told


def total_budget(berkas: Berkas) -> tuple[Figure | None, Figure | None]:
    """The document's whole pagu and realisasi: the total row or the one program of its budget tables, if they agree."""
    pagu: list[Figure] = []
    realised: list[Figure] = []
    for sheet in sheets(berkas):
        if sheet.table.kind not in ("anggaran", "pk_anggaran"):
            continue
        top = _top_row(sheet)
        if top is None:
            continue
        for column in sheet.money:
            figure = sheet.figure(top, column)
            if figure is not None and figure.value:
                (realised if figure.peran == "realisasi_anggaran" else pagu).append(figure)
    return _agreed(pagu), _agreed(realised)


def _top_row(sheet: Sheet) -> int | None:
    programs = [node.row for group in forest(sheet) for node in group if node.level == 0]
    if len(programs) == 1:
        return programs[0]
    totals = [index for index, row in enumerate(sheet.table.rows) if is_total(row, sheet)]
    return totals[-1] if totals else None


def _agreed(figures: list[Figure]) -> Figure | None:
    """The figure that most tables print; None without a majority."""
    if not figures:
        return None
    counts: dict[object, int] = defaultdict(int)
    for figure in figures:
        counts[figure.value] += 1
    best = max(counts.items(), key=lambda pair: pair[1])
    if best[1] * 2 <= len(figures):
        return None
    return next(figure for figure in figures if figure.value == best[0])


def shares(berkas: Berkas) -> Iterator[Identity]:
    """`Rp X atau p% dari pagu`: p = X / pagu × 100; where the sentence gives its own whole, that one."""
    pagu, realised = total_budget(berkas)
    for told in sentences(berkas):
        text = told[0].statement.text
        for before, after in pairwise(told):
            if before.figure.reading.kind != "rupiah" or after.figure.reading.kind != "percent":
                continue
            if not _SHARE_GAP.match(text[before.end : after.start]):
                continue
            yield from _share(told, before, after, pagu, realised)


def _share(
    told: list[Told], part: Told, share: Told, pagu: Figure | None, realised: Figure | None
) -> Iterator[Identity]:
    text = part.statement.text
    earlier = [one.figure for one in told if one.end <= part.start and one.figure.reading.kind == "rupiah"]
    wholes = [*earlier[::-1], *([pagu] if pagu is not None else [])]
    made = [Identity("bagian", "ratio", share.figure, (part.figure, whole), HUNDRED) for whole in wholes]
    fitting = [identity for identity in made if holds(identity)]
    if fitting:
        yield fitting[0]
        return
    realising = bool(_REALISED.search(text[: part.start]))
    of_budget = bool(_OF_BUDGET.search(text[share.end : share.end + 40]))
    if of_budget and pagu is not None and len(earlier) == 0:
        yield Identity("bagian", "ratio", share.figure, (part.figure, pagu), HUNDRED)
        if (
            realising
            and realised is not None
            and not re.search(r"\b(?:sub )?kegiatan\b|\bprogram\b", text, re.IGNORECASE)
        ):
            yield Identity("sama", "linear", part.figure, (realised,), ONE)
    elif realising and len(earlier) == 1 and _REALISED.search(text[_end_of(told, earlier[0]) : part.start]):
        yield Identity("bagian", "ratio", share.figure, (part.figure, earlier[0]), HUNDRED)


def _end_of(told: list[Told], figure: Figure) -> int:
    return next(one.end for one in told if one.figure is figure)


NEARLY = Fraction(1, 50)


def totals(berkas: Berkas) -> Iterator[Identity]:
    """Amounts of the prose that are the whole pagu or realisasi, or nearly are and stand in no table: a slip of the pen."""
    whole = [figure for figure in total_budget(berkas) if figure is not None and figure.value]
    amounts = {record.reading.value for record in berkas.anggaran}
    for index, statement in enumerate(berkas.statements):
        value = statement.reading.value
        if statement.reading.kind != "rupiah" or not value or statement.reading.status != "exact":
            continue
        for total in whole:
            other_role = {"realisasi": "pagu", "pagu": "realisasi_anggaran"}.get(statement.jenis)
            if total.value is None or total.peran == other_role:
                continue
            same = value == total.value
            slip = misprint(value, total.value) in SLIPS
            near = abs(value - total.value) < total.value * Decimal(NEARLY.numerator) / NEARLY.denominator
            if same or (value not in amounts and (slip or near)):
                yield Identity("sama", "linear", of_statement(berkas, index, statement, total.peran), (total,), ONE)
                break


def means(berkas: Berkas) -> Iterator[Identity]:
    """`capaian 6 indikator … rata-rata 94,3%`: the mean of the capaian column that has as many rows."""
    tables = [sheet for sheet in sheets(berkas) if sheet.table.kind == "pengukuran"]
    for told in sentences(berkas):
        text = told[0].statement.text
        counted = _COUNTED.search(text)
        named = _TABLE.search(text)
        for one in told:
            if one.statement.jenis != "rata_rata" or one.figure.reading.kind not in ("percent", "number", "score"):
                continue
            if _OF_MONEY.search(text, text.rfind("rata", 0, one.start), one.start):
                continue
            if counted is None and named is None:
                yield from _slipped(tables, one)
                continue
            for sheet in tables:
                identity = _mean(sheet, one, int(counted[1]) if counted else None, named[1] if named else None)
                if identity is not None:
                    yield identity
                    break


def _slipped(tables: list[Sheet], one: Told) -> Iterator[Identity]:
    """A mean of the prose that differs by a slip of the pen from the mean that a measurement table prints."""
    for sheet in tables:
        for row in range(len(sheet.table.rows)):
            for column in sheet.columns("capaian") if is_mean_row(sheet, row) else ():
                printed = sheet.figure(row, column)
                if printed is None or printed.value is None or one.figure.value is None or not printed.reading.places:
                    continue
                if misprint(one.figure.value, printed.value) in (*SLIPS, "digit_salah"):
                    yield Identity("uraian", "linear", one.figure, (printed,), ONE, facts={"jelas": "ya"})
                    return


def _mean(sheet: Sheet, one: Told, count: int | None, named: str | None) -> Identity | None:
    if named is not None and not _is_named(sheet, named):
        return None
    for column in sheet.columns("capaian"):
        members = [
            figure
            for row in range(len(sheet.table.rows))
            if not is_mean_row(sheet, row) and (figure := sheet.figure(row, column)) is not None
        ]
        if members and (count is None or count == len(members)) and all(m.reading.kind == "percent" for m in members):
            return mean_of("rata_rata", one.figure, members, kolom=sheet.column(column).label)
    return None


def _is_named(sheet: Sheet, number: str) -> bool:
    wanted = re.sub(r"\D+", ".", number).strip(".")
    own = re.search(r"(\d+)\s*[.,]\s*(\d+)", sheet.table.title)
    return own is not None and f"{own[1]}.{own[2]}" == wanted

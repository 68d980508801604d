"""Settles what a label leaves open by the columns beside it, the title above and the figures below: whose percentage it is,
whether a "realisasi" is money, whether "kriteria" rates a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Column
from pipeline.tables.body import WorkRow
from pipeline.tables.celltype import type_of
from pipeline.tables.vocabulary import fold, other_money, read_label

_REACHED_SHARE = re.compile(r"^(?:capaian|pencapaian) realisasi", re.IGNORECASE)  # beside another column of realisasi
_MONEY = frozenset({"anggaran", "realisasi_anggaran", "serapan"})
_PLAN_OF_ACTION = re.compile(r"rencana\s+aksi|renaksi", re.IGNORECASE)
_PERFORMED = frozenset({"indikator", "target", "realisasi", "realisasi_anggaran", "serapan"})
_MEASURED = frozenset({"indikator", "target", "realisasi"})
_FINAL = re.compile(r"\bakhir\b", re.IGNORECASE)
_PHYSICAL = re.compile(r"\bfisi?k\b", re.IGNORECASE)
_REACHED = re.compile(r"realisasi|capaian|perkembangan|pencapaian", re.IGNORECASE)


def settle(columns: list[Column]) -> list[Column]:
    """Says which realisasi and percentages speak of money: those with a unit of money, or in a table with nothing but money."""
    fields = {column.field for column in columns}
    money_only = "anggaran" in fields and "target" not in fields and "indikator" not in fields
    settled: list[Column] = []
    for column in columns:
        field = column.field
        physical = _PHYSICAL.search(column.label)
        rupiah = column.satuan is not None and column.satuan.endswith("Rp")
        if physical and field in ("realisasi", "realisasi_anggaran", "serapan", None):
            field = "realisasi"
        elif field == "realisasi" and money_only and column.satuan == "%":
            field = "serapan"
        elif field == "realisasi" and (rupiah or money_only):
            field = "realisasi_anggaran"
        elif field == "target" and rupiah:
            field = "anggaran"
        elif field == "realisasi_anggaran" and column.satuan == "%":
            field = "serapan"
        elif set(fold(column.label).split()) & other_money():
            pass
        elif field in ("capaian", None) and column.satuan == "%":
            before = [c.field for c in settled[-2:]]
            if "realisasi_anggaran" in before and _is_bare_percent(column):
                field = "serapan"
            elif field is None and ("realisasi" in before or "target" in before):
                field = "capaian"
        settled.append(replace(column, field=field))
    return _of_the_period(settled)


def _of_the_period(columns: list[Column]) -> list[Column]:
    """What the other columns say: targets of several years are no target of the end ("Target Renstra" over 2021, 2022), an
    achievement beside nothing but the final target is of that, criteria beside a figure rate it."""
    fields = [column.field for column in columns]
    final = {
        period for column in columns if column.field == "target_akhir" and (period := column.tahun or column.tahun_ke)
    }
    rated = set(fields) & {"capaian", "realisasi", "serapan"} and set(fields) & {"indikator", "sasaran"}
    settled = []
    for column in columns:
        field = column.field
        of_a_year = (column.tahun or column.tahun_ke) and not _FINAL.search(column.label)
        if field == "target_akhir" and of_a_year and (len(final) > 1 or _of_year_reached(column, columns)):
            field = "target"
        elif field == "realisasi" and _REACHED_SHARE.search(column.label) and fields.count("realisasi") > 1:
            field = "capaian"
        elif field == "capaian" and _is_bare_percent(column) and "anggaran" in fields and not set(fields) & _PERFORMED:
            field = None  # what share of the whole budget an objective has
        elif field == "kriteria" and rated and "interval" not in fields:
            field = "predikat"
        if field == "capaian" and "target_akhir" in fields and "target" not in fields and len(final) < 2:
            field = "capaian_akhir" if column.formula is None else field
        settled.append(replace(column, field=field))
    return _value_before_share(settled)


def _of_year_reached(column: Column, columns: Sequence[Column]) -> bool:
    """ "Target Renstra 2024" beside what was reached in 2024 is that year's target in the plan, not its last one."""
    return any(other.field == "realisasi" and other.tahun == column.tahun is not None for other in columns)


def _value_before_share(columns: list[Column]) -> list[Column]:
    """ "Target | Capaian | % Capaian" without a realisasi: the first achievement is the value, the second its share."""
    fields = [column.field for column in columns]
    if "realisasi" in fields or "target" not in fields:
        return columns
    settled = list(columns)
    for number, column in enumerate(columns[:-1]):
        after = columns[number + 1]
        alike = (column.tahun, column.triwulan) == (after.tahun, after.triwulan) or after.tahun is None
        if (
            (column.field, after.field) == ("capaian", "capaian")
            and alike
            and not _is_share(column)
            and _is_share(after)
        ):
            settled[number] = replace(column, field="realisasi")
    return settled


def _is_share(column: Column) -> bool:
    words = set(read_label(column.label.split(" / ")[-1]).plain.split())
    return (
        column.satuan == "%"
        or column.formula is not None
        or bool(words & {"persen", "persentase", "prosentase", "tingkat"})
    )


def settle_years(columns: Sequence[Column], title: str) -> list[Column]:
    """Columns headed by nothing but a year: figures reached where the title speaks of them, else targets."""
    fields = {column.field for column in columns}
    if not fields & {"indikator", "sasaran"} or fields & {"target", "realisasi", "capaian"}:
        return list(columns)
    field = "realisasi" if _REACHED.search(title) and not _PLAN_OF_ACTION.search(title) else "target"
    return [
        replace(column, field=field) if column.field is None and read_label(column.label).is_period else column
        for column in columns
    ]


def settle_quarters(columns: Sequence[Column], rows: Sequence[WorkRow], title: str) -> list[Column]:
    """Columns headed by nothing but a quarter, over figures: what was reached where the title speaks of that, else targets."""
    if not {column.field for column in columns} & {"indikator", "sasaran"}:
        return list(columns)
    field = "realisasi" if _REACHED.search(title) and not _PLAN_OF_ACTION.search(title) else "target"
    return [
        replace(column, field=field)
        if column.field is None
        and column.triwulan
        and read_label(column.label).is_period
        and _holds_figures(rows, number)
        else column
        for number, column in enumerate(columns)
    ]


def _holds_figures(rows: Sequence[WorkRow], number: int) -> bool:
    kinds = [type_of(row.cells[number].plain) for row in rows if row.read and number < len(row.cells)]
    filled = [kind for kind in kinds if kind not in ("empty", "dash")]
    return bool(filled) and sum(kind in ("figure", "money") for kind in filled) * 2 > len(filled)


def settle_by_content(columns: Sequence[Column], rows: Sequence[WorkRow]) -> list[Column]:
    """Corrects what a label leaves open by what stands below: absorption in percent, budget targets in rupiah."""
    fields = {column.field for column in columns}
    settled = []
    for number, column in enumerate(columns):
        texts = [row.cells[number].plain for row in rows if row.read and number < len(row.cells)]
        kinds = [kind for text in texts if (kind := type_of(text)) not in ("empty", "dash")]
        money = kinds.count("money") * 2 > len(kinds)
        field = column.field
        shares = len(kinds) > 1 and not money and column.satuan != "Rp"
        spent_share = field == "realisasi_anggaran" and _budget_is_money(columns, rows)
        reached_share = field == "capaian" and "realisasi_anggaran" in fields and not fields & _MEASURED
        if shares and (spent_share or reached_share):
            field = "serapan"
        elif kinds and money and "indikator" not in fields and fields & {"program", "kegiatan", "sub_kegiatan"}:
            field = {"target": "anggaran", "realisasi": "realisasi_anggaran"}.get(field or "", field)
        elif kinds and field == "predikat" and kinds.count("text") == 0 and len(kinds) > 1:
            field = None
        if field == "uraian" and "indikator" not in fields and fields & {"formula", "sumber_data"}:
            field = "indikator"
        settled.append(replace(column, field=field))
    return _total_of_sources(settled, rows)


def _budget_is_money(columns: Sequence[Column], rows: Sequence[WorkRow]) -> bool:
    """Whether the budgets beside are printed in full: only then is a spending of two digits a share."""
    budgets = [number for number, column in enumerate(columns) if column.field == "anggaran"]
    texts = [row.cells[n].plain for row in rows if row.read for n in budgets if n < len(row.cells)]
    kinds = [kind for text in texts if (kind := type_of(text)) not in ("empty", "dash")]
    return not kinds or sum(sum(char.isdigit() for char in text) > SHORT_AMOUNT for text in texts) * 2 > len(kinds)


SHORT_AMOUNT = 4
"""Digits up to which an amount may be given in thousands or millions."""
FULL_AMOUNT = 9
"""Digits from which it is not, whatever the title says."""
_SCALE = re.compile(r"\b(?:dalam|satuan)\s+(ribu|juta|mil[iy]ar)(?:an)?\b", re.IGNORECASE)  # "(dalam jutaan rupiah)"


def settle_scale(columns: Sequence[Column], rows: Sequence[WorkRow], title: str) -> list[Column]:
    """The scale that the title gives to the money of a table, where no column has its own and the amounts are short."""
    scale = _SCALE.search(title)
    if scale is None:
        return list(columns)
    return [
        replace(column, satuan=f"{scale.group(1).lower()} Rp")
        if column.field in _MONEY
        and column.field != "serapan"
        and column.satuan in (None, "Rp")
        and _is_short(rows, number)
        else column
        for number, column in enumerate(columns)
    ]


def _is_short(rows: Sequence[WorkRow], number: int) -> bool:
    texts = [row.cells[number].plain for row in rows if row.read and number < len(row.cells)]
    amounts = [text for text in texts if any(char.isdigit() for char in text)]
    long = sum(sum(char.isdigit() for char in text) >= FULL_AMOUNT for text in amounts)
    return bool(amounts) and long * 2 < len(amounts)


_ACTIVITIES = frozenset({"program", "kegiatan", "sub_kegiatan"})
_TOTAL = re.compile(r"^(?:total|jumlah)(?: \(?rp[.,-]*\)?)?$", re.IGNORECASE)  # over "APBD | APBN | Total"


def _total_of_sources(columns: list[Column], rows: Sequence[WorkRow]) -> list[Column]:
    """The total beside columns of sources of funds is the budget of an activity, where no column says so."""
    fields = {column.field for column in columns}
    totals = [number for number, column in enumerate(columns) if column.field is None and _TOTAL.match(column.label)]
    if len(totals) != 1 or fields & _MONEY or not fields & _ACTIVITIES:
        return columns
    number = totals[0]
    kinds = [type_of(row.cells[number].plain) for row in rows if row.read and number < len(row.cells)]
    if kinds.count("money") * 2 > len(kinds):
        columns[number] = replace(columns[number], field="anggaran")
    return columns


def _is_bare_percent(column: Column) -> bool:
    """ "%", "% realisasi", "persentase": no word says what it is a percentage of."""
    words = set(read_label(column.label.split(" / ")[-1]).plain.split())
    return not words & {"kinerja", "target", "fisik", "sasaran", "capaian", "pencapaian", "capkin"}

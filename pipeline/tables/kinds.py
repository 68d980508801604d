"""Says what kind of table one is, by its columns first and its title second, and which version of a declaration."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Column
from pipeline.tables.body import WorkRow
from pipeline.tables.celltype import MONEY_FIELDS
from pipeline.tables.periods import relative_year

_PK = re.compile(r"perjanjian\s+kinerja|penetapan\s+kinerja|\bpk\b", re.IGNORECASE)
_RKT = re.compile(r"rencana\s+kinerja\b|\brkt\b", re.IGNORECASE)
_ACTION = re.compile(r"rencana\s+aksi|renaksi", re.IGNORECASE)
_CASCADE = re.compile(r"cascading|pohon\s+kinerja", re.IGNORECASE)
_IKU = re.compile(r"indikator\s+kinerja\s+utama|\biku\b", re.IGNORECASE)
_EFFICIENCY = re.compile(r"\befisiensi\b", re.IGNORECASE)
_FORWARD = re.compile(r"\bp(?:ra|er)kiraan\s+maju\b", re.IGNORECASE)  # the forward estimate of a Renja
_COMPARES = re.compile(r"perbandingan|pencapaian|capaian|standar|nasional", re.IGNORECASE)
_REVISED = re.compile(r"\brevisi\b|\bperubahan\b|setelah\s+perwali", re.IGNORECASE)


def kind_of(columns: Sequence[Column], rows: Sequence[WorkRow], title: str, previous: str | None) -> str:
    """One of TABLE_KINDS. `previous`: the kind of the table before."""
    fields = [column.field for column in columns]
    has = frozenset(field for field in fields if field)
    names = has & {"program", "kegiatan", "sub_kegiatan", "uraian"}
    if _is_input_output(rows):
        return "input_output"
    if "interval" in has and has & {"kriteria", "predikat"} and "indikator" not in has:
        return "skala"
    measured = has & {"realisasi", "capaian"}
    declared = "formula" in has or ("sumber_data" in has and not has & {"target", "anggaran"})
    if declared and has & {"indikator", "sasaran"} and not measured:
        return "iku"
    if _CASCADE.search(title) and not has & MONEY_FIELDS:
        return "cascading"
    quarters = sum(column.triwulan is not None for column in columns)
    reached = sum(column.triwulan is not None and column.field == "realisasi" for column in columns)
    if reached >= 2 and not any(column.triwulan and column.field == "target" for column in columns):
        return "pengukuran"
    if (quarters >= 2 and has & {"indikator", "sasaran", *names}) or _ACTION.search(title):
        return "rencana_aksi"
    years = {"target": 0, "realisasi": 0, "capaian": 0}
    for column in columns:
        if column.field in years and (column.tahun or column.tahun_ke or relative_year(column.label.split(" / ")[-1])):
            years[column.field] += 1
    if sum(column.field == "predikat" and column.tahun is None for column in columns) >= 3:
        return "predikat"
    if (
        "pembanding" in has
        and "indikator" in has
        and not has & MONEY_FIELDS
        and ("realisasi" in has or _COMPARES.search(title))
    ):
        return "pembanding"
    if any(_FORWARD.search(column.label) for column in columns) and "target" in has:
        return "rkt"
    planned = years["target"] >= 3 and years["realisasi"] < 2
    if planned or (years["target"] == 2 and not has & {"realisasi", "capaian"}):
        return "renstra_program" if has & MONEY_FIELDS and names else "renstra_matriks"
    if "capaian" in has and "anggaran" not in has and ("serapan" in has or _is_of_efficiency(columns, title)):
        return "efisiensi"
    if "pembanding" in has and (measured or _COMPARES.search(title)):
        return "pembanding"
    if (years["realisasi"] >= 2 or years["capaian"] >= 2) and has & {"indikator", "sasaran"}:
        return "tren"
    if ("indikator" in has and "realisasi" in has) or {"sasaran", "realisasi", "capaian"} <= has:
        return "pengukuran"
    if _RKT.search(title) and "indikator" in has:
        return "rkt"
    if "anggaran" in has and "indikator" not in has and (names or has & {"sasaran", "sumber_dana"}):
        plain = not has & {"realisasi_anggaran", "serapan"}
        return "pk_anggaran" if plain and (_PK.search(title) or (previous == "pk" and not title)) else "anggaran"
    if names and ("realisasi_anggaran" in has or ("anggaran" in has and "target" not in has)):
        return "anggaran"
    if "indikator" in has and "target" in has:
        if _PK.search(title):
            return "pk"
        return "rkt" if names else "pk"
    if "indikator" in has and not has & MONEY_FIELDS and not measured and _IKU.search(title):
        return "iku"
    if {"tujuan", "sasaran"} <= has and has & {"indikator", "program"}:
        return "cascading"
    return "lain"


def _is_input_output(rows: Sequence[WorkRow]) -> bool:
    firsts = [row.cells[0].text.lower() for row in rows if row.read and row.cells and row.cells[0].text]
    return bool(firsts) and firsts[0].startswith("input") and any(text.startswith("output") for text in firsts)


def _is_of_efficiency(columns: Sequence[Column], title: str) -> bool:
    return bool(_EFFICIENCY.search(title)) and any(_EFFICIENCY.search(column.label) for column in columns)


def is_revised(title: str) -> bool:
    return bool(_REVISED.search(title))

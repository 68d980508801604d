"""Turns the labels over each column into columns: field, year, quarter, unit. A label is read together with those above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Column
from pipeline.tables.body import WorkRow
from pipeline.tables.celltype import type_of
from pipeline.tables.header import Header
from pipeline.tables.periods import number_below
from pipeline.tables.vocabulary import Label, fold, leaves, other_money, quarter_under, read_label

_AKHIR = {
    "target": "target_akhir",
    "capaian": "capaian_akhir",
    "anggaran": "anggaran_akhir",
    "realisasi": "capaian_akhir",
}
_RATIO = re.compile(r"\d\s*\)?\s*[/:]\s*\(?\d")
_FINAL = re.compile(r"renstra|rpjmd|akhir", re.IGNORECASE)
_REACHED = re.compile(r"realisasi|capaian|perkembangan|pencapaian", re.IGNORECASE)
_PHYSICAL = re.compile(r"\bfisi?k\b", re.IGNORECASE)
_UNDER = {"tujuan": "tujuan", "sasaran": "sasaran", "program": "program", "kegiatan": "kegiatan",
          "sub_kegiatan": "sub_kegiatan"}  # fmt: skip


def columns_of(header: Header) -> list[Column]:
    """One column per grid column of the header."""
    columns = [
        _column(parts, header.nomor[number], header.formula[number]) for number, parts in enumerate(header.parts)
    ]
    return settle(columns)


def _column(parts: Sequence[str], nomor: str | None, formula: str | None) -> Column:
    labels = [read_label(part) for part in parts]
    text = " / ".join(parts)
    field = _field(labels)
    if field is None and len(parts) > 1:
        field = read_label(" ".join(parts)).field
    formula = formula or next((label.formula for label in reversed(labels) if label.formula), None)
    field = _of_ratio(field, text, formula)
    units = [label.satuan for label in labels if label.satuan]
    scale = next((unit for unit in units if unit not in ("Rp", "%")), None)
    satuan = units[-1] if units else None
    if scale and satuan in ("Rp", None):
        satuan = scale
    return Column(
        field=field,
        label=text,
        nomor=nomor,
        formula=formula,
        tahun=next((label.tahun for label in reversed(labels) if label.tahun), None),
        tahun_ke=next((label.tahun_ke for label in reversed(labels) if label.tahun_ke), None)
        or next((nth for above, part in pairwise(parts) if (nth := number_below(part, above))), None),
        triwulan=next((label.triwulan for label in reversed(labels) if label.triwulan), None)
        or next((quarter for above, part in pairwise(parts) if (quarter := quarter_under(part, above))), None),
        satuan=satuan,
    )


def _field(labels: Sequence[Label]) -> str | None:
    if not labels:
        return None
    leaf = labels[-1]
    above = list(labels[:-1])
    parent = next((found for label in reversed(above) if (found := _field_above(label))), None)
    nearest = next((label for label in reversed(above) if not label.is_period), leaf)
    if set(nearest.plain.split()) & other_money() or (set(leaf.plain.split()) & other_money() and not leaf.exact):
        return None
    if leaf.is_period or (not leaf.plain and parent):
        return parent
    field = leaf.field
    if parent == "predikat" and leaf.plain in leaves()["predikat"]:
        return "predikat"
    if parent and leaf.field == "uraian" and parent in _UNDER:
        return _UNDER[parent]
    for name, words in leaves().items():
        if leaf.plain in words and above and (field is None or name == "anggaran"):
            field = name
            break
    if field is None:
        return parent if parent and not leaf.exact and len(leaf.plain) <= 4 else None
    if parent in ("realisasi", "realisasi_anggaran") and field in ("anggaran", "target"):
        return "realisasi_anggaran" if field == "anggaran" else "realisasi"
    if parent in ("target_akhir", "capaian_akhir", "anggaran_akhir") and field in _AKHIR:
        return _AKHIR[field]
    if parent == "baseline" and field in ("target", "realisasi", "capaian"):
        return "baseline"
    if parent == "capaian" and field == "anggaran":
        return "serapan"
    if parent == "anggaran" and field in ("realisasi", "capaian", "target"):
        share = field == "capaian" or leaf.satuan == "%"
        return "anggaran" if field == "target" else "serapan" if share else "realisasi_anggaran"
    return field


def _field_above(label: Label) -> str | None:
    return label.field or ("anggaran" if label.plain in leaves()["anggaran"] else None)


def _of_ratio(field: str | None, label: str, formula: str | None) -> str | None:
    """A column whose header divides two others is an achievement, whatever it is called: "Realisasi thdp target (4/5)"."""
    if formula is None or not _RATIO.search(formula) or field not in ("realisasi", "target", "pembanding", "capaian"):
        return field
    return "capaian_akhir" if _FINAL.search(label) else "capaian"


def settle(columns: list[Column]) -> list[Column]:
    """Says which realisasi and percentages speak of money: those with a unit of money, or in a table with nothing but money."""
    fields = {column.field for column in columns}
    money_only = "anggaran" in fields and "target" not in fields and "indikator" not in fields
    settled: list[Column] = []
    for column in columns:
        field = column.field
        physical = _PHYSICAL.search(column.label)
        rupiah = column.satuan is not None and column.satuan.endswith("Rp")
        if physical and field in ("realisasi", "realisasi_anggaran", "serapan"):
            field = "realisasi"
        elif field == "realisasi" and (rupiah or (money_only and column.satuan != "%")):
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
    return settled


def settle_years(columns: Sequence[Column], title: str) -> list[Column]:
    """Columns headed by nothing but a year: figures reached where the title speaks of them, else targets."""
    fields = {column.field for column in columns}
    if not fields & {"indikator", "sasaran"} or fields & {"target", "realisasi", "capaian"}:
        return list(columns)
    field = "realisasi" if _REACHED.search(title) else "target"
    return [
        replace(column, field=field) if column.field is None and read_label(column.label).is_period else column
        for column in columns
    ]


def settle_by_content(columns: Sequence[Column], rows: Sequence[WorkRow]) -> list[Column]:
    """Corrects what a label leaves open by what stands below: absorption in percent, budget targets in rupiah."""
    fields = {column.field for column in columns}
    settled = []
    for number, column in enumerate(columns):
        texts = [row.cells[number].plain for row in rows if row.read and number < len(row.cells)]
        kinds = [kind for text in texts if (kind := type_of(text)) not in ("empty", "dash")]
        money = kinds.count("money") * 2 > len(kinds)
        field = column.field
        if kinds and field == "realisasi_anggaran" and not money and column.satuan != "Rp" and len(kinds) > 1:
            field = "serapan"
        elif kinds and money and "indikator" not in fields and fields & {"program", "kegiatan", "sub_kegiatan"}:
            field = {"target": "anggaran", "realisasi": "realisasi_anggaran"}.get(field or "", field)
        elif kinds and field == "predikat" and kinds.count("text") == 0 and len(kinds) > 1:
            field = None
        if field == "uraian" and "indikator" not in fields and fields & {"formula", "sumber_data"}:
            field = "indikator"
        settled.append(replace(column, field=field))
    return settled


def _is_bare_percent(column: Column) -> bool:
    """ "%", "% realisasi", "persentase": no word says what it is a percentage of."""
    words = set(read_label(column.label.split(" / ")[-1]).plain.split())
    return not words & {"kinerja", "target", "fisik", "sasaran"}

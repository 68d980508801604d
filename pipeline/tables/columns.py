"""Turns the labels over each column into columns: field, year, quarter, unit. A label is read together with those above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Column
from pipeline.tables.header import Header
from pipeline.tables.periods import number_below
from pipeline.tables.vocabulary import Label, leaves, other_money, quarter_under, read_label

_AKHIR = {
    "target": "target_akhir",
    "capaian": "capaian_akhir",
    "anggaran": "anggaran_akhir",
    "realisasi": "capaian_akhir",
}
_RATIO = re.compile(r"\d\s*\)?\s*[/:]\s*\(?\d")
_FINAL = re.compile(r"renstra|rpjmd|akhir", re.IGNORECASE)
_MEASURES = frozenset({"target", "realisasi", "capaian", "capaian_akhir", "target_akhir", "pembanding", "baseline"})
_PERFORMANCE = frozenset({"k", "kinerja", "fisik"})  # beside money under one heading: the figures, not the amounts
_UNDER = {"tujuan": "tujuan", "sasaran": "sasaran", "program": "program", "kegiatan": "kegiatan",
          "sub_kegiatan": "sub_kegiatan"}  # fmt: skip


def columns_of(header: Header) -> list[Column]:
    """One column per grid column of the header."""
    columns = [
        _column(parts, header.nomor[number], header.formula[number]) for number, parts in enumerate(header.parts)
    ]
    return _told_apart(columns)


_FORMULA_WORD = re.compile(r"formul|rumus|(?:per|peng)hitungan|pengukuran", re.IGNORECASE)  # "Rumus Perhitungan"


def _told_apart(columns: list[Column]) -> list[Column]:
    """Reasons and definitions stand for the formula only where no column of their own holds it: "Alasan | Formulasi"."""
    found = [column for column in columns if column.field == "formula"]
    named = [column for column in found if _FORMULA_WORD.search(column.label.rsplit(" / ", 1)[-1])]
    if not named or len(named) == len(found):
        return columns
    return [
        replace(column, field="keterangan") if column in found and column not in named else column for column in columns
    ]


def _column(parts: Sequence[str], nomor: str | None, formula: str | None) -> Column:
    labels = [read_label(part) for part in parts]
    text = " / ".join(parts)
    field = _field(labels)
    if field is None and len(parts) > 1 and labels[-1].satuan != "%":
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
    if parent in _MEASURES and leaf.plain in _PERFORMANCE:
        return parent
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

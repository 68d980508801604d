"""Says what sort of thing a cell's text is (figure, amount, code, words), so that cells can find their column by type."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

CellType = Literal["empty", "dash", "money", "figure", "code", "text"]

MONEY_FIELDS = frozenset({"anggaran", "realisasi_anggaran", "anggaran_akhir"})
FIGURE_FIELDS = frozenset(
    {"target", "realisasi", "capaian", "baseline", "target_akhir", "capaian_akhir", "serapan", "pembanding"}
)
MONEY_DIGITS = 5
"""A bare number of at least this many digits is an amount."""

BARE_SUM = re.compile(
    r"(?:Rp\.?\s*)?[\d.,\s]*\d[\d.,\s]*(?:%|[^\W\d_]{1,12})?", re.IGNORECASE
)  # "62,71", "307,120 jam"
_DASH = re.compile(r"[-–—.…]{1,3}|0|nihil|n/?a|tidak ada data|belum ada data", re.IGNORECASE)
_NUMBER = re.compile(r"(?:Rp\.?)?-?[\d.,]*\d[\d.,]*(?:,-|-)?", re.IGNORECASE)
_DECIMAL = re.compile(r"-?\d{1,4}[.,]\d{1,2}")  # "100,00"
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}(?!\d)")
_PERCENT = re.compile(r"[\d.,]+(?:-[\d.,]+)?%")
_GRADED = re.compile(r"[\d.,]+\(?[A-D]{1,2}[+-]?\)?")  # "70.47(BB)"
_COUNTED = re.compile(r"[\d.,]+\s*(?:[^\W\d_][\w/.-]*\s*){1,3}")  # "12 dokumen"
_TAIL = re.compile(r"[\d.,]*\d[\d.,]*")
_CODE = re.compile(r"\d\.+\d{2}(?:\.+\d{1,4}){0,5}\.?|[xX]\.[xX]{2}[.\dxX]*")  # "4.01.01.2.06.02", "x.xx.01"


@lru_cache(maxsize=20_000)
def type_of(text: str) -> CellType:
    """The type of one cell's plain text, spaces inside figures disregarded."""
    dense = "".join(text.split())
    if not dense:
        return "empty"
    if _DASH.fullmatch(dense) or _DASH.fullmatch(text):
        return "dash"
    if _CODE.fullmatch(dense) and dense.count(".") >= 2 and not _GROUPED.search(dense):
        return "code"
    if _DECIMAL.fullmatch(dense):
        return "figure"
    if _NUMBER.fullmatch(dense):
        digits = sum(char.isdigit() for char in dense)
        separators = dense.count(".") + dense.count(",")
        if dense[:2].lower() == "rp" or digits >= MONEY_DIGITS or separators >= 2 or _GROUPED.search(dense):
            return "money"
        return "figure"
    if _PERCENT.fullmatch(dense) or _GRADED.fullmatch(dense) or _COUNTED.fullmatch(text):
        return "figure"
    return "text"


def is_figure(text: str) -> bool:
    return type_of(text) in ("figure", "money", "dash")


def misfit(text: str, field: str | None, *, piece: bool = False) -> float:
    """How badly a cell fits a column: 0 fits, 3 cannot be. A `piece` of a cut row may be the tail of an amount."""
    kind = type_of(text)
    if piece and kind in ("figure", "dash", "money", "code") and _TAIL.fullmatch("".join(text.split())):
        return 0.0 if field in MONEY_FIELDS else 1.0 if field in FIGURE_FIELDS else 3.0
    if kind == "empty" or field is None:
        return 0.0
    if field == "kode":
        return 0.0 if kind == "code" else 0.5 if len(text) <= 2 else 3.0
    if field in MONEY_FIELDS:
        if kind == "figure" and not text[-1:].isdigit():
            return 2.0
        if kind == "figure" and sum(char.isdigit() for char in text) >= MONEY_DIGITS:
            return 0.2  # perhaps an amount cut short ("169.04" of "169.045.000")
        return {"money": 0.0, "dash": 0.0, "figure": 1.0, "code": 1.0, "text": 3.0}[kind]
    if field in FIGURE_FIELDS:
        if kind == "text":
            return 0.7 if len(text) <= 12 or text[:1].isdigit() or ":" in text else 2.0
        return {"figure": 0.0, "dash": 0.0, "money": 1.5, "code": 1.0}[kind]
    if field in ("no", "satuan"):
        return 0.0
    return {"text": 0.0, "dash": 0.5, "figure": 2.0, "money": 3.0, "code": 3.0}[kind]

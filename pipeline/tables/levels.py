"""Says of each row whether it is a total, and on which level of the programme tree it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Column
from pipeline.tables.body import WorkRow
from pipeline.tables.celltype import BARE_SUM

_TOTAL = re.compile(
    r"(?:sub\s*|grand\s*)?(?:jumlah|total)(?:\s+(?:total|keseluruhan|seluruhnya|anggaran|belanja|langsung|tidak|biaya|umum|program|kegiatan"
    r"|sasaran|tujuan|pagu|dana|[a-z]|[IVX]+|\d{1,2}|[&+]|dan))*\s*:?",
    re.IGNORECASE,
)
_MEAN = re.compile(r"(?:jumlah\s+)?rata\s*[-–]?\s*rata(?:\s+(?:capaian|kinerja|realisasi|tingkat|persentase|sasaran|total|nilai|indikator|seluruh)\b.*)?",
                   re.IGNORECASE)  # fmt: skip
_SEVERAL = re.compile(r"program.*kegiatan", re.IGNORECASE | re.DOTALL)  # a column that holds several levels
_NUMBERING = re.compile(r"^(?:\d{1,3}|[a-zA-Z])[.)]\s*")  # "24. Kegiatan …"
_TOTAL_OF = re.compile(r"(?:sub\s*|grand\s*)?total\b", re.IGNORECASE)  # no name of a programme starts so
_BARE = re.compile(r"(?:jumlah|total|rata\s*[-–]?\s*rata)\s*:?", re.IGNORECASE)
_FIRST_WORD = (
    (re.compile(r"sub\s*[- ]?\s*kegiatan\b", re.IGNORECASE), "sub_kegiatan"),
    (re.compile(r"kegiatan\b", re.IGNORECASE), "kegiatan"),
    (re.compile(r"program\b", re.IGNORECASE), "program"),
)
_PROGRAMME = re.compile(r"(?:program|(?:sub\s*)?kegiatan)\b", re.IGNORECASE)
_NAMES = ("sub_kegiatan", "kegiatan", "program", "uraian")
_LEVEL_OF_NUMBER = {1: "program", 2: "kegiatan", 3: "sub_kegiatan"}
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}\.?")


def set_totals(rows: Sequence[WorkRow], columns: Sequence[Column]) -> None:
    """Marks rows whose first words are "Jumlah", "Total", "Rata-rata capaian …" outside the column of indicators."""
    labels = [
        n for n, column in enumerate(columns) if column.field not in ("indikator", "formula", "target", "realisasi")
    ]
    for row in rows:
        if not row.read or row.kind != "data":
            continue
        first = next((n for n, cell in enumerate(row.cells) if cell.text and not cell.span), None)
        if first is None:
            continue
        text = row.cells[first].text
        field = columns[first].field
        apart = first in labels or first == 0 or (field == "indikator" and sum(bool(c.text) for c in row.cells) <= 3)
        code = any(row.cells[n].text for n, c in enumerate(columns) if c.field == "kode" and n != first)
        of_names = field in _NAMES and _TOTAL_OF.match(text)
        if not code and (
            _BARE.fullmatch(text)
            or of_names
            or (text.isupper() and _TOTAL.fullmatch(text))
            or (apart and (_TOTAL.fullmatch(text) or _MEAN.fullmatch(text)))
        ):
            row.kind = "total"
    _set_bare_total(rows)


def _set_bare_total(rows: Sequence[WorkRow]) -> None:
    """A last row of nothing but figures sums up the rows above, although no word says so."""
    read = [row for row in rows if row.read]
    if len(read) < 3 or read[-1].kind not in ("data", "band") or any(cell.span for cell in read[-1].cells):
        return
    texts = [cell.text for cell in read[-1].cells if cell.text]
    above = [cell.text for cell in read[-2].cells if cell.text]
    if (
        texts
        and all(BARE_SUM.fullmatch(text) for text in texts)
        and not all(BARE_SUM.fullmatch(text) for text in above)
    ):
        read[-1].kind = "total"


def set_levels(rows: Sequence[WorkRow], columns: Sequence[Column]) -> None:
    """Level by the first word, by the code, by the column, by numbers 1 / 1.1 / blank."""
    fields = [column.field for column in columns]
    tree = any(field in _NAMES for field in fields)
    if not tree:
        return
    numbered = _numbers_tell(rows, columns)
    mixed = frozenset(column.field for column in columns if column.field and _SEVERAL.search(column.label))
    for row in rows:
        if row.read and row.kind == "data" and row.level is None:
            row.level = _level(row, fields, numbered, mixed)


def _own(row: WorkRow, fields: Sequence[str | None], name: str) -> str:
    return next(
        (c.text for c, field in zip(row.cells, fields, strict=True) if field == name and c.text and not c.inherited), ""
    )


def _level(row: WorkRow, fields: Sequence[str | None], numbered: bool, mixed: frozenset[str]) -> str | None:
    for name in _NAMES:
        text = _own(row, fields, name)
        if not text:
            continue
        for pattern, level in _FIRST_WORD:
            if pattern.match(_NUMBERING.sub("", text)):
                return level
        code = _own(row, fields, "kode")
        if code:
            return level_of_code(code)
        if numbered and (name in mixed or name in ("program", "uraian")):
            number = _own(row, fields, "no").strip(" .")
            return _LEVEL_OF_NUMBER.get(len(number.split("."))) if number else "sub_kegiatan"
        return None if name == "uraian" or name in mixed else name
    goals = {name: _text(row, fields, name) for name in ("tujuan", "sasaran")}
    inherited = any(_text(row, fields, name) for name in _NAMES)
    if inherited:
        code = _text(row, fields, "kode")
        return level_of_code(code) if code else None
    if goals["sasaran"]:
        return "sasaran"
    return "tujuan" if goals["tujuan"] else None


def _text(row: WorkRow, fields: Sequence[str | None], name: str) -> str:
    return next((c.text for c, field in zip(row.cells, fields, strict=True) if field == name and c.text), "")


def level_of_code(code: str) -> str | None:
    """Level by the segments of a programme code (Permendagri 90/2019): 3 program, 5 kegiatan, 6 sub kegiatan.

    Codes that lost the authority digit ("4.01.01.13.02") or moved its point ("4.01.01.20.6") count as they were meant.
    """
    parts = [part for part in re.split(r"\.+", "".join(code.split())) if part]
    if len(parts) < 3 or not all(part.isdigit() or set(part.lower()) == {"x"} for part in parts):
        return None
    count = len(parts)
    if count > 3 and len(parts[3]) == 2 and "10" <= parts[3] <= "19":
        count += 1
    return {3: "program", 4: "kegiatan", 5: "kegiatan"}.get(count, "sub_kegiatan" if count >= 6 else None)


def _numbers_tell(rows: Sequence[WorkRow], columns: Sequence[Column]) -> bool:
    """Whether the column of numbers shows levels of a programme tree: 1, 1.1, blank."""
    number = next((n for n, column in enumerate(columns) if column.field == "no"), None)
    names = [n for n, column in enumerate(columns) if column.field in _NAMES]
    if number is None or not names:
        return False
    said = any(columns[n].field != "uraian" or _PROGRAMME.search(columns[n].label) for n in names)
    if not said and not any(_PROGRAMME.match(row.cells[n].text) for row in rows if row.read for n in names):
        return False
    texts = [row.cells[number].text for row in rows if row.read and row.kind == "data"]
    return any("." in text.strip(" .") and _NUMBER.fullmatch(text) for text in texts)

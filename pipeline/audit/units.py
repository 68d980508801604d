"""What unit a name promises and what unit a cell prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.model import Cell
from pipeline.normalize.names import normal

_UNITS = {
    "dok": "dokumen", "dokumen": "dokumen", "lap": "laporan", "laporan": "laporan", "paket": "paket", "unit": "unit",
    "buah": "unit", "bh": "unit", "orang": "orang", "org": "orang", "bulan": "bulan", "bln": "bulan", "kali": "kali",
    "opd": "perangkat daerah", "pd": "perangkat daerah", "perangkat daerah": "perangkat daerah", "kegiatan": "kegiatan",
    "buku": "buku", "desa": "desa", "kelurahan": "kelurahan", "kecamatan": "kecamatan", "umkm": "umkm", "kasus": "kasus",
    "kendaraan": "kendaraan", "peralatan": "peralatan", "lembaga": "lembaga", "naskah": "naskah", "eksemplar": "eksemplar",
    "event": "event", "perkara": "perkara", "hari": "hari", "jam": "jam", "menit": "menit", "%": "%", "persen": "%",
    "persentase": "%", "ton": "ton", "km": "km", "ha": "ha", "kelompok": "kelompok", "sekolah": "sekolah", "siswa": "siswa",
}  # fmt: skip
_LABEL = re.compile(
    r"^(?:indikator|ik)\s+(?:(?:tujuan|sasaran|program|kegiatan)\s+)?(?:\d+(?: \d+)?\s+)?"
)  # "Indikator Tujuan : …"
_CHANGE = re.compile(r"\b(?:naik|turun|meningkat|menurun)\b", re.IGNORECASE)  # "Naik 10%" is a change, not a value
_COUNTS = frozenset(_UNITS.values()) - {"%", "ton", "km", "ha", "hari", "jam", "menit"}


@lru_cache(maxsize=5_000)
def unit(text: str | None) -> str | None:
    """The unit that `text` names, in one spelling; None where it names none that is known."""
    if not text:
        return None
    plain = text.strip().lower().rstrip(".")
    return _UNITS.get(plain) or _UNITS.get(normal(plain))


def unit_of(cell: Cell) -> str | None:
    """The unit that the cell itself prints beside its number; not one that its column or row lends it."""
    reading = cell.reading
    if reading is None or not any(sign.isdigit() for sign in cell.text) or _CHANGE.search(cell.text):
        return None
    found = unit(reading.satuan)
    if found == "%":
        return found if "%" in cell.text or "persen" in cell.text.lower() else None
    return found if found and any(sign.isalpha() for sign in cell.text) else None


def is_count(name: str | None) -> bool:
    return name in _COUNTS


def measured(indikator: str) -> str:
    """The normalised name without the label "Indikator Tujuan :" that some tables put before it."""
    return _LABEL.sub("", normal(indikator))


def only_the_end_in_per_cent(units: Sequence[str | None]) -> bool:
    """A series of counts whose last value alone is in per cent: it changed its unit, it was not given in a wrong one."""
    return len(units) > 1 and units[-1] == "%" and all(unit is not None and unit != "%" for unit in units[:-1])


def alike(one: str, other: str) -> bool:
    """Whether the one is a general word for the other: unit and kendaraan, unit and peralatan."""
    return one == other or (
        {one, other} & {"unit"} != set() and bool({one, other} & {"kendaraan", "peralatan", "lembaga"})
    )


@lru_cache(maxsize=20_000)
def promised(indikator: str) -> str | None:
    """`count` of "Jumlah …", `%` of "Persentase …", `index` of "Indeks …", None where the name does not say."""
    words = measured(indikator).split()
    if not words:
        return None
    if words[:2] in (["tingkat", "kematangan"], ["level", "maturitas"]):
        return "index"  # a level from 1 to 5
    return {"jumlah": "count", "banyaknya": "count", "persentase": "%", "indeks": "index"}.get(words[0])


@lru_cache(maxsize=20_000)
def counted(indikator: str) -> str | None:
    """The unit that a count names: `paket` of "Jumlah Paket Peralatan …"."""
    words = measured(indikator).split()
    if len(words) < 2 or words[0] != "jumlah":
        return None
    return unit(words[1]) if is_count(unit(words[1])) else None

"""What a unit means for a number: money and its scale, percent, things counted in wholes, things measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.readings.clean import clean, squeeze
from pipeline.readings.vocabulary import is_measured, unit_of, vocabulary

UnitKind = Literal["money", "percent", "counted", "measured", "unknown"]

CURRENCY = re.compile(r"(?:(?<![a-z])(?:rp|idr)(?![a-z])|rupiah)", re.IGNORECASE)  # Rp., (Rp,-), rupiah
SCALE = re.compile(
    r"(?<![a-z])(?:dalam\s+)?(ribu(?:an)?|rb|juta(?:an)?|jt|mil[iy]ar(?:an)?|tril[iy]un)(?![a-z])", re.IGNORECASE
)
PERCENT = re.compile(r"^\W*(?:%|persen(?:tase)?|prosen(?:tase)?|per\s*cent)\W*$", re.IGNORECASE)
THOUSANDS_HEADER = re.compile(
    r"\(?\s*(?:x\s*)?(?:rp\.?\s*)?(?:1[.,]?000|000)\s*(?:,-)?\)?$", re.IGNORECASE
)  # (Rp. 000)


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` as readings show it (`Rp`, `%`, `dokumen`); `scale`: rupiah in one printed unit."""

    kind: UnitKind
    name: str | None = None
    scale: int = 1


def unit(text: str | None) -> Unit:
    """The unit that a header, a unit column or the rest of a cell states."""
    if not text or not (plain := clean(text).strip(" ()[]:")):
        return Unit("unknown")
    if PERCENT.match(plain):
        return Unit("percent", "%")
    if CURRENCY.search(plain):
        return Unit("money", "Rp", scale_of(plain))
    known = unit_of(plain)
    if known is None:
        scale = SCALE.fullmatch(plain)
        if scale:
            return Unit("money", "Rp", scale_of(plain))
        return Unit("unknown", plain)
    return Unit("measured" if is_measured(known) else "counted", known)


def scale_of(text: str) -> int:
    """1, or how many rupiah one unit is: `dalam jutaan rupiah`, `Rp. (juta)`, `(Rp. 000)`."""
    found = SCALE.search(text)
    if found:
        return vocabulary().money_scale[squeeze(found[1])]
    return 1000 if THOUSANDS_HEADER.search(text.strip()) else 1

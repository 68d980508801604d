"""Says whether less of an indicator is better, by its name: decides which capaian convention a row may follow."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipeline.resources import read_yaml


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = read_yaml(Path(__file__).with_name("direction.yml"))
    lower = "|".join(re.escape(str(word)) for word in data["lower_is_better"])
    reversed_by = "|".join(re.escape(str(word)) for word in data["reversed_by"])
    return re.compile(rf"\b(?:{lower})\b", re.IGNORECASE), re.compile(rf"\b(?:{reversed_by})\b", re.IGNORECASE)


def lower_is_better(indikator: str) -> bool:
    """True for *Persentase penduduk miskin*, false for *Persentase penurunan kemiskinan* and for everything unknown."""
    lower, reversed_by = _patterns()
    return bool(lower.search(indikator)) and not reversed_by.search(indikator)

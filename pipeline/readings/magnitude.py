"""Doubts well-formed amounts that are a thousand times too small beside their kin: narrow columns lose a group of zeros.

Such a print reads perfectly (`65.000,00` for 65.000.000) and no mark betrays it, so it becomes `ambiguous` with both
values; the sums of the table, not the magnitude, decide between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from pipeline.model import Reading

GROUP = Decimal(1000)
NEAR_A_GROUP = (Decimal(300), Decimal(3000))
"""Quotients that speak for one lost group: a thousand, give or take the real change between years or levels."""
ENOUGH = 8
"""How many amounts a column must have before its median says anything."""
Place = tuple[int, int]


def doubtful(amounts: Mapping[Place, Reading], parents: Mapping[Place, Sequence[Place]]) -> dict[Place, Reading]:
    """The readings to replace. `amounts` by (row, column) of one kind of money; `parents`: children of each parent amount."""
    found: dict[Place, Reading] = {}
    values = {place: reading.value for place, reading in amounts.items() if reading.value}
    by_row: dict[int, list[Place]] = {}
    by_column: dict[int, list[Decimal]] = {}
    for place, value in values.items():
        by_row.setdefault(place[0], []).append(place)
        by_column.setdefault(place[1], []).append(value)
    middles = {column: median(of) for column, of in by_column.items() if len(of) >= ENOUGH}
    for place, value in values.items():
        kin = max(values[other] for other in by_row[place[0]])
        children = [values[child] for child in parents.get(place, ()) if child in values]
        if (
            _lost(value, kin)
            or (children and _lost(value, sum(children)))
            or (place[1] in middles and value * GROUP < middles[place[1]])
        ):
            found[place] = _doubted(amounts[place])
    return found


def _lost(value: Decimal, beside: Decimal | int) -> bool:
    return NEAR_A_GROUP[0] <= beside / value <= NEAR_A_GROUP[1]


def _doubted(reading: Reading) -> Reading:
    value = reading.value or Decimal(0)
    return replace(
        reading,
        status="ambiguous",
        value=None,
        interval=None,
        candidates=(value, value * GROUP),
        repairs=(*reading.repairs, "a thousand times smaller than the amounts beside it"),
    )

"""Doubts well-formed amounts that are a thousand times too small beside their kin: narrow columns lose a group of zeros.

Such a print reads perfectly (`65.000,00` for 65.000.000) and no mark betrays it, so it becomes `ambiguous` with both
values; the sums of the table, not the magnitude, decide between them. Tables without any damaged amount are not doubted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from pipeline.model import Reading

GROUP = Decimal(1000)
NEAR_A_GROUP = (Decimal(300), Decimal(3000))
"""Quotients that speak for one lost group: a thousand, give or take the real change between years or levels."""
TOO_LARGE_A_PART = 10
"""How often a part may exceed its whole before a lost group is likelier than a mistake of the author."""
LIKE_ITS_PARTS = (Decimal("0.3"), Decimal(20))
"""Quotients of an amount with its group restored and its known parts: otherwise it was no group that was lost."""
SAME_SIZE = (Decimal("0.1"), Decimal(20))
"""Quotients of amounts of one row that were printed alike: a doubt about one is a doubt about the other."""
ENOUGH = 8
"""How many amounts a column must have before its median or its way of grouping digits says anything."""
LONG = 5
"""Digits from which an amount is written in groups."""
Place = tuple[int, int]


def doubtful(
    amounts: Mapping[Place, Reading],
    parents: Mapping[Place, Sequence[Place]],
    totals: frozenset[int] = frozenset(),
) -> dict[Place, Reading]:
    """The readings to replace. `amounts` by (row, column) of one kind of money; `parents`: children of each parent amount;
    `totals`: columns that sum the years of a row, so are no kin of them."""
    values = {place: reading.value for place, reading in amounts.items() if reading.value}
    by_row: dict[int, list[Place]] = {}
    by_column: dict[int, list[Place]] = {}
    for place in values:
        by_row.setdefault(place[0], []).append(place)
        by_column.setdefault(place[1], []).append(place)
    middles = {column: median(values[place] for place in of) for column, of in by_column.items() if len(of) >= ENOUGH}
    grouping = {column for column, of in by_column.items() if _grouped(amounts[place].text for place in of)}
    found: dict[Place, Reading] = {}
    for place, value in values.items():
        kin = max((values[other] for other in by_row[place[0]] if other[1] not in totals), default=value)
        children = [values[child] for child in parents.get(place, ()) if child in values]
        if (place[1] not in totals and _lost(value, kin)) or (
            place[1] in middles and value * GROUP < middles[place[1]]
        ):
            found[place] = _doubted(amounts[place], (value, value * GROUP), BESIDE)
        elif (
            children
            and max(children) > TOO_LARGE_A_PART * value
            and LIKE_ITS_PARTS[0] <= value * GROUP / sum(children) <= LIKE_ITS_PARTS[1]
        ):
            found[place] = _doubted(amounts[place], (value, value * GROUP), "smaller than a part of it")
        elif place[1] in grouping and len(str(value)) >= LONG and _bare(amounts[place].text):
            found[place] = _doubted(amounts[place], _lost_zeros(value), "digits without groups among grouped ones")
    for place, reading in list(found.items()):
        for other in by_row[place[0]]:
            if other not in found and SAME_SIZE[0] <= values[other] / reading.candidates[0] <= SAME_SIZE[1]:
                found[other] = _doubted(amounts[other], (values[other], values[other] * GROUP), BESIDE)
    return found


BESIDE = "a thousand times smaller than the amounts beside it"


def _grouped(texts: Iterable[str]) -> bool:
    """Whether a column writes its amounts in groups: most of its long ones have marks."""
    long = [text for text in texts if sum(ch.isdigit() for ch in text) >= LONG]
    return len(long) >= ENOUGH and 2 * sum(1 for text in long if not _bare(text)) > len(long)


def _bare(text: str) -> bool:
    return not any(mark in text.replace("Rp.", "") for mark in "., ")


def _lost(value: Decimal, beside: Decimal) -> bool:
    return NEAR_A_GROUP[0] <= beside / value <= NEAR_A_GROUP[1]


def _lost_zeros(value: Decimal) -> tuple[Decimal, ...]:
    return tuple(value * 10**lost for lost in range(4))


def _doubted(reading: Reading, candidates: tuple[Decimal, ...], why: str) -> Reading:
    repairs = (*reading.repairs, why)
    return replace(reading, status="ambiguous", value=None, interval=None, candidates=candidates, repairs=repairs)

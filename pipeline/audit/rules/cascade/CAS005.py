"""A topic that the objective lists has no indikator.

"Meningkatnya koordinasi pemerintahan, pembangunan dan …" promises development too; when none of its indikator speaks of it, that part of the promise is never measured.

Wrong: sasaran *pelayanan, keamanan dan pembangunan desa*, indikator of services and security only. Right: one for each.

Decides: an IKU table; a sasaran with a list joined by commas and "dan", with two indikator or more; an item of one word of meaning that stands in no indikator and no formula of that sasaran, while every
other item of the list does.

Limits: an indikator may measure the topic in other words; hence a notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Indikator

_LISTED = re.compile(r",\s*|\s+(?:dan|serta)\s+")
_HEAD = re.compile(r"^(?:meningkat|peningkatan|terwujud|mewujudkan|optimal|kualitas|mutu|efektiv)")  # no topics

RULE = Rule(
    code="CAS005",
    name="Bagian sasaran tanpa indikator",
    family="CASCADE",
    severity="notice",
    texts={
        "": (
            "Sasaran “{sasaran}” menyebut {topik}, tetapi tidak satu pun dari {jumlah} indikatornya mengukurnya.",
            "The sasaran “{sasaran}” names {topik}, but none of its {jumlah} indikator measures it.",
        )
    },
    kriteria="PermenPANRB 89/2021: indikator mengukur sasarannya",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    groups: dict[str, list[Indikator]] = defaultdict(list)
    for record in doc.declared:
        if record.sasaran and "," in record.sasaran:
            groups[record.sasaran].append(record)
    for goal, records in groups.items():
        measured = frozenset(
            word
            for record in records
            for word in meaning(f"{record.indikator} {record.formula or ''} {record.sumber_data or ''}")
        )
        items = [frozenset(w for w in meaning(item) if not _HEAD.match(w)) for item in _LISTED.split(goal)]
        missing = [item for item in items if item and not item & measured]
        cells = [cell for record in records if (cell := doc.cell(record, "indikator")) is not None]
        place: Cell | None = doc.cell(records[0], "sasaran")
        if len(cells) < 2 or len(items) < 3 or len(missing) != 1 or len(missing[0]) != 1 or place is None:
            continue
        topic = next(iter(missing[0]))
        yield finding(
            RULE,
            doc.berkas,
            place.where,
            evidence=[cite(doc.berkas, place), *(cite(doc.berkas, cell, role="counterpart") for cell in cells)],
            found=topic,
            sasaran=goal,
            topik=topic,
            jumlah=len(cells),
        )

"""One objective has two numbers.

The summary calls planning "Sasaran 1", chapter III calls it "Sasaran 2": whoever follows "sasaran 1" from the one to the other reads about something else.

Wrong: *Sasaran 1 : Meningkatnya perencanaan* in the summary, *Sasaran 2 : Meningkatnya perencanaan* later. Right: one order throughout.

Decides: headings, keys and list points "Sasaran n : <name>" whose text begins with the name of a sasaran of the document's own tables of agreement or measurement; the same name with different numbers. One
notice per document.

Limits: the sasaran of other offices in annexes are not in those tables and count for nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where
from pipeline.normalize.names import normal

_NUMBERED = re.compile(r"^\W*sasaran\s*(?:strategis\s*)?(\d{1,2})\W*:\s*(.{15,})$", re.IGNORECASE | re.DOTALL)
_KINDS = ("pk", "pengukuran", "tren", "predikat", "efisiensi")

RULE = Rule(
    code="NAM007",
    name="Nomor sasaran berubah-ubah",
    family="NAME",
    severity="notice",
    texts={
        "": (
            "“{sasaran}” disebut sasaran {satu} dan sasaran {dua} ({jumlah} sasaran berganti nomor).",
            "“{sasaran}” is called sasaran {satu} and sasaran {dua} ({jumlah} sasaran change their number).",
        )
    },
    kriteria="Urutan sasaran mengikuti perjanjian kinerja",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    names = sorted(
        {normal(record.sasaran) for record in doc.berkas.indikator if record.sasaran and record.kind in _KINDS},
        key=len,
        reverse=True,
    )
    numbers: dict[str, dict[int, tuple[Where, str]]] = defaultdict(dict)
    for where, text in doc.spoken:
        match = _NUMBERED.match(text)
        if match is None:
            continue
        said = normal(match.group(2))
        name = next((one for one in names if said.startswith(one)), None)
        if name is not None:
            numbers[name].setdefault(int(match.group(1)), (where, text))
    twice = {name: places for name, places in numbers.items() if len(places) > 1}
    if twice:
        name, places = next(iter(twice.items()))
        one, two = list(places)[:2]
        yield finding(
            RULE,
            doc.berkas,
            places[two][0],
            evidence=[cite(doc.berkas, *place) for held in twice.values() for place in held.values()],
            found=str(two),
            expected=str(one),
            sasaran=name,
            satu=one,
            dua=two,
            jumlah=len(twice),
        )

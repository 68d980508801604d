"""The text gives an objective another achievement than its table.

Paragraphs are copied from objective to objective: "predikat sangat tinggi dengan nilai capaian 100%" stands under an objective that the table gives 80%.

Wrong: under *Sasaran 4*, *nilai capaian rata-rata 100%*, table: 80%. Right: *80%*.

Decides: a paragraph that says "capaian (rata-rata) … n%" under a heading or key "Sasaran n : <name>", against the capaian of the sasaran of that name in the measurement tables:
of its average row, or of its indikator where it has but one. Rounded figures agree. Only where exactly one table row speaks of it, or all agree.

Limits: objectives with several indikator and no average row are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

_OBJECTIVE = re.compile(r"^\W*sasaran\s*(?:strategis\s*)?\d+\W*:", re.IGNORECASE)  # "Sasaran 4 : …"
_SAID = re.compile(
    r"\bcapaian\s+(?:kinerja\s+)?(?:rata\s*[-–]?\s*rata\s+)?(?:sebesar\s+|adalah\s+|mencapai\s+)?(\d{1,3}(?:[.,]\d{1,2})?)\s?%",
    re.IGNORECASE,
)  # "nilai capaian rata – rata 93,65 %"

_COMPARED = re.compile(r"\b(?:dibanding\w*|sebelumnya|lalu|dari|sejak|target|triwulan|semester)\b", re.IGNORECASE)

RULE = Rule(
    code="NAR008",
    name="Capaian dalam naskah berbeda dari tabel",
    family="LOGIC",
    severity="warning",
    texts={
        "": (
            "Naskah menyebut capaian {naskah}% untuk “{sasaran}”, tabel memuat {tabel}.",
            "The text gives “{sasaran}” a capaian of {naskah}%, the table {tabel}.",
        )
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    tabled: dict[frozenset[str], list[Cell]] | None = None
    heading = ""
    for where, text in doc.spoken:
        if _OBJECTIVE.match(text):
            heading = text
        match = _SAID.search(text)
        if match is None or not heading or _COMPARED.search(text[max(0, match.start() - 50) : match.end() + 30]):
            continue
        tabled = tabled if tabled is not None else _achievements(doc)
        words = meaning(heading.split(":", 1)[1])
        cells = next((cells for name, cells in tabled.items() if name and name == words), [])
        if not cells or any(_agrees(match.group(1), cell) for cell in cells) or len({c.text for c in cells}) > 1:
            continue
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[
                cite(doc.berkas, where, text),
                *(cite(doc.berkas, cell, role="counterpart") for cell in cells),
                cite(doc.berkas, where, heading, role="context"),
            ],
            found=match.group(1) + "%",
            expected=cells[0].text,
            sasaran=heading.split(":", 1)[1].strip(" *_"),
            naskah=match.group(1),
            tabel=cells[0].text,
        )


def _achievements(doc: Doc) -> dict[frozenset[str], list[Cell]]:
    """The capaian of each sasaran that has one indikator, by the words of its name; from every measurement table."""
    found: dict[frozenset[str], list[Cell]] = {}
    for table in doc.tables("pengukuran"):
        rows: dict[frozenset[str], list[Cell]] = {}
        for line in lines(doc, "pengukuran"):
            if line.table is not table:
                continue
            held = dict(zip((c.field for c in table.columns), line.row.cells, strict=False))
            name, cell = held.get("sasaran"), line.first("capaian")
            if name is not None and cell is not None and cell.reading is not None:
                rows.setdefault(meaning(name.text), []).append(cell)
        for words, cells in rows.items():
            if len(cells) == 1:
                found.setdefault(words, []).extend(cells)
    return found


def _agrees(said: str, cell: Cell) -> bool:
    reading = cell.reading
    if reading is None or reading.value is None:
        return True
    one = Decimal(said.replace(",", "."))
    places = min(-int(one.as_tuple().exponent), reading.places)
    return abs(one - reading.value).scaleb(places) < 1  # rounded or cut off

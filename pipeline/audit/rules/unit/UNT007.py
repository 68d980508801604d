"""The same output is counted in different units in two tables.

"Jumlah laporan pengelolaan kelembagaan: 2 laporan" in the plan and the unit *Dokumen* for the same output in the report: the two figures cannot be compared.

Wrong: plan *2 laporan*, report *Dokumen*. Right: one unit.

Decides: names that agree in all meaning-bearing words but the unit itself, in two tables of different kinds of one document, with two counting units that differ. One notice
per output.

Limits: "dokumen" and "laporan" may be meant alike; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import alike, is_count, unit, unit_of
from pipeline.model import Cell, Finding

RULE = Rule(
    code="UNT007",
    name="Keluaran yang sama, satuan berbeda",
    family="UNIT",
    severity="notice",
    texts={
        "": (
            "Keluaran “{nama}” di sini bersatuan {sini}, di tabel lain {sana}.",
            "The output “{nama}” is counted in {sini} here, in {sana} in another table.",
        )
    },
    kriteria="Permendagri 90/2019: satuan sub kegiatan baku",
)
_UNITS = frozenset(("dokumen", "laporan", "paket", "unit", "orang", "hasil"))


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    first: dict[frozenset[str], tuple[str, str, Cell, Cell]] = {}
    said: set[frozenset[str]] = set()
    for kind, name, cell, found in _stated(doc):
        key = meaning(name.text) - _UNITS
        if len(key) < 3 or key in said:
            continue
        other = first.setdefault(key, (kind, found, cell, name))
        if other[0] != kind and not alike(other[1], found):
            said.add(key)
            yield finding(
                RULE,
                doc.berkas,
                cell.where,
                evidence=[
                    cite(doc.berkas, cell),
                    cite(doc.berkas, name, role="context"),
                    cite(doc.berkas, other[2], role="counterpart"),
                    cite(doc.berkas, other[3], role="context"),
                ],
                found=found,
                expected=other[1],
                nama=name.text,
                sini=found,
                sana=other[1],
            )


def _stated(doc: Doc) -> Iterator[tuple[str, Cell, Cell, str]]:
    """(kind of table, name, cell that states the unit, unit) of every count."""
    for line in lines(doc):
        satuan, output = line.first("satuan"), line.first("indikator", "uraian")
        if satuan is not None and output is not None and is_count(unit(satuan.text)):
            yield line.table.kind, output, satuan, unit(satuan.text) or ""
        for name, cells in line.figures():
            for _, cell in cells[:1]:
                found = unit_of(cell)
                if found is not None and is_count(found):
                    yield line.table.kind, name, cell, found

"""An indikator stands under another sasaran in another table.

The agreement, its copy in the report and the measurement must place an indikator under the same objective, or the objectives'
results are not those that were agreed.

Wrong: *Nilai SAKIP* under "Perencanaan" in the report's table, under "Kinerja organisasi" in the signed agreement.
Right: one place.

Decides: within one document, tables of PK, pengukuran, tren, pembanding, cascading and the
matrix of the Renstra (not its rows before an amendment); indikator by normalised name, sasaran by
meaning-bearing words. The sasaran that most tables name is taken for right.

Limits: names that differ in more than spelling are not recognised as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Indikator
from pipeline.normalize.names import normal

_KINDS = ("pk", "pengukuran", "tren", "pembanding", "cascading", "renstra_matriks")

RULE = Rule(
    code="CAS003",
    name="Indikator di bawah sasaran lain",
    family="CASCADE",
    severity="warning",
    version=2,
    texts={
        "": (
            "“{indikator}” di sini di bawah sasaran “{sini}”, di tabel lain di bawah “{sana}”.",
            "“{indikator}” stands here under the sasaran “{sini}”, in another table under “{sana}”.",
        )
    },
    kriteria="PermenPANRB 53/2014: laporan mengikuti perjanjian kinerja",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    groups: dict[frozenset[str], list[Indikator]] = {}
    for record in doc.berkas.indikator:
        if record.kind in _KINDS and record.sasaran and _is_name(record.indikator) and not _replaced(doc, record):
            groups.setdefault(meaning(record.indikator), []).append(record)
    for records in groups.values():
        counts = Counter(_objective(record) for record in records)
        if len(counts) < 2 or len({record.table for record in records}) < 2:
            continue
        usual, _ = counts.most_common(1)[0]
        for record in records:
            other = next(r for r in records if _objective(r) == usual)
            here = _objective(record)
            if here == usual or here <= usual or usual <= here or len(here & usual) > len(here | usual) // 2:
                continue
            cell, there = doc.cell(record, "indikator"), doc.cell(other, "indikator")
            parent, right = doc.cell(record, "sasaran"), doc.cell(other, "sasaran")
            if cell is None or there is None or parent is None or right is None:
                continue
            yield finding(
                RULE,
                doc.berkas,
                cell.where,
                severity="notice" if record.kind in ("cascading", "renstra_matriks") else None,
                evidence=[
                    cite(doc.berkas, cell),
                    cite(doc.berkas, parent, role="context"),
                    cite(doc.berkas, there, role="counterpart"),
                    cite(doc.berkas, right, role="counterpart"),
                ],
                found=record.sasaran,
                expected=other.sasaran,
                suggestion=other.sasaran,
                indikator=record.indikator,
                sini=record.sasaran,
                sana=other.sasaran,
            )


def _is_name(indikator: str) -> bool:
    """Whether the cell names an indikator in words, not a number of a list."""
    return len([word for word in meaning(indikator) if word.isalpha()]) >= 2


def _objective(record: Indikator) -> frozenset[str]:
    return meaning(record.sasaran or "")


def _replaced(doc: Doc, record: Indikator) -> bool:
    """Whether the row stands under "Sebelum Perubahan": what was true before an amendment contradicts nothing."""
    return any(normal(band).startswith("sebelum") for band in doc.row(record).band)

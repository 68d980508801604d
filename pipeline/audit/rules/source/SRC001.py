"""Sumber data copied from a neighbouring row.

A source must evidence its own indikator. When it is word for word that of the row above or below, speaks of what only that row is
about, and of nothing of its own row, it was copied.

Wrong: *Persentase sekolah terakreditasi* with source "Laporan evaluasi puskesmas", the source of the row below, *Persentase
puskesmas terakreditasi*. Right: its own report.

Decides: by the words that set the two indikator apart; other rows of the table must have other sources. An earlier version of the
same indikator with a source of its own is shown as witness and becomes the suggestion.

Limits: one report may truly serve two rows; then its name speaks of both and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.operands import apart
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Indikator
from pipeline.normalize.names import key_of

RULE = Rule(
    code="SRC001",
    name="Sumber data salinan baris tetangga",
    family="SOURCE",
    severity="warning",
    texts={
        "": (
            "Sumber data “{sumber}” untuk “{indikator}” adalah milik baris tetangga “{lain}”.",
            "The sumber data “{sumber}” of “{indikator}” is that of the neighbouring row “{lain}”.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: setiap indikator mempunyai sumber data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    records = [record for record in doc.berkas.indikator if record.sumber_data and doc.cell(record, "sumber_data")]
    for table in sorted({record.table for record in records}):
        rows = [record for record in records if record.table == table]
        sources = {key_of(record.sumber_data or "") for record in rows}
        for row, other in _neighbours(rows):
            if key_of(row.sumber_data or "") != key_of(other.sumber_data or "") or len(sources) < 2:
                continue
            own, foreign = apart(row.indikator, other.indikator)
            words = meaning(row.sumber_data or "")
            if own and words & foreign and not words & own and not words & meaning(row.penanggung_jawab or ""):
                yield _say(doc, row, other, records)


def _neighbours(rows: list[Indikator]) -> Iterator[tuple[Indikator, Indikator]]:
    for one, two in pairwise(rows):
        yield one, two
        yield two, one


def _say(doc: Doc, row: Indikator, other: Indikator, records: list[Indikator]) -> Finding:
    def place(record: Indikator) -> Cell:
        cell = doc.cell(record, "sumber_data")
        assert cell is not None
        return cell

    own, _ = apart(row.indikator, other.indikator)
    before = next(
        (
            record
            for record in records
            if record.table != row.table and record.kunci == row.kunci and meaning(record.sumber_data or "") & own
        ),
        None,
    )
    evidence = [cite(doc.berkas, place(row)), cite(doc.berkas, place(other), role="source")]
    if before is not None:
        evidence.append(cite(doc.berkas, place(before), role="witness"))
    return finding(
        RULE,
        doc.berkas,
        place(row).where,
        evidence=evidence,
        found=row.sumber_data,
        expected=before.sumber_data if before else None,
        suggestion=before.sumber_data if before else None,
        sumber=row.sumber_data,
        indikator=row.indikator,
        lain=other.indikator,
    )

"""One indikator measures two levels or two objectives.

A goal (tujuan) is reached through its objectives (sasaran); measured with the same indikator, the levels say the same thing twice. Nor
can one indikator show two different objectives apart.

Wrong: tujuan *Ekonomi tumbuh* and sasaran *Pertanian maju*, both measured by *Jumlah laporan pupuk*. Right: an outcome for the goal.

Decides: within one table and band, an indikator with the same name under two different sasaran, or once under a tujuan and again
under a sasaran; and "Indikator Tujuan : …" before a table that names the same indikator.

Limits: some regulations give goal and objective one indikator on purpose; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, KeyValue
from pipeline.normalize.names import key_of, normal

RULE = Rule(
    code="CAS001",
    name="Satu indikator untuk dua tingkat atau sasaran",
    family="CASCADE",
    severity="notice",
    texts={
        "": (
            "“{indikator}” mengukur “{satu}” dan juga “{dua}”.",
            "“{indikator}” measures “{satu}” and also “{dua}”.",
        )
    },
    kriteria="PermenPANRB 89/2021: penjenjangan kinerja",
)


def check(ctx: Context) -> Iterable[Finding]:
    yield from _in_tables(ctx.doc)
    yield from _goal_in_prose(ctx.doc)


def _in_tables(doc: Doc) -> Iterator[Finding]:
    for table in doc.tables("renstra_matriks", "iku", "pk"):
        seen: dict[tuple[tuple[str, ...], str], tuple[Cell, str]] = {}
        said: set[tuple[tuple[str, ...], str]] = set()
        for line in (one for one in lines(doc) if one.table is table):
            cell, parent = line.first("indikator"), _parent(line)
            if cell is None or not key_of(cell.text) or not parent:
                continue
            key = (line.row.band, key_of(cell.text))
            if key in seen and normal(seen[key][1]) != normal(parent) and key not in said:
                said.add(key)
                yield finding(
                    RULE,
                    doc.berkas,
                    cell.where,
                    evidence=[cite(doc.berkas, cell), cite(doc.berkas, seen[key][0], role="counterpart")],
                    found=cell.text,
                    indikator=cell.text,
                    satu=seen[key][1],
                    dua=parent,
                )
            seen.setdefault(key, (cell, parent))


def _parent(line: Line) -> str:
    """The sasaran of the row, or its tujuan where the row has no sasaran of its own."""
    for field in ("sasaran", "tujuan"):
        for column, cell in zip(line.table.columns, line.row.cells, strict=False):
            if column.field == field and cell.text.strip():
                own_goal = field == "sasaran" and cell.inherited and line.first("tujuan") is not None
                if not own_goal:
                    return cell.text
    return ""


def _goal_in_prose(doc: Doc) -> Iterator[Finding]:
    for block in doc.prose:
        if not isinstance(block, KeyValue) or normal(block.key) != "indikator tujuan" or not key_of(block.value):
            continue
        for record in doc.declared:
            cell = doc.cell(record, "indikator")
            if cell is not None and key_of(record.indikator) == key_of(block.value):
                yield finding(
                    RULE,
                    doc.berkas,
                    cell.where,
                    evidence=[
                        cite(doc.berkas, cell),
                        cite(doc.berkas, block.where, f"{block.key} : {block.value}", role="counterpart"),
                    ],
                    found=record.indikator,
                    indikator=record.indikator,
                    satu="tujuan",
                    dua=record.sasaran or "sasaran",
                )

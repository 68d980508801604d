"""A row of a plan has an end value and no year that leads to it, or years and no end.

Yearly targets and amounts left blank beside a filled "Kondisi akhir" mean that the row was not updated, or that its years stand in another row.

Wrong: five blank years, *akhir 7 dokumen, Rp6.449.000*. Right: the years filled, or the end blank as well.

Decides: rows of a programme plan with an end target and an end amount above nought, in which every cell of target and amount is blank, while another row of the same section has
them; (open) rows with at least three yearly targets and no end target, or three amounts and no end amount, where nine of ten such rows of the table have it. A dash is an
answer and is not accused. One finding of each sort per table.

Limits: figures that the reader lost look blank too; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

RULE = Rule(
    code="CLS005",
    name="Nilai akhir tanpa nilai tahunan",
    family="CLASS",
    severity="notice",
    version=2,
    texts={
        "": (
            "{jumlah} baris mempunyai nilai akhir tanpa satu pun target atau anggaran tahunan, mis. “{nama}”: {akhir}.",
            "{jumlah} rows have an end value without any yearly target or amount, e.g. “{nama}”: {akhir}.",
        ),
        "open": (
            "{jumlah} baris mempunyai nilai tahunan tanpa {apa} akhir (kosong, atau tertulis di kolom lain), mis. “{nama}”.",
            "{jumlah} rows have yearly values without the {apa} at the end (blank, or in another column), e.g. “{nama}”.",
        ),
    },
    kriteria="Permendagri 86/2017: target dan pagu indikatif setiap tahun",
)
_LEAST = 3
"""Filled years before a blank end is accused."""
_RARE = 10
"""One blank end in so many rows is an exception."""
_ENGLISH = {"target": "target", "anggaran": "amount"}
YEARLY = ("target", "anggaran")


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("renstra_program"):
        held = [line for line in lines(doc, "renstra_program") if line.table is table]
        planned = {line.section for line in held if any(True for _ in line.cells(*YEARLY))}
        bare = [
            (line, name, end)
            for line in held
            if (name := line.name) and (end := _end_alone(line)) and line.section in planned
        ]
        if bare:
            _, name, end = bare[0]
            yield finding(
                RULE,
                doc.berkas,
                end.where,
                evidence=[
                    *(cite(doc.berkas, cell) for _, _, cell in bare),
                    *(cite(doc.berkas, cell, role="context") for _, cell, _ in bare),
                ],
                found=end.text,
                jumlah=len(bare),
                nama=name.text,
                akhir=end.text,
            )
        for yearly, end_field in (("target", "target_akhir"), ("anggaran", "anggaran_akhir")):
            yield from _open(doc, held, yearly, end_field)


def _open(doc: Doc, held: list[Line], yearly: str, end_field: str) -> Iterator[Finding]:
    """The rows whose years are filled and whose end is blank, where that is the exception."""
    full = [line for line in held if len(list(line.cells(yearly))) >= _LEAST]
    bare = [line for line in full if line.first(end_field) is None]
    if not bare or len(bare) * _RARE > len(full):
        return
    shown = [line.name or line.first("indikator") or line.first(yearly) for line in bare]
    cells = [cell for cell in shown if cell is not None]
    yield finding(
        RULE,
        doc.berkas,
        cells[0].where,
        "open",
        evidence=[cite(doc.berkas, cell) for cell in cells],
        found=cells[0].text,
        jumlah=len(bare),
        nama=cells[0].text,
        apa=(yearly, _ENGLISH[yearly]),
    )


def _end_alone(line: Line) -> Cell | None:
    """The end amount of a row that has end values only."""
    target, amount = line.first("target_akhir"), line.first("anggaran_akhir")
    if target is None or amount is None or amount.reading is None or not amount.reading.value:
        return None
    return None if any(True for _ in line.cells(*YEARLY)) else amount

"""A predikat is not that of its capaian by the document's own scale.

The scale of the report gives "Tinggi" from 76 to 90; a row with 87,8% says "Sangat Tinggi". The predikat was copied down the column, or the capaian was
corrected and the predikat forgotten.

Wrong (scale: ≥ 91 Sangat Tinggi, 76–90 Tinggi): *87,8% Sangat Tinggi*. Right: *87,8% Tinggi*.

Decides: the document's one scale, a table of classes with their intervals or at least three lines such as "60 s/d 79,99 % = Baik"; rows of other tables with a capaian in per
cent and, to its right, one of those classes, in full or by its initials. A capaian between two classes or on their border may have either. Where a table has no capaian, its
realisasi is judged as it stands, as part of the target, and the target as part of it, if the table has five such rows and four of five fit; where more rows fit the realisasi
as it stands than as part, that alone counts.

Limits: documents with several scales are not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.scales import CLASSES, Scale, scales
from pipeline.model import Cell, Column, Finding, LogicalTable
from pipeline.normalize.names import normal

RULE = Rule(
    code="SCL005",
    name="Predikat tidak sesuai dengan capaian",
    family="SCALE",
    severity="warning",
    version=2,
    texts={
        "banyak": (
            "{jumlah} predikat tidak mengikuti skala dokumen ini, mis. capaian {capaian}: menurut skala “{benar}”, tertulis “{tertulis}”.",
            "{jumlah} predikat do not follow this document's scale, e.g. a capaian of {capaian} is “{benar}” by it, not “{tertulis}”.",
        ),
        "": (
            "Capaian {capaian} menurut skala dokumen ini “{benar}”, bukan “{tertulis}”.",
            "A capaian of {capaian} is “{benar}” by this document's scale, not “{tertulis}”.",
        ),
    },
    kriteria="Predikat mengikuti skala yang ditetapkan dokumen",
)

_PROVES = 5
"""Rows without a capaian that must stand in a table before they are judged; four of five must fit."""


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    found = scales(doc)
    if len(found) != 1:
        return
    scale = found[0]
    full = {normal(name): name for _, name in scale.classes}
    wrong_ones: list[tuple[Cell, Fraction, Cell]] = []
    names = {alias: name for _, name in scale.classes for alias in (normal(name), _initials(name))}
    for table in doc.tables():
        judged = [
            (cell, values, predikat, said)
            for cell, values, predikat in ([] if table is scale.table else _pairs(table))
            if (said := (names if len(values) == 1 else full).get(normal(predikat.text))) is not None
        ]
        wrong = [one for one in judged if not any(one[3] in scale.of(value) for value in one[1])]
        if judged and len(judged[0][1]) > 1:
            alone = [one for one in judged if one[3] not in scale.of(one[1][0])]
            parts = [one for one in judged if one[3] not in scale.of(one[1][1])]
            wrong = alone if len(alone) < len(parts) else wrong
            if len(judged) < _PROVES or len(wrong) * 5 > len(judged):
                continue  # the column need not follow this scale
        wrong_ones += [(cell, values[0], predikat) for cell, values, predikat, _ in wrong]
    if len(wrong_ones) > MANY:
        yield _judge(doc, scale, wrong_ones)
    else:
        for one in wrong_ones:
            yield _judge(doc, scale, [one])


MANY = 3
"""More than so many rows that leave the scale have one cause: they were graded by another."""


def _judge(doc: Doc, scale: Scale, wrong: list[tuple[Cell, Fraction, Cell]]) -> Finding:
    cell, value, predikat = wrong[0]
    fitting = scale.of(value)
    return finding(
        RULE,
        doc.berkas,
        predikat.where,
        "banyak" if len(wrong) > 1 else "",
        evidence=[
            *(cite(doc.berkas, one) for _, _, one in wrong),
            *(cite(doc.berkas, one, role="witness") for one, _, _ in wrong),
            *(
                cite(doc.berkas, *one, role="counterpart")
                if isinstance(one, tuple)
                else cite(doc.berkas, one, role="counterpart")
                for one in scale.evidence
            ),
        ],
        found=predikat.text,
        expected=fitting[0],
        suggestion=fitting[0] if len(wrong) == 1 else None,
        trace={"capaian": str(float(value)), "classes": fitting},
        jumlah=len(wrong),
        capaian=cell.text,
        benar=fitting[0],
        tertulis=predikat.text,
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in normal(name).split())


def _pairs(table: LogicalTable) -> Iterator[tuple[Cell, list[Fraction], Cell]]:
    """Each predikat with the nearest capaian to its left and its value; without any capaian, with the realisasi and what it may be judged by."""
    fields = [column.field for column in table.columns]
    for row in table.rows if any(name in CLASSES for name in fields) else ():
        for at, (field, cell) in enumerate(zip(fields, row.cells, strict=False)):
            if row.kind != "data" or field not in CLASSES or not cell.text.strip():
                continue
            if "capaian" in fields:
                held = _exact(table.columns, row.cells, at, "capaian")
                if held is not None:
                    yield held[0], [held[1]], cell
                continue
            made, aim = (
                _exact(table.columns, row.cells, at, "realisasi"),
                _exact(table.columns, row.cells, at, "target"),
            )
            if made is not None and aim is not None and made[1] > 0 and aim[1] > 0:
                yield made[0], [made[1], made[1] / aim[1] * 100, aim[1] / made[1] * 100], cell


def _exact(columns: tuple[Column, ...], cells: tuple[Cell, ...], at: int, field: str) -> tuple[Cell, Fraction] | None:
    """The nearest cell of this field left of `at`, of no other year, with its value, where it was read exactly as a number or per cent."""
    years = {None, columns[at].tahun} if columns[at].tahun else {column.tahun for column in columns}
    left = [i for i in range(min(at, len(cells))) if columns[i].field == field and columns[i].tahun in years]
    reading = cells[left[-1]].reading if left else None
    if reading is None or reading.status != "exact" or reading.value is None or cells[left[-1]].inherited:
        return None
    return (cells[left[-1]], Fraction(reading.value)) if reading.kind in ("percent", "number") else None

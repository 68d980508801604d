"""A row's code lies outside its parent's.

Sub kegiatan carry the code of their kegiatan, kegiatan that of their program. A kegiatan whose sub kegiatan all carry another kegiatan's code has a
wrong code itself.

Wrong: kegiatan 4.01.02.**2.05** with sub kegiatan 4.01.02.2.03.01 and .02. Right: kegiatan 4.01.02.2.03.

Decides: the nearest kegiatan row above, in the same section; when all its sub kegiatan agree on another parent, the kegiatan is accused,
else the single sub kegiatan. Codes that needed more than white-space repair are not used.

Limits: rows out of order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.audit.codes import Coded, coded, is_listed, listed_code
from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.readings.codes import level_of, parent_of

RULE = Rule(
    code="COD002",
    name="Kode di luar kode induknya",
    family="CODE",
    severity="warning",
    texts={
        "parent": (
            "Kode {kode} (“{nama}”) tidak memuat sub kegiatannya, yang semuanya berkode {lain}.…",
            "The code {kode} (“{nama}”) does not hold its sub kegiatan, which all have codes {lain}.…",
        ),
        "missing": (
            "Sub kegiatan {lain}.… langsung mengikuti {kode} (“{nama}”): baris kegiatan {lain} tidak ada.",
            "The sub kegiatan {lain}.… follow {kode} (“{nama}”) directly: the row of the kegiatan {lain} is missing.",
        ),
        "child": (
            "Kode {kode} (“{nama}”) berada di bawah kegiatan {lain}.",
            "The code {kode} (“{nama}”) stands under the kegiatan {lain}.",
        ),
    },
    kriteria="Permendagri 90/2019",
)


def check(ctx: Context) -> Iterable[Finding]:
    parent: Coded | None = None
    children: list[Coded] = []
    for row in [*coded(ctx.doc), None]:
        level = level_of(row.code) if row is not None else None
        if row is not None and level == "sub_kegiatan" and parent is not None and row.group == parent.group:
            children.append(row)
            continue
        if parent is not None:
            yield from _judge(ctx, parent, children)
        parent, children = (row if level == "kegiatan" else None), []


def _judge(ctx: Context, parent: Coded, children: list[Coded]) -> Iterable[Finding]:
    doc = ctx.doc
    strange = [child for child in children if parent_of(child.code) != parent.code]
    parents = Counter(parent_of(child.code) for child in strange)
    if not strange:
        return
    other, votes = parents.most_common(1)[0]
    if votes == len(children):
        known = is_listed(parent)
        yield finding(
            RULE,
            doc.berkas,
            parent.cell.where,
            "missing" if known else "parent",
            severity="notice" if known else None,
            evidence=[
                cite(doc.berkas, parent.cell),
                cite(doc.berkas, parent.name, role="context"),
                *(cite(doc.berkas, child.cell, role="witness") for child in children),
            ],
            found=parent.code,
            expected=None if known else other,
            suggestion=None if known else other,
            kode=parent.code,
            nama=parent.name.text,
            lain=other,
        )
        return
    for child in strange:
        if listed_code(child) is not None:
            continue  # said by COD004
        yield finding(
            RULE,
            doc.berkas,
            child.cell.where,
            "child",
            evidence=[
                cite(doc.berkas, child.cell),
                cite(doc.berkas, child.name, role="context"),
                cite(doc.berkas, parent.cell, role="counterpart"),
            ],
            found=child.code,
            expected=f"{parent.code}.…",
            kode=child.code,
            nama=child.name.text,
            lain=parent.code,
        )

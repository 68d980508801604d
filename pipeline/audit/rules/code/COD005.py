"""Two codes of one parent carry the same name and the same indikator.

A row copied down to make the next one, of which only the code was changed: the second activity has lost its name and its indikator, or one activity is planned twice.

Wrong: *2.09.01 Pemeliharaan Kendaraan*, *Jumlah kendaraan yang dipelihara* and below it *2.09.02* with the same words. Right: each its own name and indikator.

Decides: same table and section, codes of one parent and depth that differ, names and indikator the same letter by letter or the shorter name the beginning of the longer.

Limits: an activity may have been given a new code between two versions of a plan that stand in one table; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.codes import Coded, coded
from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_LEAST = 20
"""Letters of a name that begins another before the two are held for one."""
_OTHER = re.compile(r"[^a-z0-9]+")

RULE = Rule(
    code="COD005",
    name="Satu nama dan indikator, dua kode",
    family="CODE",
    severity="notice",
    texts={
        "": (
            "“{nama}” dengan indikator yang sama berkode {satu} dan {dua}.",
            "“{nama}” has, with the same indikator, the codes {satu} and {dua}.",
        )
    },
    kriteria="Permendagri 90/2019",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    seen: dict[tuple[object, ...], list[Coded]] = {}
    for row in coded(doc):
        indikator = row.line.first("indikator")
        if indikator is None or row.code.count(".") < 3:
            continue
        key = (
            row.line.table.ordinal,
            row.line.section,
            row.code.rpartition(".")[0],
            row.code.count("."),
            _bare(indikator.text),
        )
        before = seen.setdefault(key, [])
        twin = next((one for one in before if one.code != row.code and _one_name(one.name.text, row.name.text)), None)
        before.append(row)
        first = twin.line.first("indikator") if twin is not None else None
        if twin is None or first is None:
            continue
        yield finding(
            RULE,
            doc.berkas,
            row.cell.where,
            evidence=[
                cite(doc.berkas, row.cell),
                cite(doc.berkas, row.name, role="context"),
                cite(doc.berkas, indikator, role="context"),
                cite(doc.berkas, twin.cell, role="counterpart"),
                cite(doc.berkas, twin.name, role="context"),
                cite(doc.berkas, first, role="context"),
            ],
            found=row.code,
            nama=row.name.text,
            satu=twin.code,
            dua=row.code,
        )


def _bare(text: str) -> str:
    return _OTHER.sub("", text.lower())


def _one_name(one: str, other: str) -> bool:
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) >= _LEAST and long.startswith(short))

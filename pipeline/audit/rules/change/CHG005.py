"""The explanations of two indikator are exchanged.

The list under one formula belongs to the neighbour's: "belanja pegawai" explains the indikator of general administration, and the reverse. Whoever counts by the list counts the
wrong things.

Wrong: under *administrasi keuangan* the list of general administration, under *administrasi umum* that of finance; the decree has them the other way.
Right: as in the decree.

Decides: two declarations of one office; the words of the lists under two indikator each resemble the other's list in the other declaration more than their own.

Limits: needs two declarations that explain both.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.declarations import Pair, matched, successions
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Indikator

RULE = Rule(
    code="CHG005",
    name="Penjelasan dua indikator tertukar",
    family="CHANGE",
    severity="warning",
    scope="office",
    texts={
        "": (
            "Penjelasan “{satu}” dan “{dua}” tertukar dibanding {sana}.",
            "The explanations of “{satu}” and “{dua}” are exchanged compared with {sana}.",
        )
    },
    kriteria="Penjelasan mengikuti indikatornya",
)
LEAST = 4


def check(ctx: Context) -> Iterable[Finding]:
    for before, after in successions(ctx):
        for one, two in combinations(matched(before, after), 2):
            if _exchanged(before.doc, after.doc, one, two):
                a, b = before.doc.cell(one.before, "formula"), before.doc.cell(two.before, "formula")
                c, d = after.doc.cell(one.after, "formula"), after.doc.cell(two.after, "formula")
                if a is None or b is None or c is None or d is None:
                    continue
                yield finding(
                    RULE,
                    before.doc.berkas,
                    a.where,
                    evidence=[
                        cite(before.doc.berkas, a),
                        cite(before.doc.berkas, b),
                        cite(after.doc.berkas, c, role="counterpart"),
                        cite(after.doc.berkas, d, role="counterpart"),
                    ],
                    satu=one.before.indikator,
                    dua=two.before.indikator,
                    sana=after.label,
                )


def _exchanged(before: Doc, after: Doc, one: Pair, two: Pair) -> bool:
    a, b = _list(one.before), _list(two.before)
    c, d = _list(one.after), _list(two.after)
    common = (a & b) | (c & d)
    a, b, c, d = a - common, b - common, c - common, d - common
    if min(map(len, (a, b, c, d))) < LEAST:
        return False
    return len(a & d) > 2 * len(a & c) and len(b & c) > 2 * len(b & d) and len(a & d) >= LEAST - 1 and len(b & c) >= 2


def _list(record: Indikator) -> frozenset[str]:
    """The words of what explains the formula: after "Penjelasan", without those of the indikator."""
    _, _, rest = (record.formula or "").partition("enjelasan")
    return meaning(rest) - meaning(record.indikator)

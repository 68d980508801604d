"""A broken formula: an operator without its operand, two operators in a row, a fraction without its other half.

A formula that breaks off cannot be computed; whoever reports by it invents the rest.

Wrong: Total nilai persepsi per unsur **X** / Total unsur (the factor after X is missing); Total × **X** nilai penimbang (two operators).
Right: Total nilai persepsi per unsur × nilai penimbang / Total unsur.

Decides: by the formula grammar, which names what is broken and where. A bracket that is not closed is a notice.

Limits: a letter X that is a symbol explained in a legend is no operator.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import declared
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="FRM007",
    name="Formula rusak",
    family="FORMULA",
    severity="error",
    texts={
        "": (
            "Formula “{indikator}” tidak dapat dihitung: {masalah}.",
            "The formula of “{indikator}” cannot be computed: {masalah}.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: formula harus dapat dihitung",
)
_QUIET = ("unbalanced_bracket",)


def check(ctx: Context) -> Iterable[Finding]:
    for row in declared(ctx.doc):
        if not row.formula.malformed or row.formula.kind in ("prose", "column_reference"):
            continue
        first = next((p for p in row.formula.malformed if p.problem not in _QUIET), row.formula.malformed[0])
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            severity="notice" if first.problem in _QUIET else None,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="context")],
            found=row.cell.text[first.start : first.end] or row.formula.canonical,
            trace={"problem": first.problem, "start": first.start, "end": first.end},
            indikator=row.indikator,
            masalah=(first.pesan, first.message),
        )

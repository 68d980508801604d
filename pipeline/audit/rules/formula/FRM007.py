"""A broken formula: an operator without its operand, two operators in a row, a fraction without its other half.

A formula that breaks off cannot be computed; whoever reports by it invents the rest.

Wrong: Total nilai persepsi per unsur **X** / Total unsur (the factor after X is missing); Total × **X** nilai penimbang (two operators).
Right: Total nilai persepsi per unsur × nilai penimbang / Total unsur.

Decides: by the formula grammar, which names what is broken and where. A bracket that is not closed is a notice.

Limits: a fraction whose lines ran together in reading is not judged. A letter X that is a symbol explained in a legend is no operator.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import declared
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Severity

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
_ONE_HALF = ("missing_denominator", "missing_numerator", "dangling_operator", "two_operators")
LONG = 600  # characters from which a cell explains more than it computes


def _folded(message: str) -> bool:
    """A fraction whose lines were read as one: its "= … × 100" stands between the operands and only looks like two operators."""
    return "=" in message or "100" in message


def _severity(problem: str, text: str) -> Severity | None:
    """A comparison in words that names one side only is very likely cut short; a sign without its operand cannot be right."""
    if problem in _QUIET:
        return "notice"
    signs = ("/", "\\frac", "dibagi", "×", " x ", " X ", ":")
    return None if any(sign in text for sign in signs) else "warning"


def check(ctx: Context) -> Iterable[Finding]:
    for row in declared(ctx.doc):
        problems = [
            p for p in row.formula.malformed if (p.problem in _ONE_HALF or row.penyebut) and not _folded(p.message)
        ]
        if not problems or row.formula.kind in ("prose", "column_reference") or len(row.cell.text) > LONG:
            continue
        first = next((p for p in problems if p.problem not in _QUIET), problems[0])
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            severity=_severity(first.problem, row.cell.text),
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="context")],
            found=row.cell.text[first.start : first.end] or row.formula.canonical,
            trace={"problem": first.problem, "start": first.start, "end": first.end},
            indikator=row.indikator,
            masalah=(first.pesan, first.message),
        )

"""A formula whose result is the same whatever its figures are.

"Realisasi − (Realisasi − Rencana) / Rencana × 100%", printed as the formula of indikator that should fall, is 100% always when the line stands under all of it. It hides
failure and success alike.

Wrong: (Realisasi − (Realisasi − Rencana)) / Rencana × 100%. Right: (Rencana − (Realisasi − Rencana)) / Rencana × 100%.

Decides: by algebra over the formula's terms, in declared formulas and in the formulas of capaian that the text prints; also in the reading with the fraction line
under the whole.

Limits: two names of one quantity are two terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.audit.context import Context
from pipeline.audit.operands import declared
from pipeline.audit.rule import Rule, cite, finding
from pipeline.formula import parse
from pipeline.model import Evidence, Finding, Where

if TYPE_CHECKING:
    from pipeline.formula import Formula

RULE = Rule(
    code="FRM009",
    name="Formula selalu menghasilkan nilai yang sama",
    family="FORMULA",
    severity="error",
    texts={
        "": (
            "Formula {formula} selalu menghasilkan nilai yang sama, berapa pun angkanya.",
            "The formula {formula} gives the same result whatever its figures are.",
        )
    },
    kriteria="PER/20/M.PAN/11/2008: indikator harus dapat menunjukkan keberhasilan atau kegagalan",
)
_LONG = 300
SYMBOL = 3  # letters up to which a term is a symbol: n and N are two quantities


def check(ctx: Context) -> Iterable[Finding]:
    from pipeline.formula.algebra import constant_value, is_constant

    for where, evidence, formula in _formulas(ctx):
        if formula.tree is None or formula.kind == "prose" or not any(len(text) > SYMBOL for text, _ in formula.terms):
            continue
        body = formula.body
        if is_constant(body) and constant_value(body) != 0:
            yield finding(
                RULE,
                ctx.doc.berkas,
                where,
                evidence=[evidence],
                found=formula.canonical,
                trace={"formula": formula.canonical},
                formula=formula.canonical,
            )


def _formulas(ctx: Context) -> Iterator[tuple[Where, Evidence, Formula]]:
    berkas = ctx.doc.berkas
    for row in declared(ctx.doc):
        same = row.pembilang and row.pembilang == row.penyebut  # said by FRM002
        if not same:
            yield row.cell.where, cite(berkas, row.cell), row.formula
    for where, text in ctx.doc.spoken:
        lowered = text.lower()
        if len(text) < _LONG and "realisasi" in lowered and ("\\frac" in text or "=" in text) and "100" in text:
            yield where, cite(berkas, where, text), parse(text)

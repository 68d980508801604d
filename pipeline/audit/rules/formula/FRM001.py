"""Pembilang or penyebut copied from another row's formula.

A formula measures what its indikator names. When one operand is word for word that of another row, speaks of what only
that row is about, and of nothing that sets its own row apart, it was pasted there and not adapted.

Wrong: *Persentase rekomendasi bidang kebersihan yang ditindaklanjuti* = Jumlah rekomendasi **bidang keamanan** / Jumlah rekomendasi
bidang kebersihan × 100%. Right: both operands speak of kebersihan. The correction is made from the row that was copied from, by
putting this row's topic in the place of that row's topic.

Decides: words every row shares ("jumlah", "hasil", "koordinasi") decide nothing; only the words that set the two indikator apart
are looked at. The other operand must still speak of its own row.

Limits: an operand that was pasted and reworded is not recognised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import Declared, apart, head, shares, transfer
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="FRM001",
    name="Pembilang atau penyebut salinan baris lain",
    family="FORMULA",
    severity="error",
    texts={
        "": (
            "Operand {operand} “{teks}” milik indikator “{lain}”, bukan indikator “{indikator}”.",
            "The {operand} “{teks}” belongs to the indikator “{lain}”, not to “{indikator}”.",
        ),
        "whole": (
            "Seluruh formula indikator “{indikator}” adalah formula indikator “{lain}”: {teks}.",
            "The whole formula of “{indikator}” is that of “{lain}”: {teks}.",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008: formula mengukur indikatornya sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    rows = list(shares(ctx.doc))
    for row in rows:
        found = next((made for other in rows if (made := _copied(row, other, rows)) is not None), None)
        if found is not None:
            yield found


def _operands(row: Declared) -> Iterator[tuple[str, str, str]]:
    """(name, text, the other operand's text)."""
    yield "pembilang", row.pembilang, row.penyebut
    yield "penyebut", row.penyebut, row.pembilang


def _copied(row: Declared, other: Declared, rows: list[Declared]) -> Finding | None:
    own, foreign = apart(row.indikator, other.indikator)
    if not own or not foreign:
        return None
    theirs = [meaning(other.pembilang), meaning(other.penyebut)]
    strange = {
        name: text
        for name, text, _ in _operands(row)
        if meaning(text) in theirs and meaning(text) & foreign and not meaning(text) & own
    }
    if len(strange) == 2 and not any(meaning(text) == meaning(row.pembilang) for text in strange.values()):
        return None
    if len(strange) == 2:
        return _say(row, other, "whole", "formula", row.cell.text, None)
    for name, text, rest in _operands(row):
        if name == "penyebut" and not _misplaced(row, other):
            continue
        if name in strange and meaning(rest) & own:
            return _say(row, other, "", name, text, _suggestion(row, name, rows))
    return None


def _misplaced(row: Declared, other: Declared) -> bool:
    """Whether the penyebut is the other row's whole and no whole of this row: a share counts the same thing above and below."""
    same = meaning(row.penyebut) == meaning(other.penyebut)
    return same and head(other.pembilang) == head(other.penyebut) != head(row.pembilang)


def _suggestion(row: Declared, name: str, rows: list[Declared]) -> str | None:
    for model in rows:
        text = model.pembilang if name == "pembilang" else model.penyebut
        own, theirs = apart(row.indikator, model.indikator)
        if own and theirs and meaning(text) & theirs:
            made = transfer(text, model.indikator, row.indikator)
            if made is not None and own <= meaning(made):
                return made
    return None


def _say(row: Declared, other: Declared, key: str, operand: str, text: str, suggestion: str | None) -> Finding:
    berkas = row.doc.berkas
    return finding(
        RULE,
        berkas,
        row.cell.where,
        key,
        severity="error" if operand == "pembilang" else "warning",
        evidence=[
            cite(berkas, row.cell),
            cite(berkas, row.name_cell, role="counterpart"),
            cite(berkas, other.cell, role="source"),
        ],
        found=text,
        expected=suggestion,
        suggestion=suggestion,
        trace={"operand": operand, "row": row.indikator, "copied_from": other.indikator},
        operand=operand,
        teks=text,
        lain=other.indikator,
        indikator=row.indikator,
    )

"""The formula of an indikator changed between years or versions.

Figures of two years can be compared only when they are computed alike. A change of formula needs a note; without one, a rise may be
nothing but a new denominator.

Wrong: 2021 divides by *hasil rapat*, 2022 by *rapat yang dilaksanakan*, and nothing says so. Right: the same formula, or a note.

Decides: for the same (or renamed) indikator of one office, pembilang and penyebut are compared by their meaning-bearing words;
spelling, order and "jumlah seluruh" count for nothing.

Limits: a note elsewhere in the report is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.declarations import Pair, matched, successions
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Indikator
from pipeline.normalize.names import key_of

RULE = Rule(
    code="CHG001",
    name="Formula berubah antartahun atau antarversi",
    family="CHANGE",
    severity="notice",
    scope="office",
    texts={
        "": (
            "Formula “{indikator}” berubah dari {lama} ke {baru}: {apa}.",
            "The formula of “{indikator}” changed from {lama} to {baru}: {apa}.",
        )
    },
    kriteria="PermenPANRB 53/2014: perbandingan antartahun",
)


def check(ctx: Context) -> Iterable[Finding]:
    for before, after in successions(ctx):
        for pair in matched(before, after):
            changes = list(_changes(before.doc, after.doc, pair))
            old, new = before.doc.cell(pair.before, "formula"), after.doc.cell(pair.after, "formula")
            if changes and old is not None and new is not None:
                yield finding(
                    RULE,
                    after.doc.berkas,
                    new.where,
                    evidence=[
                        cite(after.doc.berkas, new),
                        cite(before.doc.berkas, old, role="counterpart"),
                    ],
                    found=new.text,
                    expected=old.text,
                    indikator=pair.after.indikator,
                    lama=before.label,
                    baru=after.label,
                    apa="; ".join(changes),
                )


def _changes(one: Doc, two: Doc, pair: Pair) -> Iterable[str]:
    a, b = one.formula(pair.before), two.formula(pair.after)
    if a is None or b is None:
        return
    for name in ("pembilang", "penyebut"):
        old, new = getattr(a, name) or "", getattr(b, name) or ""
        renamed = pair.before.kunci != pair.after.kunci
        if (
            old
            and new
            and meaning(old) != meaning(new)
            and not (renamed and _own(old, pair.before) == _own(new, pair.after))
        ):
            yield f"{name} “{old}” → “{new}”"
    if (a.pengali or "") != (b.pengali or "") and a.pembilang and b.pembilang:
        yield f"pengali {a.pengali or '–'} → {b.pengali or '–'}"
    unread = {a.kind, b.kind} & {"prose", "other", "sum"}
    if not (a.pembilang and b.pembilang) and a.kind != b.kind and not unread and key_of(a.text) != key_of(b.text):
        yield f"{a.kind} → {b.kind}"


def _own(text: str, record: Indikator) -> frozenset[str]:
    """The operand without the words of its own indikator: a renamed indikator renames its operands."""
    return meaning(text) - meaning(record.indikator)

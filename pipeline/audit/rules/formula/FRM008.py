"""A qualifier of the indikator is missing in its formula.

The indikator restricts what is measured ("naskah **aktif**", "pelaku usaha **mikro**"); the formula counts all of them. Then the
figure is that of another, wider indikator.

Wrong: *Persentase koperasi aktif yang diperiksa* = Jumlah koperasi yang diperiksa / Jumlah seluruh koperasi.
Right: Jumlah koperasi aktif yang diperiksa / Jumlah seluruh koperasi aktif.

Decides: pembilang and penyebut use only words of the indikator, and one or two of its words stand nowhere in the formula cell. Words
of place and time do not count. Or (as a notice): the qualifier after "sesuai" stands in the penyebut but not in the pembilang.

Limits: an indikator may carry a word that changes nothing; read both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import Declared, shares, vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import content_words, normal

_IN_LINE = re.compile(r"\bsesuai\b.*$")  # "… yang tersusun sesuai ketentuan"

RULE = Rule(
    code="FRM008",
    name="Kualifikasi indikator hilang dalam formula",
    family="FORMULA",
    severity="warning",
    version=1,
    texts={
        "": (
            "Kata “{hilang}” dari indikator “{indikator}” tidak ada dalam formulanya.",
            "The word “{hilang}” of the indikator “{indikator}” is missing in its formula.",
        ),
        "word": (
            "Kata “{hilang}” dari indikator “{indikator}” tidak ada dalam formulanya.",
            "The word “{hilang}” of the indikator “{indikator}” is missing in its formula.",
        ),
        "moved": (
            "“{hilang}” membatasi penyebut, bukan pembilang, pada indikator “{indikator}”.",
            "“{hilang}” restricts the penyebut instead of the pembilang of “{indikator}”.",
        ),
        "list": (
            "Formula “{indikator}” tidak menghitung “{hilang}” yang disebut indikatornya.",
            "The formula of “{indikator}” does not count “{hilang}” that its indikator names.",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008: formula mengukur indikatornya sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in shares(ctx.doc):
        found = _lost(row)
        if found is None:
            continue
        key, words = found
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            key,
            severity=None if key == "" else "notice",
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=f"{row.pembilang} / {row.penyebut}",
            expected=words,
            trace={"missing": words.split()},
            hilang=words,
            indikator=row.indikator,
        )


def _lost(row: Declared) -> tuple[str, str] | None:
    ours = meaning(row.indikator)
    above, below = meaning(row.pembilang), meaning(row.penyebut)
    missing = ours - above - below
    strange = (above | below) - ours - vocabulary()["quantity"]
    order = [word for word in normal(row.indikator).split() if word in missing]
    context = vocabulary()["context"]
    listed = _listed(row.indikator)
    gone = [item for item in listed if not content_words(item) & (above | below)]
    if gone and len(gone) < len(listed) and not above - ours:
        return "list", ", ".join(gone)
    if missing and len(order) <= 2 and above and not missing & context:
        if not strange:
            return "", " ".join(order)
        if len(order) == 1 and len(strange) == 1 and not strange & above:
            return "word", order[0]
    rule = _IN_LINE.search(normal(row.indikator))
    if rule and "sesuai" in normal(row.penyebut).split() and "sesuai" not in normal(row.pembilang).split():
        return "moved", rule.group()
    return None


def _listed(indikator: str) -> list[str]:
    """The members of a list of three or more in the name: "Perencanaan, Penganggaran, dan Evaluasi"."""
    if "," not in indikator:
        return []
    parts = re.split(r",\s*(?:dan|serta)\s+|,\s*|\s+dan\s+", indikator)
    if len(parts) < 3:
        return []
    return [parts[0].split()[-1], *parts[1:-1], parts[-1].split()[0]] if all(parts) else []

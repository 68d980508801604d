"""The ratio is upside down.

A share divides the part by the whole. When the whole stands above, the figure exceeds 100% the more, the worse the performance.

Wrong: *Persentase pemilih yang hadir* = Pemilih yang terdaftar / Pemilih yang hadir. Right: Pemilih yang hadir / Pemilih terdaftar.

Decides: the penyebut is the pembilang plus a qualifier that the indikator names; or the pembilang is the registered, required or
planned whole while the penyebut begins with "yang" and so is a part of it.

Limits: without such words the two cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import Declared, shares, vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import normal

RULE = Rule(
    code="FRM010",
    name="Perbandingan terbalik",
    family="FORMULA",
    severity="warning",
    texts={
        "": (
            "Formula “{indikator}” terbalik: keseluruhan (“{atas}”) dibagi bagiannya (“{bawah}”).",
            "The formula of “{indikator}” is upside down: the whole (“{atas}”) is divided by its part (“{bawah}”).",
        )
    },
    kriteria="Persentase membagi bagian dengan keseluruhan",
)


def check(ctx: Context) -> Iterable[Finding]:
    for row in shares(ctx.doc):
        if not _inverted(row):
            continue
        berkas = row.doc.berkas
        yield finding(
            RULE,
            berkas,
            row.cell.where,
            evidence=[cite(berkas, row.cell), cite(berkas, row.name_cell, role="counterpart")],
            found=f"{row.pembilang} / {row.penyebut}",
            expected=f"{row.penyebut} / {row.pembilang}",
            suggestion=f"{row.penyebut} / {row.pembilang}",
            trace={"formula": row.formula.canonical},
            indikator=row.indikator,
            atas=row.pembilang,
            bawah=row.penyebut,
        )


def _inverted(row: Declared) -> bool:
    above, below, ours = meaning(row.pembilang), meaning(row.penyebut), meaning(row.indikator)
    whole = vocabulary()["whole"]
    if above < below and (below - above) <= ours and "yang" in normal(row.penyebut).split():
        return not {"target", "seharusnya"} & below
    begins = normal(row.penyebut).split()[:1] == ["yang"]
    return begins and bool(above & whole) and not below & whole

"""The unit does not fit the indikator: a count in per cent, a percentage in pieces, an index in per cent.

"Jumlah …" counts things, "Persentase …" is a share, an "Indeks" lies on its own scale. A target in another unit cannot be reached,
because it measures something else.

Wrong: *Jumlah dokumen yang disusun*: target **90%**. *Persentase pemenuhan kebutuhan*: target **12 dokumen**.
Right: 12 dokumen; 90%.

Decides: the first word of the name against the unit printed with baseline, target, realisasi and end target (or in the satuan column).
One finding per row. An index with % is a notice.

Limits: "Jumlah" of a total that is itself a percentage is rare and would be accused.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import is_count, promised, unit, unit_of
from pipeline.model import Cell, Finding

RULE = Rule(
    code="UNT001",
    name="Satuan tidak sesuai dengan indikator",
    family="UNIT",
    severity="warning",
    texts={
        "count": (
            "“{indikator}” menghitung jumlah, tetapi {nilai} dinyatakan dalam persen.",
            "“{indikator}” is a count, but {nilai} is given in per cent.",
        ),
        "%": (
            "“{indikator}” adalah persentase, tetapi {nilai} dinyatakan dalam satuan {satuan}.",
            "“{indikator}” is a percentage, but {nilai} is given in the unit {satuan}.",
        ),
        "index": (
            "“{indikator}” adalah indeks dengan skala sendiri, tetapi {nilai} dinyatakan dalam persen.",
            "“{indikator}” is an index on its own scale, but {nilai} is given in per cent.",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008: satuan mengikuti indikator",
)


def check(ctx: Context) -> Iterable[Finding]:
    for line in lines(ctx.doc):
        stated = line.first("satuan")
        for name, cells in line.figures():
            kind = promised(name.text)
            if kind is None or name.inherited:
                continue
            wrong = [cell for _, cell in cells if _clashes(kind, unit_of(cell))]
            if not wrong and stated is not None and _clashes(kind, unit(stated.text)) and line.table.kind != "rkt":
                wrong = [stated]
            if wrong:
                yield _say(line, name, kind, wrong)


def _clashes(kind: str, printed: str | None) -> bool:
    return is_count(printed) if kind == "%" else printed == "%"


def _say(line: Line, name: Cell, kind: str, wrong: list[Cell]) -> Finding:
    berkas = line.doc.berkas
    return finding(
        RULE,
        berkas,
        wrong[0].where,
        kind,
        severity="notice" if kind == "index" else None,
        evidence=[*(cite(berkas, cell) for cell in wrong), cite(berkas, name, role="counterpart")],
        found=wrong[0].text,
        indikator=name.text,
        nilai=", ".join(dict.fromkeys(f"“{cell.text}”" for cell in wrong)),
        satuan=unit_of(wrong[0]) or unit(wrong[0].text) or "",
    )

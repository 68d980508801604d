"""The unit does not fit the indikator: a count in per cent, a percentage in pieces, an index in per cent.

"Jumlah …" counts things, "Persentase …" is a share, an "Indeks" lies on its own scale. A target in another unit cannot be reached,
because it measures something else.

Wrong: *Jumlah dokumen yang disusun*: target **90%**. *Persentase pemenuhan kebutuhan*: target **12 dokumen**.
Right: 12 dokumen; 90%.

Decides: the first word of the name against the unit printed with baseline, target, realisasi and end target (or in the satuan column).
One finding per row, or per section where three rows or more are alike. An index with % is a notice.

Limits: "Jumlah" of a total that is itself a percentage is rare and would be accused.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from pipeline.audit.context import Context
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.units import is_count, only_the_end_in_per_cent, promised, unit, unit_of
from pipeline.model import Cell, Finding
from pipeline.normalize.names import normal

MANY = 3  # rows of one section from which they are one finding

RULE = Rule(
    code="UNT001",
    name="Satuan tidak sesuai dengan indikator",
    family="UNIT",
    severity="warning",
    version=2,
    texts={
        "count": (
            "“{indikator}” menghitung jumlah, tetapi {nilai} dinyatakan dalam persen.",
            "“{indikator}” is a count, but {nilai} is given in per cent.",
        ),
        "%": (
            "“{indikator}” adalah persentase, tetapi {nilai} dinyatakan dalam satuan {satuan}.",
            "“{indikator}” is a percentage, but {nilai} is given in the unit {satuan}.",
        ),
        "many count": (
            "{jumlah} indikator jumlah pada {bagian} bernilai persen, mis. “{indikator}”: {nilai}.",
            "{jumlah} counts in {bagian} are given in per cent, e.g. “{indikator}”: {nilai}.",
        ),
        "many %": (
            "{jumlah} indikator persentase pada {bagian} bernilai satuan lain, mis. “{indikator}”: {nilai}.",
            "{jumlah} percentages in {bagian} are given in another unit, e.g. “{indikator}”: {nilai}.",
        ),
        "many index": (
            "{jumlah} indeks pada {bagian} bernilai persen, mis. “{indikator}”: {nilai}.",
            "{jumlah} indices in {bagian} are given in per cent, e.g. “{indikator}”: {nilai}.",
        ),
        "index": (
            "“{indikator}” adalah indeks dengan skala sendiri, tetapi {nilai} dinyatakan dalam persen.",
            "“{indikator}” is an index on its own scale, but {nilai} is given in per cent.",
        ),
    },
    kriteria="PER/20/M.PAN/11/2008: satuan mengikuti indikator",
)


def check(ctx: Context) -> Iterable[Finding]:
    groups: dict[Hashable, list[tuple[Line, Cell, str, list[Cell]]]] = {}
    for line, name, kind, wrong in _rows(ctx):
        groups.setdefault((line.table.ordinal, _dense(line.section), kind), []).append((line, name, kind, wrong))
    for rows in groups.values():
        if len(rows) >= MANY:
            yield _say_many(rows)
        else:
            yield from (_say(*row) for row in rows)


def _rows(ctx: Context) -> Iterator[tuple[Line, Cell, str, list[Cell]]]:
    for line in lines(ctx.doc):
        stated = line.first("satuan")
        for name, cells in line.figures():
            kind = promised(name.text)
            if kind is None or name.inherited:
                continue
            printed = [unit_of(cell) for _, cell in cells]
            if kind == "count" and only_the_end_in_per_cent([found for found in printed if found]):
                continue  # said by UNT002
            wrong = [cell for _, cell in cells if _clashes(kind, unit_of(cell))]
            if not wrong and stated is not None and _clashes(kind, unit(stated.text)) and line.table.kind != "rkt":
                wrong = [stated]
            if wrong:
                yield line, name, kind, wrong


def _dense(section: tuple[str, ...]) -> tuple[str, ...]:
    """The section without the spaces that a narrow column puts into its words."""
    return tuple("".join(part.lower().split()) for part in section)


def _counts_within(name: Cell, wrong: list[Cell]) -> bool:
    """A share whose name also names the unit ("penurunan jumlah kasus": 149 kasus) states its base figure."""
    return any((unit_of(cell) or "-") in normal(name.text).split() for cell in wrong)


def _say_many(rows: list[tuple[Line, Cell, str, list[Cell]]]) -> Finding:
    """Most rows of a section are alike: one finding with all of them."""
    line, name, kind, wrong = rows[0]
    berkas = line.doc.berkas
    evidence = [cite(berkas, cell) for _, _, _, cells in rows for cell in cells[:1]]
    return finding(
        RULE,
        berkas,
        wrong[0].where,
        f"many {kind}",
        severity="notice" if kind == "index" else None,
        evidence=[*evidence, cite(berkas, name, role="counterpart")],
        found=wrong[0].text,
        jumlah=len(rows),
        indikator=name.text,
        nilai=f"“{wrong[0].text}”",
        bagian=", ".join(line.section) or line.table.title,
    )


def _clashes(kind: str, printed: str | None) -> bool:
    return is_count(printed) if kind == "%" else printed == "%"


def _say(line: Line, name: Cell, kind: str, wrong: list[Cell]) -> Finding:
    berkas = line.doc.berkas
    return finding(
        RULE,
        berkas,
        wrong[0].where,
        kind,
        severity="notice" if kind == "index" or _counts_within(name, wrong) else None,
        evidence=[*(cite(berkas, cell) for cell in wrong), cite(berkas, name, role="counterpart")],
        found=wrong[0].text,
        indikator=name.text,
        nilai=", ".join(dict.fromkeys(f"“{cell.text}”" for cell in wrong)),
        satuan=unit_of(wrong[0]) or unit(wrong[0].text) or "",
    )

"""Small documents from text: one line a row, tabs between cells, the first line names the fields."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.interval import Interval
from pipeline.model import Berkas, Cell, Column, Dokumen, Instansi, LogicalTable, Reading, Row, Statement, Where

LEVEL = re.compile(r"^(Program|Kegiatan|Sub Kegiatan)\b")
NUMBER = re.compile(r"^(?:Rp\.?\s*)?(-?[\d.]+(?:,\d+)?)\s*(%?)$")


def reading(text: str) -> Reading:
    """Plain Indonesian numbers; "a|b" is ambiguous between two amounts."""
    if not text.strip() or text.strip() == "-":
        return Reading(text, "empty", "empty")
    if "|" in text:
        candidates = tuple(Decimal(part.replace(".", "")) for part in text.split("|"))
        return Reading(text, "rupiah", "ambiguous", candidates=candidates)
    match = NUMBER.match(text.strip())
    if not match:
        return Reading(text, "text", "exact")
    whole, _, decimals = match[1].partition(",")
    value = Decimal(whole.replace(".", "") + ("." + decimals if decimals else ""))
    percent = bool(match[2])
    kind = "percent" if percent else ("rupiah" if "." in whole else "number")
    printed = Interval.printed(value, len(decimals)) if percent or decimals else Interval.exact(value)
    return Reading(
        text, kind, "exact", value, printed, "%" if percent else ("Rp" if kind == "rupiah" else None),
        places=len(decimals),
    )  # fmt: skip


def table(text: str, *, kind: str = "anggaran", ordinal: int = 0, sha: str = "a" * 64, line: int = 1) -> LogicalTable:
    lines = [line.split("\t") for line in text.strip("\n").split("\n")]
    columns = tuple(column_of(label) for label in lines[0])
    rows = []
    for index, parts in enumerate(lines[1:]):
        parts += [""] * (len(columns) - len(parts))
        cells = tuple(
            Cell(
                column.field, part, Where(line=line + index, table=ordinal, row=index, column=at), reading=reading(part)
            )
            for at, (part, column) in enumerate(zip(parts, columns, strict=True))
        )
        name = next((part for part in parts if LEVEL.match(part)), "")
        level = LEVEL.match(name)
        rows.append(
            Row(
                cells,
                Where(line=line + index, table=ordinal, row=index),
                "total" if any(part in ("JUMLAH", "Jumlah") for part in parts) else "data",
                level=level[1].lower().replace(" ", "_") if level else None,
            )
        )
    return LogicalTable(ordinal, kind, f"Tabel {ordinal}", Where(line=line, table=ordinal), columns, tuple(rows))


def column_of(label: str) -> Column:
    """`anggaran@2023`, `capaian#6=5/4 *100`: field, year, printed number and formula."""
    name, _, formula = label.partition("=")
    name, _, nomor = name.partition("#")
    field, _, tahun = name.partition("@")
    return Column(field, label, nomor or None, formula or None, int(tahun) if tahun else None)


def berkas(
    *tables: LogicalTable, kind: str = "LKIP", tahun: int = 2024, statements: tuple[Statement, ...] = ()
) -> Berkas:
    from pipeline.normalize.records import anggaran_of, kinerja_of
    from pipeline.normalize.tahun import years_of

    dokumen = Dokumen("a" * 64, "contoh.txt", "text", kind, Instansi("Dinas Contoh", kunci="dinas contoh"), tahun)
    kinerja = tuple(record for one in tables for record in kinerja_of(one, years_of(one, dokumen, {})))
    anggaran = tuple(record for one in tables for record in anggaran_of(one, years_of(one, dokumen, {})))
    return Berkas(dokumen, tables=tables, kinerja=kinerja, anggaran=anggaran, statements=statements)

"""Compares the logical tables of the samples with hand-made gold rows and prints the shares that are right.

    python bench/gold.py GOLD_FOLDER SAMPLES_FOLDER [--show]

A gold file gives rows as a perfect reader would: texts as printed, white space folded, merged cells filled down. A row
counts where every text that the gold gives is found in a row of that line; figures count one by one, spaces aside.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.extract.text import read_text
from pipeline.model import LogicalTable, Row
from pipeline.tables import build_tables

TEXTS = {
    "no": ("no",),
    "sasaran": ("sasaran",),
    "indikator": ("indikator",),
    "formula_raw": ("formula",),
    "sumber_data": ("sumber_data",),
    "penanggung_jawab": ("penanggung_jawab",),
    "kegiatan": ("kegiatan", "program", "uraian"),
    "uraian": ("uraian", "program", "kegiatan"),
    "keterangan": ("keterangan", "sumber_dana"),
    "kriteria": ("kriteria",),
    "interval_raw": ("interval",),
    "kode_raw": ("kode",),
    "data_awal": ("baseline",),
}
FIGURES = {
    "target": ("target",),
    "realisasi": ("realisasi", "realisasi_anggaran"),
    "capaian": ("capaian",),
    "target_akhir_renstra": ("target_akhir",),
    "capaian_akhir_renstra": ("capaian_akhir",),
    "anggaran": ("anggaran",),
    "serapan": ("serapan",),
}


def folded(text: object) -> str:
    return " ".join(str(text or "").split())


def dense(text: object) -> str:
    return re.sub(r"[\s|]", "", str(text or ""))


def of_field(row: Row, fields: Iterable[str]) -> str:
    wanted = tuple(fields)
    return next((cell.text for name in wanted for cell in row.cells if cell.field == name), "")


def name_of(row: Row, level: str | None) -> str:
    if level in ("tujuan", "sasaran"):
        return of_field(row, (level,)) or of_field(row, ("tujuan",))
    return of_field(row, ("program", "uraian", "kegiatan"))


def figures_of(table: LogicalTable, row: Row, gold: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    """What, expected and found figure of one gold row."""
    for key, fields in FIGURES.items():
        value = gold.get(key)
        if isinstance(value, dict):
            for year, printed in value.items():
                found = next(
                    (
                        c.text
                        for c, k in zip(row.cells, table.columns, strict=True)
                        if k.field == key and k.tahun == int(year)
                    ),
                    "",
                )
                yield f"{key} {year}", dense(printed), dense(found)
        elif key in gold:
            yield key, dense(value), dense(of_field(row, fields))
    for number, pair in (gold.get("tahun") or {}).items():
        for field, name in (("target", "target"), ("anggaran", "rp_raw")):
            found = next(
                (
                    c.text
                    for c, k in zip(row.cells, table.columns, strict=True)
                    if k.field == field and k.tahun_ke == int(number)
                ),
                "",
            )
            yield f"{name} {number}", dense(pair.get(name)), dense(found)
    if "akhir" in gold:
        yield "akhir", dense(gold["akhir"].get("target")), dense(of_field(row, ("target_akhir",)))
        yield "akhir rp", dense(gold["akhir"].get("rp_raw")), dense(of_field(row, ("anggaran_akhir",)))


def text_errors(row: Row, gold: dict[str, Any], spaceless: bool) -> list[str]:
    fold = dense if spaceless else folded
    errors = []
    for key, fields in TEXTS.items():
        if key in gold and fold(gold[key]) != fold(of_field(row, fields)):
            errors.append(f"{key}: {gold[key]!r} <> {of_field(row, fields)!r}")
    if "nama" in gold and fold(gold["nama"]) != fold(name_of(row, gold.get("level"))):
        errors.append(f"nama: {gold['nama']!r} <> {name_of(row, gold.get('level'))!r}")
    if "name_raw" in gold:
        raw = next((cell.raw for cell in row.cells if cell.field in ("program", "uraian", "kegiatan")), "")
        if dense(gold["name_raw"]) != dense(raw):
            errors.append(f"name_raw: {gold['name_raw']!r} <> {raw!r}")
    if gold.get("level") not in (None, "total") and row.level != gold["level"]:
        errors.append(f"level: {gold['level']} <> {row.level}")
    if gold.get("fase") and gold["fase"].split()[0].lower() not in " ".join(row.band).lower().replace(
        "setelah", "sesudah"
    ):
        errors.append(f"fase: {gold['fase']} <> {row.band}")
    return errors


def compare(path: Path, tables: tuple[LogicalTable, ...], show: bool) -> tuple[int, int, int, int]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    right = figures_right = figures = 0
    used: set[tuple[int, int]] = set()
    for expected in gold["rows"]:
        line = expected.get("line") or expected["lines"][0]
        candidates = [
            (table, number, row)
            for table in tables
            for number, row in enumerate(table.rows)
            if (row.where.line == line or any(line in c.lines and not c.inherited for c in row.cells))
            and (table.ordinal, number) not in used
        ]
        spaceless = "name_raw" in expected
        candidates.sort(key=lambda item: len(text_errors(item[2], expected, spaceless)))
        if not candidates:
            print(f"  {path.stem} line {line}: no row")
            continue
        table, number, row = candidates[0]
        used.add((table.ordinal, number))
        errors = text_errors(row, expected, spaceless)
        right += not errors
        for what, wanted, found in figures_of(table, row, expected):
            figures += 1
            figures_right += wanted == found
            if wanted != found:
                errors.append(f"{what}: {wanted!r} <> {found!r}")
        if show and errors:
            print(f"  {path.stem} line {line}:", *errors, sep="\n      ")
    return right, len(gold["rows"]), figures_right, figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    read: dict[str, tuple[LogicalTable, ...]] = {}
    totals = [0, 0, 0, 0]
    for path in sorted(options.gold.glob("*.json")):
        name = json.loads(path.read_text(encoding="utf-8"))["document"]
        if name not in read:
            read[name] = build_tables(read_text((options.samples / name).read_bytes(), name))
        counts = compare(path, read[name], options.show)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        print(f"{path.stem:36} rows {counts[0]:4}/{counts[1]:4}   figures {counts[2]:4}/{counts[3]:4}")
    print(f"{'all':36} rows {totals[0]:4}/{totals[1]:4}   figures {totals[2]:4}/{totals[3]:4}")


if __name__ == "__main__":
    main()

"""Compares readings with gold tables: confusion of status against right and wrong, and the programme codes.

python bench/readings.py GOLD_FOLDER SAMPLES_FOLDER
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.extract.text import read_text
from pipeline.model import Cell, LogicalTable, Row
from pipeline.readings import read_table
from pipeline.tables import build_tables

PAIRS = (("target", "target_value"), ("realisasi", "realisasi_value"), ("capaian", "capaian_value"), ("serapan", "serapan_value"),
         ("anggaran", "anggaran_value"))  # fmt: skip


def expected(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Printed text and true value of every figure of a gold row; the value None where it is not known."""
    for text, value in PAIRS:
        if isinstance(row.get(text), dict):
            yield from ((printed, (row.get(value) or {}).get(year)) for year, printed in row[text].items() if printed)
        elif row.get(text) and row.get(value) is not None:
            yield row[text], row[value]
    for part in (
        (*(row.get("tahun") or {}).values(), row.get("akhir") or {}) if isinstance(row.get("tahun"), dict) else ()
    ):
        if part.get("rp_raw"):
            yield part["rp_raw"], part.get("rp")


def squeezed(text: str) -> str:
    return "".join(text.replace("|", "").split())


def cells_on(tables: list[LogicalTable], lines: set[int]) -> list[tuple[Row, Cell]]:
    return [
        (row, cell)
        for table in tables
        for row in table.rows
        for cell in row.cells
        if lines & ({row.where.line or 0} | {cell.where.line or 0} | set(cell.lines))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("samples", type=Path)
    arguments = parser.parse_args()
    read: dict[str, list[LogicalTable]] = {}
    seconds = 0.0
    table: Counter[tuple[str, str]] = Counter()
    codes: Counter[str] = Counter()
    for path in sorted(arguments.gold.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = gold["document"]
        if name not in read:
            built = build_tables(read_text((arguments.samples / name).read_bytes(), name))
            start = time.perf_counter()
            read[name] = [read_table(one) for one in built]
            seconds += time.perf_counter() - start
        for row in gold["rows"]:
            lines = set(row.get("lines") or [row["line"]])
            found = cells_on(read[name], lines)
            if "kode_correct" in row:
                judge_code(row, found, codes)
                continue
            for text, value in expected(row):
                status, verdict = judge(text, value, found)
                table[status, verdict] += 1
                if verdict == "wrong" or status == "missing":
                    print(f"{path.name}:{min(lines)}: {text!r} should be {value}: {status}")
    print("\nstatus      right  wrong  unknown")
    for status in ("exact", "repaired", "ambiguous", "unreadable", "missing"):
        print(f"{status:10} {table[status, 'right']:6} {table[status, 'wrong']:6} {table[status, 'unknown']:8}")
    print(f"\ncodes: {dict(codes)}\nread_table: {seconds:.2f} s")


def judge(text: str, value: Any, found: list[tuple[Row, Cell]]) -> tuple[str, str]:
    """Status of the reading of the cell that prints `text`, and whether its value is the true one."""
    matching = [cell for _, cell in found if squeezed(cell.text) == squeezed(text) and cell.reading is not None]
    if not matching:
        return "missing", "unknown" if value is None else "wrong"
    readings = [cell.reading for cell in matching if cell.reading is not None]
    if value is None:
        return readings[0].status, "unknown"
    true = Decimal(str(value))
    right = [reading for reading in readings if reading.value == true]
    return (right[0].status, "right") if right else (readings[0].status, "wrong")


def judge_code(row: dict[str, Any], found: list[tuple[Row, Cell]], codes: Counter[str]) -> None:
    codes["rows"] += 1
    matching = [cell for _, cell in found if cell.field == "kode" and squeezed(cell.text) == squeezed(row["kode_raw"])]
    reading = next((cell.reading for cell in matching if cell.reading is not None), None)
    if reading is None:
        codes["not found"] += 1
        print(f"code of line {row['line']} not found: {row['kode_raw']}")
        return
    right = (reading.grade or reading.code) == row["kode_correct"]
    codes["kode_correct right"] += right
    codes["marked as repaired"] += (reading.status == "repaired") == bool(row["repairs"])
    codes["conflict told"] += bool(reading.grade) == row["code_name_conflict"]
    if not right:
        print(
            f"code of line {row['line']}: {row['kode_raw']} read as {reading.code} {reading.repairs}, is {row['kode_correct']}"
        )


if __name__ == "__main__":
    main()

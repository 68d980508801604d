"""Compares readings with gold tables: confusion of status against right and wrong, and the programme codes.

python bench/readings.py GOLD_FOLDER SAMPLES_FOLDER
python bench/readings.py --leftovers SAMPLES_FOLDER     # lines with a digit that are part of nothing that was read
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.extract.text import read_text
from pipeline.model import Cell, Extraction, Heading, KeyValue, LogicalTable, Paragraph, RawTable, Row
from pipeline.readings import read_table, statements
from pipeline.readings.sentences import hide
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


# What a line with a digit may be that states no figure of its own; the first that matches says it.
REASONS = (
    ("contents", re.compile(r"(?:\.{3,}|\t)\s*(?:</?b>|\*)*\s*\d+\W*(?:</b>)?\s*$")),  # "E. SARANA .....  5"
    ("signature", re.compile(r"\bNIP\b|^\W*[A-Z][a-z]+,\s+(?:\d{1,2}\s+)?[A-Z][a-z]+\s+20\d\d\W*$")),
    ("year of the title", re.compile(r"^\W*(?:tahun\s+)?20\d\d\W*$", re.IGNORECASE)),
    ("formula", re.compile(r"^\W*\$\$|^\W*=|[x×]\s*100\s*%?\W*$|\bx\s*100\b", re.IGNORECASE)),
    ("list in the line", re.compile(r"(?:\b\d{1,2}\)\s*[^\d;]+;.*){2}")),
)


def leftovers(extraction: Extraction, source: str) -> list[tuple[int, str, str]]:
    """(line, why, text) of every line with a digit outside tables, statements, headings, lists and key values; `why` is
    empty where nothing explains the digit."""
    held: set[int] = set()
    for block in extraction.blocks:
        if isinstance(block, RawTable):
            held.update(row.where.line for row in block.rows if row.where.line)
            held.update(
                line
                for row in block.rows
                for cell in row.cells
                if cell.where.line
                for line in range(cell.where.line, cell.where.line + cell.text.count("\n") + 1)
            )
        elif block.where.line and (isinstance(block, Heading | KeyValue) or block.marker):
            held.update(range(block.where.line, block.where.line + block.raw.count("\n") + 1))
    prose = [block for block in extraction.blocks if isinstance(block, Paragraph | KeyValue)]
    held.update(statement.where.line for statement in statements(prose) if statement.where.line)
    found = []
    for number, line in enumerate(source.split("\n"), start=1):
        if not any(char.isdigit() for char in line) or number in held:
            continue
        reason = next((name for name, pattern in REASONS if pattern.search(line)), "")
        if not reason and not any(char.isdigit() for char in hide(" ".join(line.split()))):
            reason = "reference"
        found.append((number, reason, line))
    return found


def print_leftovers(folder: Path) -> None:
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        found = leftovers(read_text(data, path.name), data.decode("utf-8"))
        reasons = Counter(reason for _, reason, _ in found)
        print(f"{path.name}: {dict(reasons)}")
        for number, reason, line in found:
            if not reason:
                print(f"  {number}: {' '.join(line.split())[:160]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("samples", type=Path, nargs="?")
    parser.add_argument("--leftovers", action="store_true", help="The only folder is that of the samples.")
    arguments = parser.parse_args()
    if arguments.leftovers or arguments.samples is None:
        print_leftovers(arguments.gold)
        return
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

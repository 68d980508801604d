"""Compares what `lkip export indikator` gives for the samples with hand-made gold, field by field.

    python bench/gold_export.py GOLD_FOLDER SAMPLES_FOLDER [--show]

A gold row belongs to the exported row of its document that stands at one of its lines. Texts are compared as printed, white
space folded; null and the empty text are the same.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.batch.ingest import ingest, walk
from pipeline.store import open_store
from pipeline.store.query import view_rows

GOLD = ("000_iku.json", "001_iku.json", "004_iku_awal.json", "003_t2_2_iku.json")
FIELDS = {
    "no": "no",
    "tujuan": "tujuan",
    "sasaran": "sasaran",
    "indikator": "indikator",
    "formula_raw": "formula",
    "sumber_data": "sumber_data",
    "penanggung_jawab": "penanggung_jawab",
    "satuan": "satuan",
}


def folded(text: object) -> str:
    return " ".join(str(text or "").split())


def compare(gold: dict[str, Any], rows: list[dict[str, Any]], right: Counter[str], asked: Counter[str]) -> list[str]:
    """The differences, in words; counts go to `right` and `asked` by field."""
    wrong: list[str] = []
    for expected in gold["rows"]:
        lines = expected.get("lines") or [expected["line"]]
        at = [row for row in rows if row["line"] in lines]
        found = max(at, key=lambda row: folded(row["indikator"]) == folded(expected["indikator"]), default={})
        for key, field in FIELDS.items():
            if key not in expected:
                continue
            asked[field] += 1
            if folded(expected[key]) == folded(found.get(field)):
                right[field] += 1
            else:
                wrong.append(f"line {lines[0]} {field}: {folded(expected[key])!r} <> {folded(found.get(field))!r}")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    store = open_store("sqlite://")
    ingest(store, walk([options.samples]), jobs=1)
    columns, found = view_rows(store, "indikator")
    rows = [dict(zip(columns, row, strict=True)) for row in found]
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for name in GOLD:
        gold = json.loads((options.gold / name).read_text(encoding="utf-8"))
        own = [row for row in rows if Path(row["document"]).name == gold["document"]]
        wrong = compare(gold, own, right, asked)
        print(f"{name:24} {len(gold['rows'])} rows, {len(wrong)} differences")
        if options.show:
            print(*(f"  {line}" for line in wrong), sep="\n")
    print(", ".join(f"{field} {right[field]}/{asked[field]}" for field in FIELDS.values() if asked[field]))


if __name__ == "__main__":
    main()

"""Injects faults into clean documents and prints how many are found, where, and with which correction.

    python bench/faults.py --seed 1 --each 40

Recall: a finding shows the faulty cell among what it calls wrong or contradicted. Right place: the finding's own subject
is the faulty cell. Right correction: it proposes the value that stood there (or, for moves, the move itself).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.offices import agreement, lkip, office
from bench.spoil import SPOILERS, Fault, Place
from pipeline.audit import audit
from pipeline.extract.text import read_text
from pipeline.model import Berkas, Evidence, Finding, Where
from pipeline.normalize import berkas_of


def clean_office(seed: int) -> list[Berkas]:
    """The agreement and the report of one invented office, read by the pipeline from their texts."""
    one = office(random.Random(seed))
    texts = {f"lkip-{seed}.txt": lkip(one), f"pk-{seed}.txt": agreement(one)}
    return [berkas_of(read_text(text.encode(), name), name) for name, text in texts.items()]


def place_of(sha256: str, where: Where) -> Place:
    if where.table is None:
        return sha256, -1, where.line or 0, -1
    return sha256, where.table, where.row or 0, where.column or 0


def places(evidence: Iterable[Evidence]) -> set[Place]:
    return {place_of(one.sha256, one.where) for one in evidence}


def _places_of(place: Place, documents: list[Berkas]) -> set[Place]:
    """The logical address of a cell and its address in the source; the line of a statement."""
    sha256, ordinal, row, column = place
    berkas = next(one for one in documents if one.dokumen.sha256 == sha256)
    if ordinal < 0:
        return {(sha256, -1, berkas.statements[row].where.line or 0, -1)}
    table = next(one for one in berkas.tables if one.ordinal == ordinal)
    return {place, place_of(sha256, table.rows[row].cells[column].where)}


def judge(fault: Fault, findings: list[Finding], documents: list[Berkas]) -> tuple[bool, bool, bool]:
    """(found, at the right place, with the right correction)."""
    wrong = {one for place in fault.places for one in _places_of(place, documents)}
    found = placed = corrected = False
    for finding in findings:
        shown = places(finding.evidence)
        if not wrong & shown:
            continue
        found = True
        subjects = places(one for one in finding.evidence if one.role == "subject")
        if place_of(finding.sha256, finding.where) in wrong or (fault.right is None and wrong & subjects):
            placed = True
        proposed = f"{finding.expected or ''} {finding.suggestion or ''}"
        if fault.kind == "wrong_unit":
            corrected = corrected or placed  # the value is right, its unit is not
        elif fault.right is None:
            corrected = corrected or (placed and len(wrong & subjects) * 2 >= len(fault.places))
        else:
            corrected = corrected or _shows(proposed, fault)
    return found, placed, corrected


def _shows(text: str, fault: Fault) -> bool:
    from pipeline.readings import read_value

    reading = read_value(text.split(" …")[0].strip().split("  ")[0], notation="id")
    value = reading.value
    if value is None:
        parts = [read_value(part, notation="id").value for part in text.split()]
        value = next((part for part in parts if part is not None), None)
    return value is not None and fault.right is not None and abs(value - fault.right) <= abs(fault.right) / 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=30, help="faults of each kind")
    parser.add_argument("--clean", type=int, default=40, help="clean offices for false alarms")
    parser.add_argument("--select", default="", help="rule codes or prefixes that count, comma separated")
    parser.add_argument("--show", action="store_true", help="print the faults that were missed")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    select = tuple(part for part in options.select.split(",") if part)
    began = time.perf_counter()
    offices = [clean_office(options.seed * 1000 + index) for index in range(options.clean)]
    print(f"{len(offices)} offices read in {time.perf_counter() - began:.1f} s")
    false_alarms(offices, select)
    recall(rng, offices, options.each, select, options.show)


def false_alarms(offices: list[list[Berkas]], select: tuple[str, ...]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for documents in offices:
        for finding in audit(documents, select=select).findings:
            counts[finding.severity] += 1
    total = sum(len(documents) for documents in offices)
    for severity in ("error", "warning", "notice"):
        print(f"clean documents: {counts[severity] / total:.3f} {severity}s each ({counts[severity]} in {total})")


def recall(rng: random.Random, offices: list[list[Berkas]], each: int, select: tuple[str, ...], show: bool) -> None:
    print(f"{'kind':<20}{'n':>5}{'found':>8}{'place':>8}{'value':>8}")
    sums = [0, 0, 0, 0]
    for spoiler in SPOILERS:
        results = [0, 0, 0, 0]
        kind = spoiler.__name__
        for _ in range(each * 5):
            if results[0] == each:
                break
            spoiled = spoiler(rng, rng.choice(offices))
            if spoiled is None:
                continue
            documents, fault = spoiled
            outcome = judge(fault, list(audit(documents, select=select).findings), documents)
            for index, value in enumerate((True, *outcome)):
                results[index] += value
            if show and not all(outcome):
                print("  ", fault.kind, outcome, fault.right, fault.places[:3])
        _line(kind, results)
        sums = [a + b for a, b in zip(sums, results, strict=True)]
    _line("all", sums)


def _line(name: str, results: list[int]) -> None:
    count, *rest = results
    shares = "".join(f"{100 * one / count:>7.0f}%" if count else f"{'-':>8}" for one in rest)
    print(f"{name:<20}{count:>5}{shares}")


if __name__ == "__main__":
    main()

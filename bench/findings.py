"""Compares what the audit finds with what careful auditors found by hand: how much of it, and where nothing was found.

    python -m bench.findings --samples DIR --findings samples.tsv

A listed finding counts as found when a finding of the audit cites one of its lines in that document and its rule's family fits the listed
sketch. What was said is printed beside each, so that a person can judge whether it is the same thing.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit import audit
from pipeline.model import Berkas, Finding
from pipeline.normalize import read_berkas

FITTING = {
    "SUM": ("ARITHMETIC",), "PCT": ("ARITHMETIC",), "AVG": ("ARITHMETIC",), "SAMEKEY": ("ARITHMETIC", "LOGIC", "NAME", "CASCADE", "CHANGE", "COMPLETE"),
    "SHIFT": ("ARITHMETIC",), "CHAIN": ("ARITHMETIC",), "NEAR-DIGIT": ("ARITHMETIC",), "COPY": ("COPY", "SOURCE", "ARITHMETIC"),
    "SWAP": ("COPY", "ARITHMETIC"), "SEMANTICS": ("ARITHMETIC",), "TREND": ("LOGIC",), "LOGIC": ("LOGIC",), "BASELINE": ("UNIT",),
    "ZERO": ("UNIT",), "UNIT": ("UNIT",), "FORMAT": ("UNIT", "TEXT"), "CLASS": ("CLASS",), "EMPTY": ("CLASS", "COMPLETE", "PLACEHOLDER"),
    "HEADER": ("CLASS", "TEXT"), "CODE": ("CODE",), "REF": ("REF",), "SCALE": ("SCALE",), "FORMULA": ("FORMULA",), "NAME": ("NAME", "CHANGE", "TEXT"),
    "RENAME": ("CHANGE",), "DROPPED": ("CHANGE",), "SOURCE": ("SOURCE",), "COMPLETE": ("COMPLETE",), "CASCADE": ("CASCADE",), "PARENT": ("CASCADE",),
    "TEXT": ("TEXT", "OCR"), "OCR": ("OCR", "TEXT"), "COUNT": ("COUNT",), "DATE": ("DATE",), "LEGAL": ("LEGAL",), "DOC-MIX": ("COMPLETE",),
    "DUP": ("TEXT", "NAME"), "COVERAGE": ("CASCADE",),
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One finding of the list; `places` are (beginning of the document's name, line)."""

    id: str
    places: tuple[tuple[str, int], ...]
    sketch: str
    severity: str
    explanation: str

    def families(self) -> set[str]:
        return {
            family for word, families in FITTING.items() if re.search(rf"\b{word}", self.sketch) for family in families
        }


def read_list(path: Path) -> Iterator[Listed]:
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            places = []
            for place in row["line"].split(";"):
                name, _, line = place.rpartition(":")
                places.append((name or row["document"][:3], int(line)))
            yield Listed(row["id"], tuple(places), row["rule_sketch"], row["severity"], row["explanation"])


def lines_of(finding: Finding) -> set[tuple[str, int]]:
    """(SHA-256, line) of every place that the finding shows."""
    places = {(finding.sha256, finding.where.line)} | {(item.sha256, item.where.line) for item in finding.evidence}
    return {(sha256, line) for sha256, line in places if line is not None}


def compare(
    listed: Iterable[Listed], findings: Sequence[Finding], berkas: Sequence[Berkas]
) -> Iterator[tuple[Listed, list[Finding]]]:
    """Each listed finding with those of the audit that say it."""
    by_place: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        for place in lines_of(finding):
            by_place[place].append(finding)
    for one in listed:
        fitting: dict[str, Finding] = {}
        for name, line in one.places:
            for document in berkas:
                if Path(document.dokumen.path).name.startswith(name):
                    for finding in by_place[document.dokumen.sha256, line]:
                        if finding.family.upper() in one.families():
                            fitting[finding.fingerprint] = finding
        yield one, list(fitting.values())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--samples", type=Path, required=True, help="folder of the documents")
    parser.add_argument("--findings", type=Path, required=True, help="the list: a TSV file with id, document, line, …")
    parser.add_argument("--missed", action="store_true", help="print only what was not found")
    options = parser.parse_args(arguments)
    berkas = [read_berkas(path) for path in sorted(options.samples.glob("*.txt"))]
    result = audit(berkas)
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one, found in compare(read_list(options.findings), result.findings, berkas):
        totals[one.severity][0] += bool(found)
        totals[one.severity][1] += 1
        if not found:
            print(f"MISSED {one.id} [{one.severity}] {one.sketch}: {one.explanation}")
        elif not options.missed:
            print(f"found  {one.id} [{one.severity}] {one.explanation}")
            for finding in found[:3]:
                print(f"         {finding.rule} {finding.severity}: {finding.message}")
    for severity in ("high", "medium", "low"):
        found_count, all_count = totals[severity]
        share = found_count / all_count if all_count else 0.0
        print(f"{severity}: {found_count} of {all_count} found ({share:.0%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())

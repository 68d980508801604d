"""One indikator, several names in one document.

The agreement, the IKU and the measurement must speak of the same indikator in the same words; "melanjutkan" for "menindaklanjuti" changes what is measured.

Wrong: *Persentase administrasi yang terkelola* in the agreement, *… yang dikelola sesuai ketentuan* in the IKU. Right: one name.

Decides: indikator of the IKU, agreement, measurement and trend tables under the same sasaran (and, across plans, at the same place) whose
meaning-bearing words differ by one or two while three or more agree, and of which no table has both. One notice per group of names.

Limits: spellings and abbreviations that mean the same are folded first, numbers in front, units and "(IKU)" behind left out, and a last word that was cut is no other name; what is left
may still be one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, meaning
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Indikator

RULE = Rule(
    code="NAM001",
    name="Nama indikator berbeda-beda",
    family="NAME",
    severity="notice",
    version=2,
    texts={
        "": (
            "Indikator yang sama bernama “{satu}” dan “{dua}”.",
            "The same indikator is called “{satu}” and “{dua}”.",
        )
    },
    kriteria="PermenPANRB 53/2014: nama indikator sama dalam PK, IKU dan laporan",
)
_NUMBER = re.compile(r"^\W*\d{1,2}(?:\.\d{1,2})*[.)]?\s+")  # "2.3. "
_MARKS = re.compile(r"(?:\s*\((?:%|persen|iku|ikk|iks|[\d.,% -]+)\))+\s*$", re.IGNORECASE)  # " (%) (62,5-75%)"
_OTHER = re.compile(r"[^a-z%]+")
_CUT = 2
_KINDS = ("iku", "pk", "pengukuran", "tren", "pembanding", "renstra_matriks", "renstra_program", "predikat")


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    names: dict[frozenset[str], list[Indikator]] = {}
    for record in doc.berkas.indikator:
        words = meaning(_bare(record.indikator))
        if record.kind in _KINDS and len(words) >= 3:
            names.setdefault(words, []).append(record)
    said: set[frozenset[str]] = set()
    for words, records in names.items():
        for other, others in _near(words, names):
            if other in said or not _parallel(records, others) or _one_name(records[0], others[0]):
                continue
            said |= {words, other}
            one, two = doc.cell(records[0], "indikator"), doc.cell(others[0], "indikator")
            if one is None or two is None:
                continue
            late, early = (two, one) if (two.where.line or 0) >= (one.where.line or 0) else (one, two)
            rest = [cell for r in (*records[1:], *others[1:]) if (cell := doc.cell(r, "indikator")) is not None]
            yield finding(
                RULE,
                doc.berkas,
                late.where,
                evidence=[
                    cite(doc.berkas, late),
                    cite(doc.berkas, early, role="counterpart"),
                    *(cite(doc.berkas, cell, role="context") for cell in rest[:6]),
                ],
                found=late.text,
                expected=early.text,
                satu=early.text,
                dua=late.text,
            )
            break


def _bare(name: str) -> str:
    """The name without the number in front of it and the unit or mark behind it."""
    return _MARKS.sub("", _NUMBER.sub("", name)).strip()


def _one_name(one: Indikator, other: Indikator) -> bool:
    """Whether the names have the same letters but for the last two, which a cell may have cut off."""
    short, long = sorted((_OTHER.sub("", _bare(r.indikator).lower()) for r in (one, other)), key=len)
    return long.startswith(short) and len(long) - len(short) <= _CUT


def _near(
    words: frozenset[str], names: dict[frozenset[str], list[Indikator]]
) -> Iterator[tuple[frozenset[str], list[Indikator]]]:
    for other, records in names.items():
        if other != words and len(other ^ words) <= 2 and len(other & words) >= 3:
            yield other, records


def _parallel(records: list[Indikator], others: list[Indikator]) -> bool:
    """Whether the two stand for each other: under one sasaran, in no common table, with the same first word."""
    if {r.table for r in records} & {r.table for r in others}:
        return False
    one = [meaning(r.sasaran) for r in records if r.sasaran]
    two = [meaning(r.sasaran) for r in others if r.sasaran]
    return any(a and len(a & b) >= 0.7 * len(a | b) for a in one for b in two)

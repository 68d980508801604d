"""The letter does not belong to the value.

Grades follow from values by the regulation's scale. When the two disagree, one of them is wrong, and with it the target or the result.

Wrong: *Indeks Pelayanan Publik* 4,51 **(A-)**. Right: 4,51 (A), because A- ends at 4,50 (PermenPANRB 29/2022).

Decides: indikator of the public-service index, of AKIP/SAKIP and of the satisfaction survey; the printed value, with what its digits
can mean, against the limits of the printed grade. One finding per cell.

Limits: grades before the regulation's year may follow an older scale; documents before 2018 are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.audit.context import Context
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding
from pipeline.normalize.names import normal
from pipeline.resources import read_yaml

FIRST_YEAR = 2018
_STATED = re.compile(r"\bnilai\s+(?:sebesar\s+)?(\d{1,3}[.,]\d{1,3})\s*\(([A-F]{1,2}-?)\)")  # "dengan nilai 82,92 (A)"
RULE = Rule(
    code="SCL002",
    name="Huruf tidak sesuai dengan nilai",
    family="SCALE",
    severity="warning",
    texts={
        "": (
            "{nilai} untuk “{indikator}” tidak sesuai: menurut {sumber} nilai itu {benar}.",
            "{nilai} of “{indikator}” does not fit: by {sumber} that value is {benar}.",
        )
    },
    kriteria="PermenPANRB 88/2021, 29/2022 dan 14/2017",
)


@cache
def _scales() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = read_yaml(Path(__file__).with_name("skala.yml"))
    return data


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    year = doc.dokumen.tahun or doc.dokumen.tahun_akhir
    if year is not None and year < FIRST_YEAR:
        return
    yield from _told(ctx)
    for line in lines(doc):
        for name, cells in line.figures():
            scale = next((s for s in _scales().values() if any(n in normal(name.text) for n in s["names"])), None)
            if scale is None:
                continue
            for cell, right in _wrong([cell for _, cell in cells], scale):
                yield finding(
                    RULE,
                    doc.berkas,
                    cell.where,
                    evidence=[cite(doc.berkas, cell), cite(doc.berkas, name, role="context")],
                    found=cell.text,
                    expected=right,
                    trace={"scale": scale["source"], "grades": scale["grades"]},
                    nilai=cell.text,
                    indikator=name.text,
                    sumber=scale["source"],
                    benar=right,
                )


def _told(ctx: Context) -> Iterator[Finding]:
    """The same in running text: "nilai evaluasi AKIP … dengan nilai 82,92 (A)"."""
    doc = ctx.doc
    for where, text in doc.spoken:
        plain = normal(text)
        named = [s for s in _scales().values() if any(re.search(rf"\b{name}\b", plain) for name in s["names"])]
        stated = _STATED.findall(text)
        if len(named) != 1 or len(stated) != 1:
            continue
        scale, (printed, letter) = named[0], stated[0]
        value = Decimal(printed.replace(",", "."))
        if letter not in scale["grades"] or value > scale["largest"]:
            continue
        right = grade(value, scale)
        if right != letter:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[cite(doc.berkas, where, text)],
                found=f"{printed} ({letter})",
                expected=right,
                trace={"scale": scale["source"], "grades": scale["grades"]},
                nilai=f"{printed} ({letter})",
                indikator=f"nilai {scale['names'][0].upper()}" if len(scale["names"][0]) < 6 else scale["names"][0],
                sumber=scale["source"],
                benar=right,
            )


def _wrong(cells: list[Cell], scale: dict[str, Any]) -> Iterator[tuple[Cell, str]]:
    for cell in cells:
        reading = cell.reading
        if reading is None or reading.grade is None or reading.value is None or reading.grade not in scale["grades"]:
            continue
        if not Decimal(scale.get("smallest", 0)) <= reading.value <= scale["largest"]:
            continue
        right = grade(reading.value, scale)
        if right != reading.grade and reading.interval is not None:
            ends = {grade(Decimal(str(float(end))), scale) for end in (reading.interval.low, reading.interval.high)}
            if reading.grade not in ends or _printed_as_limit(reading.value, scale):
                yield cell, right


def grade(value: Decimal, scale: dict[str, Any]) -> str:
    """The grade of `value` on the scale."""
    strict = bool(scale.get("strict"))
    for letter, limit in scale["grades"].items():
        if value > Decimal(limit) or (value == Decimal(limit) and (not strict or Decimal(limit) == 0)):
            return str(letter)
    return str(list(scale["grades"])[-1])


def _printed_as_limit(value: Decimal, scale: dict[str, Any]) -> bool:
    """A value printed exactly as a class limit means that limit, not something just below it."""
    return not scale.get("strict") and any(value == Decimal(limit) for limit in scale["grades"].values())

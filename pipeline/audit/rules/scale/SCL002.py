"""The letter does not belong to the value.

Grades follow from values by the regulation's scale. When the two disagree, one of them is wrong, and with it the target or the result.

Wrong: *Indeks Pelayanan Publik* 4,51 **(A-)**. Right: 4,51 (A), because A- ends at 4,50 (PermenPANRB 29/2022).

Decides: indikator of the public-service index, of AKIP/SAKIP and of the satisfaction survey; the printed value, with what its digits
can mean, against the limits of the printed grade. One finding per cell.

Limits: grades before the regulation's year may follow an older scale; documents before 2018 are not judged.
"""

from __future__ import annotations

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

FIRST_YEAR = 2018
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
    import yaml

    data: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("skala.yml").read_text(encoding="utf-8"))
    return data


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    year = doc.dokumen.tahun or doc.dokumen.tahun_akhir
    if year is not None and year < FIRST_YEAR:
        return
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

"""An indikator that should fall is computed as one that should rise.

Of deaths, complaints or unemployment less is better. Realisasi / target × 100 then rewards failure: 15% when the limit of 2% was beaten
with 0,3%.

Wrong: target 2%, realisasi 0,3%, capaian **15%**. Right: (2 × 2% − 0,3%) / 2% × 100 = 185%.

Decides: the name of the indikator says that less is better, realisasi is below target, and the printed capaian is realisasi / target × 100
within what the printed digits can mean.

Limits: names that do not say their direction are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from pipeline.audit.attained import attained
from pipeline.audit.context import Context
from pipeline.audit.identities.direction import lower_is_better
from pipeline.audit.lines import lines
from pipeline.audit.phrases import shown
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="UNT005",
    name="Indikator negatif dihitung sebagai positif",
    family="UNIT",
    severity="warning",
    texts={
        "": (
            "Makin rendah “{indikator}” makin baik, tetapi capaian {capaian} dihitung realisasi/target; seharusnya {benar}.",
            "Less of “{indikator}” is better, but the capaian {capaian} is realisasi/target; it should be {benar}.",
        )
    },
    kriteria="Capaian indikator negatif = (2 × target − realisasi) / target × 100",
)


_ALSO_LOWER = re.compile(
    r"\b(?:LTO|labour turn ?over|absensi|ketidakhadiran|keterlambatan|death rate)\b", re.IGNORECASE
)

_ANNOUNCED = re.compile(r"\b(?:target|standar)(?:\s+capaian|\s+ideal)?\b", re.IGNORECASE)
_REST = re.compile(r"\s+(?:di|pada|untuk|tahun|sebesar|adalah|yaitu|ditetapkan)\b.*$", re.IGNORECASE | re.DOTALL)


def check(ctx: Context) -> Iterable[Finding]:
    yield from _in_tables(ctx)
    for one in attained(ctx.doc):
        if not (lower_is_better(one.about) or _ALSO_LOWER.search(one.about)):
            continue
        if not 0 < one.realisasi.value < one.target.value or not one.positive() or one.negative():
            continue
        right = shown((2 * one.target.value - one.realisasi.value) / one.target.value * 100) + "%"
        yield finding(
            RULE,
            ctx.doc.berkas,
            one.where,
            evidence=[cite(ctx.doc.berkas, one.where, one.sentence)],
            found=f"{one.capaian.text}%",
            expected=right,
            suggestion=right,
            trace={"formula": "(2 × target − realisasi) / target × 100", "result": right},
            indikator=_name(one.about),
            capaian=f"{one.capaian.text}%",
            benar=right,
        )


def _name(about: str) -> str:
    """What the target is of: the words after the last "target" or "standar", without place, year and verb."""
    at = max((match.end() for match in _ANNOUNCED.finditer(about)), default=0)
    return " ".join(_REST.sub("", about[at:]).split()[:8]) or " ".join(about.split()[:8])


def _in_tables(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for line in lines(doc, "pengukuran", "rencana_aksi", "lain"):
        name, target = line.first("indikator", "uraian"), line.first("target")
        real, capaian = line.first("realisasi"), line.first("capaian")
        if name is None or target is None or real is None or capaian is None or not lower_is_better(name.text):
            continue
        t, r, c = target.reading, real.reading, capaian.reading
        if not (t and r and c) or t.value is None or r.value is None or c.interval is None or t.value <= r.value:
            continue
        if t.value <= 0 or Fraction(r.value) / Fraction(t.value) * 100 not in c.interval:
            continue
        right = (2 * t.value - r.value) / t.value * 100
        shown = f"{right:.2f}%".replace(".", ",")
        yield finding(
            RULE,
            doc.berkas,
            capaian.where,
            evidence=[
                cite(doc.berkas, capaian),
                cite(doc.berkas, target, role="witness"),
                cite(doc.berkas, real, role="witness"),
                cite(doc.berkas, name, role="context"),
            ],
            found=capaian.text,
            expected=shown,
            suggestion=shown,
            trace={"formula": "(2 × target − realisasi) / target × 100", "result": shown},
            indikator=name.text,
            capaian=capaian.text,
            benar=shown,
        )

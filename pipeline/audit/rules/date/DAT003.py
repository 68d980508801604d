"""The parts of one file are dated in the wrong order.

A performance agreement takes its indikator from the IKU decree and its targets from the yearly plan. A decree or plan signed after the agreement
came too late for it, or one of the dates is wrong.

Wrong: *Perjanjian Kinerja*, 26 Januari; *Rencana Kinerja Tahunan*, 29 Januari of the same year; *Keputusan … Indikator Kinerja*, 31 Januari. Right: plan and decree first.

Decides: in a file with a heading *Perjanjian Kinerja Tahun n* and a heading *Rencana Kinerja Tahunan* or *Keputusan … Indikator Kinerja*, the first full date of
signing after each; both dates in one year, the plan or decree up to three months later than the agreement.

Limits: a plan may have been revised afterwards; hence a notice. An agreement that calls itself "Perubahan" is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where
from pipeline.readings.dates import DAY_MONTH_YEAR, read_period

_PARTS = {
    "PK": re.compile(r"^\W*perjanjian\s+kinerja\b(?!.*\bperubahan\b)", re.IGNORECASE),
    "RKT": re.compile(r"^\W*rencana\s+kinerja\s+tahunan\b", re.IGNORECASE),
    "IKU": re.compile(
        r"^\W*(?:surat\s+)?keputusan\s+(?:kepala|camat|bupati|wali\s?kota|sekretaris|direktur|inspektur)\b",
        re.IGNORECASE,
    ),
}
_SIGNED = re.compile(
    r"^\W*(?:(?:[A-Z][A-Za-z ]{2,30},|(?:pada\s+)?tanggal\s*:?)\s*)(\d{1,2}\s+[A-Za-z]+\s+(?:19|20)\d\d)\W*(?:\n|$)",
    re.IGNORECASE,
)  # "Jember, 26 Januari 2024", "Pada tanggal : 31 Januari 2024"
_ABOUT = re.compile(r"\bindikator\s+kinerja\b", re.IGNORECASE)
SOON = 90  # days; a plan or decree signed later is a new one
SHORT = 160  # characters of a title

RULE = Rule(
    code="DAT003",
    name="Urutan tanggal bagian dokumen terbalik",
    family="DATE",
    severity="notice",
    texts={
        "": (
            "{bagian} ditandatangani {nanti}, setelah perjanjian kinerja yang bersumber darinya ({dulu}).",
            "The {bagian} is signed {nanti}, after the performance agreement that rests on it ({dulu}).",
        )
    },
    kriteria="Perpres 29/2014: perjanjian kinerja disusun dari rencana dan IKU",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind not in ("LKIP", "PK", "RKT"):
        return
    signed = list(_signed(doc))
    agreement = next((part for part in signed if part[0] == "PK"), None)
    if agreement is None:
        return
    for kind, where, text, iso in signed:
        late = (date.fromisoformat(iso) - date.fromisoformat(agreement[3])).days
        if kind != "PK" and iso[:4] == agreement[3][:4] and 0 < late <= SOON:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, text),
                    cite(doc.berkas, agreement[1], agreement[2], role="counterpart"),
                ],
                found=iso,
                expected=f"≤ {agreement[3]}",
                bagian=("rencana kinerja tahunan", "yearly plan") if kind == "RKT" else ("keputusan IKU", "IKU decree"),
                nanti=iso,
                dulu=agreement[3],
            )


def _signed(doc: Doc) -> Iterator[tuple[str, Where, str, str]]:
    """(part, place, text, ISO date) of the first date under each part's title."""
    part: str | None = None
    waiting = False
    for where, text in doc.spoken:
        kind = next((name for name, title in _PARTS.items() if title.match(text)), None) if len(text) < SHORT else None
        if kind == "IKU":
            part, waiting = None, True
        elif kind is not None:
            part, waiting = kind, False
        if waiting and _ABOUT.search(text) and len(text) < SHORT:
            part, waiting = "IKU", False
        match = _SIGNED.match(text) if part is not None else None
        day = DAY_MONTH_YEAR.search(match.group(1)) if match else None
        period = read_period(day.group()) if day else None
        if part is not None and match is not None and period is not None and period.kind == "date":
            yield part, where, match.group().strip(), period.iso
            part = None

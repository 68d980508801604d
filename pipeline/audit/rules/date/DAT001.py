"""Signed before or after the time it can be signed in.

A plan or agreement for a year is signed around the start of that year, a report after its end. Another date means a wrong date, a wrong year in
the title, or a document copied from the year before.

Wrong: *IKU Tahun 2021* signed in January **2020**; *LKIP 2024* signed in March **2024**. Right: IKU 2021 of January 2021, LKIP of 2025.

Decides: the year of the document against the date beside the signature. Agreements: from October of the year before to the end of
the year. Yearly plans: that year or the one before. IKU and period plans: from the year before. Reports: from December of the year, within two years. A date without a day is
said as well.

Limits: an IKU set early for a coming period may be right; hence a notice there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, Heading, KeyValue, Paragraph, Where

_DATED = re.compile(r"^\W*[A-Z][A-Za-z ]{2,30},\s*(?:tanggal\s+)?(?:\d{1,2}\s+)?[A-Z][a-z]+\s+((?:19|20)\d\d)\b")

RULE = Rule(
    code="DAT001",
    name="Tanggal penandatanganan tidak sesuai dengan tahun dokumen",
    family="DATE",
    severity="warning",
    texts={
        "": (
            "{jenis} tahun {tahun} ditandatangani {tanggal}.",
            "The {jenis} of {tahun} is signed {tanggal}.",
        ),
        "no_day": (
            "{jenis} tahun {tahun} ditandatangani {tanggal}, tanpa tanggal hari.",
            "The {jenis} of {tahun} is signed {tanggal}, without a day.",
        ),
    },
    kriteria="PermenPANRB 53/2014",
)
AGREEMENTS = ("PK", "RencanaAksi")
PLANS = ("RKT", "Renja")


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    dokumen = doc.dokumen
    if dokumen.tahun is None or dokumen.tahun_akhir is not None or not dokumen.tanggal:
        return
    year, month = int(dokumen.tanggal[:4]), int(dokumen.tanggal[5:7] or 0)
    if not _odd(dokumen.kind, dokumen.tahun, year, month):
        return
    place = _place(doc, str(year))
    if place is None:
        return
    where, text = place
    yield finding(
        RULE,
        doc.berkas,
        where,
        "no_day" if len(dokumen.tanggal) < 10 else "",
        severity="warning" if dokumen.kind != "IKU" or len(dokumen.tanggal) < 10 else "notice",
        evidence=[cite(doc.berkas, where, text), *_title(doc, str(dokumen.tahun))],
        found=dokumen.tanggal,
        jenis=dokumen.kind,
        tahun=dokumen.tahun,
        tanggal=dokumen.tanggal,
    )


def _odd(kind: str, tahun: int, year: int, month: int) -> bool:
    if kind in AGREEMENTS:
        return not (year == tahun or (year == tahun - 1 and month >= 10))
    if kind in PLANS:
        return year not in (tahun - 1, tahun)
    if kind == "LKIP":
        return not ((year == tahun and month >= 12) or tahun < year <= tahun + 2)
    return kind == "IKU" and year < tahun


def _blocks(doc: Doc) -> Iterable[tuple[Where, str]]:
    for block in doc.prose:
        if isinstance(block, KeyValue):
            yield block.where, f"{block.key} : {block.value}"
        elif isinstance(block, Heading | Paragraph):
            yield block.where, block.text


def _place(doc: Doc, year: str) -> tuple[Where, str] | None:
    dated = [(where, text) for where, text in _blocks(doc) if (m := _DATED.match(text)) and m.group(1) == year]
    return dated[-1] if dated else None


def _title(doc: Doc, year: str) -> Iterable[Evidence]:
    for where, text in _blocks(doc):
        if year in text and len(text) < 200:
            yield cite(doc.berkas, where, text, role="counterpart")
            return

"""A report tells of things that happened after it was signed.

"LKIP seluruh perangkat daerah telah dikirim sebelum batas akhir 28 Februari 2025" cannot stand in a report that is signed on 6 January 2025: the date of signing was copied
or the sentence was written before the event.

Wrong: signed *6 Januari 2025*; text: *telah dikirim sebelum … 28 Februari 2025*. Right: a date of signing after the events reported.

Decides: the first full date of signing (place, date) of a report, against full dates in sentences with "telah" and a passive verb of completion (dikirim, disampaikan, dilaksanakan,
ditetapkan, diterima, diserahkan) that lie later; sentences with "akan", "direncanakan" or "paling lambat" are left out.

Limits: a report signed twice (foreword and end) is judged by its latest date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where
from pipeline.readings.dates import DAY_MONTH_YEAR, read_period

_SIGNED = re.compile(r"^\W*[A-Z][A-Za-z ]{2,30},\s*(\d{1,2}\s+[A-Za-z]+\s+(?:19|20)\d\d)\W*(?:\n|$)")
_DATED = re.compile(r"\b(\d{1,2}\s+[A-Za-z]{3,9}\s+(?:tahun\s+)?(?:19|20)\d\d)\b")  # "28 Februari tahun 2025"
_DONE = re.compile(
    r"\btelah\s+(?:\d+\s?%\s+)?(?:di(?:kirim|sampaikan|laksanakan|tetapkan|terima|serahkan|unggah|laporkan)\w*|selesai|tersusun)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:akan|direncanakan|rencananya|paling lambat|selambat)\b", re.IGNORECASE)

RULE = Rule(
    code="DAT004",
    name="Laporan menceritakan kejadian sesudah tanggalnya",
    family="DATE",
    severity="warning",
    texts={
        "": (
            "Laporan bertanggal {laporan} menyebut yang telah terjadi sampai {kejadian}.",
            "The report is dated {laporan} but tells as done what reaches to {kejadian}.",
        )
    },
    kriteria="Laporan ditandatangani sesudah kejadian yang dilaporkan",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP" or doc.dokumen.tahun is None:
        return
    dates = [one for one in _dates(doc) if int(one[2][:4]) > (doc.dokumen.tahun or 0)]
    if not dates:
        return
    signed_at, signed_text, signed = max(dates, key=lambda one: one[2])
    for where, sentence in doc.sentences:
        if not _DONE.search(sentence) or _FUTURE.search(sentence):
            continue
        later = [iso for match in _DATED.finditer(sentence) if (iso := _iso(match.group(1))) and iso > signed]
        if later:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, sentence),
                    cite(doc.berkas, signed_at, signed_text, role="counterpart"),
                ],
                found=max(later),
                expected=f"≤ {signed}",
                laporan=signed,
                kejadian=max(later),
            )


def _dates(doc: Doc) -> Iterator[tuple[Where, str, str]]:
    for where, text in doc.spoken:
        match = _SIGNED.match(text)
        iso = _iso(match.group(1)) if match else None
        if match is not None and iso:
            yield where, match.group().strip(), iso


def _iso(text: str) -> str | None:
    plain = re.sub(r"\stahun\s", " ", text)
    period = read_period(plain) if DAY_MONTH_YEAR.fullmatch(plain) else None
    return period.iso if period is not None and period.kind == "date" else None

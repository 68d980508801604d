"""A report speaks of the year before as its own.

Reports are written over last year's file. A heading or lead-in that still says "kinerja selama Tahun 2021" in the report of 2022 was not
updated, and what stands under it may not have been either.

Wrong (report of 2022): *Kinerja selama Tahun 2021 …*. Right: *… Tahun 2022*.

Decides: in an LKIP, "kinerja", "capaian", "pengukuran", "realisasi" or "laporan kinerja" followed by "selama/pada tahun" and another
single year, in a sentence without comparison words (dibanding, sebelumnya, dari, sejak) and without the report's own year; also "lampiran rencana kinerja tahun" with the
year before.

Limits: a sentence about the past without such words looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Heading, Paragraph

_SAID = re.compile(
    r"\b(?:kinerja|pengukuran kinerja|laporan kinerja)\s+(?:selama|untuk)\s+tahun\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_ANNEX = re.compile(
    r"\blampiran\s+(?:rencana\s+(?:kinerja|kerja)(?:\s+tahunan)?|perjanjian\s+kinerja|rencana\s+aksi)\s+tahun\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)  # "pada lampiran Rencana Kinerja Tahun 2021"
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_COMPARED = re.compile(
    r"\b(?:dibanding\w*|sebelumnya|lalu|sejak|sampai|hingga|perbandingan|terhadap|nomor|naik|turun|meningkat\w*|menurun\w*)\b",
    re.IGNORECASE,
)

RULE = Rule(
    code="DAT002",
    name="Tahun yang salah dalam naskah",
    family="DATE",
    severity="warning",
    version=2,
    texts={
        "": (
            "Laporan tahun {tahun} menyebut “{teks}”.",
            "The report of {tahun} says “{teks}”.",
        )
    },
    kriteria="Laporan kinerja melaporkan tahunnya sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP" or doc.dokumen.tahun is None:
        return
    for block in doc.prose:
        if not isinstance(block, Heading | Paragraph):
            continue
        for sentence in _SENTENCE.split(block.text):
            match = _SAID.search(sentence) or _ANNEX.search(sentence)
            own = str(doc.dokumen.tahun)
            if match is None or match.group(1) == own or own in sentence or _COMPARED.search(sentence):
                continue
            if int(match.group(1)) != doc.dokumen.tahun - 1:
                continue
            yield finding(
                RULE,
                doc.berkas,
                block.where,
                evidence=[cite(doc.berkas, block.where, sentence)],
                found=match.group(1),
                expected=own,
                suggestion=own,
                tahun=own,
                teks=match.group(),
            )

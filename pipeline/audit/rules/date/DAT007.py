"""The preface or the closing words give the document another year.

"Demikian Rencana Kerja Tahun 2021 disusun …" at the end of the Renja of 2023 was left from the file that served as a template; other parts may have been left as well.

Wrong (Renja 2023): *Demikian Rencana Kerja Dinas Contoh Tahun **2021** disusun sebagai pedoman*. Right: *Tahun 2023*.

Decides: sentences with "demikian", "menyelesaikan" or "tersusunnya" and the name of this kind of document followed by one year, the only one of the sentence, other than the document's.

Limits: the names of Laporan Kinerja, Rencana Kerja, Rencana Kinerja Tahunan and Perjanjian Kinerja only; plans of several years are left out, as are years behind "untuk", "sebagai bahan" and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_FORMULA = re.compile(r"\b(?:demikian(?:lah)?|menyelesaikan|diselesaikannya|tersusunnya|penyusunan)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OTHERWISE = re.compile(r"\b(?:nomor|periode|sebelumnya|lalu|perubahan atas)\b|\d{4}\s*[-–]\s*\d{4}", re.IGNORECASE)
_BEYOND = re.compile(
    r"\b(?:semoga|agar|untuk|guna|rangka|sebagai|menjadi|bahan|diharapkan|disusun|dibuat|disampaikan)\b", re.IGNORECASE
)  # "Demikian Laporan Kinerja ini disusun sebagai bahan perbaikan tahun 2023": no longer the name
_NAMES = {
    "LKIP": r"laporan\s+(?:akuntabilitas\s+)?kinerja|LK[jJ]?IP|LAKIP|LKj",
    "Renja": r"rencana\s+kerja|renja",
    "RKT": r"rencana\s+kinerja(?:\s+tahunan)?|RKT",
    "PK": r"perjanjian\s+kinerja",
}
_CALLED = {
    kind: re.compile(rf"\b(?:{names})\b[^.;:]{{0,110}}?\btahun\s+(?:anggaran\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
    for kind, names in _NAMES.items()
}  # "Rencana Kerja Inspektorat Kabupaten Contoh Tahun 2021"

RULE = Rule(
    code="DAT007",
    name="Kata pengantar atau penutup menyebut tahun lain",
    family="DATE",
    severity="warning",
    texts={
        "": (
            "Dokumen tahun {tahun} ini menyebut dirinya “{teks}”.",
            "This document of {tahun} calls itself “{teks}”.",
        )
    },
    kriteria="Tahun dokumen harus konsisten",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    called = _CALLED.get(doc.dokumen.kind)
    year = doc.dokumen.tahun
    if called is None or year is None or doc.dokumen.tahun_akhir not in (None, year):
        return
    for where, sentence in doc.sentences:
        match = called.search(sentence)
        if match is None or not _FORMULA.search(sentence[: match.start()]) or _OTHERWISE.search(sentence):
            continue
        if _BEYOND.search(match[0]):
            continue
        if set(_YEAR.findall(sentence)) != {match[1]} or int(match[1]) == year:
            continue
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[cite(doc.berkas, where, sentence)],
            found=match[1],
            expected=str(year),
            tahun=str(year),
            teks=match[0],
        )

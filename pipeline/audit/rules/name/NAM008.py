"""The report speaks of itself by the name of another office.

"Sebagai bentuk pertanggungjawaban Rumah Sakit Jiwa" in the report of a general hospital: the text came from another office's report, and so may the
sentences around it.

Wrong (report of Dinas Perhubungan): *Laporan Kinerja Dinas Pendidikan disusun …*. Right: *Laporan Kinerja Dinas Perhubungan …*.

Decides: in a report, plan or agreement, words by which a document speaks of itself ("pertanggungjawaban", "laporan kinerja", "perjanjian kinerja",
"rencana strategis", "capaian kinerja", …) directly followed by the name of an office of the same kind (Dinas and Badan count as one kind) that shares no word with the
document's own office and is named so twice at most, while the own name occurs more often.

Limits: the plans of another office may be named by right, so that they alone are a notice; documents of others that the office verifies, reviews or assists with are left out; offices above and below (sekretariat, UPTD) are not judged, nor are merged offices that keep a word of their old name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where
from pipeline.normalize.instansi import parse_instansi
from pipeline.normalize.names import content_words

_ITSELF = re.compile(
    r"\b(?i:pertanggung\s?jawaban|akuntabilitas\s+kinerja|laporan\s+(?:akuntabilitas\s+)?kinerja(?:\s+instansi\s+pemerintah)?|lkip|lkjip|lakip|lkj"
    r"|perjanjian\s+kinerja|rencana\s+(?:strategis|kinerja(?:\s+tahunan)?|kerja)|renstra|renja|indikator\s+kinerja\s+utama|capaian\s+kinerja"
    r"|tugas\s+pokok\s+dan\s+fungsi)(?:\s+\(\w+\))?(?:\s+(?i:pada|dari|oleh))?\s+"
    r"((?i:dinas|badan|rsud|rumah\s+sakit|inspektorat|kecamatan|kelurahan|bagian|biro)(?:\s+(?:dan(?=\s+[A-Z])|[A-Z][\w-]*))*)"
)  # "laporan kinerja Dinas Pendidikan dan Kebudayaan"
_OF_OTHERS = re.compile(
    r"\b(?:verifikasi|asistensi|fasilitasi|memfasilitasi|pendampingan|pembinaan|reviu|evaluasi|mengevaluasi|sinkronisasi|semula|dahulu)\b.{0,40}$",
    re.IGNORECASE,
)  # "melaksanakan verifikasi Rencana Strategis Dinas Pendidikan"
_PLAN = re.compile(r"rencana\b|renstra|renja", re.IGNORECASE)
PEERS = {"Badan": "Dinas"}
FEW = 2
SAME = 0.8

RULE = Rule(
    code="NAM008",
    name="Nama perangkat daerah lain tertinggal",
    family="NAME",
    severity="warning",
    texts={
        "": (
            "Naskah {sendiri} menyebut dirinya “{lain}”.",
            "The document of {sendiri} calls itself “{lain}”.",
        )
    },
    kriteria="Naskah menyebut instansinya sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    own = doc.dokumen.instansi
    if own.jenis is None or doc.dokumen.kind == "lain":
        return
    told: dict[frozenset[str], list[tuple[Where, str, re.Match[str]]]] = defaultdict(list)
    mine = _core(own.nama)
    times = 0
    for where, sentence in doc.sentences:
        for match in _ITSELF.finditer(sentence):
            other, words = parse_instansi(match[1]), _core(match[1])
            if not words or _OF_OTHERS.search(sentence, 0, match.start()) or _kind(other.jenis) != _kind(own.jenis):
                continue
            if not mine or any(_alike(one, two) for one in words for two in mine):
                times += 1
            else:
                told[words].append((where, sentence, match))
    for places in told.values():
        if len(places) > FEW or times <= len(places):
            continue
        where, called = places[0][0], places[0][2][1]
        yield finding(
            RULE,
            doc.berkas,
            where,
            severity="notice" if all(_PLAN.match(match[0]) for _, _, match in places) else None,
            evidence=[cite(doc.berkas, place, text) for place, text, _ in places],
            found=called,
            expected=own.nama,
            suggestion=own.nama,
            sendiri=own.nama,
            lain=called,
        )


def _core(name: str) -> frozenset[str]:
    """What tells the office from others of its kind: its words without kind, region and year."""
    office = parse_instansi(name)
    region = content_words(office.wilayah or "") | content_words("provinsi kabupaten kota daerah")
    return (
        content_words(office.nama)
        - region
        - content_words("dinas badan rumah sakit umum rsud kecamatan kelurahan bagian biro inspektorat tahun")
    )


def _alike(one: str, two: str) -> bool:
    """One word, perhaps with a typing error or cut off."""
    return SequenceMatcher(None, one, two).ratio() >= SAME


def _kind(jenis: str | None) -> str | None:
    return PEERS.get(jenis, jenis) if jenis else None

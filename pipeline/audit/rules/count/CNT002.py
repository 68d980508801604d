"""The same list is announced with two lengths.

"Administrasi umum (6 item)" in the report and "(5 item)" in the decree it rests on: one of them was not updated, and the realisasi is computed with the other.

Wrong: *Jumlah administrasi umum yang seharusnya terlaksana (6 item)* and, elsewhere, *(5 item)*. Right: one number.

Decides: "(n item/dokumen/…)" in cells and running text with the words before it back to the last point or number; the same words with another number in another place.
At least three words of meaning.

Limits: the later list may be the newer one; the finding does not say which is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.rule import Rule, cite, finding, line_of
from pipeline.model import Finding, Where

_ANNOUNCED = re.compile(
    r"(?:^|[\n:;.>])\s*(?:[a-h][.)]\s*)?([A-Z][^\n:;.()<>]{15,120}?)\s*\((\d{1,2})\s+"
    r"(item|dokumen|laporan|komponen|unsur|jenis|kegiatan|aspek)\)"
)  # "a. Jumlah administrasi umum yang seharusnya terlaksana (6 item)"
_OWNER = re.compile(r"\s(?:di|pada)(?:\s+(?:Dinas|Badan|Bagian|Kecamatan|Sekretariat|Inspektorat)\b.*)?\s*$")

RULE = Rule(
    code="CNT002",
    name="Jumlah isi daftar berbeda di dua tempat",
    family="COUNT",
    severity="warning",
    texts={
        "": (
            "“{daftar}” disebut {sini} {satuan} di sini, {sana} di tempat lain.",
            "“{daftar}” has {sini} {satuan} here, {sana} elsewhere.",
        )
    },
    kriteria="Satu jumlah untuk satu daftar",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    first: dict[tuple[frozenset[str], str], tuple[Where, str, str]] = {}
    said: set[tuple[frozenset[str], str]] = set()
    for where, shown, name, number, unit in _announced(doc):
        key = (meaning(name), unit)
        if len(key[0]) < 3:
            continue
        other = first.setdefault(key, (where, shown, number))
        if other[2] != number and key not in said:
            said.add(key)
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[cite(doc.berkas, where, shown), cite(doc.berkas, other[0], other[1], role="counterpart")],
                found=number,
                expected=other[2],
                daftar=name,
                sini=number,
                sana=other[2],
                satuan=unit,
            )


def _announced(doc: Doc) -> Iterator[tuple[Where, str, str, str, str]]:
    for table in doc.tables("iku"):
        for row in table.rows:
            for cell in row.cells:
                if not cell.inherited and "(" in cell.text:
                    for match in _ANNOUNCED.finditer(cell.text):
                        shown = " ".join(match.group().split())
                        yield line_of(cell, shown), shown, _OWNER.sub("", match[1]).strip(), match[2], match[3]
    for where, text in doc.spoken:
        for match in _ANNOUNCED.finditer(text) if "(" in text else ():
            yield where, " ".join(match.group().split()), _OWNER.sub("", match[1]).strip(), match[2], match[3]

"""A list is shorter or longer than it says.

"6 item:" followed by five items: one was forgotten, or the number was not updated. Where the number is the penyebut of an indikator, the result is
wrong too.

Wrong: *(3 dokumen): - RKA - DPA*. Right: *(2 dokumen): - RKA - DPA*.

Decides: inside one cell or paragraph, "(n item/dokumen/…)" followed by a list with bullets up to the next lettered point; and, in a formula
cell, all bullets are counted.

Limits: lists that run over several cells or without bullets are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding, line_of
from pipeline.model import Cell, Finding

_ANNOUNCED = re.compile(
    r"\((\d{1,2})\s+(item|dokumen|laporan|komponen|unsur|jenis|kegiatan|aspek)\)\s*:?(.*)", re.DOTALL
)
_NEXT_POINT = re.compile(r"(?:^|[\n;.]|\s)\(?[b-h][.)]\s+[A-Z]")  # " b. Tersusun sesuai …"
_BULLET = re.compile(r"(?:^|\n|\s)[-•–]\s+(?=\S)")  # "- Belanja alat"

RULE = Rule(
    code="CNT001",
    name="Isi daftar tidak sesuai dengan jumlahnya",
    family="COUNT",
    severity="warning",
    texts={
        "": (
            "Disebut {disebut} {satuan}, tetapi daftarnya memuat {dihitung}.",
            "{disebut} {satuan} are announced, but the list has {dihitung}.",
        )
    },
    kriteria="Jumlah yang disebut sama dengan isi daftar",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables("iku"):
        for row in table.rows:
            for cell in row.cells:
                if cell.inherited:
                    continue
                found = _miscounted(cell)
                if found is not None:
                    said, unit, counted, announced = found
                    yield finding(
                        RULE,
                        doc.berkas,
                        line_of(cell, announced),
                        evidence=[cite(doc.berkas, cell, announced), cite(doc.berkas, cell, role="context")],
                        found=str(counted),
                        expected=str(said),
                        trace={"announced": said, "counted": counted},
                        disebut=said,
                        satuan=unit,
                        dihitung=counted,
                    )


def _miscounted(cell: Cell) -> tuple[int, str, int, str] | None:
    match = _ANNOUNCED.search(cell.text)
    if match is None:
        return None
    rest = match.group(3)
    end = _NEXT_POINT.search(rest)
    listed = len(_BULLET.findall(rest[: end.start()] if end else rest))
    said = int(match.group(1))
    shown = cell.text[max(0, match.start() - 100) : match.start(3)]
    return (said, match.group(2), listed, shown) if listed >= 2 and listed != said else None

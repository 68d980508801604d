"""The text counts another number of sasaran than the tables have.

"Terdapat satu sasaran strategis dengan 3 indikator" above a table of two: the sentence was written for another year's plan.

Wrong: two sasaran in the tables, *terdapat satu sasaran strategis*. Right: *terdapat dua sasaran strategis*.

Decides: in an LKIP, "terdapat/memiliki/mencakup n sasaran" or "dari n sasaran"; the number of different sasaran of the first measurement table, when a
second table or another such sentence gives the same number.

Limits: sentences about a part ("dari 2 sasaran yang belum tercapai") ("tujuan pertama memiliki 1 sasaran"), of another year or about the region's sasaran are left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.lines import lines
from pipeline.audit.phrases import of_year
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Where
from pipeline.readings.words import COUNTING, number_in_words

_COUNTED = re.compile(
    rf"\b(?:terdapat|memiliki|mempunyai|mencakup|menetapkan|terdapat\s+dari|dari)\s+(?:sejumlah\s+)?(\d{{1,2}}|{'|'.join(COUNTING)})\s+(?:\([a-z ]+\)\s+)?"
    r"sasaran\b(?!\s+(?:\w+\s+){0,2}(?:rpjmd|rpjmn|daerah|pemerintah|kabupaten|kota|provinsi|bupati|program|kegiatan)\b)"
    r"(?!\s+(?:\w+\s+)?(?:yang|dengan)\s+(?:belum|tidak|telah|sudah|mencapai|memenuhi|berhasil|kategori|capaian|predikat|masih)\b)",
    re.IGNORECASE,
)  # "terdapat satu sasaran strategis", "dari 3 (tiga) sasaran kinerja"
_OF_ONE = re.compile(
    r"(?<![\d)]\s)\b(?:tujuan|misi|bidang|bagian|seksi|sekretariat|program|perspektif)\b(?:\s+[\w-]+){0,3}\s*$",
    re.IGNORECASE,
)  # "Tujuan pertama memiliki 1 sasaran"

RULE = Rule(
    code="CNT007",
    name="Jumlah sasaran dalam naskah tidak sesuai tabel",
    family="COUNT",
    severity="warning",
    texts={
        "": (
            "Naskah menyebut {disebut} sasaran, tabel pengukuran memuat {dihitung}.",
            "The text speaks of {disebut} sasaran, the measurement table has {dihitung}.",
        )
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    tables = list(_objectives(doc))
    if not tables or len(tables[0]) < 2 or _goes_on(tables):
        return
    count = len(tables[0])
    said = list(_said(doc))
    if not any(len(other) == count for other in tables[1:]) and not any(number == count for _, _, number in said):
        return
    for where, sentence, number in said:
        if number != count:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, sentence),
                    *(cite(doc.berkas, cell, role="counterpart") for cell in tables[0]),
                ],
                found=str(number),
                expected=str(count),
                disebut=number,
                dihitung=count,
            )


def _goes_on(tables: list[list[Cell]]) -> bool:
    """Whether another table begins on the page after the first with none of its sasaran: the rest of it, read apart."""
    first = {meaning(cell.text) for cell in tables[0]}
    page = (tables[0][-1].where.page or 0) + 1
    return any(
        other and other[0].where.page == page and not first & {meaning(cell.text) for cell in other}
        for other in tables[1:]
    )


def _objectives(doc: Doc) -> Iterator[list[Cell]]:
    """The different sasaran of each table that measures them."""
    by_table: dict[int, dict[frozenset[str], Cell]] = {}
    for line in lines(doc, "pengukuran", "pk"):
        cell = line.first("sasaran")
        if cell is not None and (line.first("capaian") or line.table.kind == "pk") and line.first("indikator"):
            by_table.setdefault(line.table.ordinal, {}).setdefault(meaning(cell.text), cell)
    measured = [o for o in by_table if doc.table_at[o].kind == "pengukuran"]
    for ordinal in (*measured, *(o for o in by_table if o not in measured)):
        yield list(by_table[ordinal].values())


def _said(doc: Doc) -> Iterator[tuple[Where, str, int]]:
    for where, sentence in doc.sentences:
        for match in _COUNTED.finditer(sentence) if of_year(sentence, doc.dokumen.tahun) else ():
            if _OF_ONE.search(sentence, 0, match.start()):
                continue
            number = int(match[1]) if match[1].isdigit() else number_in_words(match[1])
            if number:
                yield where, sentence, number

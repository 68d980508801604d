"""Several activities have the same budget and the same realisasi to the rupiah.

A row of the budget table was pasted down and its amounts were not replaced: seven studies with a pagu of 945.965.000 and a realisasi of
937.820.000 each. The total that includes them is wrong as well.

Wrong: *Studi A 945.965.000 937.820.000*, *Studi B 945.965.000 937.820.000*. Right: the amounts of Studi B.

Decides: rows of one table with different names that share pagu and realisasi, two different amounts with ten
significant digits between them; rows of which one contains the other (program and its only kegiatan) are left out: three such rows are a finding, two only where neither
stands directly above the other and both are of one level.

Limits: one activity listed twice under two names looks the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Anggaran, Finding
from pipeline.normalize.names import key_of

DIGITS = 10
MANY = 3

RULE = Rule(
    code="CPY002",
    name="Pagu dan realisasi disalin ke baris lain",
    family="COPY",
    severity="warning",
    texts={
        "": (
            "{jumlah} kegiatan memuat pagu {pagu} dan realisasi {realisasi} yang sama, mis. “{satu}” dan “{dua}”.",
            "{jumlah} activities have the same pagu {pagu} and realisasi {realisasi}, e.g. “{satu}” and “{dua}”.",
        )
    },
    kriteria="Setiap kegiatan mempunyai pagu dan realisasi sendiri",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for rows in _alike(doc):
        pagu, realised = rows[0]
        yield finding(
            RULE,
            doc.berkas,
            rows[1][0].where,
            evidence=[
                *(cite(doc.berkas, one.where, one.reading.text, "subject") for pair in rows[1:] for one in pair),
                *(cite(doc.berkas, one.where, one.reading.text, "source") for one in rows[0]),
            ],
            found=rows[1][0].reading.text,
            trace={"pagu": str(pagu.reading.value), "realisasi": str(realised.reading.value), "rows": len(rows)},
            jumlah=len(rows),
            pagu=pagu.reading.text,
            realisasi=realised.reading.text,
            satu=pagu.nama,
            dua=rows[1][0].nama,
        )


Pair = tuple[Anggaran, Anggaran]


def _alike(doc: Doc) -> Iterable[list[Pair]]:
    """Rows of one table that share pagu and realisasi, with different names, in the order of the table."""
    by_row: dict[tuple[int, int], dict[str, list[Anggaran]]] = defaultdict(lambda: defaultdict(list))
    for record in doc.berkas.anggaran:
        if record.reading.status == "exact" and record.reading.value:
            by_row[record.table, record.row][record.jenis].append(record)
    groups: dict[tuple[int, Decimal, Decimal], list[Pair]] = defaultdict(list)
    for (table, _), kinds in by_row.items():
        if len(kinds["realisasi_anggaran"]) == 1 and kinds["pagu"]:
            pagu, realised = kinds["pagu"][-1], kinds["realisasi_anggaran"][0]
            a, b = pagu.reading.value, realised.reading.value
            if a and b and a != b and _digits(a) + _digits(b) >= DIGITS:
                groups[table, a, b].append((pagu, realised))
    for rows in groups.values():
        distinct = list({key_of(pagu.nama): (pagu, realised) for pagu, realised in rows if pagu.nama}.values())
        levels = {pagu.level for pagu, _ in distinct}
        apart = len(distinct) == 2 and distinct[1][0].row - distinct[0][0].row > 1
        if len(levels) == 1 and (len(distinct) >= MANY or apart):
            yield distinct


def _digits(value: Decimal) -> int:
    return len(str(abs(int(value))).rstrip("0"))

"""The text counts another number of indikator than the measurement table has.

"Dari 5 indikator sasaran sebanyak 5 … sangat memuaskan" cannot be the verdict on a table of six.

Wrong: table with six indikator; one sentence *6 indikator sasaran*, another *dari 5 (lima) indikator sasaran*. Right: six in both.

Decides: sentences "dari n indikator sasaran" in a report, against the rows with a capaian of its measurement table, where another sentence gives "m indikator sasaran" and m is
the number of those rows.

Limits: without the second sentence nothing is said: the first may speak of a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.lines import lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_COUNTED = re.compile(r"(\bdari\s+)?(?<![\d,.])(\d{1,2})\s*(?:\([a-z ]+\)\s*)?indikator\s+sasaran\b", re.IGNORECASE)

RULE = Rule(
    code="CNT004",
    name="Jumlah indikator dalam naskah tidak sesuai tabel",
    family="COUNT",
    severity="warning",
    texts={
        "": (
            "Naskah menilai “dari {disebut} indikator sasaran”, tabel pengukuran memuat {dihitung}.",
            "The text judges “dari {disebut} indikator sasaran”, the measurement table has {dihitung}.",
        )
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    said = [(where, text, match) for where, text in doc.spoken for match in _COUNTED.finditer(text)]
    if not any(match.group(1) for _, _, match in said):
        return
    table = next(iter(doc.tables("pengukuran")), None)
    names = [
        line.first("indikator") for line in lines(doc, "pengukuran") if line.table is table and line.first("capaian")
    ]
    rows = {meaning(name.text): name for name in names if name is not None}
    agreeing = next(((w, t) for w, t, match in said if int(match.group(2)) == len(rows)), None)
    if agreeing is None or table is None:
        return
    for where, text, match in said:
        if match.group(1) and int(match.group(2)) != len(rows):
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, text),
                    cite(doc.berkas, *agreeing, role="counterpart"),
                    *(cite(doc.berkas, name, role="context") for name in rows.values()),
                ],
                found=match.group(2),
                expected=str(len(rows)),
                disebut=match.group(2),
                dihitung=len(rows),
            )

"""Name and code disagree.

The nomenclature gives each code one name. When a row's name is, word for word, that of another code, either the code or the name was taken from
another row.

Wrong: 4.01.01.2.02.**07** *Penyusunan Laporan Keuangan Akhir Tahun*. Right: 4.01.01.2.02.05.

Decides: the names common to every agency's program x.xx.01; and, for other programs, the code that the same document gives the same name in
the other sections, when two or more agree against this row alone.

Limits: a name that the nomenclature changed later; the two names must agree in four fifths of their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.audit.codes import Coded, coded, listed_code
from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import key_of

RULE = Rule(
    code="COD004",
    name="Nama dan kode tidak cocok",
    family="CODE",
    severity="warning",
    texts={
        "": (
            "“{nama}” berkode {kode}; menurut nomenklatur kodenya {benar}.",
            "“{nama}” has the code {kode}; by the nomenclature it is {benar}.",
        ),
        "usual": (
            "“{nama}” di sini berkode {kode}, di bagian lain dokumen {benar}.",
            "“{nama}” has the code {kode} here, elsewhere in the document {benar}.",
        ),
    },
    kriteria="Permendagri 90/2019",
)


def check(ctx: Context) -> Iterable[Finding]:
    rows = list(coded(ctx.doc))
    accused: set[int] = set()
    for number, row in enumerate(rows):
        right = listed_code(row)
        if right is not None:
            accused.add(number)
            yield _say(ctx, row, "", right, None)
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.code.count(".") == 5:
            by_name[key_of(row.name.text)].append(number)
    for numbers in by_name.values():
        counts = Counter(rows[number].code for number in numbers)
        if len(counts) < 2:
            continue
        usual, votes = counts.most_common(1)[0]
        for number in numbers:
            row = rows[number]
            if number not in accused and row.code != usual and counts[row.code] == 1 and votes >= 3:
                yield _say(ctx, row, "usual", usual, next(rows[n] for n in numbers if rows[n].code == usual))


def _say(ctx: Context, row: Coded, key: str, right: str, other: Coded | None) -> Finding:
    berkas = ctx.doc.berkas
    evidence = [cite(berkas, row.cell), cite(berkas, row.name, role="counterpart")]
    if other is not None:
        evidence.append(cite(berkas, other.cell, role="witness"))
    return finding(
        RULE,
        berkas,
        row.cell.where,
        key,
        evidence=evidence,
        found=row.code,
        expected=right,
        suggestion=right,
        nama=row.name.text,
        kode=row.code,
        benar=right,
    )

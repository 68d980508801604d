"""Preface and closing page are dated on the same day of two years.

Nobody signs twice on the same day a year apart: one of the two was left from last year's file.

Wrong: *Contoh, 20 Juni 2022* under the preface, *Contoh, 20 Juni 2023* under the last chapter. Right: one year.

Decides: lines that are nothing but a place and a full date, the same place, day and month, in two years that follow one another, in one document.

Limits: which of the two is wrong is not said. The first of January and the last of December are left out: accounts are closed on them; from December to February it is a
notice, since a file may hold the agreements of two years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where

_DATED = re.compile(
    r"^\W*([A-Z][A-Za-z .]{2,30}?)\s*,\s*(?:tanggal\s+)?(\d{1,2})\s+([A-Z][a-z]+)\s+((?:19|20)\d\d)\W*$"
)  # "Contoh, 20 Juni 2022"
_CLOSING = frozenset({(1, "januari"), (31, "desember")})

_AGREED = frozenset({"desember", "januari", "februari"})
"""Months in which the agreements of every year are signed: a file may hold those of two years."""

RULE = Rule(
    code="DAT009",
    name="Ditandatangani pada hari yang sama di dua tahun",
    family="DATE",
    severity="warning",
    texts={
        "": (
            "Dokumen bertanggal “{satu}” dan “{dua}”: hari yang sama, tahun berbeda.",
            "The document is dated “{satu}” and “{dua}”: the same day of two years.",
        )
    },
    kriteria="Tanggal penandatanganan harus konsisten",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    seen: dict[tuple[str, int, str], tuple[int, Where, str]] = {}
    said: set[tuple[str, int, str]] = set()
    for where, text in doc.spoken:
        match = _DATED.match(" ".join(text.split()))
        if match is None:
            continue
        place, day, month, year = match[1].lower(), int(match[2]), match[3].lower(), int(match[4])
        key = (place, day, month)
        first = seen.setdefault(key, (year, where, text))
        if (day, month) in _CLOSING or key in said or abs(first[0] - year) != 1:
            continue
        said.add(key)
        yield finding(
            RULE,
            doc.berkas,
            where,
            severity="notice" if month in _AGREED else None,
            evidence=[cite(doc.berkas, where, text), cite(doc.berkas, first[1], first[2], role="counterpart")],
            found=text,
            satu=first[2],
            dua=text,
        )

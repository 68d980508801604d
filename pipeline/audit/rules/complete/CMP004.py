"""A report without a comparison that PermenPANRB 53/2014 requires.

Chapter III of an LKIP compares target and realisasi of the year, with the years before, with the medium-term target, with a national standard where there is one,
and analyses causes and efficiency. What is missing cannot be judged by the reader.

Wrong: a report without any comparison with the year before. Right: a table with the realisasi of several years.

Decides: in a document of kind LKIP with a measurement table, the columns and tables present and the words of its headings and text: tahun sebelumnya, target akhir Renstra
or jangka menengah, nasional or standar, efisiensi, penyebab keberhasilan/kegagalan. One notice lists what is missing.

Limits: a part of a report (one chapter in a file) lacks what stands in the other part: documents under ten pages or 200 lines are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, finding, not_checked
from pipeline.model import Evidence, Finding, NotChecked

RULE = Rule(
    code="CMP004",
    name="Pembandingan wajib tidak ada",
    family="COMPLETE",
    severity="notice",
    texts={
        "": (
            "Laporan tidak memuat: {hilang}.",
            "The report lacks: {hilang}.",
        )
    },
    kriteria="PermenPANRB 53/2014, Bab III A",
)
_PARTS = {
    "perbandingan dengan tahun-tahun sebelumnya": re.compile(r"tahun[- ]?(?:tahun)? sebelumnya|tahun lalu|beberapa tahun|tren", re.I),
    "perbandingan dengan target jangka menengah (Renstra)": re.compile(r"jangka menengah|akhir (?:periode )?(?:renstra|rpjmd)|target akhir", re.I),
    "perbandingan dengan standar nasional": re.compile(r"nasional|standar|provinsi", re.I),
    "analisis penyebab keberhasilan/kegagalan": re.compile(r"penyebab|faktor (?:pendukung|penghambat|pendorong)|kendala|hambatan|permasalahan", re.I),
    "analisis efisiensi": re.compile(r"efisien", re.I),
}  # fmt: skip


def check(ctx: Context) -> Iterable[Finding | NotChecked]:
    doc = ctx.doc
    tables = list(doc.tables("pengukuran"))
    if doc.dokumen.kind != "LKIP" or not tables:
        return
    if not _whole(doc):
        yield not_checked(RULE, doc.berkas, tables[0].where, "the file looks like a part of a report")
        return
    text = "\n".join(t for _, t in doc.spoken) + "\n".join(
        f"{t.title} {c.label}" for t in doc.tables() for c in t.columns
    )
    missing = [label for label, pattern in _PARTS.items() if not pattern.search(text)]
    if missing:
        yield finding(
            RULE,
            doc.berkas,
            tables[0].where,
            evidence=[Evidence(doc.sha256, tables[0].where, tables[0].title, "context")],
            hilang="; ".join(missing),
        )


def _whole(doc: Doc) -> bool:
    last = max((where.line or 0 for where, _ in doc.spoken), default=0)
    return len(doc.berkas.pages) >= 10 or last >= 200

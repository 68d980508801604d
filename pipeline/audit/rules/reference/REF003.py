"""The text points to an annex that the list of annexes does not have.

"… sebagaimana matriks cascading kinerja terlampir": the reader looks into the contents and finds no such annex.

Wrong: *cascading terlampir*, and a list of annexes without it. Right: the annex listed.

Decides: a list of annexes of two entries or more ("Lampiran n. …"), and words of running text just before "terlampir"; a word of them that is neither general (matriks, kinerja, tahun) nor the
office's name stands in no entry of the list.

Limits: an annex may be listed under another name; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.operands import vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import content_words

_ENTRY = re.compile(r"^\W*lampiran\s+(?:\d{1,2}|[IVX]{1,4})\b\W*(\w.{5,150})$", re.IGNORECASE)
_ANNEXED = re.compile(r"\b((?:[A-Za-z-]+\s+){1,3})terlampir\b", re.IGNORECASE)  # "matriks cascading kinerja terlampir"

RULE = Rule(
    code="REF003",
    name="Lampiran yang dirujuk tidak ada dalam daftar lampiran",
    family="REF",
    severity="notice",
    texts={
        "": (
            "Naskah menunjuk “{rujukan} terlampir”, tetapi daftar lampiran ({jumlah}) tidak memuatnya.",
            "The text points to “{rujukan} terlampir”, but the list of annexes ({jumlah}) does not have it.",
        )
    },
    kriteria="Daftar lampiran lengkap",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    entries = [(where, text) for where, text in doc.spoken if len(text) < 200 and _ENTRY.match(text)]
    if len(entries) < 2:
        return
    general = vocabulary()["annexed"]
    known = frozenset(word for _, text in entries for word in content_words(text)) | general
    known |= content_words(doc.dokumen.instansi.nama or "")
    said: set[str] = set()
    for where, text in doc.spoken:
        match = _ANNEXED.search(text) if "terlampir" in text else None
        missing = content_words(match.group(1)) - known if match else frozenset()
        if match is None or not missing or missing != content_words(match.group(1)) - general:
            continue
        shown = " ".join(match.group(1).split())
        if shown.lower() not in said:
            said.add(shown.lower())
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    cite(doc.berkas, where, text),
                    *(cite(doc.berkas, place, entry, role="counterpart") for place, entry in entries),
                ],
                found=shown,
                rujukan=shown,
                jumlah=len(entries),
            )

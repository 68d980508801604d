"""Places that were probably misread, not miswritten.

A scan's reader breaks words and loses line ends. Such places are said once per document, as the reader's fault: nobody is accused, but the page should be looked
at before its figures are used.

Seen: a header cell *Provinsi/ Kabupate*, an indikator that ends with *yang*, a number that ends with a point, *Peringkat Daerah* for *Perangkat Daerah*.

Decides: a cell that ends with a word that cannot end a name ("yang", "dan", "dalam") while another table has the name in full; a header's last word that is
a known word without its last letters; prose numbers that end with a separator before a new sentence does not begin; words known to be misread.

Limits: an author may have left the sentence unfinished; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.operands import vocabulary
from pipeline.audit.rule import Rule, finding
from pipeline.audit.spelling import known_word
from pipeline.model import Evidence, Finding

_CUT_NUMBER = re.compile(r"\bsebesar\s+(?:Rp\.?\s*)?\d+[.,](?:\s*$|\s+[a-z])")  # "sebesar 97. dan"
_LAST_WORD = re.compile(r"([A-Za-z]{5,})\W*$")
_DANGLING = ("yang", "dan", "dalam", "untuk", "pada", "oleh", "dengan", "serta", "di", "ke")

RULE = Rule(
    code="OCR001",
    name="Kemungkinan salah baca",
    family="OCR",
    severity="notice",
    texts={
        "": (
            "{jumlah} tempat mungkin salah dibaca dari pindaian, mis. {contoh}; periksa halamannya.",
            "{jumlah} places may have been misread from the scan, e.g. {contoh}; look at the page.",
        )
    },
    kriteria="Kesalahan pembaca, bukan penulis",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    found: list[tuple[Evidence, str]] = []
    names = [meaning(record.indikator) for record in doc.berkas.indikator]
    for table in doc.tables():
        for column in table.columns:
            match = _LAST_WORD.search(column.label)
            if match and column.label.count("/") and not known_word(match.group(1).lower()):
                word = match.group(1).lower()
                if any(known_word(word + end) for end in ("n", "an", "i", "a", "t", "si")):
                    found.append((Evidence(doc.sha256, table.where, column.label), match.group(1)))
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=False):
                if column.field not in ("indikator", "sasaran") or cell.inherited or not cell.text.strip():
                    continue
                words = cell.text.split()
                own = meaning(cell.text)
                if words[-1].lower() in _DANGLING and any(own < name for name in names):
                    found.append((Evidence(doc.sha256, cell.where, cell.text), f"… {words[-1]}"))
    misread = vocabulary()["misread"]
    for where, text in doc.spoken:
        match = _CUT_NUMBER.search(text)
        if match:
            found.append((Evidence(doc.sha256, where, text), match.group().strip()))
        strange = [word for word in re.findall(r"[a-z]{4,}", text) if word in misread]
        if strange:
            found.append((Evidence(doc.sha256, where, text), strange[0]))
    if found:
        shown = list(dict.fromkeys(word for _, word in found))
        yield finding(
            RULE,
            doc.berkas,
            found[0][0].where,
            evidence=[evidence for evidence, _ in found[:40]],
            found=", ".join(shown),
            jumlah=len(found),
            contoh=", ".join(f"“{word}”" for word in shown[:3]),
        )

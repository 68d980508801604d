"""One office, two tasks: vision, mission, goal or task differ within one file.

A file with two versions of an IKU gives the same office another task in each. Unless the organisation changed, one of them belongs to another office.

Wrong: *Tugas : membantu Asisten …* in the first version, *Tugas : merumuskan kebijakan …* in the second. Right: the same text, or a note of the change.

Decides: keys Visi, Misi, Tujuan, Tugas of one document that occur twice with values that share less than half of their words. One notice per
document.

Limits: a new plan brings a new vision; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding, KeyValue
from pipeline.normalize.names import content_words, normal

KEYS = ("visi", "misi", "tujuan", "tugas", "fungsi")

RULE = Rule(
    code="NAM003",
    name="Visi, misi, tujuan atau tugas berbeda dalam satu berkas",
    family="NAME",
    severity="notice",
    texts={
        "": (
            "{kunci} instansi yang sama berbeda antara dua bagian berkas ini.",
            "{kunci} of the same office differ between two parts of this file.",
        )
    },
    kriteria="Tugas dan fungsi mengikuti peraturan susunan organisasi",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "IKU":
        return
    first: dict[str, KeyValue] = {}
    found: list[tuple[str, Evidence, Evidence]] = []
    for block in doc.prose:
        if not isinstance(block, KeyValue) or normal(block.key) not in KEYS or not block.value.strip():
            continue
        other = first.setdefault(normal(block.key), block)
        a, b = content_words(other.value), content_words(block.value)
        if other is not block and 2 * len(a & b) < len(a | b):
            found.append(
                (
                    block.key,
                    cite(doc.berkas, block.where, f"{block.key} : {block.value}"),
                    cite(doc.berkas, other.where, f"{other.key} : {other.value}", role="counterpart"),
                )
            )
    if found:
        yield finding(
            RULE,
            doc.berkas,
            found[0][1].where,
            evidence=[evidence for _, *pair in found for evidence in pair],
            found=found[0][1].quote,
            expected=found[0][2].quote,
            kunci=", ".join(dict.fromkeys(key for key, _, _ in found)),
        )

"""The responsible unit of an indikator is named differently in two declarations.

A section that loses a word of its name between two documents is either another section or a slip.

Wrong: *Seksi Ekonomi dan Pembangunan* in one year, *Seksi Ekonomi* in the next. Right: the name of the organisation's regulation.

Decides: for the same (or renamed) indikator of one office, the words of the two names; one must contain the other's words and more.

Limits: a reorganisation looks the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.declarations import matched, successions
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding
from pipeline.normalize.names import content_words

RULE = Rule(
    code="CHG004",
    name="Nama penanggung jawab berbeda",
    family="CHANGE",
    severity="notice",
    scope="office",
    texts={
        "": (
            "Penanggung jawab “{indikator}” bernama “{lama}” ({dulu}) dan “{baru}” ({kini}).",
            "The unit responsible for “{indikator}” is called “{lama}” ({dulu}) and “{baru}” ({kini}).",
        )
    },
    kriteria="Nama unit kerja mengikuti peraturan susunan organisasi",
)


def check(ctx: Context) -> Iterable[Finding]:
    for before, after in successions(ctx):
        seen: set[tuple[frozenset[str], frozenset[str]]] = set()
        for pair in matched(before, after):
            old = before.doc.cell(pair.before, "penanggung_jawab")
            new = after.doc.cell(pair.after, "penanggung_jawab")
            if old is None or new is None:
                continue
            a, b = content_words(old.text), content_words(new.text)
            if not a or not b or not (a < b or b < a) or (a, b) in seen or len(a & b) < 2:
                continue
            seen.add((a, b))
            yield finding(
                RULE,
                after.doc.berkas,
                new.where,
                evidence=[cite(after.doc.berkas, new), cite(before.doc.berkas, old, role="counterpart")],
                found=new.text,
                expected=old.text,
                indikator=pair.after.indikator,
                lama=old.text,
                baru=new.text,
                dulu=before.label,
                kini=after.label,
            )

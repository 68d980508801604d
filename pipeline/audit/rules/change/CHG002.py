"""An indikator was renamed between years or versions.

Another name may be another thing: *rekomendasi yang ditindaklanjuti* and *hasil rapat yang ditindaklanjuti* are not comparable.

Wrong: the name changes from one year to the next without a word. Right: the same name, or a note that explains the change.

Decides: among the indikator without an equal name in the next declaration, the most alike are paired when half or more of their
meaning-bearing words agree. Spellings and abbreviations are no change.

Limits: two similar indikator of which one ended and the other began look like a renaming; hence a notice.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.declarations import matched, successions
from pipeline.audit.operands import apart
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

RULE = Rule(
    code="CHG002",
    name="Indikator berganti nama",
    family="CHANGE",
    severity="notice",
    scope="office",
    texts={
        "": (
            "Indikator “{lama}” ({dulu}) menjadi “{baru}” ({kini}) tanpa penjelasan.",
            "The indikator “{lama}” ({dulu}) became “{baru}” ({kini}) without explanation.",
        )
    },
    kriteria="PermenPANRB 53/2014: perbandingan antartahun",
)


def check(ctx: Context) -> Iterable[Finding]:
    for before, after in successions(ctx):
        for pair in matched(before, after):
            old, new = before.doc.cell(pair.before, "indikator"), after.doc.cell(pair.after, "indikator")
            if not pair.renamed or old is None or new is None:
                continue
            gone, added = apart(pair.before.indikator, pair.after.indikator)
            yield finding(
                RULE,
                after.doc.berkas,
                new.where,
                evidence=[cite(after.doc.berkas, new), cite(before.doc.berkas, old, role="counterpart")],
                found=pair.after.indikator,
                expected=pair.before.indikator,
                trace={"gone": sorted(gone), "added": sorted(added)},
                lama=pair.before.indikator,
                baru=pair.after.indikator,
                dulu=before.label,
                kini=after.label,
            )

"""Two functions of an office say the same.

A list of functions in which two items largely repeat each other was put together from two sources.

Wrong: *3. Pelaksanaan monitoring, evaluasi dan supervisi …* and *9. Pelaksanaan monitoring dan evaluasi …*. Right: one item.

Decides: items of the numbered list under "Fungsi"; four or more meaning-bearing words in each, and one item has two thirds of the other's words
beyond what most items share.

Limits: functions may differ in a single important word; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, value_lines, weigh
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, KeyValue
from pipeline.normalize.names import content_words, normal

_ITEM = re.compile(r"(?:^|\n|(?<=[;.]))\s*(?:\d{1,2}|[a-z])[.)]\s*")  # "3. Pelaksanaan …"

RULE = Rule(
    code="NAM004",
    name="Fungsi berulang",
    family="NAME",
    severity="notice",
    texts={
        "": (
            "Fungsi “{satu}” dan “{dua}” hampir sama.",
            "The functions “{satu}” and “{dua}” say nearly the same.",
        )
    },
    kriteria="Fungsi disebut satu kali",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for block in doc.prose:
        if not isinstance(block, KeyValue) or normal(block.key) != "fungsi":
            continue
        places = [
            (where, " ".join(item.split()))
            for where, line in value_lines(block)
            for item in _ITEM.split(line)
            if len(content_words(item)) >= 4
        ]
        weights = weigh(item for _, item in places)
        for position, (here, one) in enumerate(places):
            for there, two in places[position + 1 :]:
                a, b = weights.topic(one, 0.3), weights.topic(two, 0.3)
                if min(len(a), len(b)) >= 2 and 3 * len(a & b) >= 2 * min(len(a), len(b)):
                    yield finding(
                        RULE,
                        doc.berkas,
                        there,
                        evidence=[
                            cite(doc.berkas, there, two),
                            cite(doc.berkas, here, one, role="counterpart"),
                        ],
                        found=two,
                        satu=one,
                        dua=two,
                    )
                    return

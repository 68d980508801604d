"""Two functions of an office say the same.

A list of functions in which two items largely repeat each other was put together from two sources.

Wrong: *3. Pelaksanaan monitoring, evaluasi dan supervisi …* and *9. Pelaksanaan monitoring dan evaluasi …*. Right: one item.

Decides: items of the numbered list under "Fungsi"; four or more meaning-bearing words in each, and one item has three quarters of the other's words
beyond what most items share.

Limits: functions may differ in a single important word; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, weigh
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
        items = [" ".join(item.split()) for item in _ITEM.split(block.value) if len(content_words(item)) >= 4]
        weights = weigh(items)
        for position, one in enumerate(items):
            for two in items[position + 1 :]:
                a, b = weights.topic(one, 0.3), weights.topic(two, 0.3)
                if min(len(a), len(b)) >= 2 and len(a & b) >= 0.75 * min(len(a), len(b)):
                    yield finding(
                        RULE,
                        doc.berkas,
                        block.where,
                        evidence=[
                            cite(doc.berkas, block.where, one),
                            cite(doc.berkas, block.where, two, role="counterpart"),
                        ],
                        found=two,
                        satu=one,
                        dua=two,
                    )
                    return

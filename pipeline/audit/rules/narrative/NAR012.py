"""A list gives what was done of each item, and the result counts half-done items as done.

Five items with 100%, 50%, 50%, 100% and 0%, and below *(4 paket terlaksana / 5 paket) x 100% = 80%*: two are complete, and the mean is 60%.

Wrong: *4 / 5 = 80%* for the items above. Right: *2 / 5 = 40%*, or the mean, by the formula that the IKU declares.

Decides: a calculation "(a <things> … / k <things> …" in prose and, in the 25 pieces of text above it, a run of exactly k items with their own "realisasi/terlaksana n%"; a is not the number of
items at 100%, and some items lie between 0 and 100%.

Limits: an office may call a half-done item done by a rule of its own; it should say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where

_RATIO = re.compile(r"\(\s*(\d{1,2})\s+[a-z]+\b[^/=()]{0,100}/\s*(\d{1,2})\s+[a-z]+", re.IGNORECASE)
_ITEM = re.compile(
    r"\b(?:realisasi|terealisasi|terlaksana)\s*:?\s*(\d{1,3})\s?%", re.IGNORECASE
)  # "(realisasi 50%, …)"
_LATEX = re.compile(r"\\text\{([^}]*)\}")
REACH = 25

RULE = Rule(
    code="NAR012",
    name="Yang setengah selesai dihitung selesai",
    family="LOGIC",
    severity="warning",
    texts={
        "": (
            "Naskah menghitung {pembilang} dari {penyebut} selesai, padahal hanya {penuh} yang 100% (rata-rata {rata}%).",
            "The text counts {pembilang} of {penyebut} as done, but only {penuh} are at 100% (mean {rata}%).",
        )
    },
    kriteria="PermenPANRB 53/2014: realisasi sesuai data pendukung",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    spoken = doc.spoken
    for position, (where, text) in enumerate(spoken):
        match = _RATIO.search(_LATEX.sub(r"\1", text)) if "/" in text and "(" in text else None
        if match is None:
            continue
        done, total = int(match.group(1)), int(match.group(2))
        items = _items(spoken[max(0, position - REACH) : position])
        shares = [share for _, _, share in items]
        full = sum(share >= 100 for share in shares)
        if len(items) != total or total < 3 or done == full or not any(0 < share < 100 for share in shares):
            continue
        mean = f"{sum(shares) / total:.1f}".replace(".", ",").removesuffix(",0")
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[
                cite(doc.berkas, where, text),
                *(cite(doc.berkas, place, shown, role="counterpart") for place, shown, _ in items),
            ],
            found=str(done),
            expected=str(full),
            trace={"items": shares, "full": full, "printed": done},
            pembilang=done,
            penyebut=total,
            penuh=full,
            rata=mean,
        )


def _items(above: tuple[tuple[Where, str], ...]) -> list[tuple[Where, str, int]]:
    """The last run of items with a share of their own; a piece without one may stand between two (a page break)."""
    found: list[tuple[Where, str, int]] = []
    gap = 0
    for where, text in reversed(above):
        match = _ITEM.search(text)
        if match is not None:
            found.append((where, text, int(match.group(1))))
            gap = 0
        elif found and (gap := gap + 1) > 1:
            break
    return found[::-1]

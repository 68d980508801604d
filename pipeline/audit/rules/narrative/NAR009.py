"""A follow-up is reported complete, and the explanation above it says that something is not adopted yet.

"Realisasi … yang ditindaklanjuti sebesar 100%" closes a list in which a regulation was *belum disahkan*: the realisasi needs the counts behind it.

Wrong: *rancangan perda telah dibahas, namun belum disahkan*, and below *yang ditindaklanjuti sebesar 100%*. Right: *3 dari 4, 75%*.

Decides: a conclusion ("Kesimpulan", "realisasi", "Dengan demikian") that ends in "sebesar 100%" and speaks of what was ditindaklanjuti, diselesaikan, ditetapkan, disahkan or
disusun; between it and the sentence in which the same topic is opened (the nearest earlier paragraph with the same quoted name, else the heading), a sentence with "(namun) belum di…".

Limits: drafting may count as following up; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_CLOSED = re.compile(
    r"^\W*(?:kesimpulan|dengan demikian|sehingga realisasi|realisasi)\b.*\bdi(?:tindak\s?lanjuti|selesaikan|tetapkan|sahkan|susun)\b.{0,60}"
    r"\bsebesar\s+100\s?%",
    re.IGNORECASE | re.DOTALL,
)  # "Kesimpulan a) : realisasi … yang ditindaklanjuti” sebesar 100%."
_OPEN = re.compile(
    r"[^.]*\b(?:namun|tetapi|akan tetapi)\s+belum\s+di(?:sahkan|tetapkan|selesaikan|tindak\s?lanjuti|terbitkan|undangkan)\b[^.]*",
    re.IGNORECASE,
)  # "…, namun belum disahkan sebagai Peraturan Daerah"
_QUOTED = re.compile(r"[“\"]([^”\"]{20,160})[”\"]")
REACH = 25  # pieces of text above the conclusion

RULE = Rule(
    code="NAR009",
    name="Disebut ditindaklanjuti 100%, tetapi ada yang belum",
    family="LOGIC",
    severity="notice",
    texts={
        "": (
            "Realisasi tindak lanjut disebut 100%, padahal penjelasannya memuat “{belum}”.",
            "The follow-up is reported as 100%, but its explanation says “{belum}”.",
        )
    },
    kriteria="PermenPANRB 53/2014: realisasi sesuai data pendukung",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    spoken = doc.spoken
    for position, (where, text) in enumerate(spoken):
        if "100" not in text or not _CLOSED.match(text):
            continue
        name = _QUOTED.search(text)
        start = max(0, position - REACH)
        if name is not None:
            opened = [i for i in range(start, position) if name.group(1).lower() in spoken[i][1].lower()]
            start = opened[-1] if opened else start
        for place, sentence in spoken[start:position]:
            match = _OPEN.search(sentence)
            if match is not None:
                yield finding(
                    RULE,
                    doc.berkas,
                    where,
                    evidence=[
                        cite(doc.berkas, where, text),
                        cite(doc.berkas, place, match.group().strip(), role="counterpart"),
                    ],
                    found="100%",
                    belum=" ".join(match.group().split()[-16:]),
                )
                break

"""One paragraph says that something is not yet done, another that it is done to 90% or more.

"Masih banyak laporan belum memenuhi kualitas" and "aspek kualitas sebesar 96%" cannot both describe the same year.

Wrong: *masih banyak sekolah belum menerapkan standar*, and below *penerapan standar oleh sekolah sebesar 100%*.
Right: figures that show the shortfall, or a sentence that limits it.

Decides: the words after "belum" (up to "yang", "karena", "berdasarkan"; three or more of meaning, endings set aside) against paragraphs that state a percentage of 90 or more; two thirds of them
must stand there.

Limits: the two sentences may speak of different parts of the same thing; hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context, meaning
from pipeline.audit.rule import Rule, cite, finding
from pipeline.audit.spelling import roots_of
from pipeline.model import Finding, Where

_NOT_YET = re.compile(r"\bbelum\s+((?:[\w/-]+\s+){3,11}[\w/-]+)", re.IGNORECASE)  # "belum memenuhi kualitas …"
_STATED = re.compile(r"\bsebesar\s*:?\s*(\d{2,3}(?:,\d+)?)\s*%")  # "sebesar 96%"
_REASON = re.compile(r"\s(?:yang|karena|berdasarkan|sehingga|dikarenakan|sebagaimana)\s")  # what follows only explains
_EMPTY = frozenset(
    ("secara", "merata", "semua", "seluruh", "yang", "optimal", "maksimal", "baik", "merujuk", "masih", "sesuai")
)
HIGH = 90
SHARE = 2 / 3

RULE = Rule(
    code="NAR005",
    name="Disebut belum, tetapi angkanya hampir penuh",
    family="LOGIC",
    severity="notice",
    version=2,
    texts={
        "": (
            "Naskah menyebut “belum {klaim}”, tetapi di tempat lain {angka}.",
            "The text says “belum {klaim}” (not yet), but elsewhere {angka}.",
        )
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    stated: list[tuple[Where, str, frozenset[str], str]] = []
    for where, text in doc.spoken:
        match = _STATED.search(text)
        if match and float(match.group(1).replace(",", ".")) >= HIGH:
            before = text[: match.start()]
            stated.append((where, text, _stems(before), match.group()))
    for where, text in doc.spoken:
        for match in _NOT_YET.finditer(text):
            claim = _stems(_REASON.split(match.group(1))[0])
            if len(claim) < 3:
                continue
            other = next((s for s in stated if s[0] != where and len(claim & s[2]) >= SHARE * len(claim)), None)
            if other is not None:
                yield finding(
                    RULE,
                    doc.berkas,
                    where,
                    evidence=[cite(doc.berkas, where, text), cite(doc.berkas, other[0], other[1], role="counterpart")],
                    found=match.group(),
                    expected=other[3],
                    klaim=match.group(1),
                    angka=other[3],
                )
                break


def _stems(text: str) -> frozenset[str]:
    """The meaning-bearing words without affixes: *terap* for menerapkan and penerapan alike."""
    words = [word for word in meaning(text) if word not in _EMPTY and len(word) > 3]
    return frozenset(min(roots_of(word), key=lambda root: (len(root) < 4, len(root), root)) for word in words)

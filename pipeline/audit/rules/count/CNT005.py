"""A sentence announces a number of things, and the numbered list below has another.

"Terdapat dua kendala … yaitu" above three numbered points: one was added or split and the sentence not read again.

Wrong: *dua kendala, yaitu:* 1. … 2. … 3. … Right: *tiga kendala*.

Decides: a sentence with "terdapat", "ada", "ditetapkan" or the like right before "n (word)" or a number in words and a countable noun (kendala, sasaran, misi, program …), ending in "yaitu", "sebagai berikut" or "antara lain", and points
right below it numbered or lettered from the first on. A point further down that goes on with the next number belongs to the list.

Limits: bullets without numbers are not counted, for they may be points of points; a sentence that counts two kinds of things is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.audit.context import Context, parted
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Block, Finding, KeyValue, Paragraph
from pipeline.readings.words import COUNTING

_NOUN = (
    r"(?:kendala|hambatan|sasaran|tujuan|misi|program|kegiatan|strategi|kebijakan|faktor|permasalahan|masalah|isu|hal|bagian|aspek|komponen|"
    r"unsur|tahap(?:an)?|penghargaan|prestasi|agenda|tingkat(?:an)?|bidang|seksi|indikator)"
)
_COUNTED = re.compile(
    rf"\b(?:terdapat|ada|memiliki|mempunyai|ditetapkan|dirumuskan|ditemukan|dihadapi)\s+(?:sebanyak\s+)?"
    rf"((?:(\d{{1,2}})\s*\([a-z ]+\)|({'|'.join(reversed(COUNTING))}))\s+{_NOUN})\b",
    re.IGNORECASE,
)  # "ditetapkan 7 (tujuh) sasaran", "terdapat dua kendala"
_ENDS = re.compile(r"\b(?:yaitu|yakni|sebagai\s+berikut|antara\s+lain)\s*:?\s*$", re.IGNORECASE)
_MARKER = re.compile(r"^\(?(?:(\d{1,2})|([a-z]))[.)]$")
GAP = 3  # blocks without a number that may stand between two points of one list

RULE = Rule(
    code="CNT005",
    name="Daftar bernomor tidak sesuai dengan jumlah yang disebut",
    family="COUNT",
    severity="notice",
    texts={
        "": (
            "Disebut {disebut}, tetapi daftar di bawahnya memuat {dihitung} butir.",
            "“{disebut}” is announced, but the list below has {dihitung} points.",
        )
    },
    kriteria="Jumlah yang disebut sama dengan isi daftar",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    blocks = doc.prose
    for position, block in enumerate(blocks):
        if isinstance(block, KeyValue) or not _ENDS.search(block.text):
            continue
        said = list(_COUNTED.finditer(parted(block.text)[-1]))
        if len(said) != 1:
            continue
        phrase, digits, word = said[0].groups()
        number = int(digits) if digits else COUNTING.index(word.lower()) + 1
        points = _points(blocks[position + 1 : position + 60])
        if len(points) < 2 or len(points) == number:
            continue
        yield finding(
            RULE,
            doc.berkas,
            block.where,
            evidence=[
                cite(doc.berkas, block.where, block.text),
                *(cite(doc.berkas, point.where, point.text, role="counterpart") for point in points),
            ],
            found=str(len(points)),
            expected=str(number),
            disebut=phrase,
            dihitung=len(points),
        )


def _points(blocks: Sequence[Block]) -> list[Paragraph]:
    """The points 1, 2, 3 … (or a, b, c …) at the beginning of `blocks`."""
    points: list[Paragraph] = []
    kind = 0
    gap = 0
    for block in blocks:
        match = _MARKER.match(block.marker.strip()) if isinstance(block, Paragraph) else None
        if match is None or not isinstance(block, Paragraph):
            gap += 1
            if not points or gap > GAP:
                break
            continue
        here = 1 if match.group(1) else 2
        value = int(match.group(1)) if match.group(1) else ord(match.group(2)) - ord("a") + 1
        if value == len(points) + 1 and kind in (0, here):
            points.append(block)
            kind, gap = here, 0
        elif kind == here or not points:
            break
    return points

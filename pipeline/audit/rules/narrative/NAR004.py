"""The rank of one award is stated twice, differently.

"Peringkat ke-4 nasional" in the summary and "peringkat ke-12 nasional" in the chapter cannot both be this year's rank.

Wrong: summary *nilai kepatuhan 98,15, peringkat ke-empat terbaik nasional*; chapter *nilai 98,15, peringkat ke-12 nasional*.
Right: the same rank in both.

Decides: paragraphs that name the same giver (Ombudsman, KemenPANRB, BPK, …) and the same score; the first national rank in each. Words and digits count
alike.

Limits: a paragraph with several ranks is read by its first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where

_RANK = re.compile(
    r"\bperingkat\s+(?:ke[- ]?)?(\d{1,3}|\w+?)\b(?=[^.;]{0,30}\bnasional)", re.IGNORECASE
)  # "peringkat ke-12 nasional"
_GIVER = re.compile(r"\b(ombudsman|kemen\w*panrb|kementerian panrb|kemendagri|bpk|bkn|bpkp)\b", re.IGNORECASE)
_SCORE = re.compile(r"\b\d{1,3},\d{1,2}\b")
_WORDS = {
    word: number
    for number, words in enumerate(
        ("satu pertama kesatu", "dua kedua", "tiga ketiga", "empat keempat", "lima kelima", "enam keenam", "tujuh ketujuh",
         "delapan kedelapan", "sembilan kesembilan", "sepuluh kesepuluh"), start=1)
    for word in words.split()
}  # fmt: skip

RULE = Rule(
    code="NAR004",
    name="Peringkat yang sama disebut berbeda",
    family="LOGIC",
    severity="warning",
    texts={
        "": (
            "Peringkat nasional dari {pemberi} (nilai {nilai}) disebut {satu} dan {dua}.",
            "The national rank by {pemberi} (score {nilai}) is given as {satu} and as {dua}.",
        )
    },
    kriteria="Angka yang sama harus sama di seluruh naskah",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    first: dict[tuple[str, str], tuple[int, Where, str]] = {}
    for where, text in doc.spoken:
        giver, rank, score = _GIVER.search(text), _RANK.search(text), _SCORE.search(text)
        if giver is None or rank is None or score is None:
            continue
        word = rank.group(1).lower()
        number = int(word) if word.isdigit() else _WORDS.get(word)
        if number is None:
            continue
        key = (giver.group(1).lower(), score.group())
        other = first.setdefault(key, (number, where, text))
        if other[0] != number:
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[cite(doc.berkas, where, text), cite(doc.berkas, other[1], other[2], role="counterpart")],
                found=str(number),
                expected=str(other[0]),
                pemberi=giver.group(1),
                nilai=score.group(),
                satu=other[0],
                dua=number,
            )

"""Table numbers that are doubled, missing or lead nowhere.

A reader follows "tabel 3.4" to its table. Two tables of one number, a number that is skipped, or a reference to a number that no table has
leave him searching.

Wrong: two tables are called 2.3; the text refers to tabel 4.1, which does not exist. Right: one number, one table.

Decides: captions "Tabel n.m"; a number with two captions of different titles; a gap inside a chapter's series; a reference without a caption
(only where the document has captions of that chapter); a caption of a chapter after the last "BAB", or without chapter among five or more with one.

Limits: a caption that the reader lost looks like a gap; hence notices.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from pipeline.audit.captions import Caption, captions, references
from pipeline.audit.context import Context, meaning
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Heading, Paragraph

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
_CHAPTER = re.compile(r"^\W*BAB\s+(VIII|VII|VI|IV|V|III|II|I)\b(?!.*\.{3})", re.IGNORECASE)  # "BAB III AKUNTABILITAS"
_PLAIN = re.compile(r"^\W*Tabel\s+(\d{1,2})\s*[.:]?\s+(?!\d)([A-Z].{5,120})$")  # "Tabel 1. Perhitungan Indeks"
MANY = 5  # captions with a chapter from which one without is a stranger

RULE = Rule(
    code="REF001",
    name="Nomor tabel ganda, terlewat atau tidak ada",
    family="REF",
    severity="notice",
    version=2,
    texts={
        "twice": (
            "Nomor tabel {nomor} dipakai dua kali: “{satu}” dan “{dua}”.",
            "Table number {nomor} is used twice: “{satu}” and “{dua}”.",
        ),
        "gap": (
            "Nomor tabel {nomor} terlewat sebelum tabel {satu}.",
            "Table number {nomor} is skipped before table {satu}.",
        ),
        "chapter": (
            "Tabel {nomor} bernomor bab yang tidak ada: bab terakhir adalah {satu}.",
            "Table {nomor} has the number of a chapter that does not exist: the last one is {satu}.",
        ),
        "style": (
            "Tabel {nomor} (“{satu}”) bernomor tanpa bab, tabel lain bernomor seperti {dua}.",
            "Table {nomor} (“{satu}”) is numbered without its chapter, the other tables like {dua}.",
        ),
        "nowhere": (
            "Naskah menunjuk tabel {nomor}, yang tidak ada.",
            "The text refers to table {nomor}, which does not exist.",
        ),
    },
    kriteria="Penomoran tabel",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    found = list(captions(doc))
    by_number: dict[str, list[Caption]] = defaultdict(list)
    for caption in found:
        by_number[caption.number].append(caption)
    for number, same in by_number.items():
        other = next((c for c in same[1:] if meaning(c.title) != meaning(same[0].title)), None)
        if other is not None and meaning(same[0].title) and meaning(other.title):
            yield finding(
                RULE,
                doc.berkas,
                other.where,
                "twice",
                evidence=[
                    cite(doc.berkas, other.where, f"Tabel {number} {other.title}"),
                    cite(doc.berkas, same[0].where, f"Tabel {number} {same[0].title}", role="counterpart"),
                ],
                found=number,
                nomor=number,
                satu=same[0].title,
                dua=other.title,
            )
    yield from _gaps(ctx, by_number)
    yield from _strangers(ctx, found)
    chapters = {number.split(".")[0] for number in by_number}
    said: set[str] = set()
    for number, block in references(doc):
        if number not in by_number and number not in said and number.split(".")[0] in chapters and len(found) > 3:
            said.add(number)
            yield finding(
                RULE,
                doc.berkas,
                block.where,
                "nowhere",
                evidence=[cite(doc.berkas, block.where, block.text)],
                found=number,
                nomor=number,
            )


def _gaps(ctx: Context, by_number: dict[str, list[Caption]]) -> Iterable[Finding]:
    doc = ctx.doc
    chapters: dict[int, list[int]] = defaultdict(list)
    for number in by_number:
        head, part = number.split(".")
        chapters[int(head)].append(int(part))
    for chapter, numbers in sorted(chapters.items()):
        for one, two in pairwise(sorted(numbers)):
            if two - one == 2:
                missing, after = f"{chapter}.{one + 1}", f"{chapter}.{two}"
                caption = by_number[after][0]
                yield finding(
                    RULE,
                    doc.berkas,
                    caption.where,
                    "gap",
                    evidence=[cite(doc.berkas, caption.where, f"Tabel {after} {caption.title}")],
                    found=after,
                    expected=missing,
                    nomor=missing,
                    satu=after,
                )


def _strangers(ctx: Context, found: list[Caption]) -> Iterable[Finding]:
    """Captions that follow another document's numbering: a chapter beyond the last, or no chapter at all."""
    doc = ctx.doc
    headings = [block for block in doc.prose if isinstance(block, Heading | Paragraph) and len(block.text) < 200]
    chapters = {ROMAN[match.group(1).upper()] for block in headings if (match := _CHAPTER.match(block.text))}
    last = max(chapters, default=0)
    if len(chapters) >= 3 and chapters == set(range(1, last + 1)):
        beyond = next((caption for caption in found if int(caption.number.split(".")[0]) > last), None)
        if beyond is not None:
            yield finding(
                RULE,
                doc.berkas,
                beyond.where,
                "chapter",
                evidence=[cite(doc.berkas, beyond.where, f"Tabel {beyond.number} {beyond.title}")],
                found=beyond.number,
                nomor=beyond.number,
                satu=next(name for name, value in ROMAN.items() if value == last),
            )
    plain = [(block, match) for block in headings if (match := _PLAIN.match(block.text))]
    if plain and len(found) >= MANY:
        block, match = plain[0]
        yield finding(
            RULE,
            doc.berkas,
            block.where,
            "style",
            evidence=[cite(doc.berkas, one.where, one.text) for one, _ in plain],
            found=match.group(1),
            nomor=match.group(1),
            satu=match.group(2).strip(),
            dua=found[0].number,
        )

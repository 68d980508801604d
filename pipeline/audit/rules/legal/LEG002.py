"""A regulation is cited that had been replaced before the document was written.

A decree that rests on a repealed regulation has no legal basis there, and a report that follows it follows the wrong form.

Wrong: a decree of 2024 *mengingat Peraturan Menteri Dalam Negeri Nomor 13 Tahun 2006*. Right: *Peraturan Menteri Dalam Negeri Nomor 77 Tahun 2020*.

Decides: kind, issuer, number and year of the citation, against a table of regulations of this field and those that replaced them; the document's year lies after the replacement's. Sentences that
say themselves that it was replaced (dicabut, diganti, tidak berlaku) are left out. One notice per regulation.

Limits: only the regulations of the table; a look back at an earlier year may cite the old one rightly, hence a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Evidence, Finding
from pipeline.resources import read_yaml

_ENDED = re.compile(r"\b(?:dicabut|pencabutan|diganti\w*|menggantikan|pengganti|tidak berlaku)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=;)\s+|(?<=[.])\s+(?=[A-Z0-9])")

RULE = Rule(
    code="LEG002",
    name="Dasar hukum yang sudah diganti",
    family="LEGAL",
    severity="notice",
    texts={
        "": (
            "{lama} telah diganti dengan {baru}, sebelum dokumen tahun {tahun} ini.",
            "{lama} was replaced by {baru}, before this document of {tahun}.",
        )
    },
    kriteria="UU 12/2011: peraturan yang dicabut tidak berlaku",
)


class Repealed(NamedTuple):
    """A regulation and what replaced it; `cited` finds it in any of its usual spellings."""

    name: str
    by: str
    year: int
    issued: str
    cited: re.Pattern[str]


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    year = doc.dokumen.tahun
    if year is None:
        return
    for old in repealed():
        if year <= old.year:
            continue
        places: list[Evidence] = []
        for where, text in doc.spoken:
            if old.issued not in text or not old.cited.search(text):
                continue
            for sentence in _SENTENCE.split(text):
                if old.cited.search(sentence) and not _ENDED.search(sentence):
                    places.append(cite(doc.berkas, where, sentence))
        if places:
            yield finding(
                RULE,
                doc.berkas,
                places[0].where,
                evidence=places,
                found=old.name,
                expected=old.by,
                suggestion=old.by,
                lama=old.name,
                baru=old.by,
                tahun=year,
            )


@cache
def repealed() -> tuple[Repealed, ...]:
    """The table beside this file."""
    entries = read_yaml(Path(__file__).with_name("dicabut.yml"))
    return tuple(
        Repealed(
            entry["lama"],
            entry["oleh"],
            entry["tahun"],
            str(entry["terbit"]),
            re.compile(
                rf"\b(?:{'|'.join(entry['sebutan'])})\s*(?:\([A-Za-z]+\)\s*)?(?:RI\s+|Republik\s+Indonesia\s+)?(?:nomor|no\.?)?\s*:?\s*0?{entry['nomor']}\s*"
                rf"(?:/\s*|tahun\s+){entry['terbit']}\b",
                re.IGNORECASE,
            ),
        )
        for entry in entries
    )

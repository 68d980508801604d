"""A citation of a regulation contradicts itself: a gazette of another year or kind, or an amendment older than itself.

Legal grounds are copied from last year's document and patched: the number of one law stands with the gazette of another, a ministerial regulation is called Peraturan Pemerintah.

Wrong: *Undang-Undang Nomor 2 Tahun 2020 … (Lembaran Negara … Tahun 2003 Nomor 47)*. Right: *(Lembaran Negara … Tahun 2020 Nomor 134)*.

Decides: (year) a law, government or presidential regulation or Peraturan Daerah with a Lembaran of a year that none of the regulations named before it since the last Lembaran or
semicolon has; (gazette) one of the first three, of 1960 or later, in the Berita Negara, where ministerial regulations are published; (order) "sebagaimana telah diubah … dengan"
followed by a regulation of an earlier year.

Limits: what the regulation is about is not checked against its number; gazettes behind a number of another kind of regulation (Keputusan Presiden, Peraturan Kepala Badan) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding

_CITED = re.compile(
    r"\b(Undang\s?-\s?Undang|Peraturan\s+(?:Pemerintah|Presiden|Daerah|Menteri|Bupati|Gubernur|Wali\s?kota))"
    r"([^();]{0,70}?)(?:Nomor|No\.?)\s*(\d{1,3})\s*(?:Tahun\s*|/\s*)((?:19|20)\d\d)\b",
    re.IGNORECASE,
)  # "Peraturan Daerah Kabupaten Contoh Nomor 8 Tahun 2016"
_GAZETTE = re.compile(
    r"\(\s*(Lembaran|Berita)\s+(Negara|Daerah)\b[^();]{0,60}?\bTahun\s*((?:19|20)\d\d)\b", re.IGNORECASE
)  # "(Lembaran Negara Republik Indonesia Tahun 2004 Nomor 194"
_NUMBERED = re.compile(
    r"\bNo(?:mor|\.)?\s*\d{1,3}\s*(?:Tahun\s*|/\s*)(?:19|20)\d\d\b", re.IGNORECASE
)  # "Nomor 42 Tahun 2002"
_AMENDED = re.compile(r"\bdiubah\b[^();]{0,40}?\b(?:dengan|oleh)\s*$", re.IGNORECASE)  # "… diubah kedua kalinya dengan"
_NATIONAL = re.compile(r"undang|pemerintah|presiden", re.IGNORECASE)
_OLD = 1960
"""Laws of the first years of the republic were published in the Berita Negara."""

RULE = Rule(
    code="LEG004",
    name="Kutipan peraturan bertentangan dengan dirinya",
    family="LEGAL",
    severity="warning",
    texts={
        "year": (
            "{peraturan} dikutip dengan {lembaran} tahun {tahun}.",
            "{peraturan} is cited with the {lembaran} of {tahun}.",
        ),
        "gazette": (
            "{peraturan} dikutip dengan Berita Negara, tempat peraturan menteri diundangkan.",
            "{peraturan} is cited with the Berita Negara, where ministerial regulations are published.",
        ),
        "order": (
            "{peraturan} disebut diubah dengan {baru}, yang lebih tua.",
            "{peraturan} is said to be amended by {baru}, which is older.",
        ),
    },
    kriteria="UU 12/2011: pengundangan dan perubahan peraturan",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    seen: set[tuple[str, str]] = set()
    for where, text in doc.spoken:
        for key, quote, arguments in _odd(" ".join(text.split())):
            if (key, arguments["peraturan"]) in seen:
                continue
            seen.add((key, arguments["peraturan"]))
            evidence = [cite(doc.berkas, where, quote)]
            words: dict[str, Any] = dict(arguments)
            yield finding(RULE, doc.berkas, where, key, evidence=evidence, found=quote, **words)


def _odd(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(template, words, arguments) of each contradiction in one paragraph."""
    cited = list(_CITED.finditer(text))
    for one, next_one in pairwise(cited):
        between = text[one.end() : next_one.start()]
        if ";" not in between and _AMENDED.search(between) and int(next_one[4]) < int(one[4]):
            yield "order", text[one.start() : next_one.end()], {"peraturan": _name(one), "baru": _name(next_one)}
    last = 0
    for gazette in _GAZETTE.finditer(text):
        start, last = max(last, text.rfind(";", 0, gazette.start())), gazette.end()
        near = [one for one in cited if start <= one.start() and one.end() <= gazette.start()]
        if not near or len(near) < sum(1 for _ in _NUMBERED.finditer(text, start, gazette.start())):
            continue  # none, or the gazette may be that of a regulation of another kind
        quote = text[near[-1].start() : gazette.end()]
        kind, of, year = gazette.groups()
        national = all(_NATIONAL.search(one[1]) for one in near)
        if kind.lower() == "berita":
            if national and of.lower() == "negara" and int(near[-1][4]) >= _OLD:
                yield "gazette", quote, {"peraturan": _name(near[-1])}
        elif (national or near[-1][1].lower().endswith("daerah")) and year not in {one[4] for one in near}:
            yield "year", quote, {"peraturan": _name(near[-1]), "lembaran": f"{kind} {of}", "tahun": year}


def _name(one: re.Match[str]) -> str:
    return f"{one[1]}{one[2].rstrip()} Nomor {one[3]} Tahun {one[4]}"

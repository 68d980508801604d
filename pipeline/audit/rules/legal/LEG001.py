"""One regulation, two titles.

A decree that cites the same regulation twice under different titles has one of them wrong, and its legal basis is in doubt.

Wrong: *PER/9/M.PAN/5/2007 tentang Pedoman Umum Penetapan …* and, below, *09/M.PAN/05/2007 tentang Pedoman Penyusunan …*.
Right: the same title twice.

Decides: kind, number and year of the regulation, and the words of its title after "tentang"; leading noughts and punctuation count for nothing. Titles that only
stop earlier are no difference. A citation that goes on with that title without "tentang" is said once. Known titles of the regulations that govern these reports decide which is wrong.

Limits: titles are compared by their first six words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, Where
from pipeline.normalize.names import key_of, normal

_CITED = re.compile(
    r"\b(?P<kind>Undang-\s?Undang|Peraturan\s+Pemerintah|Peraturan\s+Presiden|Peraturan\s+Menteri|Peraturan\s+Bupati|"
    r"Peraturan\s+Gubernur|Peraturan\s+Wali\s?kota|Peraturan\s+Daerah)\b(?P<office>[^.;:]{0,110}?)\b[Nn]o(?:mor|\.)?\s*:?\s*"
    r"(?P<number>[\w./-]{1,25}?)(?:\s+[Tt]ahun\s+(?P<year>\d{4}))?\s+tentang\s+(?P<title>[^;:.()“”]{15,160})"
)  # "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem …"
WORDS = 5
TITLES = {
    ("undang undang", "28", "1999"): "penyelenggara negara yang bersih dan bebas dari korupsi kolusi dan nepotisme",
    ("peraturan presiden", "29", "2014"): "sistem akuntabilitas kinerja instansi pemerintah",
    ("peraturan pemerintah", "8", "2006"): "pelaporan keuangan dan kinerja instansi pemerintah",
    ("undang undang", "23", "2014"): "pemerintahan daerah",
}

RULE = Rule(
    code="LEG001",
    name="Satu peraturan, dua judul",
    family="LEGAL",
    severity="notice",
    version=2,
    texts={
        "": (
            "{peraturan} disebut “tentang {satu}” dan “tentang {dua}”.",
            "{peraturan} is cited as “tentang {satu}” and as “tentang {dua}”.",
        ),
        "tentang": (
            "{peraturan} disebut dengan judulnya tanpa kata “tentang”: “{satu}”.",
            "{peraturan} is cited with its title but without “tentang”: “{satu}”.",
        ),
        "known": (
            "{peraturan} berjudul “{benar}”, bukan “{satu}”.",
            "{peraturan} is titled “{benar}”, not “{satu}”.",
        ),
    },
    kriteria="Dasar hukum disebut dengan judulnya",
)


_BARE = re.compile(
    r"\b(?P<kind>Peraturan\s+(?:Pemerintah|Presiden|Menteri|Bupati|Gubernur|Wali\s?kota|Daerah))\b(?P<office>[^.;:\d]{0,60}?)\b[Nn]o(?:mor|\.)?\s*:?\s*"
    r"(?P<number>\d{1,3})\s+[Tt]ahun\s+(?P<year>\d{4})\s+(?P<title>(?:[A-Z][a-z]+ ){2}[A-Z][a-z]+)"
)  # "Peraturan Bupati Contoh nomor 99 tahun 2021 Rencana Strategis Perangkat"


_RULED = re.compile(r"\bPeraturan\s+[A-Z]")  # where a citation may begin, also inside another one


class Citation(NamedTuple):
    where: Where
    shown: str
    title: str


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    first: dict[tuple[str, str, str], Citation] = {}
    said: set[tuple[str, str, str]] = set()
    for where, text in doc.spoken:
        for match in _CITED.finditer(text):
            key = _key(match)
            cited = Citation(where, " ".join(match.group().split()), match["title"].strip())
            other = first.setdefault(key, cited)
            name = f"{match['kind']} {match['number']}" + (f" Tahun {match['year']}" if match["year"] else "")
            if key in TITLES and key not in said and not _same(cited.title, TITLES[key]):
                said.add(key)
                yield finding(
                    RULE, doc.berkas, where, "known", evidence=[cite(doc.berkas, where, cited.shown)],
                    found=cited.title, expected=TITLES[key], peraturan=name, benar=TITLES[key], satu=cited.title,
                )  # fmt: skip
            elif key not in said and not _same(cited.title, other.title):
                said.add(key)
                yield finding(
                    RULE,
                    doc.berkas,
                    where,
                    evidence=[
                        cite(doc.berkas, where, cited.shown),
                        cite(doc.berkas, other.where, other.shown, role="counterpart"),
                    ],
                    found=cited.title,
                    expected=other.title,
                    peraturan=name,
                    satu=other.title,
                    dua=cited.title,
                )
    yield from _bare(doc)


def _bare(doc: Doc) -> Iterable[Finding]:
    """Citations that go on with the title that the same regulation has elsewhere, but lost the word "tentang"."""
    titled: dict[tuple[str, str, str], Citation] = {}
    places: dict[tuple[str, str, str], list[tuple[Where, str, str]]] = {}
    for where, text in doc.spoken:
        for start in (match.start() for match in _RULED.finditer(text)):
            full, bare = _CITED.match(text, start), _BARE.match(text, start)
            if full is not None and not any(sign.isdigit() for sign in full["office"]):
                titled.setdefault(_key(full), Citation(where, " ".join(full.group().split()), full["title"].strip()))
            if bare is not None:
                places.setdefault(_key(bare), []).append((where, " ".join(bare.group().split()), bare["title"]))
    for key, cited in places.items():
        other = titled.get(key)
        shown = [(where, text) for where, text, title in cited if other and _same(title, other.title)]
        if other is None or not shown:
            continue
        yield finding(
            RULE,
            doc.berkas,
            shown[0][0],
            "tentang",
            evidence=[
                *(cite(doc.berkas, where, text) for where, text in shown),
                cite(doc.berkas, other.where, other.shown, role="counterpart"),
            ],
            found=shown[0][1],
            expected=other.shown,
            peraturan=f"{key[0].capitalize()} {key[1]}/{key[2]}",
            satu=shown[0][1],
        )


def _key(match: re.Match[str]) -> tuple[str, str, str]:
    kind = normal(match["kind"])
    digits = re.findall(r"\d+", match["number"])
    year = match["year"] or (digits[-1] if len(digits) > 1 else "")
    return kind, "/".join(str(int(one)) for one in digits if one != match["year"]), year


def _same(one: str, other: str) -> bool:
    a, b = key_of(one).split()[:WORDS], key_of(other).split()[:WORDS]
    shorter = min(len(a), len(b))
    return a[:shorter] == b[:shorter]

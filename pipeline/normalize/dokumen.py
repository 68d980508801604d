"""Says what a document is: its kind, office, region, year or period, number, date and signatory, from its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from pipeline.model import Block, Dokumen, Extraction, Heading, Instansi, KeyValue, LogicalTable, Paragraph
from pipeline.normalize.instansi import data_file, find_region, kind_of, parse_instansi, region_of_place, with_region
from pipeline.normalize.names import fold, normal

TITLE_BLOCKS = 40  # how many leading blocks may carry the title page
TITLE_LENGTH = 220  # a longer paragraph is prose

_YEAR = r"(?:19|20)\d\d"
_TITLE_YEAR = re.compile(rf"\bTAHUN(?:\s+ANGGARAN)?\s*({_YEAR})\b(?!\s*tentang)", re.IGNORECASE)  # "TAHUN 2022"
_LEGAL_YEAR = re.compile(r"(?:nomor|no\.?)\s*[\w./-]+\s*$", re.IGNORECASE)  # "Nomor 53 tahun 2014" is a law's year
_BARE_YEAR = re.compile(rf"^\W*({_YEAR})\W*$")
_PERIOD = re.compile(rf"\b({_YEAR})\s*[-–—]\s*({_YEAR})\b")  # "2021-2026"
_DATED = re.compile(rf"^\W*([A-Z][A-Za-z ]{{2,30}}),\s*(?:tanggal\s+)?(\d{{1,2}})?\s*([A-Za-z]+)\s+({_YEAR})\b")
_NUMBER = re.compile(r"^\W*nomor\s*:?\s*([\w./ -]*\d[\w./ -]*)", re.IGNORECASE)  # "Nomor : 065/43.1/2024"
_NIP = re.compile(r"\bNIP\b", re.IGNORECASE)
_TITLED_NAME = re.compile(r"[A-Z][\w.' ]+(?:,\s*[A-Z][\w. ]*)*")
_ACADEMIC = re.compile(r"^(?:Prof|Dr|Drs|Dra|Ir|H|Hj|drg|dr)\.\s*")  # "Drs. NAME"
_OFFICE = re.compile(
    r"\b(?:badan koordinasi wilayah|rumah sakit umum daerah|rsud|satuan polisi pamong praja|inspektorat|dinas|badan|biro|"
    r"bagian|sekretariat daerah|sekretariat dprd|kecamatan|kelurahan|bappeda|bpbd|bpkad)\b",
    re.IGNORECASE,
)
_OFFICE_END = re.compile(
    rf"\b(?:tahun|ta|periode|triwulan|nomor|tentang|{_YEAR})\b|[:;()\[\]|.\n]|,(?!\s+[A-Z])", re.IGNORECASE
)
_CAPITALISED = re.compile(r"(?:[A-Z][\w&/'-]*\.?,?|dan|&|di)(?:\s+|$)")


@cache
def _kinds() -> dict[str, Any]:
    return data_file("kinds.yml")


def _text(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _titles(blocks: Sequence[Block]) -> list[str]:
    """Short texts at the start and headings anywhere: where a document names itself."""
    leading = [_text(block) for block in blocks[:TITLE_BLOCKS]]
    return [text for text in leading if text and len(text) <= TITLE_LENGTH]


def office_phrase(text: str) -> str | None:
    """The office that a line names: from the word for its kind over the capitalised words that follow."""
    match = _OFFICE.search(text)
    if not match:
        return None
    tail = text[match.start() :]
    end = _OFFICE_END.search(tail, match.end() - match.start())
    tail = tail[: end.start()] if end else tail
    position = 0
    while word := _CAPITALISED.match(tail, position):
        position = word.end()
    phrase = re.sub(r"\s+(?:dan|di|&)$", "", tail[:position].strip(" ,"))
    return phrase if len(phrase.split()) > 1 or phrase.lower().startswith("inspektorat") else None


def _office(blocks: Sequence[Block], titles: Sequence[str]) -> Instansi | None:
    keys = set(_kinds()["office_keys"])
    for block in blocks:
        if isinstance(block, KeyValue) and normal(block.key) in keys | {normal(key) for key in keys}:
            office = parse_instansi(block.value.split("\n")[0])
            if office.jenis:
                return office
    votes: Counter[str] = Counter()
    printed: dict[str, Instansi] = {}

    def vote(text: str, weight: int) -> None:
        phrase = office_phrase(text)
        if phrase:
            office = parse_instansi(phrase)
            name = office.kunci.rsplit("|", 1)[0]
            votes[name] += weight
            known = printed.get(name)
            if known is None or (office.wilayah and not known.wilayah):
                printed[name] = office

    for index, title in enumerate(titles):
        vote(title, 20 if index < 12 else 5)
    for block in blocks:
        text = _text(block)
        if len(text) > TITLE_LENGTH or not isinstance(block, Paragraph):
            for match in list(_OFFICE.finditer(text))[:3]:
                vote(text[match.start() : match.start() + 120], 1)
        elif text.lower().startswith("kepala "):
            vote(text, 10)
    if not votes:
        return None
    best = max(votes, key=lambda name: (votes[name], -list(votes).index(name)))
    return printed[best]


def _region(blocks: Sequence[Block], office: Instansi) -> Instansi:
    """The office with the region that titles or most of the prose name, else the place of signing."""
    if office.wilayah:
        return office
    votes: Counter[tuple[str, str]] = Counter()
    for index, block in enumerate(blocks):
        text = _text(block)
        wilayah, tingkat, _ = find_region(text)
        if wilayah and tingkat:
            votes[(wilayah, tingkat)] += 10 if index < TITLE_BLOCKS and len(text) <= TITLE_LENGTH else 1
    if votes:
        (wilayah, tingkat), _ = votes.most_common(1)[0]
        return with_region(office, wilayah, tingkat)
    for block in blocks:
        dated = _DATED.match(fold(_text(block)))
        if dated:
            return with_region(office, *region_of_place(dated.group(1)))
    return office


def _kind(titles: Sequence[str], headings: Iterable[str], tables: Sequence[LogicalTable]) -> str:
    phrases: list[tuple[str, str]] = [
        (f" {phrase} ", kind) for kind, group in _kinds()["titles"].items() for phrase in group
    ]
    for title in titles[:15]:
        spaced = f" {title.lower().replace('(', ' ').replace(')', ' ')} "
        spaced = f" {' '.join(spaced.split())} "
        hits = [(spaced.find(phrase), kind) for phrase, kind in phrases if phrase in spaced]
        if hits:
            return min(hits, key=lambda hit: hit[0])[1]
    votes: Counter[str] = Counter()
    for table in tables:
        kind = _kinds()["tables"].get(table.kind)
        if kind:
            votes[kind] += len(table.rows)
    for heading in headings:
        for phrase, kind in phrases:
            if phrase in f" {heading.lower()} ":
                votes[kind] += 2
    return votes.most_common(1)[0][0] if votes else "lain"


def _years(titles: Sequence[str], blocks: Sequence[Block], kind: str) -> tuple[int | None, int | None]:
    """(year, None) or (first, last year of a period): from a line that is a title, else from what the text speaks of most.
    A caption among the first blocks ("… Tahun 2015" of a comparison) is no title."""
    if kind == "Renstra":
        periods = [tuple(map(int, match.groups())) for title in titles for match in _PERIOD.finditer(title)]
        if periods:
            first, last = max(periods, key=lambda period: period[1] - period[0])
            return first, last
    strong = [title for title in titles if _is_title(title)]
    for title in strong:
        period = _PERIOD.search(title)
        if period:
            return int(period.group(1)), int(period.group(2))
        year = next(iter(_named_years(title)), None) or next(iter(_bare_year(title)), None)
        if year:
            return year, None
    weak = [year for title in titles for year in (*_named_years(title), *_bare_year(title))]
    votes = Counter(year for block in blocks for year in _named_years(_text(block)))
    most = max(votes.values(), default=0)
    often = [year for year, number in votes.items() if number >= 2 and number * 10 >= most * 7]
    return max([*weak[:1], *often], default=None), None  # a report looks back more than ahead


def _is_title(text: str) -> bool:
    """A line in capitals, a year by itself, or one that begins with the name of a kind of document."""
    lowered = " ".join(text.lower().split())
    phrases = tuple(phrase for group in _kinds()["titles"].values() for phrase in group if len(phrase) > 4)
    letters = [char for char in text if char.isalpha()]
    capitals = bool(letters) and sum(char.isupper() for char in letters) >= 0.8 * len(letters)
    return capitals or bool(_BARE_YEAR.match(text)) or (len(text) < 120 and lowered.startswith(phrases))


def _named_years(text: str) -> list[int]:
    """Years after "tahun", but not those of laws."""
    found = _TITLE_YEAR.finditer(text)
    return [int(match.group(1)) for match in found if not _LEGAL_YEAR.search(text[: match.start()])]


def _bare_year(text: str) -> list[int]:
    match = _BARE_YEAR.match(text)
    return [int(match.group(1))] if match else []


def _signing(blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """(date in ISO form or year-month, name above the first NIP)."""
    months = _kinds()["months"]
    date = None
    for block in blocks:
        match = _DATED.match(fold(_text(block)))
        if match and match.group(3).lower() in months and date is None:
            date = f"{match.group(4)}-{months.index(match.group(3).lower()) + 1:02d}"
            if match.group(2):
                date += f"-{int(match.group(2)):02d}"
    texts = [line for block in blocks for line in _text(block).split("\n") if line.strip()]
    for index, line in enumerate(texts):
        if _NIP.search(line):
            before = line[: _NIP.search(line).start()].strip(" .,")  # type: ignore[union-attr]
            for candidate in [before, *reversed(texts[max(0, index - 3) : index])]:
                name = candidate.strip(" *_.")
                looks_like_one = ("," in name or name == name.upper() or _ACADEMIC.match(name)) and 0 < len(name) < 60
                if looks_like_one and _TITLED_NAME.match(name) and not kind_of(name)[0]:
                    return date, name
            break
    return date, None


def describe(extraction: Extraction, path: str, tables: Sequence[LogicalTable]) -> Dokumen:
    """What the document says of itself. Parts it does not state are None; nothing is taken from the file's name."""
    blocks = [block for block in extraction.blocks if isinstance(block, Heading | Paragraph | KeyValue)]
    titles = _titles(extraction.blocks) + [table.title for table in tables[:2] if table.title]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    office = _region(blocks, _office(blocks, titles) or Instansi(""))
    date, signatory = _signing(blocks)
    kind = _kind(titles, headings, tables)
    first, last = _years(titles, blocks, kind)
    number = next(
        (m.group(1).strip() for b in blocks if (m := _NUMBER.match(fold(_text(b)))) and len(_text(b)) < 80), None
    )
    return Dokumen(
        sha256=extraction.sha256,
        path=path,
        media=extraction.media,
        kind=kind,
        instansi=office,
        tahun=first,
        tahun_akhir=last,
        nomor=number,
        tanggal=date,
        penandatangan=signatory,
        notes=extraction.notes,
    )

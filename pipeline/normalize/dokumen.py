"""Says what a document is: its kind, office, region, year or period, number, date and signatory, from its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from pipeline.model import Block, Dokumen, Extraction, Heading, KeyValue, LogicalTable, Paragraph
from pipeline.normalize.instansi import data_file
from pipeline.normalize.letterhead import office_of, text_of, titles_of
from pipeline.normalize.signing import date_of, number_of, signatory_of, year_of_number

_YEAR = r"(?:19|20)\d\d"
_TITLE_YEAR = re.compile(rf"\bTAHUN(?:\s+ANGGARAN)?\s*({_YEAR})\b(?!\s*tentang)", re.IGNORECASE)  # "TAHUN 2022"
_LEGAL_YEAR = re.compile(r"(?:nomor|no\.?)\s*[\w./-]+\s*$", re.IGNORECASE)  # "Nomor 53 tahun 2014" is a law's year
_BARE_YEAR = re.compile(rf"^\W*({_YEAR})\W*$")
_PERIOD = re.compile(
    rf"\b({_YEAR})\s*(?:[-–—]|s\.?\s?/?\s?d\.?|sampai\s+dengan)\s*({_YEAR})\b", re.IGNORECASE
)  # "2021-2026"
_ANY_YEAR = re.compile(rf"(?<![\w./-]){_YEAR}(?![\w/-])")  # "RENCANA KINERJA TAHUNAN (RKT) 2024"
_NUMBERED = re.compile(r"\b(?:nomor|no|undang|peraturan|tentang)\b", re.IGNORECASE)


@cache
def _kinds() -> dict[str, Any]:
    return data_file("kinds.yml")


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
        quarterly = sum(c.field == "realisasi" and c.triwulan is not None for c in table.columns) >= 2
        kind = "Evaluasi" if quarterly else _kinds()["tables"].get(table.kind)
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
        year = next(iter(_named_years(title)), None) or next(iter(_bare_year(title)), None) or _only_year(title)
        if year:
            return year, None
    weak = [year for title in titles for year in (*_named_years(title), *_bare_year(title))]
    votes = Counter(year for block in blocks for year in _named_years(text_of(block)))
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


def _only_year(title: str) -> int | None:
    """The one year of a title, which is no number of a decree."""
    years = set(_ANY_YEAR.findall(title))
    return int(years.pop()) if len(years) == 1 and not _NUMBERED.search(title) else None


def _bare_year(text: str) -> list[int]:
    match = _BARE_YEAR.match(text)
    return [int(match.group(1))] if match else []


def _columns_years(tables: Sequence[LogicalTable], kind: str) -> tuple[int | None, int | None]:
    """What the columns of its tables say of a document that names no year: the one year they all have, the years of a plan."""
    years = {
        c.tahun for table in tables for c in table.columns if c.tahun and c.field in ("target", "realisasi", "anggaran")
    }
    if kind == "Renstra" and len(years) > 1:
        return min(years), max(years)
    return (years.pop(), None) if len(years) == 1 else (None, None)


def describe(extraction: Extraction, path: str, tables: Sequence[LogicalTable]) -> Dokumen:
    """What the document says of itself. Parts it does not state are None; nothing is taken from the file's name."""
    blocks = [block for block in extraction.blocks if isinstance(block, Heading | Paragraph | KeyValue)]
    titles = titles_of(extraction.blocks) + [table.title for table in tables[:2] if table.title]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    kind = _kind(titles, headings, tables)
    number = number_of(extraction.blocks)
    first, last = _years(titles, blocks, kind)
    if first is None:
        first, last = _columns_years(tables, kind)
    return Dokumen(
        sha256=extraction.sha256,
        path=path,
        media=extraction.media,
        kind=kind,
        instansi=office_of(extraction.blocks, titles, tables),
        tahun=first or year_of_number(number),
        tahun_akhir=last,
        nomor=number,
        tanggal=date_of(blocks),
        penandatangan=signatory_of(extraction.blocks, kind),
        notes=extraction.notes,
    )

"""Finds the office that a document is from: a line `Instansi : …`, its titles, its signature, else what its text names most."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from pipeline.model import Block, Heading, Instansi, KeyValue, LogicalTable, Paragraph, RawTable
from pipeline.normalize.instansi import data_file, find_region, parse_instansi, region_of_place, with_region
from pipeline.normalize.names import fold, normal

TITLE_BLOCKS = 40  # how many leading blocks may carry the title page
TITLE_LENGTH = 220  # a longer paragraph is prose
FIRST_TITLES = 12
ENOUGH = 2  # mentions in prose below which an office is only mentioned

_YEAR = r"(?:19|20)\d\d"
# "Jember, 6 Januari 2025", "Bandung, 10/03/2017"
PLACE_AND_DATE = re.compile(rf"^\W*([A-Z][A-Za-z ]{{2,30}}),\s*(?:tanggal\s+)?(\d{{1,2}})?\s*([A-Za-z]+)\s+({_YEAR})\b")
_OFFICE_END = re.compile(
    rf"\b(?:tahun|ta|periode|triwulan|nomor|tentang|selaku|sebagai|{_YEAR})\b|[:;()\[\]|\n]|\.(?!\w*\s[A-Z])|,(?!\s+[A-Z])",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?:[A-Z][\w&/'.-]*\.?,?|dr\.?|dan|&|di)(?:\s+|$)")


@cache
def _office_words() -> re.Pattern[str]:
    data = data_file("instansi.yml")
    seldom = set(data["seldom_author"])
    phrases = [phrase for jenis, group in data["jenis"].items() if jenis not in seldom for phrase in group]
    names = {*phrases, *data["abbreviations"]} - {"bag", "camat", "lurah"}
    words = sorted((word for word in names if not word.startswith("kantor ")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_GOVERNMENT = re.compile(
    r"\bpemerintah(?:an)?\s+(?:daerah\s+)?(?:provinsi|propinsi|kabupaten|kab\.?|kota)\b", re.IGNORECASE
)


def text_of(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def titles_of(blocks: Sequence[Block]) -> list[str]:
    """Short texts at the start: where a document names itself."""
    leading = [text_of(block) for block in blocks[:TITLE_BLOCKS]]
    return [text for text in leading if text and len(text) <= TITLE_LENGTH]


def pairs_of(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """(key, value) of lines and of layout tables: `Instansi : X`, `| Nama Organisasi | : | X |`. Keys are folded."""
    for block in blocks:
        if isinstance(block, KeyValue):
            yield normal(block.key), block.value
        elif isinstance(block, RawTable):
            for row in block.rows:
                texts = [fold(cell.text) for cell in row.cells]
                for left, value in pairwise(texts):
                    if left and value.startswith(":"):
                        rest = value.lstrip(": ") or next((t for t in texts[texts.index(value) + 1 :] if t), "")
                        yield normal(left), rest


def office_phrase(text: str) -> str | None:
    """The office that a line names: from the word for its kind over the capitalised words that follow."""
    match = _office_words().search(text)
    return _phrase_at(text, match) if match else None


def _phrase_at(text: str, match: re.Match[str]) -> str | None:
    tail = text[match.start() :]
    end = _OFFICE_END.search(tail, match.end() - match.start())
    tail = tail[: end.start()] if end else tail
    position = 0
    while word := _CAPITALISED.match(tail, position):
        position = word.end()
    phrase = re.sub(r"\s+(?:dan|di|&)$", "", tail[:position].strip(" ,"))
    alone = ("inspektorat", "sekretariat", *data_file("instansi.yml")["abbreviations"])
    return phrase if len(phrase.split()) > 1 or phrase.lower().startswith(alone) else None


@dataclass
class _Votes:
    """What lines say for each office, by its key without region; of its spellings the most frequent, with a region if any."""

    counts: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, Counter[Instansi]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, phrase: str | None, weight: int) -> None:
        if phrase:
            office = parse_instansi(phrase)
            name = office.kunci.rsplit("|", 1)[0]
            self.counts[name] += weight
            self.spellings[name][office] += weight

    def best(self) -> Instansi | None:
        if not self.counts:
            return None
        order = list(self.counts)
        name = max(order, key=lambda one: (self.counts[one], -order.index(one)))
        printed = self.spellings[name]
        office = max(printed, key=lambda one: (one.wilayah is not None, printed[one]))
        return office if self.counts[name] >= ENOUGH else None


def _is_all(text: str, phrase: str | None) -> bool:
    """Whether the line is nothing but the office's name, in capitals: a title wherever it stands."""
    return phrase is not None and text == text.upper() and normal(text) == normal(phrase)


def office_of(blocks: Sequence[Block], titles: Sequence[str], tables: Sequence[LogicalTable]) -> Instansi:
    """The office, with the region that titles or most of the prose name; an empty one where nothing names it."""
    found = _stated(blocks) or _named(blocks, titles) or _government(titles) or _responsible(tables) or Instansi("")
    return _with_region(blocks, found)


def _stated(blocks: Sequence[Block]) -> Instansi | None:
    keys = {normal(key) for key in data_file("kinds.yml")["office_keys"]}
    for key, value in pairs_of(blocks):
        office = parse_instansi(value.split("\n")[0]) if key in keys else None
        if office is not None and office.jenis:
            return office
    return None


def _named(blocks: Sequence[Block], titles: Sequence[str]) -> Instansi | None:
    votes = _Votes()
    for index, title in enumerate(titles):
        votes.add(office_phrase(title), 20 if index < FIRST_TITLES else 5)
    for key, value in pairs_of(blocks):
        if key == "jabatan":
            votes.add(office_phrase(value), 15)
    late = {text_of(block).strip() for block in blocks[TITLE_BLOCKS:]}  # a running head counts once
    for text in sorted(text for text in late if text and len(text) <= TITLE_LENGTH):
        phrase = office_phrase(text)
        if _is_all(text, phrase):
            votes.add(phrase, 20)
    for block in blocks:
        text = text_of(block)
        if len(text) > TITLE_LENGTH or not isinstance(block, Paragraph):
            for match in list(_office_words().finditer(text))[:3]:
                votes.add(_phrase_at(text[: match.start() + 120], match), 1)
        elif text.lower().startswith("kepala "):
            votes.add(office_phrase(text), 10)
    return votes.best()


def _government(titles: Sequence[str]) -> Instansi | None:
    """A region's own document: its titles name the government and no office."""
    for title in titles:
        match = _GOVERNMENT.search(title)
        office = parse_instansi(_cut(title[match.start() :])) if match else None
        if office is not None and office.wilayah:
            return office
    return None


def _cut(text: str) -> str:
    end = _OFFICE_END.search(text)
    return text[: end.start()] if end else text


def _responsible(tables: Sequence[LogicalTable]) -> Instansi | None:
    """The one office that a table holds responsible for all its rows."""
    units: Counter[str] = Counter()
    for table in tables:
        columns = [i for i, column in enumerate(table.columns) if column.field == "penanggung_jawab"]
        units.update(fold(row.cells[i].text) for row in table.rows for i in columns if i < len(row.cells))
    units.pop("", None)
    if not units:
        return None
    name, count = units.most_common(1)[0]
    office = parse_instansi(name)
    return office if office.jenis and count > 2 and count * 10 >= sum(units.values()) * 9 else None


def _with_region(blocks: Sequence[Block], office: Instansi) -> Instansi:
    """The office with the region that titles or most of the prose name, else the place of signing."""
    if office.wilayah:
        return office
    votes: Counter[tuple[str, str]] = Counter()
    for index, block in enumerate(blocks):
        text = text_of(block)
        wilayah, tingkat, _ = find_region(text)
        if wilayah and tingkat:
            votes[(wilayah, tingkat)] += 10 if index < TITLE_BLOCKS and len(text) <= TITLE_LENGTH else 1
    if votes:
        (wilayah, tingkat), _ = votes.most_common(1)[0]
        return with_region(office, wilayah, tingkat)
    for block in blocks:
        dated = PLACE_AND_DATE.match(fold(text_of(block)))
        if dated:
            return with_region(office, *region_of_place(dated.group(1)))
    return office

"""Compares announced counts with the lists they announce: "(6 item)", "5 (lima) sasaran", in cells and in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Berkas, Cell, Paragraph, Where

NUMBER_WORDS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
}  # fmt: skip
# "(6 item) :", "(10 dokumen):", "sebanyak 6 (enam) jenis kegiatan … yaitu :", "meliputi 9 komponen:"
_ANNOUNCED = re.compile(
    r"\b(\d{1,2})\s*(?:\(\s*([a-z]+)\s*\)\s*)?(item|dokumen|jenis|komponen|paket|unsur|aspek|sasaran|indikator|tujuan|misi"
    r"|kegiatan|program|penghargaan|fungsi|kriteria|macam|hal|poin|butir|kendala|laporan)\b([^.:\d]{0,120}):\s*$",
    re.IGNORECASE,
)
# "4.", "- ", "• ", "a)", "<li>"
_ITEM = re.compile(r"^\s*(?:<li>\s*)?(?:[-–•*o]\s+|\d{1,2}[.)]\s*|[a-z][.)]\s+)\S")
_TAG = re.compile(r"</?(?:li|ul|ol|p|b|i|br)\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Announced:
    """A count, what it counts, how many items follow, and where it stands."""

    count: int
    noun: str
    items: int
    text: str
    where: Where


def announced(berkas: Berkas) -> Iterator[Announced]:
    """Counts directly before a list, with the number of its items; satisfied ones too."""
    for table in berkas.tables:
        for row in table.rows:
            for cell in row.cells:
                if not cell.inherited and ":" in cell.text:
                    yield from _in_cell(cell)
    yield from _in_prose(berkas)


def _in_cell(cell: Cell) -> Iterator[Announced]:
    marked = _TAG.sub("\n", (cell.raw or cell.text).replace("<li>", "\n"))
    lines = [line.strip() for line in marked.split("\n") if line.strip()]
    for at, line in enumerate(lines):
        match = _ANNOUNCED.search(line)
        if match is None:
            continue
        bullet = ""
        items = 0
        for following in lines[at + 1 :]:
            mark = _mark(following)
            if not mark or (bullet and mark != bullet):
                break
            bullet = bullet or mark
            items += 1
        if items >= 2:
            yield Announced(int(match[1]), match[3].lower(), items, line, cell.where)


def _mark(line: str) -> str:
    """The kind of list mark a line begins with: its bullet, "1" for numbers, "a" for letters; "" for none."""
    if not _ITEM.match(line):
        return ""
    first = line.lstrip()[0]
    return "1" if first.isdigit() else ("a" if first.isalpha() else first)


def _in_prose(berkas: Berkas) -> Iterator[Announced]:
    blocks = berkas.blocks
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or (match := _ANNOUNCED.search(block.text)) is None:
            continue
        items = 0
        kind = ""
        for following in blocks[at + 1 :]:
            if not isinstance(following, Paragraph) or not following.marker:
                break
            mark = _mark(following.marker + " x") or following.marker[:1]
            if kind and mark != kind:
                break
            kind = kind or mark
            items += 1
        if items >= 2:
            yield Announced(int(match[1]), match[3].lower(), items, block.text, block.where)


def word_count(text: str) -> int | None:
    """The number a word names: *lima* is 5."""
    return NUMBER_WORDS.get(text.lower())

"""Finds the figures that prose states, and what they are about: amounts, percentages, counts, ranks, worked calculations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Block, Reading, Statement
from pipeline.readings.numbers import Notation, consensus
from pipeline.readings.sentences import Sentence, sentences
from pipeline.readings.values import read_value
from pipeline.readings.vocabulary import unit_of
from pipeline.readings.words import ONES, number_in_words

NUMBER = r"\d+(?:[.,]\d+)*"
MONEY = rf"(?:Rp\s?\.?\s*)+{NUMBER}(?:\s*,\s?-|\.-)?(?:\s*(?:ribu|juta|mil[iy]ar|tril[iy]un))?(?:\s*\([a-z ]+rupiah[a-z ]*\))?"
PERCENT = rf"{NUMBER}\s?(?:%|persen\b|prosen\b)"
WORDED = rf"{NUMBER}\s*\(\s*[A-Za-z ]{{3,40}}\)(?:\s*%|\s+[A-Za-z/]{{2,20}})?"  # 6 (enam) dokumen
RANK = r"(?:peringkat|ranking|rangking|urutan)\s+(?:ke\s?-?\s?)?(?:\d+|[a-z]+)"
DATED = r"(?:\d{1,2}\s+|(?<=\bbulan\s))(?:Januari|Februari|Pebruari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Nopember|Desember)\s+(?:19|20)\d\d"
SPAN = r"(?:19|20)\d\d\s*(?:-|s\.?/?d\.?|sampai dengan|hingga)\s*(?:19|20)\d\d"
YEAR = r"(?:tahun(?:\s+anggaran)?\s+|anggaran\s+|TA\.?\s*|th\.?\s*|\()(?:19|20)\d\d\b"
GRADED = rf"(?:nilai|indeks|skor|predikat|sebesar|mencapai|menjadi|yaitu|adalah|target|realisasi|:|=)\s*{NUMBER}(?![\d.,]*\d|\s?%|\s?persen|\s?prosen|\s*\([a-z ]+\))(?:\s*\((?:AA|A-|A|BB|B-|B|CC|C-|C|D)\))?"
COUNTED = rf"{NUMBER}\s+[A-Za-z/]{{2,20}}"
FIGURE = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("money", MONEY), ("percent", PERCENT), ("worded", WORDED), ("rank", RANK), ("date", DATED), ("span", SPAN),
            ("year", YEAR), ("graded", GRADED), ("counted", COUNTED),
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
# (99,5% + 87,8%) : 2 = 93,65% ; 30 / 2,849 X 100% = 0,01%
CALCULATION = re.compile(
    rf"[(\s]*{NUMBER}[^=<>≤≥]{{0,160}}?[-+/:×x*÷][^=<>≤≥]{{0,160}}?=\s*(?:[^=]{{0,80}}=\s*)?(?P<result>(?:Rp\s?\.?\s*)?{NUMBER}\s*%?)",
    re.IGNORECASE,
)
OPERATION = re.compile(rf"(?:{NUMBER}\s*%?|\))\s*[^\d=]{{0,60}}?[-+/:×xX*÷]\s*[(\s]*(?:[^\d=]{{0,60}})?{NUMBER}")

KEYWORDS = (
    ("rata_rata", re.compile(r"rata\s*-?\s*rata", re.IGNORECASE)),
    ("realisasi", re.compile(r"\b(?:te)?realisasi\w*|\bterserap|\bterlaksana", re.IGNORECASE)),
    ("serapan", re.compile(r"\b(?:pe(?:ny|r)?erapan|serapan)\b", re.IGNORECASE)),
    ("target", re.compile(r"\b(?:di)?target(?:kan)?\b", re.IGNORECASE)),
    ("capaian", re.compile(r"\b(?:pen)?capaian\w*|\btercapai", re.IGNORECASE)),
    ("pagu", re.compile(r"\b(?:pagu|anggaran|alokasi|dialokasikan|mengalokasikan|dana|belanja)\b", re.IGNORECASE)),
)  # fmt: skip
REACHED = re.compile(r"\bmencapai\b", re.IGNORECASE)
OF_TARGET = re.compile(r"^\W*dari\s+(?:nilai\s+)?target", re.IGNORECASE)
WITH_TARGET = re.compile(
    r"^\W*dari\s+(?:nilai\s+)?target[^\d.;]{0,40}\d", re.IGNORECASE
)  # "terealisasi sebesar 83,68% dari target sebesar 84%"
OF_BUDGET = re.compile(r"^\W*dari\s+(?:\w+\s+){0,2}?(?:pagu|anggaran|alokasi|dana)", re.IGNORECASE)
ONE_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
YEAR_BEHIND = re.compile(r"^\W{0,3}(?:\(|(?:pada|di|untuk|dalam)\s+(?:tahun\s+)?)((?:19|20)\d\d)\b", re.IGNORECASE)
TRAILING_WORDS = re.compile(
    r"(?:\s*\b(?:sebesar|sebanyak|mencapai|yaitu|adalah|menjadi|senilai|sejumlah|sampai|atau|dengan|nilai|dan|yang|terdapat|ada|total|jumlah)\b|[\s:=(,.;-])+$",
    re.IGNORECASE,
)
MULTIPLIER = re.compile(r"(?:[×*]|\b[xX]|dikali(?:kan)?)\s*\(?$")  # x 100%
LEADING_MARK = re.compile(r"^(?:\(?[a-z0-9]{1,2}[.)]\s+|[-•*]\s+|[\s,;.:)]+)", re.IGNORECASE)
ITEM = re.compile(r"[.)]\s*[A-Z]|\)\s*[a-z]")  # ": 1. Perumusan kebijakan", ": 1) persyaratan"
LAW = re.compile(
    r"\d{1,2}\s+(?:Peraturan|Undang|Keputusan|Instruksi|Surat)\b"
)  # "; 10 Peraturan Presiden": an item without its point
MOST_WORDS = 25


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in a sentence: `name` is the alternative of FIGURE, or `calculation`."""

    name: str
    text: str
    start: int
    end: int
    reading: Reading


def statements(blocks: Sequence[Block]) -> tuple[Statement, ...]:
    """The statements of all paragraphs, list items and key values of `blocks`, in their order.

    `figure` stands in `text` letter by letter; `where` is the block's place, with the line of the item where a block has several.
    """
    cut = list(sentences(blocks))
    notation = consensus(found[0] for sentence in cut for found in re.finditer(rf"{NUMBER}", sentence.shown)) or "id"
    return tuple(statement for sentence in cut for statement in _of_sentence(sentence, notation))


def _of_sentence(sentence: Sentence, notation: Notation) -> Iterator[Statement]:
    found = _figures(sentence.shown, notation)
    years = [(int(match[1]), match.start(), match.end()) for match in ONE_YEAR.finditer(sentence.shown)]
    previous = 0
    for index, figure in enumerate(found):
        before = sentence.text[previous : figure.start]
        earlier = found[index - 1] if index else None
        jenis = _jenis(sentence.text, figure, earlier, sentence.about)
        yield Statement(
            sentence.where, sentence.text, figure.text, figure.reading, _about(before, sentence, previous), jenis,
            _tahun(sentence.text, figure, years) if figure.name not in ("year", "span", "date") else _own_year(figure),
        )  # fmt: skip
        if figure.name not in ("year", "span", "date"):
            previous = figure.end


def _figures(shown: str, notation: Notation) -> list[Found]:
    found: list[Found] = []
    for match in CALCULATION.finditer(shown):
        text = match[0].strip()
        if not OPERATION.search(text):
            continue
        reading = read_value(match["result"], notation=notation)
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(Found("calculation", text, start, start + len(text), reading))
    for match in FIGURE.finditer(shown):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        figure = _found(match, shown, notation)
        if figure is not None:
            found.append(figure)
    return sorted(found, key=lambda one: one.start)


def _found(match: re.Match[str], shown: str, notation: Notation) -> Found | None:
    name, text, start = match.lastgroup or "", match[0], match.start()
    if start and text[0].isalnum() and (shown[start - 1].isalnum() or shown[start - 1] in ".,/"):
        return None
    if _numbers_an_item(match, shown):
        return None
    if name in ("graded", "year"):
        offset = next(index for index, ch in enumerate(text) if ch.isdigit())
        text, start = text[offset:], start + offset
        end = start + len(text)
        if name == "graded" and re.match(r"\s*(?:[/:\d]|\.\d)|\s?%|\s*\)\s*[A-Z]", shown[end : end + 3]):
            return None
        if name == "graded" and re.match(DATED, shown[start:], re.IGNORECASE):
            return None
        if name == "graded" and (counted := re.match(COUNTED, shown[start:])) and unit_of(counted[0].split()[-1]):
            name, text = "counted", counted[0]
        elif name == "graded" and re.fullmatch(r"(?:19|20)\d\d", text):
            name = "year"
    if name == "counted":
        unit = text.split()[-1]
        if unit_of(unit) is None:
            return None
    if name == "worded":
        inner = re.search(r"\(([^)]*)\)", text)
        if inner is None or number_in_words(inner[1]) is None:
            return None
        last = text.split()[-1]
        if last[-1].isalpha() and unit_of(last) is None:
            text = text[: text.rindex(")") + 1]
    if name == "percent" and MULTIPLIER.search(shown[:start]):
        return None
    if name == "rank":
        return _rank(text, start)
    reading = read_value(text, notation=notation)
    if name in ("date", "span", "year") and reading.kind not in ("date", "period", "year"):
        return None
    return Found(name, text, start, start + len(text), reading)


def _numbers_an_item(match: re.Match[str], shown: str) -> bool:
    """Whether the figure is the number of a list item that runs on in the line, not a figure of anything."""
    if match.lastgroup == "graded":
        return match[0].startswith(":") and ITEM.match(shown, match.end()) is not None
    before = shown[: match.start()].rstrip()
    return match.lastgroup == "counted" and LAW.match(match[0]) is not None and before[-1:] in ("", ";", ":")


def _rank(text: str, start: int) -> Found | None:
    last = re.sub(r"^ke\W*", "", text.split()[-1].lower())
    number = last if last.isdigit() else None
    if number is None:
        word = {"pertama": "satu", "kesatu": "satu"}.get(last, last.removeprefix("ke"))
        number = str(ONES[word]) if word in ONES else None
    if number is None:
        return None
    reading = read_value(number)
    return Found("rank", text, start, start + len(text), reading)


def _jenis(text: str, figure: Found, earlier: Found | None, about: str) -> str:
    """What the figure is, by the nearest keyword before it, then by what follows, then by what the block is about."""
    if figure.name == "calculation":
        return "perhitungan"
    if figure.name == "rank":
        return "peringkat"
    if figure.name in ("year", "span", "date"):
        return "tahun"
    after = text[figure.end : figure.end + 60]
    if OF_TARGET.search(after):
        clause = text[earlier.end if earlier is not None else 0 : figure.start]
        return "realisasi" if WITH_TARGET.search(after) and _nearest(clause, False) == "realisasi" else "capaian"
    money = figure.reading.kind == "rupiah"
    if figure.reading.kind == "percent":
        close = earlier is not None and earlier.reading.kind == "rupiah" and figure.start - earlier.end < 14
        if OF_BUDGET.search(after) or close:
            realised = re.search(r"realisasi|serap", text[: figure.start], re.IGNORECASE)
            return "serapan" if realised else ""
    start = earlier.end if earlier is not None else 0
    clause = text[start : figure.start]
    if figure.name in ("counted", "worded") and figure.reading.kind == "count":
        near = _nearest(clause[-40:], money)
        return near if near in ("target", "realisasi") else "jumlah"
    if not money and KEYWORDS[0][1].search(clause):
        return "rata_rata"
    nearest = _nearest(clause, money) or _nearest(text[: figure.start], money)
    if (
        nearest in ("realisasi", "serapan")
        and figure.reading.kind == "percent"
        and re.search(r"(?:realisasi|serapan|penyerapan)\s+(?:anggaran|belanja|keuangan)", clause, re.IGNORECASE)
    ):
        return "serapan"
    if nearest:
        return nearest if nearest != "pagu" or money else "jumlah" if figure.reading.kind == "count" else ""
    if REACHED.search(clause):
        return "capaian"
    if figure.name in ("counted", "worded"):
        return "jumlah"
    return _nearest(about, money) or ""


def _nearest(text: str, money: bool) -> str:
    best, at = "", -1
    for name, pattern in KEYWORDS:
        if name == "pagu" and not money:
            continue
        for match in pattern.finditer(text):
            if match.end() > at:
                best, at = name, match.end()
    if best == "pagu" and money and re.search(r"(?:te)?realisasi\w*\s+(?:\w+\s+){0,2}\w+$", text[:at], re.IGNORECASE):
        return "realisasi"
    return best


def _about(before: str, sentence: Sentence, previous: int) -> str:
    """The phrase that leads to the figure, without the words that only announce it."""
    phrase = TRAILING_WORDS.sub("", before)
    phrase = LEADING_MARK.sub("", phrase).strip(" ,;:(")
    if not re.search(r"[A-Za-z]{3}", phrase):
        phrase = TRAILING_WORDS.sub("", sentence.text[:previous]) if previous else sentence.about
        phrase = LEADING_MARK.sub("", phrase)
    return " ".join(phrase.split()[-MOST_WORDS:])


def _tahun(text: str, figure: Found, years: Sequence[tuple[int, int, int]]) -> int | None:
    """The year that the figure is of: stated right behind it, or the last one before it, or the only one of the sentence."""
    behind = YEAR_BEHIND.match(text[figure.end : figure.end + 40])
    if behind:
        return int(behind[1])
    before = [year for year, _, end in years if end <= figure.start]
    if before:
        return before[-1]
    inside_or_after = {year for year, start, _ in years if start >= figure.end}
    return inside_or_after.pop() if len(inside_or_after) == 1 else None


def _own_year(figure: Found) -> int | None:
    found = ONE_YEAR.findall(figure.text)
    return int(found[0]) if len(found) == 1 else None

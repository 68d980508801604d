"""Cuts blocks of prose into sentences with their line, and hides what is no figure: numbers of laws, tables, pages, persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Block, Heading, KeyValue, Paragraph, RawTable, Where
from pipeline.readings.clean import clean

FRACTION = re.compile(r"\\d?frac\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")  # \frac{100\% + 96\%}{2}
END = re.compile(r"(?<=[\w)%”\"'])[.;?!]\s+(?=[A-Z“\"(])")  # "… tahun 2024. Realisasi …"
ABBREVIATED = re.compile(
    r"(?:\b(?:rp|no|nomor|jl|kab|kec|prov|dr|drs|dra|ir|hj|h|s\.d|dst|dll|dsb|tgl|th|hal|max|min|tbk|pt|cv|adm)|\b[A-Z]|\b\d{1,2})$",
    re.IGNORECASE,
)

HIDDEN = (
    # Peraturan … Nomor 29 Tahun 2014; nomor B/287/AA.05/2024; No. 53 tahun 2014
    re.compile(r"\b(?:nomor|no)\b\.?\s*:?\s*[A-Z0-9][\w./\s-]{0,25}?\d[\w./-]*(?:\s+tahun\s+\d{4})?", re.IGNORECASE),
    re.compile(r"\b[XVI]{1,5}\s*/\s*MPR\s*/\s*\d{4}"),  # TAP MPR No. XI / MPR / 1998
    re.compile(r"\b(?:PER|KEP|SE|B|W)[/-]\s?\d[\w./\s-]*\d{4}"),  # PER/9/M.PAN/5/2007
    re.compile(r"\b(?:permen\w*|perpres|perda|perbup|perwali|pergub|kepmen\w*|uu|pp|undang-undang)\s*(?:nomor|no\.?)?\s*\d+\s*(?:tahun\s+|/)\d{4}", re.IGNORECASE),
    re.compile(r"\b(?:pasal|ayat|butir|huruf|tabel|gambar|grafik|diagram|lampiran|bab|halaman|hal|lantai|romawi|angka|telp|telepon|fax|faks|kode pos)\b\.?\s*(?:ke\s*-?\s*)?\(?\d[\d.,\s/-]*(?:s\.?/?d\.?\s*[\d.]+)?", re.IGNORECASE),
    re.compile(r"\b(?:sasaran|tujuan|misi|indikator|program|kegiatan|strategi)(?:\s+strategis)?\s+\d{1,2}(?:\.\d{1,2})*(?=\s*[:.,;)]|\s+(?:adalah|yaitu)\b|\s*$)", re.IGNORECASE),
    re.compile(r"\bNIP\b\.?\s*:?\s*[\d\s.]+", re.IGNORECASE),  # NIP. 19840830 200212 2 002
    re.compile(r"☎\S*|\(0\d{2,3}\)\s*\d+|\bJl\b\.?[^,;]*", re.IGNORECASE),
    re.compile(r"\.{3,}\s*\d+\s*$"),  # a line of a table of contents
    re.compile(r"https?://\S+|www\.\S+|\S+\.go\.id\S*"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is cleaned; `shown` is as long, with everything blanked that only looks like a figure."""

    text: str
    shown: str
    where: Where
    about: str = ""  # what the block says it is about: the key, or the item before it


def sentences(blocks: Sequence[Block]) -> Iterator[Sentence]:
    """The sentences of paragraphs, list items and key values. Lines that start with `=` continue the calculation before."""
    pending: Sentence | None = None
    title = ""
    for block in blocks:
        if isinstance(block, RawTable):
            continue
        if isinstance(block, Heading):
            title = block.text
            continue
        for text, where in _lines(block):
            plain = clean(FRACTION.sub(r"((\1) / (\2))", text))
            if pending is not None and (plain.startswith("=") or _is_open(pending.text)):
                joined = f"{pending.text} {plain}"
                pending = replace(pending, text=joined, shown=joined)
                continue
            if pending is not None:
                yield pending
                pending = None
            if plain.startswith("="):
                pending = Sentence(plain.lstrip("= "), plain.lstrip("= "), where, title)
                continue
            yield from _cut(plain, where, title)
        title = block.key if isinstance(block, KeyValue) else block.text if block.text.rstrip().endswith(":") else title
    if pending is not None:
        yield pending


def _is_open(text: str) -> bool:
    """Whether a calculation has an open bracket and so goes on in the next line."""
    return text.count("(") > text.count(")")


def _lines(block: Paragraph | KeyValue) -> Iterator[tuple[str, Where]]:
    text = block.text if isinstance(block, Paragraph) else f"{block.key} : {block.value}"
    cursor = 0
    for line in text.split("\n"):
        where = block.where
        if where.line is not None and "\n" in block.raw and line.strip():
            tail = line.strip()[-12:]
            found = block.raw.find(tail, cursor)
            if found >= 0:
                cursor = found + len(tail)
                where = replace(where, line=where.line + block.raw.count("\n", 0, found))
        if line.strip():
            yield line, where


def _cut(text: str, where: Where, about: str) -> Iterator[Sentence]:
    start = 0
    for match in END.finditer(text):
        if match[0].startswith(".") and ABBREVIATED.search(text[start : match.start()]):
            continue
        yield Sentence(text[start : match.start() + 1], hide(text[start : match.start() + 1]), where, about)
        start = match.end()
    if text[start:].strip():
        yield Sentence(text[start:], hide(text[start:]), where, about)


def hide(text: str) -> str:
    """`text` with numbers of laws, tables, articles, persons and pages blanked, so that places stay the same."""
    for pattern in HIDDEN:
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text

"""Reads how a document is signed: its number, the date and place, the name above the NIP."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.model import Block
from pipeline.normalize.instansi import data_file, kind_of
from pipeline.normalize.letterhead import PLACE_AND_DATE, pairs_of, text_of
from pipeline.normalize.names import fold, normal

LONGEST_NUMBER_LINE = 80  # characters
LONGEST_NAME = 60

_NUMBER = re.compile(r"^\W*nomor\s*:?\s*([\w./ -]*\d[\w./ -]*)", re.IGNORECASE)  # "Nomor : 065/43.1/2024"
_PRINTED_NUMBER = re.compile(r"[\w./ -]*\d[\w./ -]*")
_NUMBER_END = re.compile(r"\s*\btentang\b.*$", re.IGNORECASE | re.DOTALL)
_NUMBER_YEAR = re.compile(r"/\s*(20\d\d)\W*$")  # "061/Kep.1409-Org/2015"
_NIP = re.compile(r"\bNIP\b", re.IGNORECASE)
_TITLED_NAME = re.compile(r"[A-Za-z][\w.' ]+(?:,\s*[A-Z][\w. ]*)*")
_ACADEMIC = re.compile(r"^(?:Prof|Dr|Drs|Dra|Ir|H|Hj|drg|dr)\.\s*")  # "Drs. NAME"
_RANK = re.compile(
    r"\s*\b(?:pembina|penata|pengatur|juru)(?:\s+(?:utama|muda|madya|tingkat|tk\.?|i|ii|1))*\b\W*(?:\([IV]+/[a-e]\))?\W*$",
    re.IGNORECASE,
)  # "… Pembina Utama Madya"
_ROLE = re.compile(
    r"\b(?:kepala|pihak|plt|bupati|gubernur|wali ?kota|sekretaris|camat|lurah|inspektur|direktur)\b", re.IGNORECASE
)


# "Ditetapkan di Bondowoso pada tanggal 15 Januari 2021", "pada tanggal : 15 Januari 2021": a line of its own
_SET_ON = re.compile(
    r"(?:\W*ditetapkan\s+di\s*:?\s*[\w .]{3,30},?)?\W*(?:pada\s+)?tanggal\s*:?\s*(\d{1,2})\s+([A-Za-z]+)\s+((?:19|20)\d\d)\W*",
    re.IGNORECASE,
)
# the rest of the office, or what the document goes on with: "KOTA MADIUN", "BAB I", "Tembusan"
_NO_NAME = re.compile(
    r"(?:kabupaten|kab\.|kota|provinsi|propinsi|republik|bab|lampiran|daftar|tabel|tembusan|ringkasan|ikhtisar|kata)\b",
    re.IGNORECASE,
)
NEAR = 6  # lines from the date to the office that signs, and from there to the name


def number_of(blocks: Sequence[Block]) -> str | None:
    """The number of the document: of a line `Nomor : …`, as printed."""
    for key, value in pairs_of(blocks):
        number = _NUMBER_END.sub("", fold(value)).strip(" :.-")
        if key in ("nomor", "no") and _PRINTED_NUMBER.fullmatch(number) and len(number) < LONGEST_NUMBER_LINE:
            return number
    lines = (fold(text_of(block)) for block in blocks)
    found = (_NUMBER.match(line) for line in lines if len(line) < LONGEST_NUMBER_LINE)
    return next((_NUMBER_END.sub("", match.group(1)).strip() for match in found if match), None)


def year_of_number(number: str | None) -> int | None:
    """The year that ends a number: 2015 of `061/Kep.1409-Org/2015`."""
    match = _NUMBER_YEAR.search(number or "")
    return int(match.group(1)) if match else None


def date_of(blocks: Iterable[Block]) -> str | None:
    """Date of the first line with place and date, or of `pada tanggal …`; ISO or year-month."""
    for block in blocks:
        for line in text_of(block).split("\n"):
            if (date := _date(fold(line))) is not None:
                return date
    return None


def _date(line: str) -> str | None:
    months = data_file("kinds.yml")["months"]
    dated = PLACE_AND_DATE.match(line)
    parts = dated.groups()[1:] if dated else found.groups() if (found := _SET_ON.fullmatch(line)) else None
    if parts is None or parts[1].lower() not in months:
        return None
    date = f"{parts[2]}-{months.index(parts[1].lower()) + 1:02d}"
    return f"{date}-{int(parts[0]):02d}" if parts[0] else date


def signatory_of(blocks: Sequence[Block], kind: str) -> str | None:
    """The first party of a PK, else the name above the first NIP, without rank, else the name below date and office; None
    where no line there looks like a name."""
    if kind == "PK":
        first = next((fold(value) for key, value in pairs_of(blocks) if key == "nama"), None)
        if first:
            return first
    texts = [line for block in blocks for line in text_of(block).split("\n") if line.strip()]
    for index, line in enumerate(texts):
        nip = _NIP.search(line)
        if nip is None:
            continue
        for candidate in [line[: nip.start()], *reversed(texts[max(0, index - 3) : index])]:
            name = _RANK.sub("", candidate.strip(" *_.,")).strip(" *_.,")
            if _is_name(name):
                return name
        return None
    return _without_number(texts)


def _without_number(lines: Sequence[str]) -> str | None:
    """The name under the office that signs below a date: heads of regions have no NIP."""
    for index, line in enumerate(lines):
        if _date(fold(line)) is None:
            continue
        after = [one.strip(" *_.,:") for one in lines[index + 1 : index + 1 + 2 * NEAR]]
        role = next(
            (at for at, one in enumerate(after[:NEAR]) if _ROLE.match(one) and len(one) <= LONGEST_NUMBER_LINE), None
        )
        if role is not None:
            names = (one for one in after[role + 1 : role + 1 + NEAR] if not _NO_NAME.match(one))
            return next((one for one in names if _is_name(one)), None)
    return None


def _is_name(text: str) -> bool:
    titled = "," in text or text == text.upper() or bool(_ACADEMIC.match(text))
    plain = 0 < len(text) < LONGEST_NAME and len(normal(text)) >= 4
    return titled and plain and bool(_TITLED_NAME.match(text)) and not _ROLE.search(text) and not kind_of(text)[0]

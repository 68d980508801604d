"""Parses the name of an office into kind, parent, region and level, so that offices are compared by parts, never by likeness.

"Dinas Kesehatan Kabupaten X" and "Dinas Kesehatan Kota X" are two offices although almost all their letters agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.model import Instansi
from pipeline.normalize.names import fold, normal
from pipeline.resources import read_yaml

_LEVEL = re.compile(r"\b(provinsi|propinsi|prov\.?|kabupaten|kab\.?|kota)(\s*)(?=\S)", re.IGNORECASE)
_LEVELS = {"p": "Provinsi", "k": "Kabupaten"}
_NAME_WORD = re.compile(r"[A-Z][\w'-]*")  # a capitalised word of a region's name
_LEAD_IN = re.compile(
    r"^(?:plt\.?\s+)?(?:(?:kepala|pimpinan|pada|di lingkungan|lingkup|nama instansi|perangkat daerah|opd|skpd)\s+)+(?!provinsi|kab|kota)",
    re.IGNORECASE,
)
_DOCTOR = re.compile(r"\b[Dd]r\.")  # "RSD dr. SOEBANDI"
_SPACED = re.compile(r"(?<!\S)(?:[A-Z] ){3,}[A-Z](?!\S)")  # "D I N A S"
_ROLE = re.compile(r"\s+(?:selaku|sebagai)\b.*$", re.IGNORECASE)  # "… selaku Pengguna Anggaran"
_TWICE = re.compile(r"\b(dinas|badan|rumah sakit) \1\b", re.IGNORECASE)  # "Dinas ESDM" written in full
_PARENT = re.compile(
    r"\b(sekretariat daerah|sekretariat dprd|sekretariat dewan perwakilan rakyat daerah)\b", re.IGNORECASE
)
_TAIL = re.compile(r"(?:\s+(?:tahun\s+(?:19|20)\d\d|[\d.,]+))+$", re.IGNORECASE)  # "… Jawa Barat 1.42", "… Tahun 2016"
_TRAILING = " .,:;-*"


@cache
def data_file(name: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name(name))
    return data


@cache
def region_names() -> dict[str, dict[str, str]]:
    """level -> lower-case name or short form -> name, for Provinsi, Kabupaten and Kota."""
    data = data_file("regions.yml")
    return {
        level.capitalize(): {**data["aliases"][level], **{name.lower(): name for name in data[level]}}
        for level in ("provinsi", "kabupaten", "kota")
    }


@cache
def _unmistakable() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, data_file('regions.yml')['unmistakable']))})\b", re.IGNORECASE)


@cache
def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((phrase, jenis) for jenis, phrases in data_file("instansi.yml")["jenis"].items() for phrase in phrases)


@cache
def _abbreviations() -> re.Pattern[str]:
    words = sorted(data_file("instansi.yml")["abbreviations"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\b\.?", re.IGNORECASE)


def capitalise(text: str) -> str:
    """An all-capitals name in title case; particles stay small, words without a vowel stay an acronym."""
    if _DOCTOR.sub("", text) != text.upper().replace("DR.", ""):
        return text
    small = {"dan", "di", "ke", "dari", "yang", "pada"}
    acronyms = {
        "DPRD",
        "RSUD",
        "UPTD",
        "KB",
        "DKI",
        "PU",
        "SDA",
        "UKM",
        "UMKM",
        "BPBD",
        "BPKAD",
        "SKPD",
        "UPT",
        "UOBK",
        "BLUD",
    }
    words = []
    for word in text.split():
        bare = word.strip("().,/")
        if bare in acronyms or bare in ("dr", "Dr") or not re.search(r"[AEIOU]", bare):
            words.append(word)
        else:
            words.append(word.lower() if bare.lower() in small else word.title())
    return " ".join(words)


def _region_after(text: str, level: str) -> str:
    """The region's name at the start of `text`: the longest known one, else its leading capitalised words (two at most)."""
    words = text.replace(",", " , ").split()
    known = region_names()[level]
    for size in (5, 4, 3, 2, 1):
        name = " ".join(words[:size]).strip(_TRAILING).lower()
        if name in known:
            return known[name]
    chosen: list[str] = []
    for word in words[:2]:
        if not _NAME_WORD.fullmatch(word.strip(_TRAILING)) or word.strip(_TRAILING).lower() in {"tahun", "dan"}:
            break
        chosen.append(word.strip(_TRAILING))
        if word[-1] in ".,;":
            break
    return capitalise(" ".join(chosen)) if chosen else ""


def find_region(text: str) -> tuple[str | None, str | None, int]:
    """(wilayah, tingkat, offset) of the first named region in `text`; offset is len(text) where there is none."""
    for match in _LEVEL.finditer(text):
        word = match.group(1).lower()
        level = "Kota" if word == "kota" else _LEVELS[word[0]]
        name = _region_after(text[match.end() :], level)
        glued = not match.group(2) and not word.endswith(".")  # "PROVINSIJAWA BARAT": only a known name is split off
        if name and not (glued and name.lower() not in region_names()[level]):
            return f"{level} {name}", level, match.start()
    short = _unmistakable().search(text)
    if short:
        word = short.group().lower()
        level = next(level for level, names in region_names().items() if word in names)
        return f"{level} {region_names()[level][word]}", level, short.start()
    return None, None, len(text)


def region_of_place(place: str) -> tuple[str | None, str | None]:
    """The region that a place of signing names by itself: only where one level alone has that name."""
    name = place.strip(_TRAILING).lower()
    levels = [level for level in ("Kabupaten", "Kota") if name in region_names()[level]]
    if len(levels) != 1:
        return None, None
    return f"{levels[0]} {region_names()[levels[0]][name]}", levels[0]


def kind_of(text: str) -> tuple[str | None, str]:
    """(jenis, the phrase that says so) at the start of an office name."""
    lowered = text.lower()
    for phrase, jenis in _kinds():
        if lowered.startswith(phrase) and (len(lowered) == len(phrase) or not lowered[len(phrase)].isalpha()):
            return jenis, phrase
    return None, ""


def _part_of(own: str, jenis: str | None) -> tuple[str, str | None]:
    """(own name, the office that it is part of): "Seksi Air Limbah", "Dinas Permukiman"."""
    parent = _PARENT.search(own)
    if parent and parent.start() > 0:
        induk = "Sekretariat DPRD" if re.search("dprd|dewan", parent.group(), re.IGNORECASE) else "Sekretariat Daerah"
        return own[: parent.start()].strip(_TRAILING), induk
    for word in data_file("instansi.yml")["parts"].get(jenis or "", ()):
        above = re.search(rf"(?<=\s)(?:pada\s+)?({word}\s+\S.*)", own, re.IGNORECASE)
        if above:
            return own[: above.start()].strip(_TRAILING), capitalise(above.group(1).strip(_TRAILING))
    return own, None


def _unspaced(text: str) -> str:
    """ "D I N A S  S O S I A L" as two words: letters set apart, words by two blanks."""
    if not _SPACED.search(text):
        return text
    words = (_SPACED.sub(lambda match: match.group().replace(" ", ""), word) for word in re.split(r"\s{2,}", text))
    return " ".join(words)


@lru_cache(maxsize=4096)
def parse_instansi(text: str) -> Instansi:
    """Parses an office name as printed. Unknown parts stay None; `kunci` is equal for spellings of one office only."""
    printed = _TAIL.sub("", _LEAD_IN.sub("", fold(_unspaced(text)).strip(_TRAILING + "*")))
    printed = _ROLE.sub("", printed).strip(_TRAILING)
    expansions = data_file("instansi.yml")["abbreviations"]
    expanded = _abbreviations().sub(lambda match: expansions[match.group().rstrip(".").lower()], printed)
    expanded = _TWICE.sub(lambda match: match.group(1), expanded)
    wilayah, tingkat, cut = find_region(expanded)
    jenis, phrase = kind_of(expanded)
    own = expanded[:cut].strip(_TRAILING) if cut else expanded
    own, induk = _part_of(own, jenis)
    if jenis in ("Bagian", "Biro") and induk is None:
        induk = "Sekretariat Daerah"
    provincial = data_file("regions.yml")["provincial_offices"].get(jenis or "")
    if provincial:
        wilayah, tingkat = f"Provinsi {provincial}", "Provinsi"
    if jenis and jenis.startswith("Pemerintah ") and wilayah is None:  # "BUPATI JEMBER"
        level = jenis.removeprefix("Pemerintah ")
        name = _region_after(expanded[len(phrase) :].strip(), level)
        wilayah, tingkat, own = (f"{level} {name}", level, phrase) if name else (None, None, own)
    words = (normal(own[len(phrase) :]) if phrase else normal(own)).split()
    words = ["pengelolaan" if word == "pengelola" else word for word in words]
    rest = " ".join(sorted(word for word in words if word != "dan"))  # one office whichever way its name is ordered
    kunci = "|".join((jenis or "?", rest, normal(induk or ""), wilayah or "?")).lower()
    nama = capitalise(printed)
    if wilayah:  # "Provinsijawa Barat"
        nama = re.sub(re.escape(wilayah.replace(" ", "", 1)), wilayah, nama, flags=re.IGNORECASE)
    return Instansi(nama, jenis, induk, wilayah, tingkat, kunci)


def with_region(office: Instansi, wilayah: str | None, tingkat: str | None) -> Instansi:
    """The same office with a region that the document states elsewhere."""
    if office.wilayah or not wilayah:
        return office
    kunci = office.kunci.rsplit("|", 1)[0] + "|" + wilayah.lower()
    return Instansi(office.nama, office.jenis, office.induk, wilayah, tingkat, kunci)


def office_groups(offices: Sequence[Instansi]) -> list[str]:
    """A group key per office: its `kunci`; one without a region joins the only office of that name that has one."""
    regions: dict[str, set[str]] = defaultdict(set)
    for office in offices:
        name, region = office.kunci.rsplit("|", 1) if "|" in office.kunci else (office.kunci, "?")
        if region != "?":
            regions[name].add(region)
    groups = []
    for office in offices:
        name, region = office.kunci.rsplit("|", 1) if "|" in office.kunci else (office.kunci, "?")
        known = regions.get(name, set())
        groups.append(f"{name}|{next(iter(known))}" if region == "?" and len(known) == 1 else office.kunci)
    return groups

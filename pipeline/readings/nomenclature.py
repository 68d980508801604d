"""Looks names of programmes, kegiatan and sub kegiatan up in the nomenclature, and compares the code printed beside them.

A well-formed code is not a right code: only the name can say. The printed code is never changed; a conflict is reported,
and only an unreadable code is inferred. The list is a part of the annex, so absence from it proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from pipeline.readings.clean import squeeze
from pipeline.readings.codes import level_of, parent_of
from pipeline.resources import read_yaml

ANY = "x.xx"
KIND_WORD = re.compile(r"^(?:program|subkegiatan|kegiatan)")  # "Sub Kegiatan Penyediaan …"
NEAR, MARGIN = 88.0, 4.0
"""Percent of equal letters from which a broken name counts as a listed one, and its lead over the next listed name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the nomenclature; `code` starts with `x.xx` where every bidang has it."""

    code: str
    nama: str
    satuan: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What code and name say together. `code` is the right one as far as known; `entry` the line that the name matches."""

    verdict: Literal["agrees", "conflict", "inferred", "unknown"]
    code: str | None
    entry: Entry | None = None


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(Path(__file__).with_name("nomenclature.yml"))
    return loaded


@cache
def entries() -> tuple[Entry, ...]:
    """All lines of the nomenclature that the product knows."""
    data = _data()
    found = [Entry(code, nama) for code, nama in data["program"].items()]
    for code, kegiatan in data["kegiatan"].items():
        found.append(Entry(code, kegiatan["nama"]))
        for number, sub in (kegiatan.get("sub_kegiatan") or {}).items():
            found.append(Entry(f"{code}.{number}", sub["nama"], sub.get("satuan")))
    return tuple(found)


def bidang(code: str) -> str | None:
    """The name of the bidang urusan of a code, `2.16` komunikasi dan informatika; None where there is no such bidang."""
    name = _data()["bidang"].get(".".join(code.split(".")[:2]))
    return str(name) if name else None


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple((squeeze(long), squeeze(short)) for long, short in _data()["spellings"].items())


@lru_cache(maxsize=4096)
def key_of_name(name: str) -> str:
    """`name` without spaces, kind word and variants of spelling: equal for `Peren canaa n …` and `Perencanaan …`."""
    key = KIND_WORD.sub("", squeeze(name))
    for long, short in _spellings():
        key = key.replace(long, short)
    return key


@cache
def _index() -> dict[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = {}
    for entry in entries():
        index.setdefault(key_of_name(entry.nama), []).append(entry)
    return {key: tuple(found) for key, found in index.items()}


@lru_cache(maxsize=4096)
def matches(name: str) -> tuple[Entry, ...]:
    """The lines whose name is `name`, letter by letter or clearly nearer than any other line's."""
    key = key_of_name(name)
    exact = _index().get(key)
    if exact or len(key) < 8:
        return exact or ()
    from rapidfuzz import fuzz, process

    ranked = process.extract(key, list(_index()), scorer=fuzz.ratio, limit=2, score_cutoff=NEAR - MARGIN)
    if not ranked or ranked[0][1] < NEAR or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
        return ()
    return _index()[ranked[0][0]]


def lookup(name: str, parent: str | None = None) -> tuple[str, ...]:
    """The codes that the nomenclature gives to `name`; `parent` is any code of the office, for what every bidang has."""
    return tuple(_placed(entry, parent) for entry in matches(name))


def level_of_name(name: str) -> str | None:
    """The level on which every line of the nomenclature with this very name stands; None where there is none or several."""
    levels = {level_of(entry.code) for entry in _index().get(key_of_name(name), ())}
    return levels.pop() if len(levels) == 1 else None


def standard_unit(code: str) -> str | None:
    """The unit that the nomenclature prescribes for a sub kegiatan, or None."""
    wanted = {code, _any_bidang(code)}
    return next((entry.satuan for entry in entries() if entry.code in wanted), None)


def correct(code: str | None, name: str, context: str | None = None) -> Correction:
    """Compares a printed `code` (canonical, or None where unreadable) with the `name` beside it.

    `context`: a code of the same section, which gives the bidang where `code` is unreadable.
    """
    found = [(_placed(entry, code or context), entry) for entry in matches(name)]
    provincial = (code or context or "").split(".")[3:4] == ["1"]  # the list's own kegiatan are those of kabupaten/kota
    found = [
        (placed, entry)
        for placed, entry in found
        if not placed.startswith(ANY)
        and not (provincial and entry.code.count(".") > 2 and not entry.code.startswith(ANY))
    ]
    if not found:
        return Correction("unknown", code)
    if code is None:
        if len(found) == 1:
            return Correction("inferred", found[0][0], found[0][1])
        return Correction("unknown", None)
    for placed, entry in found:
        if placed == code:
            return Correction("agrees", code, entry)
    if not _charted(code):
        return Correction("unknown", code)
    same_level = [pair for pair in found if level_of(pair[0]) == level_of(code)] or found
    placed, entry = max(same_level, key=lambda pair: _shared(pair[0], code))
    return Correction("conflict", placed, entry)


@cache
def _families() -> frozenset[str]:
    """The codes of which the nomenclature lists children."""
    return frozenset(parent for entry in entries() if (parent := parent_of(entry.code)) is not None)


def _charted(code: str) -> bool:
    """Whether the list knows the neighbourhood of `code`: only there can a name of another place contradict it."""
    parent = parent_of(_any_bidang(code)), parent_of(code)
    return level_of(code) == "program" or any(family in _families() for family in parent if family)


def _any_bidang(code: str) -> str:
    """`x.xx.01.2.05` of `2.16.01.1.05`: bidang and authority as the list writes what every office has."""
    rest = code.split(".")[2:]
    return ".".join((ANY, *rest[:1], *("2" for _ in rest[1:2]), *rest[2:]))


def _placed(entry: Entry, code: str | None) -> str:
    """The entry's code with the bidang and the authority of `code`, where every office has the entry."""
    if not entry.code.startswith(ANY) or not code:
        return entry.code
    own, general = code.split("."), entry.code.split(".")[2:]
    authority = own[3] if len(own) > 3 else "2"
    return ".".join((*own[:2], *general[:1], *(authority for _ in general[1:2]), *general[2:]))


def _shared(one: str, other: str) -> int:
    """How many leading segments two codes share."""
    pairs = zip(one.split("."), other.split("."), strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(one.count("."), other.count(".")) + 1)

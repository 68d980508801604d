"""Reads programme codes of Permendagri 90/2019 as printed, and says what had to be repaired.

`U.BB.PP.K.KK.SS`: urusan, bidang urusan, program, authority (1 provinsi, 2 kabupaten/kota) with kegiatan, sub kegiatan.
Newer lists pad the authority (`02`) and write four digits for the sub kegiatan (`0002`); both mean the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Reading
from pipeline.readings.clean import clean

CODE = re.compile(r"\d\.\d\d(?:\.\d\d(?:\.[12]\.\d\d(?:\.\d\d)?)?)?")  # 4.01.01.2.01.02
DIGITS_AND_DOTS = re.compile(r"[\d. ]+")
LEVELS = {1: "urusan", 2: "bidang", 3: "program", 5: "kegiatan", 6: "sub_kegiatan"}
AUTHORITY = ("1", "2")
KEGIATAN = range(10, 17)
"""Two-digit kegiatan numbers that can stand without their authority digit (`4.01.01.13`) and be nothing else."""
BIDANG = {"1": range(1, 7), "2": range(7, 25), "3": range(25, 33), "4": range(1, 3), "5": range(1, 7), "6": range(1, 2),
          "7": range(1, 2), "8": range(1, 2)}  # fmt: skip
"""Bidang urusan of each urusan in Permendagri 90/2019; other numbers are of the lists before it (Permendagri 13/2006)."""
OLD_CODE = re.compile(r"\d\.\d\d(?:\.\d\d){1,3}")  # 1.20.03.53.04: urusan, bidang, organisasi, program, kegiatan


@dataclass(frozen=True, slots=True)
class CodeReading:
    """`code` in canonical form (two-digit segments, one-digit authority), None where unreadable; `printed`: as it stands."""

    printed: str
    code: str | None
    level: str | None
    status: Literal["exact", "repaired", "ambiguous", "unreadable", "empty"]
    repairs: tuple[str, ...] = ()


def read_code(text: str) -> CodeReading:
    """The programme code that `text` prints. Never takes a name into account: see `correct`."""
    plain = clean(text)
    if not plain.strip("-. "):
        return CodeReading(text, None, None, "empty")
    if not DIGITS_AND_DOTS.fullmatch(plain) or not any(ch.isdigit() for ch in plain):
        return CodeReading(text, None, None, "unreadable", ("unreadable",))
    repairs: list[str] = []
    joined = plain.replace(" ", "")
    if joined != plain:
        repairs.append("spaces removed")
    single = re.sub(r"\.{2,}", ".", joined)
    if single != joined:
        repairs.append("doubled dot removed")
    stripped = single.strip(".")
    if stripped != single:
        repairs.append("trailing dot removed" if single.endswith(".") else "leading dot removed")
    stripped = _padded_old(stripped, repairs)
    if OLD_CODE.fullmatch(stripped) and int(stripped[2:4]) not in BIDANG.get(stripped[0], ()):
        return CodeReading(text, stripped, None, "repaired" if repairs else "exact", tuple(repairs))
    code = _canonical(stripped.split("."), repairs)
    if code is None:
        return CodeReading(text, None, None, "unreadable", (*repairs, "no code of Permendagri 90/2019 has this form"))
    return CodeReading(text, code, level_of(code), "repaired" if repairs else "exact", tuple(repairs))


def _padded_old(code: str, repairs: list[str]) -> str:
    """`1.20.05.62.23` of `1.20.5.62.23`, where that can only be a code of the lists before Permendagri 90/2019."""
    segments = code.split(".")
    padded = ".".join((segments[0], *(part.zfill(2) for part in segments[1:])))
    if padded == code or not OLD_CODE.fullmatch(padded) or len(segments) < 4:
        return code
    if int(padded[2:4]) in BIDANG.get(padded[0], ()):
        return code
    repairs.append("zero added to a one-digit segment")
    return padded


def level_of(code: str) -> str | None:
    """urusan, bidang, program, kegiatan or sub_kegiatan, by the number of segments."""
    return LEVELS.get(code.count(".") + 1)


def parent_of(code: str) -> str | None:
    """`4.01.01.2.01` of `4.01.01.2.01.02`, `4.01.01` of that."""
    parts = code.split(".")
    return ".".join(parts[: {6: 5, 5: 3, 3: 2, 2: 1}.get(len(parts), 0)]) or None


def _canonical(segments: list[str], repairs: list[str]) -> str | None:
    """Brings segments into canonical form; None where they cannot be a code."""
    if not all(segments) or len(segments[0]) > 1:
        return None
    head = [segments[0], *(part.zfill(2) for part in segments[1:3])]
    if any(len(part) == 1 for part in segments[1:3]):
        repairs.append("zero added to a one-digit segment")
    tail = segments[3:]
    if tail:
        tail = _authority(tail, repairs)
    if any(len(part) != 2 for part in head[1:]) or (not tail and len(segments) > 3):
        return None
    code = ".".join((*head, *tail))
    return code if CODE.fullmatch(code) or len(segments) == 1 else None


def _authority(tail: list[str], repairs: list[str]) -> list[str]:
    """`2.01.02` of what follows the program: the authority digit padded, glued to the kegiatan, or missing."""
    first = tail[0]
    if len(first) == 2 and first[0] == "0" and first[1] in AUTHORITY and len(tail) > 1:
        repairs.append(f"zero-padded '{first}' -> '{first[1]}'")
        tail = [first[1], *tail[1:]]
    elif len(first) == 2 and first[0] in AUTHORITY and first[1] == "0" and len(tail) > 1 and len(tail[1]) == 1:
        repairs.append(f"'{first}.{tail[1]}' -> '{first[0]}.0{tail[1]}'")
        tail = [first[0], "0" + tail[1], *tail[2:]]
    elif len(first) == 3 and first[0] in AUTHORITY:
        repairs.append(f"'{first}' -> '{first[0]}.{first[1:]}'")
        tail = [first[0], first[1:], *tail[1:]]
    elif len(first) == 2 and int(first) in KEGIATAN and len(tail) <= 2:
        repairs.append("missing '2.' inserted before kegiatan number")
        tail = ["2", first, *tail[1:]]
    if len(tail) > 2 and len(tail[2]) == 4 and tail[2].startswith("00"):
        tail = [*tail[:2], tail[2][2:], *tail[3:]]
    if any(len(part) == 1 for part in tail[1:]):
        repairs.append("zero added to a one-digit segment")
    return [tail[0], *(part.zfill(2) for part in tail[1:])]


def code_reading(text: str) -> Reading:
    """The reading of a cell of the code column, before the name beside it is looked at."""
    found = read_code(text)
    if found.status == "empty":
        return Reading(text, "empty", "empty")
    return Reading(text, "code", found.status, code=found.code, repairs=found.repairs)

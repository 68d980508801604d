"""Collects what tables by sasaran repeat of tables by indicator or kegiatan: mean capaian and absorption per sasaran."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.audit.identities.figures import Sheet
from pipeline.audit.identities.means import is_mean_row, mean_of
from pipeline.audit.identities.model import Figure, Identity
from pipeline.audit.identities.trees import is_total
from pipeline.normalize.names import key_of, normal

ONE = (Fraction(1),)
_NUMBERED = re.compile(r"^(?:sasaran(?: strategis)?\s+)?(?:\d+\s+)*")  # "sasaran 1 peningkatan …"
MIN_WORDS = 3


def sasaran_key(text: str) -> str:
    """The sasaran without its number; empty where too little is left to be a name."""
    key = key_of(_NUMBERED.sub("", normal(text)))
    return key if len(key.split()) >= MIN_WORDS else ""


def by_objective(sheets: Sequence[Sheet]) -> Iterator[Identity]:
    """Rows of tables that name a sasaran and no indicator, against the tables that go into its details."""
    achievements = _members(sheets, "capaian", ("pengukuran",))
    absorptions = _members(sheets, "serapan", ("anggaran",))
    for sheet in sheets:
        names = sheet.columns("sasaran")
        if not names or sheet.columns("indikator", "kegiatan", "program", "uraian", "sub_kegiatan"):
            continue
        for row in range(len(sheet.table.rows)):
            cell = sheet.cell(row, names[0])
            key = sasaran_key(cell.text) if cell else ""
            if not key:
                continue
            for column in sheet.columns("capaian"):
                result = sheet.figure(row, column)
                members = [m for m in achievements.get(key, []) if m.ref.table != sheet.table.ordinal]
                if result is not None and members and all(m.reading.kind == result.reading.kind for m in members):
                    yield mean_of("rata_rata_sasaran", result, members)
            for column in sheet.columns("serapan"):
                result = sheet.figure(row, column)
                members = [m for m in absorptions.get(key, []) if m.ref.table != sheet.table.ordinal]
                if result is not None and len(members) == 1:
                    yield Identity("sama", "linear", result, (members[0],), ONE)


def _members(sheets: Sequence[Sheet], field: str, kinds: tuple[str, ...]) -> dict[str, list[Figure]]:
    """Figures of the detailed rows of each sasaran, of the first table that has it. For absorption only the row that
    opens the sasaran counts: it is the one of the kegiatan as a whole."""
    found: dict[str, list[Figure]] = {}
    for sheet in sheets:
        names, columns = sheet.columns("sasaran"), sheet.columns(field)
        if sheet.table.kind not in kinds or not names or not columns:
            continue
        own: dict[str, list[Figure]] = defaultdict(list)
        for index, row in enumerate(sheet.table.rows):
            cell = sheet.cell(index, names[0])
            if cell is None or row.kind != "data" or is_mean_row(sheet, index) or is_total(row, sheet):
                continue
            if field == "serapan" and (cell.inherited or row.level == "sub_kegiatan"):
                continue
            key = sasaran_key(cell.text)
            figure = sheet.figure(index, columns[0])
            if key and figure is not None:
                own[key].append(figure)
        for key, figures in own.items():
            found.setdefault(key, figures)
    return found

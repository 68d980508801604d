"""Takes the rows and prefixes that head a group of rows ("SEBELUM PERUBAHAN", "BAGIAN HUKUM :") out of the data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Column
from pipeline.tables.body import WorkCell, WorkRow
from pipeline.tables.celltype import BARE_SUM

_PHASE = re.compile(r"(?:sebelum|sesudah|setelah)\s+perubahan|semula|menjadi", re.IGNORECASE)
_OFFICE_WORDS = (
    r"(?:SUB ?BAGIAN|BAGIAN|BIDANG|BIRO|SEKSI|UPTD|UPT|DINAS|BADAN|KECAMATAN|KELURAHAN|SEKRETARIAT|INSPEKTORAT)"
)
_OFFICE_COLON = re.compile(
    rf"({_OFFICE_WORDS}\b[A-Z0-9 .,&/()-]*?)\s*:\s*(.*)", re.DOTALL
)  # "BAGIAN HUKUM : Terciptanya"
_OFFICE_RUN = re.compile(
    rf"({_OFFICE_WORDS}(?:\s+[A-Z&/.]{{2,}})+)\s+([A-Z][a-z].*)", re.DOTALL
)  # "BAGIAN TAPEM Tersedia"
_OFFICE_ONLY = re.compile(rf"{_OFFICE_WORDS}(?:\s+[A-Z&/.,()-]{{2,}})*\s*:?")
_NUMBERED_GROUP = re.compile(r"(tujuan|sasaran)(?:\s+strategis)?\s*(?:\d{1,2}|[IVX]{1,4})\b", re.IGNORECASE)

_LEVELS = {"phase": 0, "office": 1, "group": 2, "other": 3}


def set_bands(rows: Sequence[WorkRow], columns: Sequence[Column]) -> None:
    """Marks band rows, cuts office prefixes off, and tells every row which bands are in force."""
    open_bands: list[tuple[int, str]] = []
    for number, row in enumerate(rows):
        if not row.read:
            row.band = tuple(text for _, text in open_bands)
            continue
        found = _band_row(row, columns)
        if found:
            level, text = found
            open_bands = _push(open_bands, _LEVELS[level], text)
            row.kind = "band"
            if level == "group":
                row.level = text.split()[0].lower()
        else:
            prefix = _office_prefix(row, columns)
            if prefix:
                column, name, rest = prefix
                open_bands = _push(open_bands, _LEVELS["office"], name)
                row.cells[column].text = rest
                if not rest:
                    _fill_up(rows, number, column, columns)
        row.band = tuple(text for _, text in open_bands)


def _push(bands: list[tuple[int, str]], level: int, text: str) -> list[tuple[int, str]]:
    return [*(band for band in bands if band[0] < level), (level, text)]


def _own(row: WorkRow) -> list[int]:
    return [n for n, cell in enumerate(row.cells) if cell.text and not cell.span]


def _band_row(row: WorkRow, columns: Sequence[Column]) -> tuple[str, str] | None:
    own = _own(row)
    if not own:
        return None
    texts = {row.cells[n].text for n in own}
    if len(texts) != 1 or any(cell.span for cell in row.cells):
        return None
    text = row.cells[own[0]].text
    field = columns[own[0]].field
    if _PHASE.fullmatch(text.strip(" :")):
        return "phase", text.strip(" :")
    if _OFFICE_ONLY.fullmatch(text) and len(text) < 120:
        return "office", text.strip(" :")
    piece = row.cells[own[0]].pieces[0]
    wide = len(own) > 1 or piece.colspan * 2 > len(columns)
    if _NUMBERED_GROUP.match(text) and (wide or own[0] == 0) and len(columns) > 2:
        return "group", text
    if wide and len(columns) > 2 and field not in ("formula", "keterangan") and not BARE_SUM.fullmatch(text):
        return "other", text
    return None


def _office_prefix(row: WorkRow, columns: Sequence[Column]) -> tuple[int, str, str] | None:
    for number, column in enumerate(columns[:4]):
        if column.field not in ("tujuan", "sasaran", "no", None):
            continue
        text = row.cells[number].text
        match = _OFFICE_COLON.fullmatch(text) or _OFFICE_RUN.fullmatch(text)
        if match and len(match.group(1).split()) > 1:
            return number, " ".join(match.group(1).split()), match.group(2).strip()
    return None


def _fill_up(rows: Sequence[WorkRow], number: int, column: int, columns: Sequence[Column]) -> None:
    """A merged cell that prints its office on one row and its text on the next belongs to both rows."""
    if number + 1 >= len(rows) or not rows[number + 1].read:
        return
    row, below = rows[number], rows[number + 1]
    naming = [n for n, c in enumerate(columns) if c.field in ("sasaran", "kode", "program", "kegiatan", "uraian")]
    if below.cells[column].text and not any(r.cells[n].text for n in naming if n != column for r in (row, below)):
        lower = below.cells[column]
        row.cells[column] = WorkCell([*row.cells[column].pieces, *lower.pieces], text=lower.text)
        lower.inherited = True

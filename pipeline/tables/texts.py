"""Writes each cell's text as a reader reads it: pieces and lines joined, broken words mended, figures as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Column
from pipeline.tables.body import WorkCell, WorkRow
from pipeline.tables.celltype import FIGURE_FIELDS, MONEY_FIELDS, type_of
from pipeline.tables.grid import plain
from pipeline.tables.joining import close_digit_gaps, join_pieces, mend
from pipeline.tables.lexicon import Lexicon

LONGEST_FIGURE = 14  # characters
_BARE_FIGURE = re.compile(r"[\d.,\s]+%?(?:\s*\(?[A-D]{1,2}[+-]?\)?)?")  # "70.4 7 (BB)", "98,2 9%"

_PERCENT_BELOW = re.compile(r"(?<=\d)[ \t]*\n\s*%")  # a narrow column put the sign on the next line
_GROUPED = re.compile(r"-?\d{1,3}(?:(?:\.\d{3})+(?:,\d{1,2})?|(?:,\d{3})+(?:\.\d{1,2})?)")
_WHOLE = re.compile(rf"{_GROUPED.pattern}|\d+(?:[.,]\d{{1,2}})?")  # may stand alone: not a part of a broken figure


def set_texts(rows: Sequence[WorkRow], columns: Sequence[Column], lexicon: Lexicon) -> None:
    """Fills `text` of every cell. Amounts keep their inner spaces: what they may mean is for the readings to say."""
    for row in rows:
        for number, cell in enumerate(row.cells):
            field = columns[number].field if row.read and number < len(columns) else None
            cell.text = cell_text(cell, field, lexicon)


def cell_text(cell: WorkCell, field: str | None, lexicon: Lexicon) -> str:
    texts = [text for piece in cell.pieces if (text := plain(_PERCENT_BELOW.sub("%", piece.text)))]
    if not texts:
        return ""
    if field != "kode" and len(texts) == 1 and any("\n" in piece.text.strip() for piece in cell.pieces):
        whole = "".join(texts[0].split())
        if _GROUPED.fullmatch(whole) and not all(_WHOLE.fullmatch(part) for part in texts[0].split()):
            return whole
    if field in MONEY_FIELDS or field == "kode" or (field is None and type_of(texts[0]) == "money"):
        return " ".join(texts)
    joined = texts[0]
    for text in texts[1:]:
        joined = join_pieces(joined, mend(text, lexicon), lexicon, figures=type_of(text) in ("figure", "money"))
    several = any("\n" in piece.text.strip() for piece in cell.pieces)  # values one below the other
    short = len(joined) <= LONGEST_FIGURE and not several
    if field in FIGURE_FIELDS and short and _BARE_FIGURE.fullmatch(joined):
        return close_digit_gaps(joined)
    return mend(joined, lexicon)

"""If these fail, the same formula is taken apart in another way only because a typist, a converter or a page wrote it otherwise."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.formula import parse

CELLS = Path(__file__).with_name("written.tsv")
SCALE = re.compile(r"(?<=\s)[xX×]\s*100\s?%")

Spelling = Callable[[str], str]


def _capitals(cell: str) -> str:
    return cell if re.search(r"[\\<(_=]", cell) else cell.upper()


def _blanks(cell: str) -> str:
    return cell if re.search(r"[\\\n]", cell) else f"  {cell.replace(' ', '  ')} "


def _page(cell: str) -> str:
    return cell if "<" in cell or "  " in cell else f"<p>{cell.replace(chr(10), '</p><p>')}</p>"


def _square(cell: str) -> str:
    return cell.replace("(", "[").replace(")", "]") if cell.startswith("(") and cell.count("(") == 1 else cell


def _multiplier(spelt: str) -> Spelling:
    return lambda cell: cell if "\\" in cell else SCALE.sub(spelt, cell)


SPELLINGS: dict[str, Spelling] = {
    "in capitals": _capitals,
    "with runs of blanks": _blanks,
    "with blanks that do not break": lambda cell: cell if re.search(r"[\\\n]", cell) else cell.replace(" ", "\xa0"),
    "as a page of HTML": _page,
    "in square brackets": _square,
    "times with an asterisk": _multiplier("* 100%"),
    "times with a capital": _multiplier("X 100 %"),
    "times without blanks": _multiplier("x100%"),
    "with a dash between years": lambda cell: re.sub(r"(?<= [nt])-(?=\d\b)", "–", cell),
}


def _parts(cell: str) -> tuple[str, ...]:
    formula = parse(cell)
    parts = (formula.pembilang or "", formula.penyebut or "")
    folded = (re.sub(r"\s", "", part).casefold().translate(str.maketrans("[]–", "()-")) for part in parts)
    return (formula.kind, *folded)


@pytest.mark.parametrize("spelling", sorted(SPELLINGS))
def test_a_spelling_changes_nothing(spelling: str) -> None:
    with CELLS.open(encoding="utf-8", newline="") as file:
        cells = [row["cell"].replace("⏎", "\n") for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    spelt = [(cell, SPELLINGS[spelling](cell)) for cell in cells]
    changed = [(cell, other) for cell, other in spelt if cell != other]
    assert len(changed) > 10
    assert [other for cell, other in changed if _parts(cell) != _parts(other)] == []

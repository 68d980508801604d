"""A table read in two parts must not be judged as if one part were the whole."""

from __future__ import annotations

from pipeline.audit.rules.count.CNT007 import _goes_on
from pipeline.model import Cell, Where


def column(page: int, *texts: str) -> list[Cell]:
    return [Cell("sasaran", text, Where(page=page), text) for text in texts]


def test_sasaran_on_the_next_page_are_the_rest_of_the_table() -> None:
    """A report of four sasaran would be accused of having two, those on its first page."""
    first = column(2, "Meningkatnya mutu jalan", "Meningkatnya air bersih")
    rest = column(3, "Meningkatnya terang jalan", "Meningkatnya rumah sehat")
    again = column(3, "Meningkatnya mutu jalan", "Meningkatnya air bersih", "Meningkatnya rumah sehat")
    assert _goes_on([first, rest])
    assert not _goes_on([first, again])
    assert not _goes_on([first, column(7, "Meningkatnya terang jalan")])

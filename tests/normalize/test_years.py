"""If these fail, a report is filed under the year before, and its figures are compared with the wrong year's."""

from __future__ import annotations

from pipeline.model import Block, Heading, Paragraph, Where
from pipeline.normalize.dokumen import _years


def years(kind: str, *texts: str) -> tuple[int | None, int | None]:
    blocks: list[Block] = [Paragraph(text, Where(line=number)) for number, text in enumerate(texts, start=1)]
    return _years(texts, [Heading("BAB III", Where(line=1)), *blocks], kind)


def test_a_title_in_capitals_gives_the_year() -> None:
    assert years("IKU", "INDIKATOR KINERJA UTAMA TAHUN 2022", "Peraturan Nomor 53 Tahun 2014") == (2022, None)


def test_a_comparison_with_last_year_does_not() -> None:
    """Regression: a chapter without a cover was filed under the first year that a caption named."""
    texts = ("Dilakukan revisi pada Tahun 2015 dan 2016", "Capaian tahun 2016 naik", "Anggaran tahun 2016 turun")
    assert years("LKIP", *texts) == (2016, None)


def test_a_plan_has_its_widest_period() -> None:
    assert years("Renstra", "Visi Tahun 2017-2018", "Tujuan dan sasaran Tahun 2013-2018") == (2013, 2018)


def test_the_year_of_a_law_is_no_year_of_a_document() -> None:
    assert years("IKU", "Peraturan Menteri Nomor 53 Tahun 2014 tentang Petunjuk Teknis") == (None, None)

"""Figures told in prose: what the text says against its tables is where most contradictions of a report stand."""

from __future__ import annotations

from decimal import Decimal

from pipeline.model import KeyValue, Paragraph, Statement, Where
from pipeline.readings import statements


def told(*texts: str) -> list[Statement]:
    found = statements([Paragraph(text, Where(line=number)) for number, text in enumerate(texts, 1)])
    return [statement for statement in found if statement.jenis != "tahun"]


def test_an_amount_with_its_share() -> None:
    """`Rp X atau 45% dari pagu` is two figures, both of the realisation."""
    amount, share = told(
        "Realisasi belanja sampai dengan 31 Desember 2024 sebesar Rp. 1.500.000.000 atau 45% dari pagu anggaran."
    )
    assert (amount.reading.value, amount.jenis, amount.tahun) == (1_500_000_000, "realisasi", 2024)
    assert (share.reading.value, share.jenis) == (45, "serapan")
    assert "ealisasi belanja" in amount.about


def test_a_mean_and_a_count() -> None:
    """A quoted mean can be recomputed only when it is known to be one."""
    count, mean = told("Capaian 6 indikator sasaran rata rata mencapai 94,3% dan masuk kategori Sangat Tinggi")
    assert (count.reading.value, count.jenis) == (6, "jumlah")
    assert (mean.reading.value, mean.jenis) == (Decimal("94.3"), "rata_rata")


def test_a_worked_calculation_is_one_figure() -> None:
    """The whole expression is kept, so that it can be recomputed; it may run over several lines."""
    (one,) = told("Capaian rata rata sasaran 1 adalah $(99,5\\% + 87,8\\%) : 2 = 93,65\\%$")
    assert (one.jenis, one.figure, one.reading.value) == (
        "perhitungan",
        "(99,5% + 87,8%) : 2 = 93,65%",
        Decimal("93.65"),
    )
    (lines,) = told("= (4 paket yang terlaksana / 5 paket", "administrasi) x 100%", "= 80%")
    assert (lines.jenis, lines.reading.value, lines.where.line) == ("perhitungan", 80, 1)
    (growth,) = told("Nilainya 30 / 2,849 X 100% = 0,01%")
    assert (growth.jenis, growth.figure) == ("perhitungan", "30 / 2,849 X 100% = 0,01%")


def test_lists_words_and_ranks() -> None:
    """Counts in words, items of lists and ranks are figures too."""
    (item,) = told("a) Persentase hasil monev yang ditindaklanjuti : 98%")
    assert (item.reading.value, item.about) == (98, "Persentase hasil monev yang ditindaklanjuti")
    (count,) = told("Yang terlaksana 6 (enam) kegiatan administrasi")
    assert (count.figure, count.reading.value) == ("6 (enam) kegiatan", 6)
    (rank,) = told("Kabupaten Contoh berada pada peringkat ke-12 nasional")
    assert (rank.jenis, rank.reading.value) == ("peringkat", 12)


def test_the_year_of_a_figure() -> None:
    """A comparison with last year must not be taken for this year's value."""
    now, before = told("Indeks tahun 2024 sebesar 4,62 meningkat dibanding tahun 2023 sebesar 4,51.")
    assert (now.tahun, before.tahun) == (2024, 2023)


def test_numbers_of_laws_tables_and_persons_are_no_figures() -> None:
    """Each of these would be a figure that contradicts everything."""
    assert not told(
        "Peraturan Bupati Nomor 44 Tahun 2023 tentang Kedudukan, sebagaimana pasal 3 dan tabel 3.2",
        "NIP. 19700101 199503 1 001",
        "A. LATAR BELAKANG ..... 12",
    )


def test_every_figure_stands_in_its_sentence() -> None:
    """The place of a figure is found again by its letters."""
    text = "Anggaran sebesar Rp 2.500.000,- (dua juta lima ratus ribu rupiah) untuk 12 orang. Capaian 98,5% pada 2024."
    for statement in statements([Paragraph(text, Where(line=3)), KeyValue("Target", "100%", Where(line=4))]):
        assert statement.figure in statement.text
        assert statement.where.line in (3, 4)


def test_what_is_given_of_a_target_with_its_figure_is_the_realisasi() -> None:
    """`83,68% dari target sebesar 84%` compared with the table's capaian of 99,6% accuses a right sentence."""
    realised, target = told("Proporsi PAD terealisasi sebesar 83,68% dari target sebesar 84%.")
    assert (realised.jenis, target.jenis) == ("realisasi", "target")
    (share,) = told("Nilai pelaporan mencapai 87,8% dari target kinerja.")
    assert share.jenis == "capaian"


def test_numbers_of_list_items_are_no_figures() -> None:
    """Regression: "Fungsi : 1. Perumusan …" was stored as a figure of 1."""
    assert not told(
        "Fungsi : 1. Perumusan kebijakan umum", "tentang Perangkat Daerah; 10 Peraturan Presiden tentang kinerja"
    )
    assert [one.figure for one in told("Tujuan: 3 dokumen tersusun")] == ["3 dokumen"]

"""Words broken by narrow columns and page ends. If this fails, indicators of two tables do not meet, or words are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tables.joining import close_digit_gaps, join_pieces, mend
from pipeline.tables.lexicon import Lexicon, shipped_words
from tests.tables.tables_helper import column, table

LEXICON = Lexicon(["jember", "umkm", "pemberdayaan", "perundang-undangan", "anjab", "abk", "logistik"])


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Peren canaa n, Penga nggara n dan Evalu asi", "Perencanaan, Penganggaran dan Evaluasi"),
        ("Kab upat en Jem ber", "Kabupaten Jember"),
        ("12 Lapo ran", "12 Laporan"),
        ("100 UMK M", "100 UMKM"),
        ("Peratu- ran Perun- dang- undangan", "Peraturan Perundang-undangan"),
        ("Seksi Pemberdaya-an Masyarakat", "Seksi Pemberdayaan Masyarakat"),
        ("dokumen anjab/A BK", "dokumen anjab/ABK"),
        ("PROG RAM PENU NJAN G", "PROGRAM PENUNJANG"),
        ("Urusan pemerintahan an Daerah", "Urusan pemerintahan Daerah"),
    ],
)
def test_broken_words_are_mended(broken: str, whole: str) -> None:
    assert mend(broken, LEXICON) == whole


@pytest.mark.parametrize(
    "printed",
    [
        "naskah yang di implementasikan",
        "Sumber Daya Alam",
        "Jumlah Dokumen RKA- SKPD dan laporan",
        "rata-rata lama sekolah",
        "per unsur pelayanan",
        r"$\frac{\text{Jumlah de sa}}{\text{a}} \times 100\%$",
    ],
)
def test_what_is_printed_so_stays_so(printed: str) -> None:
    assert mend(printed, LEXICON) == printed


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("dasar pelaksana", "an urusan", "dasar pelaksanaan urusan"),
        ("Meningkat", "kan kualitas", "Meningkatkan kualitas"),
        ("Data dan Perencanaan", "aan Bagian", "Data dan Perencanaan Bagian"),
        ("Bahan Logistik", "k Kantor", "Bahan Logistik Kantor"),
        ("Nilai Evaluasi Aspek", "Pelaporan", "Nilai Evaluasi Aspek Pelaporan"),
    ],
)
def test_pieces_over_a_page_end(upper: str, lower: str, whole: str) -> None:
    assert join_pieces(upper, lower, LEXICON) == whole


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(shipped_words())), min_size=1, max_size=8))
def test_known_words_are_never_joined(words: list[str]) -> None:
    assert mend(" ".join(words), Lexicon()) == " ".join(words)


@settings(max_examples=60)
@given(st.text(alphabet="abdeiklmnprstu ,./-0123456789%", max_size=40))
def test_mending_only_moves_spaces_and_line_hyphens(text: str) -> None:
    """No letter is invented; a letter is lost only with an end printed twice."""
    kept = mend(text, Lexicon())
    letters = [char for char in kept if char.isalnum()]
    source = iter(char for char in text if char.isalnum())
    assert all(char in source for char in letters) or len(letters) == sum(char.isalnum() for char in text) + 1


def test_only_gaps_inside_a_figure_close() -> None:
    assert close_digit_gaps("70.4 7 (BB)") == "70.47 (BB)"
    assert close_digit_gaps("98,2 9%") == "98,29%"
    assert close_digit_gaps("100 %") == "100 %"


def test_a_lone_dollar_sign_is_no_formula() -> None:
    """Such a text once sent the search for formulas round in circles."""
    found = table("No | Indikator | Target\n1 | Nilai ekspor (US$) menurut kabupa ten | 12 US$")
    assert column(found, "target") == ["12 US$"]


def test_a_hyphen_at_the_end_of_a_line_joins_abbreviations() -> None:
    """ "RKA-" over "SKPD" is the document RKA-SKPD; with a space inside it matches no other spelling."""
    from pipeline.tables.grid import plain

    assert plain("Dokumen Perubahan RKA-\nSKPD tahun 2015-\n2016") == "Dokumen Perubahan RKA-SKPD tahun 2015-2016"
    assert plain("Pelayanan -\nPerizinan") == "Pelayanan - Perizinan"

"""Which column is which. If this fails, sources are read as responsible units, or targets as realisations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tables.columns import columns_of
from pipeline.tables.header import Header
from pipeline.tables.vocabulary import field_of, fold, read_label
from tests.tables.tables_helper import fields, table


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("NO (1)", "no"),
        ("Kinerja Utama/ Sasaran/ Outcome", "sasaran"),
        ("Tujuan / Sasaran", "sasaran"),
        ("Indikator Kinerja (Pendukung Kinerja Utama)", "indikator"),
        ("PENJELASAN/FORMULASI PERHITUNGAN", "formula"),
        ("Penjelasan / Formulasi Penghitungan", "formula"),
        ("Bidang Penanggung Jawab", "penanggung_jawab"),
        ("Sumber  Data", "sumber_data"),
        ("Target Akhir Renstra (2026)", "target_akhir"),
        ("Tingkat capaian terhadap target akhir renstra", "capaian_akhir"),
        ("Data Capaian Pada Tahun Awal Perencanaan", "baseline"),
        ("Realisasi Nasional/ Provinsi/ Kabupate", "pembanding"),
        ("% Serapan Anggaran", "serapan"),
        ("Program/ Kegiatan/ Sub Kegiatan", "uraian"),
        ("Ket. (+/-)", "keterangan"),
        ("Anggaran Terserap", "realisasi_anggaran"),
        ("% Capaian Keuangan", "serapan"),
        ("Capaian 2021 (Baseline)", "baseline"),
        ("Keterangan/Rumus", "formula"),
        ("Kode Warna", None),
        ("Instansi Sumber Data", "sumber_data"),
        ("Perangkat Daerah Pelaksana", "penanggung_jawab"),
        ("Ukuran Keberhasilan", "indikator"),
        ("F0RMULASI PERHITUNGAN", "formula"),  # OCR took the letter for a zero
    ],
)
def test_a_label_names_its_field(label: str, field: str | None) -> None:
    assert read_label(label).field == field


def test_statements_are_no_labels() -> None:
    """Else the first row of data would be read as a header and vanish from the records."""
    for text in (
        "Meningkatnya kualitas pelayanan publik",
        "Jumlah dokumen perencanaan",
        "Persentase desa mandiri",
        "12",
    ):
        assert read_label(text).field is None, text


def test_year_quarter_and_unit_are_read_off_the_label() -> None:
    assert (read_label("Target 2024").field, read_label("Target 2024").tahun) == ("target", 2024)
    assert (read_label("Tahun 3").tahun_ke, read_label("TW II").triwulan) == (3, 2)
    for text in ("Thn-2", "Tahun ke-2", "Tahun Ke II", "Th. 2", "Target Tahun Kedua"):
        assert read_label(text).tahun_ke == 2, text
    assert read_label("Target 2024").relatif is None
    assert (read_label("Tahun n+1").relatif, read_label("(n-2)").relatif, read_label("Tahun Lalu").relatif) == (
        1,
        -2,
        -1,
    )
    assert read_label("Triwulan I - IV Tahun 2023").triwulan is None
    assert read_label("Realisasi (Rp,-)").satuan == "Rp"
    assert read_label("Anggaran (Juta Rp)").satuan == "juta Rp"
    assert read_label("Capaian (=7/8)").formula == "7/8"


@settings(max_examples=40)
@given(st.sampled_from(["Sumber Data", "Penanggung Jawab", "Indikator Kinerja Utama"]), st.data())
def test_case_spaces_and_punctuation_do_not_matter(label: str, data: st.DataObject) -> None:
    """Else the same column of two offices would land in two fields."""
    noisy = "".join(
        data.draw(st.sampled_from([char.upper(), char.lower()]))
        if char != " "
        else data.draw(st.sampled_from([" ", "  ", "/", " - "]))
        for char in label
    )
    assert field_of(fold(noisy))[0] == field_of(fold(label))[0]


def test_columns_may_swap_places() -> None:
    swapped = table(
        """
        NO | KINERJA UTAMA | INDIKATOR KINERJA UTAMA | FORMULASI | BIDANG PENANGGUNG JAWAB | SUMBER DATA
        1 | Meningkatnya layanan | Nilai survei | Total nilai / unsur | Seksi Umum | Survei
        """
    )
    assert fields(swapped) == ["no", "sasaran", "indikator", "formula", "penanggung_jawab", "sumber_data"]
    assert swapped.kind == "iku"


def test_two_header_rows_and_the_row_of_column_numbers() -> None:
    found = table(
        """
        No | Sasaran | Indikator | Realisasi | | Tingkat Capaian (% realisasi)
        | | | 2023 | 2024 |
        1 | 2 | 3 | 4 | 5 | 6 (= 5/4 *100)%
        1 | Naiknya mutu | Indeks mutu | 70% | 96% | 137%
        """
    )
    assert [(c.field, c.tahun) for c in found.columns[3:5]] == [("realisasi", 2023), ("realisasi", 2024)]
    assert (found.columns[5].nomor, found.columns[5].formula) == ("6", "5/4 *100")
    assert len(found.rows) == 1


def test_three_header_rows_tell_targets_from_money_per_year() -> None:
    header = Header(
        parts=(
            ("Kode",),
            ("Tahun 1", "Target"),
            ("Tahun 1", "Rp"),
            ("Kondisi Akhir", "Target"),
            ("Kondisi Akhir", "Rp"),
        ),
        rows=3,
        nomor=(None,) * 5,
        formula=(None,) * 5,
    )
    read = [(c.field, c.tahun_ke) for c in columns_of(header)]
    assert read == [("kode", None), ("target", 1), ("anggaran", 1), ("target_akhir", None), ("anggaran_akhir", None)]


def test_an_unlabelled_first_column_of_numbers_is_the_number() -> None:
    found = table(
        """
        | Kegiatan | Anggaran | Sumber Dana
        1. | Penataan | Rp. 15.000.000 | APBD
        2. | Pengawasan | Rp. 25.000.000 | APBD
        """
    )
    assert fields(found) == ["no", "kegiatan", "anggaran", "sumber_dana"]


def test_labels_that_no_vocabulary_knows_keep_their_words() -> None:
    """Strict reading: a column is listed as unread, never dropped."""
    found = table(
        """
        No | Sarana Prasarana | Jumlah | Kondisi
        1 | Mobil | 1 unit | Baik
        2 | Printer | 7 unit | Baik
        """
    )
    assert [c.label for c in found.columns] == ["No", "Sarana Prasarana", "Jumlah", "Kondisi"]
    assert fields(found) == ["no", None, None, None]


def test_reasons_and_definitions_give_way_to_the_column_of_formulas() -> None:
    """Else every formula of such a table is its reason, and the audit reads prose where a fraction stands beside it."""
    parts = (("Indikator Kinerja Utama",), ("Penjelasan", "Alasan"), ("Penjelasan", "Formulasi / Rumus Perhitungan"))
    told = [column.field for column in columns_of(Header(parts, 2, (None,) * 3, (None,) * 3))]
    assert told == ["indikator", "keterangan", "formula"]
    alone = [column.field for column in columns_of(Header(parts[:2], 2, (None,) * 2, (None,) * 2))]
    assert alone == ["indikator", "formula"]

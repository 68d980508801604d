"""If these fail, the database says of a figure what its table does not say."""

from __future__ import annotations

from pipeline.model import Berkas
from tests.normalize.test_tahun import read


def kinerja(found: Berkas) -> list[tuple[str, str]]:
    return [(record.jenis, record.reading.text) for record in found.kinerja if record.row == 0]


def test_shares_of_something_else_than_the_target_are_no_capaian() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2016
        No | Sasaran | Indikator Kinerja | Realisasi Tahun 2015 | Realisasi Tahun 2016 | Realisasi 2016 thdp 2015 (5/4)*100
        1 | 2 | 3 | 4 | 5 | 6
        1. | Naiknya mutu | Persentase layanan baik | 2,15 | 2,23 | 103,72
        2. | Naiknya mutu | Persentase layanan cepat | 2,19 | 2,25 | 102,74
        """
    )
    assert kinerja(found)[-1] == ("perkembangan", "103,72")


def test_a_sum_over_years_is_no_realisasi_of_one() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2016
        No | Indikator Kinerja | Realisasi s.d Tahun 2016 (2014+2015+2016) | Target Renstra s.d 2018
        1. | Persentase layanan baik | 6,35 | 11,5
        2. | Persentase layanan cepat | 6,51 | 11,5
        """
    )
    assert kinerja(found)[0] == ("realisasi_kumulatif", "6,35")


def test_two_versions_of_a_budget_are_told_apart() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2016
        Program / Kegiatan | Anggaran Murni | Anggaran Perubahan | Realisasi Anggaran
        Program Promosi Kesehatan | 641.773.572 | 546.343.572 | 428.872.840
        Program Lingkungan Sehat | 141.773.572 | 146.343.572 | 128.872.840
        """
    )
    versions = [record.band for record in found.anggaran if record.row == 0 and record.jenis == "pagu"]
    assert versions == [("Anggaran Murni",), ("Anggaran Perubahan",)]


def test_income_is_no_budget() -> None:
    """The office is called after income too: its own budget stays one."""
    income = """
        LAPORAN KINERJA BADAN PENDAPATAN DAERAH KOTA BATU TAHUN 2016

        Tabel 3.1 {title}
        No | Uraian | 2015 (Rp) | 2016 (Rp)
        1 | Pajak Daerah | 14.617.071.393 | 15.727.483.589
        2 | Retribusi Daerah | 73.459.165.719 | 73.504.738.396
        """
    assert not read(income.format(title="Kenaikan Pendapatan Daerah")).anggaran
    assert read(income.format(title="Belanja Badan Pendapatan Daerah")).anggaran


def test_an_objective_without_indicators_carries_its_figures() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024
        No | Sasaran | % Capaian Kinerja | % Serapan Anggaran | Kategori Efisiensi
        1 | Naiknya mutu layanan | 99,5% | 80,1% | Efisien
        2 | Naiknya mutu laporan | 95,5% | 98,1% | Tidak Efisien
        """
    )
    assert kinerja(found)[0] == ("capaian", "99,5%")
    assert next((r.jenis, r.level, r.nama) for r in found.anggaran) == ("serapan", "sasaran", "Naiknya mutu layanan")


def test_the_indicators_of_goals_are_indicators() -> None:
    found = read(
        """
        RENCANA STRATEGIS DINAS CONTOH KABUPATEN JEMBER TAHUN 2021-2026
        No | Tujuan | Indikator Tujuan | Sasaran | Indikator Sasaran
        1 | Layanan prima | Indeks Pelayanan Publik | Naiknya mutu | Persentase layanan baik
        2 | Tata kelola baik | Nilai SAKIP | Naiknya akuntabilitas | Persentase laporan tepat waktu
        """
    )
    goals = [record for record in found.indikator if record.sasaran is None]
    assert [(record.tujuan, record.indikator) for record in goals] == [
        ("Layanan prima", "Indeks Pelayanan Publik"),
        ("Tata kelola baik", "Nilai SAKIP"),
    ]


def test_what_an_activity_reached_is_not_what_the_indicator_reached() -> None:
    """Regression: "Realisasi Fisik" of each kegiatan was stored as a realisasi of the indicator that they serve."""
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2016
        Indikator | Program | Kegiatan | Pagu Anggaran (Rp) | Realisasi Keuangan (Rp) | Realisasi Fisik (%)
        Persentase layanan baik | Program Layanan | Survei Layanan | 268.830.000 | 240.749.000 | 100,00
        Persentase layanan cepat | Program Layanan | Rapat Layanan | 168.830.000 | 140.749.000 | 99,00
        """
    )
    assert [(r.jenis, r.indikator) for r in found.kinerja if r.row == 0] == [("realisasi_fisik", "Survei Layanan")]


def test_progress_of_the_plan_is_told_from_the_year_s() -> None:
    found = read(
        """
        RENCANA KERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2016
        Program | Indikator Kinerja | Realisasi Renja Tahun 2014 | Realisasi Capaian s/d Tahun 2014
        Program Layanan | Jumlah dokumen layanan | 1 | 3
        Program Lain | Jumlah dokumen lain | 1 | 4
        """
    )
    assert kinerja(found) == [("realisasi", "1"), ("realisasi_kumulatif", "3")]


def test_levels_by_name_where_a_column_holds_several() -> None:
    """Regression: every unnumbered kegiatan under "Program / Kegiatan" was stored as a program."""
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2022
        No | Program / Kegiatan | Anggaran (Rp) | Realisasi (Rp)
        1 | Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota | 741.773.572 | 528.872.840
         | Administrasi Keuangan Perangkat Daerah | 641.773.572 | 428.872.840
         | Penyusunan Dokumen Perencanaan Perangkat Daerah | 61.773.572 | 42.872.840
         | Pembuatan Sumur Contoh | 41.773.572 | 28.872.840
        """
    )
    levels = [record.level for record in found.anggaran if record.jenis == "pagu"]
    assert levels == ["program", "kegiatan", "sub_kegiatan", None]


def test_amounts_of_quarters_are_told_apart() -> None:
    found = read(
        """
        EVALUASI HASIL RENJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2023
        Program | Indikator Kinerja | Realisasi Triwulan I | | Realisasi Triwulan II |
         | | K | Rp | K | Rp
        PROGRAM PENUNJANG | Persentase layanan baik | 20 % | 641.773.572 | 40 % | 741.773.572
        PROGRAM PENGAWASAN | Persentase temuan selesai | 25 % | 141.773.572 | 45 % | 241.773.572
        """
    )
    assert [r.band for r in found.anggaran if r.row == 0] == [("Triwulan I",), ("Triwulan II",)]
    assert found.dokumen.kind == "Evaluasi"


def test_inputs_are_amounts_of_the_activity_named_above_outputs_are_figures() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024

        1. Kegiatan Penataan Organisasi Sub Kegiatan Pengelolaan Kelembagaan
         | Uraian Input/ Output | Satuan | Target | Realisasi
        Input | Jumlah Dana | Rp | 487.277.800 | 232.522.416
        Output | Jumlah Dokumen Kelembagaan | Dokumen | 3 | 2
        """
    )
    assert [(r.jenis, r.level, r.nama) for r in found.anggaran] == [
        ("pagu", "sub_kegiatan", "Sub Kegiatan Pengelolaan Kelembagaan"),
        ("realisasi_anggaran", "sub_kegiatan", "Sub Kegiatan Pengelolaan Kelembagaan"),
    ]
    assert [(r.jenis, r.indikator, r.reading.value) for r in found.kinerja] == [
        ("target", "Jumlah Dokumen Kelembagaan", 3),
        ("realisasi", "Jumlah Dokumen Kelembagaan", 2),
    ]


def test_an_amount_beside_a_goal_is_the_goal_s() -> None:
    found = read(
        """
        RENCANA STRATEGIS DINAS CONTOH KABUPATEN JEMBER TAHUN 2021-2023
        Tujuan | Sasaran | Kode | Program dan Kegiatan | Indikator Kinerja | Tahun 1 | | Tahun 2 | | Tahun 3 |
         | | | | | Target | Rp | Target | Rp | Target | Rp
        Layanan prima | | | | Indeks Pelayanan | 80 | 3.000.000 | 81 | 4.000.000 | 82 | 5.000.000
         | Naiknya mutu | | | Persentase baik | 80 % | 3.000.000 | 81 % | 4.000.000 | 82 % | 5.000.000
         | | 1.01.01 | PROGRAM PENUNJANG | Persentase layanan | 80 % | 3.000.000 | 81 % | 4.000.000 | 82 % | 5.000.000
        """
    )
    first = [(r.level, r.nama) for r in found.anggaran if r.tahun == 2021]
    assert first == [("tujuan", "Layanan prima"), ("sasaran", "Naiknya mutu"), ("program", "PROGRAM PENUNJANG")]


def test_a_share_of_a_later_year_s_target_is_of_the_plan_s_end() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024
        Indikator Kinerja | Target 2024 | Realisasi 2024 | Capaian s.d. 2024 thd 2026 | Capaian 2024 terhadap 2023
        Persentase layanan baik | 80 | 84 | 93,33 | 105,00
        Persentase hasil baik | 70 | 77 | 96,25 | 104,00
        """
    )
    assert [jenis for jenis, _ in kinerja(found)[2:]] == ["capaian_akhir", "perkembangan"]


def test_a_draft_and_its_review_side_by_side_are_told_apart() -> None:
    found = read(
        """
        RENCANA KERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2023
        No | Program | Indikator | Target Rancangan Awal | Target Hasil Analisis
        1 | Program Layanan | Persentase layanan baik | 93,5 % | 80 %
        2 | Program Hasil | Persentase hasil baik | 92,5 % | 81 %
        """
    )
    assert [(r.band, r.reading.text) for r in found.kinerja if r.row == 0] == [
        (("Target Rancangan Awal",), "93,5 %"),
        (("Target Hasil Analisis",), "80 %"),
    ]


def test_the_absorption_of_an_indicator_is_kept() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024
        No | Indikator | % Capaian Kinerja | % Penyerapan Anggaran | Tingkat Efisiensi
        1 | Persentase layanan baik | 105 | 90 | 15
        2 | Persentase hasil baik | 110 | 91 | 19
        """
    )
    assert [(r.jenis, r.nama, r.reading.text) for r in found.anggaran] == [
        ("serapan", "Persentase layanan baik", "90"),
        ("serapan", "Persentase hasil baik", "91"),
    ]

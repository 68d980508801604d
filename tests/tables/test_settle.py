"""If these fail, a percentage of money is read as performance, a Renja as a Renstra, a yearly target as the plan's last."""

from __future__ import annotations

from tests.tables.tables_helper import fields, table


def test_a_percentage_beside_money_is_absorption_whatever_it_is_called() -> None:
    """Regression: "Realisasi %" in a table of budgets was a realisasi of nothing, and was never checked."""
    found = table(
        """
        No | Program / Kegiatan | Anggaran | Realisasi Anggaran | Realisasi %
        1 | Program Promosi Kesehatan | 712.500.000 | 657.664.500 | 92,30
        2 | Program Lingkungan Sehat | 150.000.000 | 140.240.500 | 93,49
        """
    )
    assert fields(found)[-3:] == ["anggaran", "realisasi_anggaran", "serapan"]


def test_targets_of_the_plan_over_several_years_are_targets_of_those_years() -> None:
    found = table(
        """
        Tabel 2.2 Pencapaian Kinerja Pelayanan
        No | Indikator Sasaran | SPM/Standar Nasional | Target Renstra Perangkat Daerah | |
         | | | 2021 | 2022 | 2023
        1 | Nilai SAKIP | 70 | 71,5 | 72,5 | 73,5
        2 | Indeks Kepuasan Masyarakat | 80 | 81,5 | 82,5 | 83,5
        """
    )
    assert [(c.field, c.tahun) for c in found.columns[3:]] == [("target", 2021), ("target", 2022), ("target", 2023)]
    assert found.kind == "pembanding"


def test_an_achievement_beside_the_final_target_alone_is_of_that() -> None:
    found = table(
        """
        No | Sasaran | Indikator Kinerja | Realisasi 2022 | Target Akhir Renstra | Capaian Realisasi
        1 | Naiknya mutu | Nilai SAKIP | 71,5 | 80 | 89,38%
        2 | Naiknya mutu | Indeks Kepuasan | 82,5 | 90 | 91,67%
        """
    )
    assert fields(found)[-1] == "capaian_akhir"


def test_criteria_beside_a_figure_rate_it() -> None:
    found = table(
        """
        No | Indikator Kinerja | Target | Realisasi | % Capaian | Kriteria
        1 | Nilai SAKIP | 71,5 | 71,5 | 100% | Sangat Tinggi
        2 | Indeks Kepuasan | 82,5 | 80 | 96,97% | Sangat Tinggi
        """
    )
    assert fields(found)[-1] == "predikat"


def test_figures_of_another_region_are_no_second_realisasi() -> None:
    found = table(
        """
        No | Sasaran | Indikator Kinerja | Realisasi 2022 | Realisasi Daerah | Ket.
        1 | Naiknya mutu | Nilai SAKIP | 71,5 | 70,2 | rata-rata
        2 | Naiknya mutu | Indeks Kepuasan | 82,5 | 81,3 | rata-rata
        """
    )
    assert fields(found)[4] == "pembanding"


def test_the_total_of_sources_is_the_budget() -> None:
    found = table(
        """
        Program | Kegiatan | APBD | APBN | Total
        Program Pelayanan | Rapat Koordinasi | 250.000.000 | 0 | 250.000.000
        Program Pelayanan | Penyusunan Dokumen | 150.000.000 | 10.000.000 | 160.000.000
        """
    )
    assert (fields(found)[-1], found.kind) == ("anggaran", "anggaran")


def test_a_plan_with_its_forward_estimate_is_a_yearly_one() -> None:
    found = table(
        """
        Kode | Program/Kegiatan | Indikator Kinerja | Rencana Tahun 2023 | | Prakiraan Maju Tahun 2024 |
         | | | Target | Pagu Indikatif | Target | Pagu Indikatif
        6.01.01 | PROGRAM PENUNJANG | Persentase layanan baik | 90 % | 1.000.000.000 | 95 % | 1.100.000.000
        6.01.02 | PROGRAM PENGAWASAN | Persentase temuan selesai | 80 % | 2.000.000.000 | 85 % | 2.200.000.000
        """
    )
    assert found.kind == "rkt"


def test_what_was_reached_per_quarter_is_measured_not_planned() -> None:
    found = table(
        """
        Program | Indikator Kinerja | Realisasi Triwulan I | Realisasi Triwulan II | Realisasi Triwulan III
        PROGRAM PENUNJANG | Persentase layanan baik | 20 % | 40 % | 60 %
        PROGRAM PENGAWASAN | Persentase temuan selesai | 25 % | 45 % | 65 %
        """
    )
    assert found.kind == "pengukuran"


def test_a_list_of_key_indicators_needs_no_formula() -> None:
    found = table(
        """
        Indikator Kinerja Utama Dinas Contoh
        No | Sasaran | Indikator Sasaran | Keterangan
        1 | Naiknya mutu | Nilai SAKIP | Mendukung RPJMD
        2 | Naiknya mutu | Indeks Kepuasan | Mendukung RPJMD
        """
    )
    assert found.kind == "iku"


def test_a_percentage_under_money_is_no_money() -> None:
    """Regression: "Anggaran | %" was stored as a pagu of 90 rupiah."""
    found = table(
        """
        Sasaran | Kinerja | | | Anggaran | |
         | Target | Realisasi | % | Pagu | Realisasi | %
        Naiknya mutu | 80 | 84 | 105 | 1.000.000.000 | 900.000.000 | 90
        Naiknya hasil | 70 | 77 | 110 | 500.000.000 | 450.000.000 | 90
        """
    )
    assert fields(found)[3:] == ["capaian", "anggaran", "realisasi_anggaran", "serapan"]


def test_quarters_hold_targets_or_what_was_reached() -> None:
    for title, field in (
        ("Rencana Aksi Pencapaian Kinerja", "target"),
        ("Realisasi Kinerja per Triwulan", "realisasi"),
    ):
        found = table(
            f"""
            Tabel 3.1 {title}
            Sasaran | Indikator | TW I | TW II | TW III | TW IV
            Naiknya mutu | Persentase layanan baik | 20 % | 40 % | 60 % | 80 %
            Naiknya hasil | Persentase hasil baik | 10 % | 20 % | 50 % | 70 %
            """
        )
        assert [(c.field, c.triwulan) for c in found.columns[2:]] == [(field, n) for n in (1, 2, 3, 4)], title


def test_short_leaves_under_quarters_are_target_and_realisasi() -> None:
    found = table(
        """
        No | Indikator Kinerja | Target Tahunan | Triwulan I | | Triwulan II |
         | | | T | R | T | R
        1 | Persentase layanan baik | 80 % | 20 % | 21 % | 40 % | 41 %
        2 | Persentase hasil baik | 70 % | 10 % | 11 % | 20 % | 22 %
        """
    )
    assert fields(found)[3:] == ["target", "realisasi", "target", "realisasi"]


def test_standards_are_no_targets_of_the_office() -> None:
    found = table(
        """
        No | Indikator Kinerja | Target NSPK | Target IKK | Target Renstra Tahun ke- | |
         | | | | 1 | 2 | 3
        1 | Persentase layanan baik | 80 | 85 | 70 | 72 | 74
        2 | Persentase hasil baik | 80 | 85 | 60 | 62 | 64
        """
    )
    assert [(c.field, c.tahun_ke) for c in found.columns[2:]] == [
        ("pembanding", None), ("pembanding", None), ("target", 1), ("target", 2), ("target", 3),
    ]  # fmt: skip


def test_the_scale_of_the_title_is_that_of_its_money() -> None:
    """Regression: 1.000 under "dalam jutaan rupiah" was stored as one thousand rupiah, 900 as an absorption."""
    found = table(
        """
        Tabel 3.3 Realisasi Anggaran (dalam jutaan rupiah)
        No | Sasaran | Program | Anggaran | Realisasi | Capaian
        1 | Naiknya mutu | Program Layanan | 1.000 | 900 | 90%
        2 | Naiknya hasil | Program Hasil | 500 | 450 | 90%
        """
    )
    read = [(c.field, c.satuan) for c in found.columns[3:]]
    assert read == [("anggaran", "juta Rp"), ("realisasi_anggaran", "juta Rp"), ("serapan", None)]


def test_amounts_in_full_have_no_scale_whatever_the_title_says() -> None:
    found = table(
        """
        Tabel 3.3 Realisasi Anggaran (dalam jutaan rupiah)
        No | Program | Anggaran | Realisasi
        1 | Program Layanan | 1.000.000.000 | 900.000.000
        2 | Program Hasil | 500.000.000 | 450.000.000
        """
    )
    assert [c.satuan for c in found.columns[2:]] == [None, None]


def test_a_value_called_capaian_before_its_percentage_is_the_realisasi() -> None:
    for share in ("% Capaian", "Persentase", "Tingkat Capaian"):
        found = table(
            f"""
            No | Indikator Kinerja | Target | Capaian | {share}
            1 | Nilai SAKIP | 70 | 77 | 110
            2 | Indeks Kepuasan | 80 | 84 | 105
            """
        )
        assert fields(found)[2:] == ["target", "realisasi", "capaian"], share


def test_a_percentage_reached_is_no_target_whatever_stands_below_it() -> None:
    """Regression: "Tingkat Capaian (%) | K" was stored as a target of 100."""
    found = table(
        """
        Program | Indikator | Target | | Realisasi | | Tingkat Capaian (%) |
         | | K | Rp | K | Rp | Kinerja | Rp
        PROGRAM PENUNJANG | Persentase layanan baik | 80 % | 2.000.000 | 80 % | 1.900.000 | 100 | 95
        PROGRAM LAIN | Persentase lain baik | 81 % | 2.100.000 | 81 % | 1.910.000 | 100 | 91
        """
    )
    assert fields(found)[2:] == ["target", "anggaran", "realisasi", "realisasi_anggaran", "capaian", "serapan"]


def test_the_share_of_a_budget_is_no_achievement() -> None:
    found = table(
        """
        No | Sasaran | Anggaran | Persentase
        1 | Naiknya mutu | Rp 1.000.000.000 | 66,67%
        2 | Naiknya hasil | Rp 500.000.000 | 33,33%
        """
    )
    assert fields(found)[2:] == ["anggaran", None]


def test_the_plan_s_target_of_the_year_reached_is_no_final_target() -> None:
    found = table(
        """
        No | Indikator | Target Renstra 2024 | Realisasi 2024 | Target Akhir Renstra 2026
        1 | Nilai SAKIP | 71 | 71,5 | 80
        2 | Indeks Kepuasan | 82 | 82,5 | 90
        """
    )
    assert [(c.field, c.tahun) for c in found.columns[2:]] == [
        ("target", 2024),
        ("realisasi", 2024),
        ("target_akhir", 2026),
    ]

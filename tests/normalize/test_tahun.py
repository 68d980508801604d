"""If these fail, a target of 2023 is stored as one of 2027, and no comparison of a plan with a report can be believed."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pipeline.extract.text import read_text
from pipeline.model import Berkas
from pipeline.normalize import berkas_of


def read(source: str) -> Berkas:
    lines = [
        "\t".join(cell.strip() for cell in line.split("|")) if "|" in line else line
        for line in dedent(source).strip("\n").split("\n")
    ]
    return berkas_of(read_text("\n".join(lines).encode(), "contoh.txt"), "contoh.txt")


def years(found: Berkas, jenis: str = "target") -> list[int | None]:
    """Years of the figures of the first indicator, from left to right."""
    first = next(record.row for record in found.kinerja)
    return [record.tahun for record in found.kinerja if record.jenis == jenis and record.row == first]


PLAN = """
RENCANA STRATEGIS DINAS CONTOH KABUPATEN JEMBER TAHUN {period}
No | Sasaran | Indikator | Tahun 1 | Tahun 2 | Tahun 3 | Tahun 4 | Tahun 5
1 | Naiknya mutu | Persentase layanan baik | 40 % | 50 % | 60 % | 70 % | 80 %
2 | Naiknya mutu | Persentase layanan cepat | 41 % | 52 % | 63 % | 74 % | 85 %
"""


def test_numbered_years_that_fill_the_plan_are_its_years() -> None:
    assert years(read(PLAN.format(period="2021-2025"))) == [2021, 2022, 2023, 2024, 2025]


def test_numbered_years_that_do_not_fill_the_plan_stay_unknown_and_say_why() -> None:
    """Regression: they were counted from the document's year, "Tahun 3" of a report of 2024 became 2027."""
    found = read(PLAN.format(period="2021-2026"))
    assert years(found) == [None] * 5
    assert any("unknown" in note for note in found.tables[0].notes)


MATRIX = """
LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024

Tabel 2.1 Matriks Tujuan dan Sasaran
Sasaran | Indikator | Target pada Tahun | | | | |
 | | 2021 | 2022 | 2023 | 2024 | 2025 | 2026
Naiknya mutu | Persentase layanan baik | 40 % | 50 % | 60 % | 70 % | 80 % | 90 %
Naiknya mutu | Persentase layanan sama | 100 % | 100 % | 100 % | 100 % | 100 % | 100 %

Tabel 6.1 Rencana Program
Kode | Program | Indikator Kinerja | Tahun 1 | | Tahun 2 | | Tahun 3 |
 | | | Target | Rp | Target | Rp | Target | Rp
1.01.01 | PROGRAM PENUNJANG | Persentase layanan baik | {targets[0]} | 1.000.000 | {targets[1]} | 2.000.000 | {targets[2]} | 3.000.000
1.01.02 | PROGRAM LAIN | Persentase layanan sama | 100 % | 1.500.000 | 100 % | 2.500.000 | 100 % | 3.500.000
"""


@pytest.mark.parametrize(("targets", "first"), [(("40 %", "50 %", "60 %"), 2021), (("50 %", "60 %", "70 %"), 2022)])
def test_a_matrix_with_printed_years_says_which_year_the_first_is(targets: tuple[str, ...], first: int) -> None:
    found = read(MATRIX.format(targets=targets))
    program = next(table for table in found.tables if table.kind == "renstra_program")
    money = [record.tahun for record in found.anggaran if record.table == program.ordinal and record.row == 0]
    assert money == [first, first + 1, first + 2]
    assert any(str(first) in note for note in program.notes)


def test_targets_that_fit_no_start_leave_the_years_unknown() -> None:
    found = read(MATRIX.format(targets=("11 %", "12 %", "13 %")))
    program = next(table for table in found.tables if table.kind == "renstra_program")
    assert {record.tahun for record in found.anggaran if record.table == program.ordinal} == {None}


def test_a_year_printed_beside_the_number_is_believed() -> None:
    found = read(
        """
        RENCANA STRATEGIS DINAS CONTOH KABUPATEN JEMBER TAHUN 2021-2026
        No | Sasaran | Indikator | Tahun ke-1 (2022) | Tahun ke-2 | Tahun ke-3
        1 | Naiknya mutu | Persentase layanan baik | 40 % | 50 % | 60 %
        2 | Naiknya mutu | Persentase layanan cepat | 41 % | 52 % | 63 %
        """
    )
    assert years(found) == [2022, 2023, 2024]


def test_numbers_under_tahun_ke_are_years_not_column_numbers() -> None:
    """Else the form T-C.25 loses four of its five targets, and the row of column numbers becomes an indicator."""
    found = read(
        """
        RENCANA STRATEGIS DINAS CONTOH KABUPATEN JEMBER TAHUN 2021-2025
        No | Tujuan | Sasaran | Indikator Tujuan/Sasaran | Target Kinerja Tujuan/Sasaran pada Tahun ke- | | | |
         | | | | 1 | 2 | 3 | 4 | 5
        (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9)
        1 | Baiknya layanan | Naiknya mutu | Persentase layanan baik | 40 % | 50 % | 60 % | 70 % | 80 %
        2 | Baiknya layanan | Naiknya mutu | Persentase layanan cepat | 41 % | 52 % | 63 % | 74 % | 85 %
        """
    )
    assert years(found) == [2021, 2022, 2023, 2024, 2025]
    assert len(found.indikator) == 2


def test_years_told_from_the_document_s_own() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024
        No | Sasaran | Indikator | Realisasi Tahun Lalu | Target Tahun ini | Realisasi Tahun n | Realisasi n-2
        1 | Naiknya mutu | Persentase layanan baik | 40 % | 50 % | 60 % | 30 %
        2 | Naiknya mutu | Persentase layanan cepat | 41 % | 52 % | 63 % | 31 %
        """
    )
    assert (years(found), years(found, "realisasi")) == ([2024], [2023, 2024, 2022])


def test_last_year_of_a_plan_in_the_making_is_not_known() -> None:
    """A Renja of 2024 is written in 2023: its "tahun lalu" may be 2022 or 2023. "n+1" is clear."""
    found = read(
        """
        RENCANA KERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024
        Program | Indikator Kinerja | Target Tahun Lalu | Target Tahun n | Target Tahun n+1
        PROGRAM PENUNJANG | Persentase layanan baik | 40 % | 50 % | 60 %
        PROGRAM LAIN | Persentase layanan cepat | 41 % | 52 % | 63 %
        """
    )
    assert years(found) == [None, 2024, 2025]


def test_the_year_of_the_title_is_that_of_its_figures() -> None:
    found = read(
        """
        LAPORAN KINERJA DINAS CONTOH KABUPATEN JEMBER TAHUN 2024

        Tabel 1.2 Perjanjian Kinerja Tahun 2023
        No | Sasaran | Indikator Kinerja | Target
        1 | Naiknya mutu | Persentase layanan baik | 40 %
        2 | Naiknya mutu | Persentase layanan cepat | 41 %
        """
    )
    assert years(found) == [2023]

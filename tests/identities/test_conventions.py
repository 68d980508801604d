"""A report that follows another convention is right; one that follows none is wrong. Mixing them up accuses the innocent."""

from __future__ import annotations

import pytest

from pipeline.audit.identities.collect import collect
from pipeline.audit.identities.direction import lower_is_better
from pipeline.audit.identities.workup import work_up
from pipeline.model import Berkas

from .support import berkas, table

HEAD = "sasaran\tindikator\ttarget@2024\trealisasi@2024\tcapaian\n"


def report(rows: str) -> Berkas:
    return berkas(table(HEAD + rows, kind="pengukuran"))


def accused(document: Berkas) -> list[str]:
    return [d.best.figure.text for d in work_up(collect(document)).diagnoses if d.best is not None]


@pytest.mark.parametrize(
    "rows",
    [
        "S\tPersentase layanan contoh\t80%\t72,40%\t90,50%",
        "S\tPersentase penduduk miskin\t10,00%\t8,00%\t120,00%",
        "S\tPersentase penduduk miskin\t10,00%\t8,00%\t125,00%",
        "S\tPersentase layanan contoh\t80%\t90,00%\t100%\nS\tPersentase arsip contoh\t80%\t95,00%\t100%",
    ],
    ids=["more is better", "(2T-R)/T", "T/R", "limited to 100"],
)
def test_conventions_in_use_are_accepted(rows: str) -> None:
    assert accused(report(rows)) == []


def test_a_limit_that_other_rows_exceed_is_no_limit() -> None:
    rows = "S\tPersentase layanan contoh\t80%\t90,00%\t100%\nS\tPersentase arsip contoh\t80%\t96,00%\t120%\nS\tPersentase c\t50%\t40,00%\t80%"
    assert accused(report(rows)) == ["100%"]


def test_columns_of_other_years_are_not_compared() -> None:
    """A table with the achievement of last year beside this year's target would be one false alarm a row."""
    rows = "S\tPersentase layanan contoh\t80%\t72,40%\t90,50%\t77,70%\nS\tPersentase arsip contoh\t80%\t76,00%\t95,00%\t66,60%"
    head = "sasaran\tindikator\ttarget@2024\trealisasi@2024\tcapaian@2024\tcapaian@2023\n"
    assert accused(berkas(table(head + rows, kind="pengukuran"))) == []


def test_amounts_are_no_achievement_of_a_percentage() -> None:
    rows = "S\tPersentase layanan contoh\t100\t11.534.782.463\t93,92%"
    assert accused(report(rows)) == []


def test_a_column_of_another_measure_is_no_ratio() -> None:
    """Targets in per cent beside tons produced: one ton count that happens to lie near its target proves nothing."""
    rows = (
        "S\tProduksi contoh\t5,00%\t1.089.732\t1,12%\nS\tProduksi lain\t1,58%\t291.321\t2,53%\n"
        "S\tProduksi olahan\t2,00%\t594.385\t124,53%\nS\tPenebaran benih\t6.000.000\t11.805.000\t149,37%"
    )
    assert accused(report(rows)) == []


def test_a_number_whose_only_mark_is_in_doubt_accuses_nobody() -> None:
    """1,417 is 1417 where T/R is 1,8/0,127."""
    rows = (
        "S\tTingkat gangguan jaringan\t1,8%\t0,127%\t1,417%\n"
        "S\tTingkat gangguan komputer\t2,0%\t1,09%\t183,49%\n"
        "S\tTingkat gangguan listrik\t2,0%\t1,00%\t200,00%"
    )
    assert "1,417%" not in accused(report(rows))


def test_direction_is_read_from_whole_words() -> None:
    """AKI is maternal mortality; AKIP is a grade that should rise."""
    assert lower_is_better("Angka Kematian Ibu (AKI)")
    assert not lower_is_better("Nilai Evaluasi AKIP PD")
    assert not lower_is_better("Persentase penurunan kemiskinan")


def test_a_header_may_declare_a_difference() -> None:
    """Efficiency columns say `(100-6)` in their header; a wrong one would stay unseen."""
    head = "indikator\tcapaian#2\tserapan#3\tketerangan#4=2-3\tkriteria#5=100-3\n"
    rows = "Persentase a b\t94,24%\t83,13%\t11,11%\t16,87%\nPersentase c d\t98,30%\t93,92%\t4,38%\t6,80%"
    assert accused(berkas(table(head + rows, kind="efisiensi"))) == ["6,80%"]


def test_lettered_rows_are_averaged_above_them() -> None:
    """If this fails, an indicator's capaian that was not updated after its parts is not seen."""
    head = "indikator\tcapaian@2023\tcapaian@2024\n"
    parts = "a. Kendaraan\t70,92\t100,53\nb. Air\t114,17\t100\nc. Bahan bakar\t115,54\t100\n"
    one = table(head + "Potensi wajib pajak\t100,21\t100,03\n" + parts, kind="pengukuran")
    assert accused(berkas(one)) == ["100,03"]
    unmeant = table(head + "Potensi wajib pajak\t90,21\t100,03\n" + parts, kind="pengukuran")
    assert accused(berkas(unmeant)) == [], "no column shows that the mean is meant"

"""An auditor trusts the explanation: one slip is one finding, at the right cell, with the right value."""

from __future__ import annotations

from decimal import Decimal

from pipeline.audit.identities.check import check
from pipeline.audit.identities.collect import collect
from pipeline.audit.identities.diagnose import Diagnosis, diagnose
from pipeline.audit.identities.workup import work_up
from pipeline.model import Berkas

from .support import berkas, table

HEAD = "uraian\tanggaran\trealisasi_anggaran\tserapan\n"
CLEAN = (
    HEAD
    + """\
Program Penunjang\t2.636.500.000\t1.184.303.703\t45%
Kegiatan Penataan\t1.948.876.200\t820.648.019\t42%
Sub Kegiatan Kelembagaan\t487.277.800\t232.522.416\t48%
Sub Kegiatan Pelayanan\t953.594.400\t467.192.970\t49%
Sub Kegiatan Kinerja\t508.004.000\t120.932.633\t24%
Kegiatan Keuangan\t402.572.200\t331.625.184\t82%
Sub Kegiatan Gaji\t402.572.200\t331.625.184\t82%
Kegiatan Umum\t285.051.600\t32.030.500\t11%
Sub Kegiatan Logistik\t106.132.000\t32.030.500\t30%
Sub Kegiatan Peralatan\t178.919.600\t0\t
JUMLAH\t2.636.500.000\t1.184.303.703\t45%
"""
)


def explain(document: Berkas) -> list[Diagnosis]:
    checked = check(collect(document))
    return list(diagnose(checked.satisfied, checked.violated).diagnoses)


def test_a_clean_table_has_nothing_to_explain() -> None:
    assert explain(berkas(table(CLEAN))) == []


def test_a_lost_digit_printed_in_two_tables_is_one_diagnosis_with_the_right_value() -> None:
    wrong = CLEAN.replace("467.192.970", "46.192.970")
    inputs = table("uraian\tanggaran\trealisasi_anggaran\nSub Kegiatan Pelayanan\t953.594.400\t467.192.970", ordinal=2)
    found = explain(berkas(table(wrong), table(wrong, ordinal=1), inputs))
    assert len(found) == 1
    best = found[0].best
    assert best is not None and best.proposed == Decimal("467192970")
    assert best.cause.kind == "digit_hilang"
    assert {figure.ref.table for figure in best.figures} == {0, 1}
    assert len(found[0].vouching) >= 3 and not found[0].rivals


def test_rows_exchanged_in_one_of_two_tables_are_one_diagnosis() -> None:
    swapped = CLEAN.replace("Logistik\t106.132.000\t32.030.500\t30%", "Logistik\t106.132.000\t0\t").replace(
        "Peralatan\t178.919.600\t0\t", "Peralatan\t178.919.600\t32.030.500\t30%"
    )
    found = explain(berkas(table(swapped), table(CLEAN, ordinal=1)))
    assert len(found) == 1
    assert found[0].move is not None and found[0].move.kind == "tukar" and found[0].move.table[1] == 0


def test_a_total_that_differs_in_one_digit_is_the_total_s_fault() -> None:
    wrong = CLEAN.replace("JUMLAH\t2.636.500.000\t1.184.303.703", "JUMLAH\t2.636.500.000\t1.184.303.783")
    found = explain(berkas(table(wrong)))
    assert len(found) == 1
    best = found[0].best
    assert best is not None and best.figure.ref.row == 10 and best.proposed == Decimal("1184303703")


def test_a_percentage_copied_from_the_row_above_is_named_as_such() -> None:
    wrong = CLEAN.replace("Keuangan\t402.572.200\t331.625.184\t82%", "Keuangan\t402.572.200\t331.625.184\t24%")
    found = explain(berkas(table(wrong)))
    assert len(found) == 1
    best = found[0].best
    assert best is not None and best.cause.kind == "salin_baris" and best.proposed == Decimal("82")


def test_a_shifted_column_is_one_diagnosis_not_one_per_row() -> None:
    amounts = [600, 100, 200, 300, 1000, 400, 350, 250, 90, 60, 30, 77, 77]
    names = ["Kegiatan A", *["Sub Kegiatan a"] * 3, "Kegiatan B", *["Sub Kegiatan b"] * 3, "Kegiatan C",
             *["Sub Kegiatan c"] * 2, "Kegiatan D", "Sub Kegiatan d"]  # fmt: skip
    shifted = amounts[-2:] + amounts[:-2]
    total = sum(amount for name, amount in zip(names, amounts, strict=True) if name.startswith("Kegiatan"))
    lines = [f"{name} {i}\t{amount}.000" for i, (name, amount) in enumerate(zip(names, shifted, strict=True))]
    document = berkas(
        table("uraian\tanggaran\n" + f"Program X\t{total}.000\n" + "\n".join(lines), kind="renstra_program")
    )
    found = explain(document)
    assert len(found) == 1
    assert found[0].move is not None and found[0].move.kind == "geser" and abs(found[0].move.steps) == 2


def test_amounts_that_left_their_rows_in_one_of_two_versions_are_one_diagnosis() -> None:
    """A clerk deletes one cell of the column in the second version: the total is right and must not be accused."""
    names = ["Program A", "Kegiatan B", "Sub Kegiatan C", "Kegiatan D", "Sub Kegiatan E", "Sub Kegiatan F"]
    amounts = ["21.171.570.833", "3.279.914.191", "3.279.914.191", "17.891.656.642", "13.249.053.402", "4.642.603.240"]
    later = [*amounts[:2], *amounts[3:], ""]
    before, after = (
        table("uraian\tanggaran\n" + "\n".join(f"{n}\t{a}" for n, a in zip(names, column, strict=True)), ordinal=at)
        for at, column in enumerate((amounts, later))
    )
    found = work_up(collect(berkas(before, after))).diagnoses
    assert len(found) == 1
    move = found[0].move
    assert move is not None and move.table[1] == 1 and move.steps == -1 and move.rows == (2, 3, 4)


def test_a_forgotten_child_is_said_of_the_total_even_where_an_amount_repeats_beside_it() -> None:
    """An amount unchanged since last year is no sign that it was copied in error."""
    rows = (
        "uraian\tanggaran@2023\tanggaran@2024\nKegiatan A\t639.752.151\t624.560.151\n"
        "Sub Kegiatan B\t523.578.151\t523.578.151\nSub Kegiatan C\t100.982.000\t100.982.000\nSub Kegiatan D\t15.192.000\t15.192.000"
    )
    found = explain(berkas(table(rows)))
    assert [one.best.cause.kind for one in found if one.best] == ["anak_tertinggal"] and not found[0].rivals


def test_an_explanation_out_of_all_proportion_is_no_rival() -> None:
    """No auditor believes that a part of 601 million should be 88 billion."""
    rows = "uraian\tanggaran\nProgram A\t109.571.450.000\nKegiatan B\t5.927.469.000\nKegiatan C\t5.194.000.000\nKegiatan D\t601.900.000"
    known = "uraian\tanggaran\nKegiatan B\t5.927.469.000\nKegiatan C\t5.194.000.000"
    found = work_up(collect(berkas(table(rows), table(known, ordinal=1)))).diagnoses
    assert len(found) == 1 and found[0].best is not None
    assert found[0].best.figure.label == "Program A" and not found[0].rivals

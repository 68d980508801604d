"""One mistake is one finding: seven findings about one stale number hide the other six mistakes."""

from __future__ import annotations

from pipeline.audit import audit
from pipeline.model import Berkas, Finding

from .support import berkas, table

MEASURED = """\
sasaran\tindikator\ttarget@2024\trealisasi@2024\tcapaian@2024
Meningkatnya kualitas kinerja organisasi\tPersentase capaian penataan organisasi contoh\t100%\t99,50%\t99,50%
Meningkatnya kualitas kinerja organisasi\tNilai evaluasi aspek pelaporan contoh\t12,00\t10,54\t87,8%
Meningkatnya administrasi umum contoh\tPersentase administrasi umum contoh\t100%\t80%\t80%
"""
COMPARED = """\
sasaran\tindikator\trealisasi@2024
Meningkatnya kualitas kinerja organisasi\tPersentase capaian penataan organisasi contoh\t98%
Meningkatnya kualitas kinerja organisasi\tNilai evaluasi aspek pelaporan contoh\t10,54
Meningkatnya administrasi umum contoh\tPersentase administrasi umum contoh\t80%
"""
EFFICIENT = """\
sasaran\tcapaian
1. Meningkatnya kualitas kinerja organisasi\t92,9%
2. Meningkatnya administrasi umum contoh\t80%
"""


def document() -> Berkas:
    return berkas(
        table(MEASURED, kind="pengukuran", line=100),
        table(COMPARED, kind="pembanding", ordinal=1, line=200),
        table(EFFICIENT, kind="efisiensi", ordinal=2, line=300),
    )


def findings() -> tuple[Finding, ...]:
    return audit([document()], select=["ARI"]).findings


def test_a_stale_value_and_the_mean_computed_with_it_are_one_story() -> None:
    assert len(findings()) == 1
    found = findings()[0]
    assert found.where.line == 200 and found.suggestion == "99,50%"
    assert {item.where.line for item in found.evidence} >= {100, 101, 200, 300}


def test_a_finding_can_be_recomputed_from_its_trace() -> None:
    """The live spreadsheet and the picture of the formula come from here."""
    trace = findings()[0].trace
    assert set(trace) >= {"formula", "cells", "intervals", "result", "identities"}
    kinds = {identity["kind"] for identity in trace["identities"]}
    assert {"sama", "rata_rata_sasaran"} <= kinds
    for identity in trace["identities"]:
        letters = set(identity["cells"])
        assert letters == set(identity["intervals"]) and "a" in letters


def test_the_same_message_in_two_languages() -> None:
    found = findings()[0]
    assert "seharusnya 99,50%" in found.pesan and "should be 99,50%" in found.message


def test_a_row_copied_from_its_neighbour_is_said_and_no_value_invented() -> None:
    """Where realisasi and capaian are both the neighbour's, no figure of the row tells what was meant."""
    rows = """\
sasaran\tindikator\ttarget@2024\trealisasi@2024\tcapaian@2024
S\tPersentase layanan contoh\t80%\t72,40%\t90,50%
S\tPersentase arsip contoh\t75%\t60,00%\t80,00%
S\tPenyampaian laporan contoh\t92%\t99,85%\t108,53%
S\tJumlah temuan contoh\t15%\t99,85%\t108,53%
"""
    found = audit([berkas(table(rows, kind="pengukuran"))], select=["ARI004"]).findings
    assert len(found) == 1 and found[0].suggestion is None and found[0].expected is None
    assert "tersalin dari baris “Penyampaian laporan contoh”" in found[0].pesan


def test_equations_are_shown_with_the_numbers_printed() -> None:
    """15 / 6 is 250 per cent; the middle of what rounding allows would be a false statement on an auditor's page."""
    rows = """\
sasaran\tindikator\ttarget@2024\trealisasi@2024\tcapaian@2024
S\tTingkat gangguan contoh\t20%\t5%\t400,00%
S\tTingkat keluhan contoh\t15%\t6%\t353,33%
"""
    found = audit([berkas(table(rows, kind="pengukuran"))], select=["ARI004"]).findings
    assert [one.suggestion for one in found] == ["250,00%"] and "15 / 6 × 100 = 250" in found[0].pesan


def test_rules_of_one_run_share_the_work() -> None:
    """Fourteen rules would otherwise collect and diagnose fourteen times."""
    from pipeline.audit.context import Doc
    from pipeline.audit.identities.workup import of_document

    doc = Doc(document())
    assert of_document(doc) is of_document(doc)


def test_agreement_with_this_year_s_figure_elsewhere_speaks_for_a_figure() -> None:
    """The realisasi that two tables print alike is not the one that was copied wrongly; the capaian is transposed."""
    measured = """\
sasaran\tindikator\ttarget@2024\trealisasi@2024\tcapaian@2024
S\tPersentase layanan contoh\t80%\t82,4%\t130,00%
S\tPersentase arsip contoh\t75%\t60,00%\t80,00%
S\tPersentase data contoh\t50%\t45,00%\t90,00%
"""
    trend = "indikator\trealisasi@2023\trealisasi@2024\nPersentase layanan contoh\t79,8%\t82,4%\nPersentase arsip contoh\t50,00%\t60,00%"
    found = audit([berkas(table(measured, kind="pengukuran"), table(trend, kind="tren", ordinal=1))], select=["ARI"])
    assert [(one.found, one.suggestion) for one in found.findings] == [("130,00%", "103,00%")]


def test_the_equation_shown_comes_out_with_the_correction() -> None:
    """An auditor checks the line in her head: the parts with the right value make the total that is printed."""
    rows = """\
uraian\tanggaran\trealisasi_anggaran\tserapan
Kegiatan A\t1.250.000.000\t1.150.000.000\t92,00%
Sub Kegiatan B\t1.000.000.000\t1.090.000.000\t90,00%
Sub Kegiatan C\t250.000.000\t250.000.000\t100,00%
"""
    found = audit([berkas(table(rows))], select=["ARI"]).findings
    assert len(found) == 1 and "900.000.000 + 250.000.000 = 1.150.000.000" in found[0].pesan

"""If these fail, damaged amounts stay unread although their column or their row says what they are, or are guessed."""

from __future__ import annotations

from decimal import Decimal

from pipeline.model import Reading
from pipeline.readings import read_table
from tests.tables.tables_helper import table


def amounts(source: str, field: str) -> list[Reading]:
    found = read_table(table(source))
    column = [c.field for c in found.columns].index(field)
    return [reading for row in found.rows if (reading := row.cells[column].reading) is not None]


def test_a_column_that_writes_one_mark_for_groups_and_decimals_is_read_so() -> None:
    rows = "\n".join(f"Program Contoh {n} | 641,773,57{n},00 | 546,343,57{n},50" for n in range(1, 6))
    readings = amounts(f"Program | Anggaran (Rp) | Realisasi Anggaran (Rp)\n{rows}", "anggaran")
    assert [reading.value for reading in readings] == [Decimal(f"64177357{n}") for n in range(1, 6)]
    assert {reading.status for reading in readings} == {"repaired"}
    assert all("column" in reading.decided_by for reading in readings)


def test_one_such_print_among_others_stays_uncertain() -> None:
    rows = "\n".join(f"Program Contoh {n} | 641.773.57{n}" for n in range(1, 6))
    readings = amounts(f"Program | Anggaran (Rp)\n{rows}\nProgram Lain | 413,780,00", "anggaran")
    assert (readings[-1].status, readings[-1].value) == ("ambiguous", None)


SHARE = """
Program | Anggaran (Rp) | Realisasi Anggaran (Rp) | % Serapan
Program Satu | 100.000.000 | {damaged} | {share}
Program Dua | 250.000.000 | 200.000.000 | 80,00
Program Tiga | 150.000.000 | 120.000.000 | 80,00
"""


def test_the_printed_share_decides_an_amount_that_lost_its_end() -> None:
    first = amounts(SHARE.format(damaged="78.50.000", share="78,50"), "realisasi_anggaran")[0]
    assert (first.status, first.value) == ("repaired", Decimal(78500000))
    assert "serapan" in first.decided_by


def test_a_share_that_fits_no_candidate_decides_nothing() -> None:
    first = amounts(SHARE.format(damaged="78.50.000", share="12,34"), "realisasi_anggaran")[0]
    assert (first.status, first.value) == ("ambiguous", None)

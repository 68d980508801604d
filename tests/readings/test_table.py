"""Whole tables read: units and notation come from the column, sums decide what a cell alone cannot."""

from __future__ import annotations

from decimal import Decimal

from pipeline.model import Cell, Column, LogicalTable, Reading, Row, Where
from pipeline.readings import read_table


def table(
    columns: list[Column], rows: list[tuple[str | None, list[str]]], confidence: float | None = None
) -> LogicalTable:
    made = tuple(
        Row(
            tuple(
                Cell(column.field, text, Where(line=line, column=index), confidence=confidence)
                for index, (column, text) in enumerate(zip(columns, texts, strict=True))
            ),
            Where(line=line),
            level=level,
        )
        for line, (level, texts) in enumerate(rows, 1)
    )
    return LogicalTable(0, "lain", "", Where(), tuple(columns), made)


def reading(read: LogicalTable, row: int, column: int) -> Reading:
    found = read.rows[row].cells[column].reading
    assert found is not None
    return found


def test_the_unit_column_decides_what_a_bare_number_is() -> None:
    """`95` under the unit `%` is a percentage, under `Dokumen` an exact count."""
    columns = [Column("indikator", "Indikator"), Column("satuan", "Satuan"), Column("target", "Target")]
    read = read_table(table(columns, [(None, ["Persentase x", "%", "95"]), (None, ["Jumlah y", "Dokumen", "12"])]))
    assert reading(read, 0, 2).kind == "percent"
    assert (reading(read, 1, 2).kind, reading(read, 1, 2).satuan) == ("count", "dokumen")


def test_notation_is_the_columns() -> None:
    """In a column of decimal points `1.234` is no thousand."""
    columns = [Column("indikator", "Indikator"), Column("realisasi", "Realisasi")]
    read = read_table(table(columns, [(None, ["Indeks a", "87.5"]), (None, ["Indeks b", "1.234"])]))
    assert reading(read, 1, 1).value == Decimal("1.234")


def test_a_scale_in_the_header_counts() -> None:
    """Amounts `dalam juta` are rupiah again, as exact as their million."""
    columns = [Column("uraian", "Uraian"), Column("anggaran", "Anggaran (juta Rp)", satuan="juta Rp")]
    read = read_table(table(columns, [(None, ["Belanja", "1.250"])]))
    assert reading(read, 0, 1).value == 1_250_000_000
    interval = reading(read, 0, 1).interval
    assert interval is not None and not interval.is_exact


def test_sums_decide_a_damaged_amount() -> None:
    """A broken amount whose parent and siblings are whole is known again, and says why."""
    columns = [Column("kode", "Kode"), Column("program", "Program"), Column("anggaran", "Rp", satuan="Rp")]
    rows: list[tuple[str | None, list[str]]] = [
        ("kegiatan", ["2.16.02.2.01", "Kegiatan A", "820.000.000"]),
        ("sub_kegiatan", ["2.16.02.2.01.01", "Sub A", "4200.000"]),
        ("sub_kegiatan", ["2.16.02.2.01.02", "Sub B", "400.000.000"]),
    ]
    decided = reading(read_table(table(columns, rows)), 1, 2)
    assert (decided.value, decided.status) == (420_000_000, "repaired")
    assert decided.decided_by


def test_an_amount_a_thousand_times_too_small_is_doubted() -> None:
    """`65.000,00` beside 65.000.000 of the next year reads perfectly and is wrong; it must not pass as exact."""
    columns = [Column("program", "Program"), *(Column("anggaran", f"Tahun {n}", satuan="Rp") for n in (1, 2))]
    small: tuple[str | None, list[str]] = ("sub_kegiatan", ["Sub A", "65.000,00", "65.500.000"])
    broken: tuple[str | None, list[str]] = ("sub_kegiatan", ["Sub B", "7 0.000. 000", "70.000.000"])
    read = read_table(table(columns, [small, broken]))
    assert reading(read_table(table(columns, [small])), 0, 1).status == "exact", "nothing is damaged there"
    doubted = reading(read, 0, 1)
    assert (doubted.status, doubted.candidates) == ("ambiguous", (65_000, 65_000_000))
    assert reading(read, 0, 2).status == "exact"


def test_a_percentage_among_amounts_is_no_amount() -> None:
    """A shifted cell must not enter the sums."""
    columns = [Column("program", "Program"), Column("anggaran", "Rp", satuan="Rp")]
    assert reading(read_table(table(columns, [(None, ["Program A", "98,5%"])])), 0, 1).value is None


def test_weak_recognition_lowers_the_status() -> None:
    """What a scanner was not sure of, nobody is accused with."""
    columns = [Column("indikator", "Indikator"), Column("target", "Target")]
    rows: list[tuple[str | None, list[str]]] = [(None, ["Indikator A", "95%"])]
    assert reading(read_table(table(columns, rows, 0.99)), 0, 1).status == "exact"
    assert reading(read_table(table(columns, rows, 0.7)), 0, 1).status == "repaired"
    assert reading(read_table(table(columns, rows, 0.3)), 0, 1).status == "ambiguous"


def test_code_conflicts_and_inferred_codes_reach_the_cell() -> None:
    """The printed code stays in `code`; the one of the name stands in `grade`."""
    columns = [Column("kode", "Kode"), Column("program", "Program")]
    rows: list[tuple[str | None, list[str]]] = [
        ("kegiatan", ["4.01.02.2.05", "Fasilitasi dan Koordinasi Hukum"]),
        ("sub_kegiatan", ["a", "Fasilitasi Bantuan Hukum"]),
    ]
    read = read_table(table(columns, rows))
    assert (reading(read, 0, 0).code, reading(read, 0, 0).grade) == ("4.01.02.2.05", "4.01.02.2.03")
    assert (reading(read, 1, 0).code, reading(read, 1, 0).status) == ("4.01.02.2.03.02", "repaired")


def test_reading_a_table_twice_changes_nothing() -> None:
    """A table read again after a correction elsewhere must not drift."""
    columns = [Column("program", "Program"), Column("anggaran", "Rp", satuan="Rp"), Column("serapan", "%", satuan="%")]
    once = read_table(table(columns, [(None, ["A", "1.2 50. 000", "45"]), (None, ["B", "-", "n/a"])]))
    assert read_table(once) == once


def test_the_unit_of_the_row_beats_a_percent_sign_over_the_column() -> None:
    """Regression: 350 findings under "Target (%)" were stored as 350 %."""
    columns = [Column("indikator", "I"), Column("satuan", "Satuan"), Column("target", "Target (%)", satuan="%")]
    rows = [(None, ["Jumlah temuan", "Temuan", "350"]), (None, ["Persentase x", "%", "95"]), (None, ["Lain", "", "40"])]
    read = read_table(table(columns, rows))
    assert [reading(read, row, 2).satuan for row in range(3)] == ["temuan", "%", "%"]


def test_a_column_of_two_notations_decides_nothing() -> None:
    """Regression: a capaian of `1,417` (per cent) among `161.30` and `106,00` was stored as 1.417 without a doubt."""
    columns = [Column("indikator", "I"), Column("capaian", "Capaian (%)", satuan="%")]
    texts = ["161.30", "87.5", "100.04", "106,00", "95,25", "1,417"]
    read = read_table(table(columns, [(None, ["x", text]) for text in texts]))
    assert reading(read, 5, 1).status == "ambiguous"
    assert reading(read, 5, 1).candidates == (Decimal("1.417"), Decimal(1417))
    assert [reading(read, row, 1).value for row in (0, 3)] == [Decimal("161.30"), Decimal("106.00")]


def test_the_unit_of_the_row_is_not_that_of_its_predicate() -> None:
    columns = [Column("indikator", "I"), Column("satuan", "Satuan"), Column("predikat", "Kriteria")]
    read = read_table(table(columns, [(None, ["Pajak Bahan Bakar", "Rupiah", "SB"]), (None, ["Nilai x", "%", "B"])]))
    assert [reading(read, row, 2).status for row in (0, 1)] == ["exact", "exact"]

"""Cells read as typed values: a figure read wrongly in silence is the worst that can happen to a user."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.interval import Interval
from pipeline.readings import read_value, resolve
from pipeline.readings.numbers import consensus, read_number

CELLS = [
    # text, kind, status, value, satuan, grade
    ("Rp. Rp. 1.250.000.500,-", "rupiah", "exact", "1250000500", "Rp", None),
    ("Rp 15.500.000,00", "rupiah", "exact", "15500000", "Rp", None),
    ("Rp 2,6 milyar", "rupiah", "exact", "2600000000", "Rp", None),
    ("99,50%", "percent", "exact", "99.50", "%", None),
    ("100 %", "percent", "exact", "100", "%", None),
    ("98,2 9%", "percent", "repaired", "98.29", "%", None),
    ("1OO%", "percent", "repaired", "100", "%", None),
    ("-5,2%", "percent", "exact", "-5.2", "%", None),
    ("2.75 (C)", "score", "exact", "2.75", None, "C"),
    ("3,25 (B-)", "score", "exact", "3.25", None, "B-"),
    ("70.4 7 (BB)", "score", "repaired", "70.47", None, "BB"),
    ("(28.78)", "number", "ambiguous", None, None, None),
    ("Level 3", "count", "exact", "3", "level", None),
    ("< 2 jam", "range", "exact", "2", "jam", None),
    ("maks. 5 menit", "range", "exact", "5", "menit", None),
    ("1-3 hari", "range", "exact", None, "hari", None),
    ("Level 3 (3,157)", "score", "exact", "3.157", "skor", "Level 3"),
    ("Nilai A (82,92)", "score", "exact", "82.92", None, "A"),
    ("12 Lapo ran", "count", "exact", "12", "laporan", None),
    ("100 UMK M", "count", "exact", "100", "umkm", None),
    ("20.00 titik", "count", "exact", "20", "titik", None),
    ("1.234 orang", "count", "exact", "1234", "orang", None),
    ("3 ( Tiga ) Buku", "count", "exact", "3", "buku", None),
    ("lima", "count", "exact", "5", None, None),
    ("88/100.000 KH", "number", "exact", "88", "per 100.000 KH", None),
    ("0.648", "number", "exact", "0.648", None, None),
    ("Wajar Tanpa Pengecualian", "predikat", "exact", None, None, "Wajar Tanpa Pengecualian"),
    ("√", "tick", "exact", None, None, None),
    ("tidak ada data", "empty", "empty", None, None, None),
    ("–", "empty", "empty", None, None, None),
    ("1.1.", "text", "exact", None, None, None),
]


@pytest.mark.parametrize(("text", "kind", "status", "value", "satuan", "grade"), CELLS)
def test_cells_of_performance_tables(
    text: str, kind: str, status: str, value: str | None, satuan: str | None, grade: str | None
) -> None:
    """Without these spellings a user's table shows gaps or, worse, other numbers."""
    reading = read_value(text)
    assert (reading.kind, reading.status, reading.satuan, reading.grade) == (kind, status, satuan, grade)
    assert reading.value == (Decimal(value) if value is not None else None)
    assert reading.text == text


DAMAGED = [
    ("20 6.4 46. 90 0", "repaired", "206446900"),
    ("97, 61 4,5 00. 00", "repaired", "97614500"),
    ("413,780,075.00", "repaired", "413780075"),
    ("51 7.4 50. 00 0,0 0", "repaired", "517450000"),
    ("579 500 000 0", "repaired", "5795000000"),
    ("17. 00", "ambiguous", "17000"),
    ("2,817,6275.00", "ambiguous", "2817627500"),
    ("8200.000", "ambiguous", "820000000"),
    ("63.2700", "ambiguous", "63270000"),
    ("413.780,075", "ambiguous", "413780075"),
    ("12 Bulan 702.024.400", "ambiguous", "702024400"),
]


@pytest.mark.parametrize(("text", "status", "value"), DAMAGED)
def test_damaged_amounts_are_never_exact(text: str, status: str, value: str) -> None:
    """A number that a narrow column broke must say so, and keep what it may have been."""
    reading = read_value(text, satuan="Rp", notation="id")
    assert reading.status == status
    assert Decimal(value) in (*reading.candidates, reading.value)
    assert reading.repairs


@pytest.mark.parametrize("text", [".580", ".00 0"])
def test_fragments_have_no_value(text: str) -> None:
    """The tail of a number from the page before must not become a number of its own."""
    assert read_value(text, satuan="Rp").value is None


def test_notation_decides_or_stays_open() -> None:
    """`1.234` is a thousand in one column and one and a quarter in another; alone it stays ambiguous with both."""
    assert read_value("1.234", notation="id").value == 1234
    assert read_value("1.234", notation="en").value == Decimal("1.234")
    alone = read_value("1.234")
    assert alone.status == "ambiguous" and set(alone.candidates) == {Decimal("1.234"), Decimal(1234)}
    assert consensus(["1.234", "87,5", "99,50%", "12"]) == "id"
    assert consensus(["1,234", "87.5"]) == "en"
    assert consensus(["1.234", "12"]) is None


def test_precision_follows_the_unit() -> None:
    """Counts and rupiah are points, percentages round to their print, millions to theirs: too wide hides, too narrow accuses."""
    assert read_value("12 dokumen").interval == Interval.exact(12)
    assert read_value("Rp 1.500.000").interval == Interval.exact(1_500_000)
    assert read_value("99,5%").interval == Interval(Fraction("99.45"), Fraction("99.55"))
    millions = read_value("1.250,5", satuan="juta Rp")
    assert millions.value == 1_250_500_000
    assert millions.interval == Interval(Fraction(1_250_450_000), Fraction(1_250_550_000))


RANGES = [
    (r"$76 \leq 90$", 76, 90, False, False),
    ("91 % ≤ 100 %", 91, 100, False, False),
    (">85–100", 85, 100, True, False),
    ("50% - 74,9%", 50, "74.9", False, False),
    ("75 s.d. 80", 75, 80, False, False),
]


@pytest.mark.parametrize(("text", "low", "high", "low_open", "high_open"), RANGES)
def test_classes_of_rating_scales(text: str, low: int, high: int | str, low_open: bool, high_open: bool) -> None:
    """A class read with the wrong ends gives every indicator on its border the wrong predicate."""
    assert read_value(text).interval == Interval(Fraction(low), Fraction(high), low_open, high_open)


def test_limits_ratios_and_dates() -> None:
    """Targets such as `≥ 90`, `1:17,9` or a date are no free text."""
    assert read_value("≥ 90").interval == Interval.at_least(90)
    assert read_value("1:17,9").kind == "ratio"
    assert read_value("25/32").value == Decimal("0.78125")
    assert read_value("31 Desember 2024").code == "2024-12-31"
    assert read_value("Triwulan II 2024").code == "2024-Q2"
    assert read_value("2021-2026").code == "2021/2026"
    assert read_value("31 Februari 2024").kind != "date"


def test_words_vouch_for_the_figure_or_contradict_it() -> None:
    """`5 (enam)` is a mistake that only the words betray."""
    assert read_value("Rp 2.500,- (dua ribu lima ratus rupiah)").status == "exact"
    assert set(read_value("5 (enam)").candidates) == {5, 6}
    decided = read_value("8200.000 (delapan ratus dua puluh juta rupiah)", satuan="Rp")
    assert decided.value == 820_000_000 and decided.decided_by


def test_an_identity_decides_between_candidates() -> None:
    """The sum of a table makes a damaged amount usable again, and the reading says that it did."""
    reading = resolve(read_value("8200.000", satuan="Rp"), Interval.exact(820_000_000), "sum of the column")
    assert (reading.status, reading.value, reading.decided_by) == ("repaired", 820_000_000, "sum of the column")
    lost = resolve(read_value("24.107.683.00", satuan="Rp"), Interval.exact(24_107_668_300), "sum")
    assert lost.value == 24_107_668_300
    other = read_value("8200.000", satuan="Rp")
    assert resolve(other, Interval.exact(123), "sum") == other
    sure = read_value("Rp 5.000")
    assert resolve(sure, Interval.exact(6000), "sum") == sure


amounts = st.integers(min_value=1000, max_value=10**13)


@settings(max_examples=100)
@given(amounts)
def test_amounts_come_back_from_both_notations(value: int) -> None:
    """Whatever the style of a report, its amounts are the same numbers."""
    grouped = f"{value:,}"
    assert read_value(f"Rp {grouped.replace(',', '.')},00", notation="id").value == value
    assert read_value(f"Rp {grouped}.00", notation="en").value == value


@settings(max_examples=100)
@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=1, max_value=2))
def test_percentages_come_back_from_both_notations(digits: int, places: int) -> None:
    """A percentage printed with one or two decimals keeps them."""
    value = Decimal(digits).scaleb(-places)
    printed = f"{value:.{places}f}"
    for text, notation in ((printed.replace(".", ","), "id"), (printed, "en")):
        reading = read_value(f"{text}%", notation=notation)
        assert (reading.value, reading.places, reading.status) == (value, places, "exact")


@settings(max_examples=100)
@given(amounts.filter(lambda value: value >= 1_000_000), st.data())
def test_spaces_never_change_an_amount_in_silence(value: int, data: st.DataObject) -> None:
    """Spaces from a narrow column are removed and told; the amount is never another one."""
    text = f"{value:,}".replace(",", ".")
    cut = data.draw(st.integers(min_value=1, max_value=len(text) - 1))
    reading = read_value(f"{text[:cut]} {text[cut:]}", satuan="Rp", notation="id")
    assert reading.status != "exact"
    assert reading.value in (None, value)


@settings(max_examples=200)
@given(st.text(alphabet="0123456789.,-% ()RpxXabcIVorang/:≤>$\\", max_size=24))
def test_any_text_is_read_without_an_error_and_the_same_twice(text: str) -> None:
    """One strange cell must not lose the document; readings depend on nothing but the text."""
    assert read_value(text) == read_value(text)
    number = read_number(text)
    assert number.value is None or number.status in ("exact", "repaired")

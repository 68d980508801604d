"""An equation accuses only where no reading of its numbers can be right, and never because of a cell nobody can read."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audit.context import Doc
from pipeline.audit.identities.check import check
from pipeline.audit.identities.collect import collect
from pipeline.audit.identities.model import Figure, Identity, Ref, computed, holds, solved
from pipeline.audit.identities.workup import of_document, vouched, work_up
from pipeline.interval import Interval
from pipeline.model import Where

from .support import berkas, reading, table


def figure(text: str, serial: int, interval: Interval | None = None) -> Figure:
    read = reading(text)
    return Figure(Ref("a", 0, serial, 0), read, Where(), f"baris {serial}", "pagu", interval or read.interval)


def share(result: str, part: str, whole: str) -> Identity:
    return Identity("serapan", "ratio", figure(result, 0), (figure(part, 1), figure(whole, 2)), (Fraction(100),))


def test_a_percentage_stands_for_all_that_rounds_to_it() -> None:
    """Exact comparison would accuse half of all honest tables."""
    assert holds(share("33,3%", "1.000", "3.000"))
    assert holds(share("33,4%", "1.000", "3.000")) is False


def test_decimals_cut_off_are_no_error() -> None:
    """66,67 printed as 66,6: common practice, and nothing an auditor would write down."""
    assert not check([share("66,6%", "2.000", "3.000")]).violated
    assert check([share("66,5%", "2.000", "3.000")]).violated


def test_a_missing_component_is_not_checked_and_says_why() -> None:
    """A pass would vouch for cells that nothing vouches for; a finding would accuse a blank."""
    document = berkas(table("uraian\tanggaran\nKegiatan A\t500.000\nSub Kegiatan a\t200.000\nSub Kegiatan b\t"))
    checked = check(collect(document))
    assert not checked.violated and not checked.satisfied
    assert [reason for _, reason in checked.skipped] == ["sel komponen kosong"]


def test_an_ambiguous_cell_is_decided_by_one_identity_and_used_by_the_others() -> None:
    """Deciding and accusing by the same equation would prove anything."""
    text = "uraian\tanggaran\nProgram P\t700.000\nKegiatan A\t500.000\nSub Kegiatan a\t200.000\nSub Kegiatan b\t300.000|30.000\n"
    workup = work_up(collect(berkas(table(text + "Kegiatan B\t200.000"))))
    assert not workup.diagnoses
    checked = check(collect(berkas(table(text + "Kegiatan B\t200.000"))))
    assert [value.low for value, _ in checked.decided.values()] == [300_000]


def test_nobody_is_accused_of_a_number_that_no_reading_explains() -> None:
    text = "uraian\tanggaran\nKegiatan A\t500.000\nSub Kegiatan a\t200.000\nSub Kegiatan b\t310.000|31.000"
    workup = work_up(collect(berkas(table(text))))
    assert not workup.diagnoses and workup.skipped


def test_vouched_cells_are_those_of_identities_that_hold() -> None:
    document = berkas(table("uraian\tanggaran\nKegiatan A\t500.000\nSub Kegiatan a\t200.000\nSub Kegiatan b\t300.000"))
    doc = Doc(document)
    of_document(doc)
    assert vouched(doc) == {(0, 0, 1), (0, 1, 1), (0, 2, 1)}


amounts = st.integers(min_value=1, max_value=10**12)


@settings(max_examples=60)
@given(st.lists(amounts, min_size=1, max_size=6), st.data())
def test_solving_restores_the_sum(parts: list[int], data: st.DataObject) -> None:
    """The proposed correction would not make the table right again."""
    figures = [figure("1", index + 1, Interval.exact(part)) for index, part in enumerate(parts)]
    total = figure("1", 0, Interval.exact(sum(parts) + 7))
    identity = Identity("jumlah_pohon", "linear", total, tuple(figures), (Fraction(1),) * len(parts))
    assert holds(identity) is False
    unknown = data.draw(st.sampled_from([total, *figures]))
    needed = solved(identity, unknown.ref)
    assert needed is not None and holds(identity, {unknown.ref: needed})


@settings(max_examples=60)
@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 2))
def test_an_honest_percentage_is_never_accused(part: int, whole: int, places: int) -> None:
    """Every table would be full of false alarms."""
    identity = Identity(
        "serapan", "ratio",
        Figure(Ref("a"), reading("0%"), Where(), "x", "serapan", Interval.printed(round(Fraction(100 * part, whole), places), places)),
        (figure("1", 1, Interval.exact(part)), figure("1", 2, Interval.exact(whole))), (Fraction(100),),
    )  # fmt: skip
    assert holds(identity)
    assert computed(identity) == Interval.exact(Fraction(100 * part, whole))

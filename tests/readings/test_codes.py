"""Programme codes and names: a repaired code must say so, and a wrong one must not be corrected behind the user's back."""

from __future__ import annotations

import pytest

from pipeline.readings import read_code
from pipeline.readings.nomenclature import bidang, correct, lookup, standard_unit

CODES = [
    ("4.01.01.2.01.02", "4.01.01.2.01.02", "sub_kegiatan", "exact"),
    ("4.01.01. 2.06.02", "4.01.01.2.06.02", "sub_kegiatan", "repaired"),
    ("4.01.01 .2.06.0 3", "4.01.01.2.06.03", "sub_kegiatan", "repaired"),
    ("4.01.01. .2.09.01", "4.01.01.2.09.01", "sub_kegiatan", "repaired"),
    ("4.01.01.20.6", "4.01.01.2.06", "kegiatan", "repaired"),
    ("4.01.01.13.02", "4.01.01.2.13.02", "sub_kegiatan", "repaired"),
    ("4.01.01.13.", "4.01.01.2.13", "kegiatan", "repaired"),
    ("8.01.01.02.01.0001", "8.01.01.2.01.01", "sub_kegiatan", "repaired"),
    ("7.01.01.2.01.0002", "7.01.01.2.01.02", "sub_kegiatan", "exact"),
    ("2.16.02", "2.16.02", "program", "exact"),
    ("1.20.03.53.04", "1.20.03.53.04", None, "exact"),
    ("a", None, None, "unreadable"),
    ("", None, None, "empty"),
]


@pytest.mark.parametrize(("text", "code", "level", "status"), CODES)
def test_codes_as_they_are_printed(text: str, code: str | None, level: str | None, status: str) -> None:
    """Rows of the programme tree are linked by these codes; a variant that is missed cuts a branch off."""
    found = read_code(text)
    assert (found.code, found.level, found.status) == (code, level, status)
    assert bool(found.repairs) == (status in ("repaired", "unreadable"))


def test_reading_a_code_twice_changes_nothing() -> None:
    """A canonical code is its own reading, or a second ingestion would move rows."""
    for text, code, _, _ in CODES:
        if code:
            again = read_code(code)
            assert (again.code, again.status) == (code, "exact"), text


def test_broken_names_are_found() -> None:
    """Narrow columns break names every few letters; every bidang has the same common kegiatan."""
    name = "Peren canaa n, Penga nggara n dan Evalu asi Kinerj a Peran gkat Daera h"
    assert lookup(name, "2.16.01") == ("2.16.01.2.01",)
    assert lookup("Sub Kegiatan Pengelolaan Kelembagaan dan Anjab") == ("4.01.01.2.13.01",)
    assert lookup("Pembinaan Kesenian Rakyat Desa Contoh") == ()


def test_a_wrong_code_is_a_conflict_and_no_repair() -> None:
    """The printed code stays; the user is told which code belongs to the name."""
    verdict = correct("4.01.02.2.05", "Fasilitasi dan Koordinasi Hukum")
    assert (verdict.verdict, verdict.code) == ("conflict", "4.01.02.2.03")
    assert correct("4.01.02.2.03", "Fasilitasi dan Koordinasi Hukum").verdict == "agrees"


def test_only_an_unreadable_code_is_inferred() -> None:
    """A letter in the code column must not lose the row."""
    verdict = correct(None, "Penyediaan Administrasi Pelaksanaan Tugas ASN", "2.16.01.2.02")
    assert (verdict.verdict, verdict.code) == ("inferred", "2.16.01.2.02.02")


def test_where_the_list_is_silent_nobody_is_accused() -> None:
    """A kegiatan that shares its programme's name, and provinces with their own authority digit, are no conflicts."""
    assert correct("5.02.03.2.01", "Pengelolaan Barang Milik Daerah").verdict == "unknown"
    assert (
        correct("2.16.01.1.01", "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah").verdict == "agrees"
    )


def test_units_and_bidang_of_the_nomenclature() -> None:
    """The standard unit of a sub kegiatan is a cheap check of its target."""
    assert standard_unit("2.16.01.2.06.04") == "Paket"
    assert bidang("7.01.02") == "kecamatan"
    assert bidang("9.77.02") is None


def test_old_codes_with_a_lost_zero_are_repaired() -> None:
    """Codes of Permendagri 13/2006 have five segments of two digits: urusan, bidang, organisasi, program, kegiatan."""
    found = read_code("1.20.5.62.23")
    assert (found.code, found.status) == ("1.20.05.62.23", "repaired")

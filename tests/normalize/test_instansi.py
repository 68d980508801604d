"""If these fail, two offices are taken for one, or one office's documents are not compared with each other."""

from __future__ import annotations

import pytest

from pipeline.normalize.dokumen import office_phrase
from pipeline.normalize.instansi import office_groups, parse_instansi, region_of_place, with_region


@pytest.mark.parametrize(
    ("text", "jenis", "wilayah", "tingkat"),
    [
        ("KECAMATAN MEKARJAYA KABUPATEN BANDUNG", "Kecamatan", "Kabupaten Bandung", "Kabupaten"),
        ("Dinas Kesehatan Provinsi Jawa Barat", "Dinas", "Provinsi Jawa Barat", "Provinsi"),
        ("Bagian Umum Setda Kota Malang", "Bagian", "Kota Malang", "Kota"),
        ("Badan Koordinasi Wilayah Pemerintahan dan Pembangunan Madiun", "Bakorwil", "Provinsi Jawa Timur", "Provinsi"),
        ("Inspektorat Kab. Jombang", "Inspektorat", "Kabupaten Jombang", "Kabupaten"),
    ],
)
def test_an_office_name_is_parsed_by_parts(text: str, jenis: str, wilayah: str, tingkat: str) -> None:
    office = parse_instansi(text)
    assert (office.jenis, office.wilayah, office.tingkat) == (jenis, wilayah, tingkat)


def test_kabupaten_and_kota_of_one_name_are_two_offices() -> None:
    assert (
        parse_instansi("Dinas Kesehatan Kabupaten Malang").kunci != parse_instansi("Dinas Kesehatan Kota Malang").kunci
    )


def test_abbreviated_and_full_names_are_one_office() -> None:
    assert parse_instansi("Dinkes Kab. Contoh").kunci == parse_instansi("Dinas Kesehatan Kabupaten Contoh").kunci
    assert (
        parse_instansi("Bag. Hukum Setda Kota Batu").kunci
        == parse_instansi("Bagian Hukum Sekretariat Daerah Kota Batu").kunci
    )


def test_an_office_without_region_joins_the_only_one_of_its_name() -> None:
    known, bare = parse_instansi("Kecamatan Ambulu Kabupaten Jember"), parse_instansi("Kecamatan Ambulu")
    assert len(set(office_groups([known, bare]))) == 1
    other = parse_instansi("Kecamatan Ambulu Kota Batu")
    assert len(set(office_groups([known, bare, other]))) == 3


def test_a_place_names_a_region_only_where_one_level_has_that_name() -> None:
    assert region_of_place("Jember") == ("Kabupaten Jember", "Kabupaten")
    assert region_of_place("Malang") == (None, None)
    assert with_region(parse_instansi("Kecamatan X"), *region_of_place("Jember")).wilayah == "Kabupaten Jember"


@pytest.mark.parametrize(
    ("line", "office"),
    [
        ("LAPORAN KINERJA DINAS PERHUBUNGAN PROVINSI JAWA BARAT TAHUN 2016", "DINAS PERHUBUNGAN PROVINSI JAWA BARAT"),
        ("INDIKATOR KINERJA UTAMA KANTOR KECAMATAN AMBULU TAHUN 2021", "KECAMATAN AMBULU"),
        ("capaian pada bagian ini dan dinas lain", None),
    ],
)
def test_the_office_is_read_from_a_title_line(line: str, office: str | None) -> None:
    assert office_phrase(line) == office

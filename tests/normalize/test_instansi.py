"""If these fail, two offices are taken for one, or one office's documents are not compared with each other."""

from __future__ import annotations

import pytest

from pipeline.normalize.instansi import office_groups, parse_instansi, region_of_place, with_region
from pipeline.normalize.letterhead import office_phrase


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


@pytest.mark.parametrize(
    ("text", "jenis", "induk", "wilayah"),
    [
        ("UPTD Puskesmas Sumbersari Kabupaten Jember", "Puskesmas", None, "Kabupaten Jember"),
        ("UPTD Balai Latihan Kerja Dinas Tenaga Kerja Kab. Malang", "UPTD", "Dinas Tenaga Kerja", "Kabupaten Malang"),
        ("UOBK RSUD Waluyo Jati Kab. Probolinggo", "RSUD", None, "Kabupaten Probolinggo"),
        ("RSUD Dr. SOETOMO PROVINSI JAWA TIMUR", "RSUD", None, "Provinsi Jawa Timur"),
        ("BPBD KOTA TANGERANG SELATAN", "Badan", None, "Kota Tangerang Selatan"),
        ("Baperida Kota Pekalongan", "Badan", None, "Kota Pekalongan"),
        ("Sekretariat Dewan Perwakilan Rakyat Daerah Provinsi Bali", "Sekretariat DPRD", None, "Provinsi Bali"),
        ("BIRO UMUM SETDA PROV. NTB", "Biro", "Sekretariat Daerah", "Provinsi Nusa Tenggara Barat"),
        ("Kantor Camat Medan Baru Kota Medan", "Kecamatan", None, "Kota Medan"),
        (
            "Kelurahan Tegalgede Kecamatan Sumbersari Kabupaten Jember",
            "Kelurahan",
            "Kecamatan Sumbersari",
            "Kabupaten Jember",
        ),
        ("Lurah Jemberlor", "Kelurahan", None, None),
        (
            "Suku Dinas Kesehatan Kota Administrasi Jakarta Selatan",
            "Suku Dinas",
            None,
            "Kota Administrasi Jakarta Selatan",
        ),
        ("Pemerintah Daerah Provinsi Jawa Barat", "Pemerintah Provinsi", None, "Provinsi Jawa Barat"),
        ("BUPATI JEMBER", "Pemerintah Kabupaten", None, "Kabupaten Jember"),
        ("Gubernur Jawa Barat", "Pemerintah Provinsi", None, "Provinsi Jawa Barat"),
        ("Pemkot Malang", "Pemerintah Kota", None, "Kota Malang"),
        ("Dinas Kesehatan Kab. Bandung Barat", "Dinas", None, "Kabupaten Bandung Barat"),
        ("DINAS KESEHATAN KABUPATEN HULU SUNGAI SELATAN", "Dinas", None, "Kabupaten Hulu Sungai Selatan"),
        ("Dinas PUPR Provinsi Gorontalo", "Dinas", None, "Provinsi Gorontalo"),
        ("Dinas Sosial Kabupaten Gorontalo", "Dinas", None, "Kabupaten Gorontalo"),
        ("DINAS PERHUBUNGAN PROVINSIJAWA BARAT", "Dinas", None, "Provinsi Jawa Barat"),
        ("D I N A S  S O S I A L  KABUPATEN JEMBER", "Dinas", None, "Kabupaten Jember"),
        ("DISNAKERTRANS JABAR", "Dinas", None, "Provinsi Jawa Barat"),
        ("Dinas Sosial D.I. Yogyakarta", "Dinas", None, "Provinsi Daerah Istimewa Yogyakarta"),
        ("Seksi Air Limbah Dinas Permukiman Provinsi Jawa Barat", "Seksi", "Dinas Permukiman", "Provinsi Jawa Barat"),
        ("Kepala Dinas Kesehatan Kabupaten Toba selaku Pengguna Anggaran", "Dinas", None, "Kabupaten Toba"),
        ("Kementerian Kesehatan Republik Indonesia", "Kementerian", None, None),
        ("Dinas Perikanan Kabupaten Kotabaru", "Dinas", None, "Kabupaten Kotabaru"),
    ],
)
def test_offices_of_all_levels(text: str, jenis: str, induk: str | None, wilayah: str | None) -> None:
    office = parse_instansi(text)
    assert (office.jenis, office.induk, office.wilayah) == (jenis, induk, wilayah)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UPTD Puskesmas Patrang Kabupaten Jember", "Puskesmas Patrang Kab. Jember"),
        ("Inspektorat Daerah Kota Batu", "Inspektorat Kota Batu"),
        ("BKD Provinsi Bali", "Badan Kepegawaian Daerah Provinsi Bali"),
        ("Dinas ESDM Provinsi Bali", "Dinas Energi dan Sumber Daya Mineral Provinsi Bali"),
        ("Wali Kota Batu", "Pemerintah Kota Batu"),
        ("BPKAD Kota Batu", "Badan Pengelola Keuangan dan Aset Daerah Kota Batu"),
    ],
)
def test_spellings_of_one_office_meet(one: str, other: str) -> None:
    assert parse_instansi(one).kunci == parse_instansi(other).kunci


def test_offices_that_share_a_name_stay_apart() -> None:
    names = ("Dinas Kesehatan Provinsi Gorontalo", "Dinas Kesehatan Kota Gorontalo", "Dinas Kesehatan Kabupaten Gorontalo",
             "Seksi Umum Dinas Kesehatan Kota Gorontalo", "BKD Kota Gorontalo", "BPBD Kota Gorontalo")  # fmt: skip
    assert len({parse_instansi(name).kunci for name in names}) == len(names)


def test_a_region_glued_to_its_level_is_parted() -> None:
    """One office would be listed under two names, one of them misspelt by a lost space."""
    glued, parted = (
        parse_instansi("DINAS PERHUBUNGAN PROVINSIJAWA BARAT"),
        parse_instansi("Dinas Perhubungan Provinsi Jawa Barat"),
    )
    assert (glued.nama, glued.kunci) == (parted.nama, parted.kunci)

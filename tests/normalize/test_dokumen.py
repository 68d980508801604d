"""If these fail, a document is filed under another office, number, year or signatory than it names."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pipeline.extract.text import read_text
from pipeline.model import Dokumen
from pipeline.normalize import berkas_of


def read(source: str) -> Dokumen:
    text = dedent(source).strip("\n").replace(" | ", "\t")
    return berkas_of(read_text(text.encode(), "contoh.txt"), "contoh.txt").dokumen


def test_an_annex_that_names_its_office_beats_offices_mentioned_in_the_decree() -> None:
    found = read(
        """
        ## KEPUTUSAN BUPATI JEMBER

        ## PENETAPAN INDIKATOR KINERJA UTAMA

        Bahwa sesuai Nota Dinas dari Kepala Bagian Organisasi tanggal 2 Februari 2017 dan usul Kepala Bagian Organisasi tentang
        perubahan indikator yang disampaikan kepada Bupati melalui Sekretaris Daerah, perlu menetapkan Indikator Kinerja Utama.
        """
        + "\nKeputusan ini berlaku.\n" * 45
        + "\nBADAN PERENCANAAN PEMBANGUNAN DAERAH\n\nPEMERINTAH KABUPATEN JEMBER\n"
    )
    assert (found.instansi.nama, found.instansi.wilayah) == ("Badan Perencanaan Pembangunan Daerah", "Kabupaten Jember")


def test_a_region_s_own_document_is_the_government_s() -> None:
    found = read(
        "## INDIKATOR KINERJA UTAMA\n\n## PEMERINTAH DAERAH PROVINSI JAWA BARAT\n\nNOMOR : 061/Kep.140-Org/2015\n"
    )
    assert (found.instansi.jenis, found.instansi.tingkat) == ("Pemerintah Provinsi", "Provinsi")
    assert (found.nomor, found.tahun) == ("061/Kep.140-Org/2015", 2015)


def test_a_short_form_names_office_and_region() -> None:
    found = read("## CASCADING DISHUB JATIM TAHUN 2016\n")
    assert (found.instansi.jenis, found.instansi.wilayah) == ("Dinas", "Provinsi Jawa Timur")


def test_the_signatory_is_a_name_without_rank_never_a_role() -> None:
    found = read(
        """
        ## INDIKATOR KINERJA UTAMA DINAS SOSIAL KABUPATEN JEMBER TAHUN 2022

        KEPALA DINAS SOSIAL KABUPATEN JEMBER,

        dr. H. BUDI CONTOH, M.M.

        Pembina Utama Muda NIP. 19650101 199001 1 001
        """
    )
    assert found.penandatangan == "dr. H. BUDI CONTOH, M.M"


def test_an_agreement_is_signed_by_its_first_party() -> None:
    found = read(
        """
        ## PERJANJIAN KINERJA TAHUN 2023

        Nama : SITI CONTOH, S.T.
        Jabatan : Kepala Bidang Permukiman Dinas Cipta Karya Kabupaten Jember
        Selanjutnya disebut PIHAK KESATU
        Nama : AHMAD CONTOH, M.T.
        Jabatan : Kepala Dinas Cipta Karya Kabupaten Jember

        AHMAD CONTOH, M.T.   SITI CONTOH, S.T.

        NIP. 19640617 199003 1 004
        """
    )
    assert found.penandatangan == "SITI CONTOH, S.T."
    assert found.instansi.nama.startswith("Dinas Cipta Karya")


def test_a_decree_says_its_date_on_a_line_of_its_own_and_heads_of_regions_have_no_nip() -> None:
    """Else the audit says that date and signatory are lacking where both are printed."""
    found = read(
        """
        # KEPUTUSAN BUPATI CONTOH
        NOMOR : 188.45/12/2022
        TENTANG INDIKATOR KINERJA UTAMA KABUPATEN JEMBER

        Ditetapkan di Jember
        pada tanggal 15 Januari 2022

        BUPATI JEMBER,

        ttd

        **RAHMAT CONTOH**
        """
    )
    assert (found.tanggal, found.penandatangan) == ("2022-01-15", "RAHMAT CONTOH")


def test_what_follows_a_preface_is_no_name() -> None:
    found = read(
        """
        # LAPORAN KINERJA TAHUN 2023
        ## KECAMATAN CONTOH KABUPATEN JEMBER

        Jember, 12 Februari 2024
        CAMAT CONTOH

        ## BAB I PENDAHULUAN

        Pada tanggal 3 Maret 2023 diadakan rapat.
        """
    )
    assert (found.tanggal, found.penandatangan) == ("2024-02-12", None)


@pytest.mark.parametrize(
    ("title", "kind", "years"),
    [
        ("LKJ DINAS SOSIAL KABUPATEN JEMBER 2023", "LKIP", (2023, None)),
        ("RENCANA KINERJA TAHUNAN (RKT) 2024 DINAS SOSIAL", "RKT", (2024, None)),
        ("RENCANA KINERJA TAHUNAN DINAS SOSIAL 2024", "RKT", (2024, None)),
        ("LAPORAN EVALUASI RENJA TRIWULAN II TAHUN 2024", "Evaluasi", (2024, None)),
        ("MATRIKS RENSTRA DINAS SOSIAL 2019 s/d 2024", "Renstra", (2019, 2024)),
        ("PERUBAHAN RENCANA KERJA DINAS SOSIAL TAHUN 2024", "Renja", (2024, None)),
        ("KEPUTUSAN NOMOR 12 TAHUN 2022 TENTANG INDIKATOR KINERJA UTAMA", "IKU", (None, None)),
    ],
)
def test_titles_say_kind_and_years(title: str, kind: str, years: tuple[int | None, int | None]) -> None:
    found = read(f"## {title}\n")
    assert (found.kind, (found.tahun, found.tahun_akhir)) == (kind, years)

"""If these fail, an office that writes a formula in another way than its neighbour gets other operands for the same indicator."""

from __future__ import annotations

import re
import textwrap

import pytest

from pipeline.formula import parse

PAIRS = (
    ("Jumlah embung yang berfungsi baik", "Jumlah embung"),
    ("Jumlah desa/kelurahan tangguh bencana", "Jumlah seluruh desa/kelurahan rawan bencana di kabupaten"),
    ("Jumlah balita (0-59 bulan) yang ditimbang di posyandu dalam kurun waktu satu tahun", "Jumlah balita (0-59 bulan) sasaran"),
    ("Realisasi belanja hibah", "Pagu belanja hibah"),
    ("Luas sawah beririgasi teknis", "Luas sawah"),
    ("Σ aduan yang ditindaklanjuti", "Σ aduan"),
    ("Jml kios yang tertib ukur", "Jml seluruh kios di pasar rakyat"),
    ("Banyaknya wajib pajak yang patuh terhadap ketentuan", "Banyaknya wajib pajak terdaftar"),
    ("Jumlah kasus kekerasan terhadap anak yang tertangani", "Jumlah kasus kekerasan terhadap anak yang dilaporkan"),
    ("Jumlah perempuan, anak dan/atau lansia yang terlayani", "Total perempuan, anak dan/atau lansia"),
)  # fmt: skip
WAYS = (
    "{a} / {b} x 100%", "{a} : {b} x 100%", "{a} ÷ {b} × 100%", "({a} / {b}) X 100 %", "({a} : {b}) x 100%", "({a}) / ({b}) x 100%",
    "{{({a}) / ({b})}} x 100%", "[{a} / {b}] x 100%", "(({a} : {b}) x 100%)", "100% x {a} / {b}", "100% x ({a} / {b})", "{a} x 100% / {b}",
    "{a} x 100% : {b}", "{a} dibagi {b} dikali 100%", "{a} di bagi {b} di kali 100%", "{a} dibagi dengan {b} dikalikan dengan 100%",
    "{a} dibandingkan dengan {b} x 100%", "Perbandingan antara {a} dengan {b} dikali 100%", "Perbandingan {a} dengan {b} x 100%",
    "Membandingkan {a} dengan {b} dikali 100%", "{a}\n--dibagi--\n{b} x 100%", "{a} (dibagi) {b} (dikali) 100%", "= {a} / {b} x 100%",
    "Formulasi = {a} / {b} x 100%", "Cara perhitungan : {a} dibagi {b} dikali 100%", "Rumus perhitungan :\n{a} / {b} x 100%",
    "Dihitung dengan rumus : {a} / {b} x 100%", "- {a} / {b} x 100%", "1. {a} / {b} x 100%", "a. {a} dibagi {b} dikali 100%",
    "Dihitung dari {a} dibagi {b} dikali 100%", "Persentase capaian = ({a} / {b}) x 100%", "Persentase capaian adalah {a} dibagi {b} dikali 100%",
    "Persentase capaian dihitung dengan membandingkan {a} dengan {b} dikali 100%", "{a} / {b} x 100% = .... %", "({a} / {b}) x 100 (%)",
    "({a} / {b}) x 100%\nTipe Perhitungan: Kumulatif", "({a} / {b}) x 100%\n*) data sementara", "({a} / {b}) x 100%\nSumber : laporan bulanan",
    "{a} dibagi {b} dikali seratus persen", "{a} / {b} x l00%", "{a} / {b}x100%", "{a} / {b}\nx 100%", "{a}\ndibagi\n{b}\ndikali 100%",
    "{a}\n----------------------- x 100%\n{b}", "{a} x 100%\n-----------------------\n{b}", "{a}\n───────────────\n{b} x 100%",
    "         {a}\nCapaian = --------------------- x 100%\n         {b}", "{a} ---------------------- x 100% {b}", "{a}\nx 100%\n{b}",
    "{a} x 100%\n{b}", "{a}\n{b} x 100%", "{a}\n= x 100%\n{b}", "          {a}      X 100%\nCapaian =\n          {b}", "Rumus :\n{a}\nx 100%\n{b}",
    "Rasio = {a} x 100%\n{b}", "{a} dikali seratus persen\n{b}", "Pembilang : {a}\nPenyebut : {b}\nPengali : 100%", "num: {a}\ndenum: {b} x 100%",
    r"{{\text{{{a}}} \over \text{{{b}}}}} \times 100\%", r"\text{{{a}}} / \text{{{b}}} \times 100\%", r"\text{{{a}}} : \text{{{b}}} \times 100\%",
    r"$\text{{{a}}} \text{{ dibagi }} \text{{{b}}} \times 100\%$", r"\frac{{\text{{{a}}}}}{{\text{{{b}}}}} \times \text{{100\%}}",
    r"\text{{{a} dibagi {b} dikali 100\%}}", r"\frac {{ \text {{ {a} }} }} {{ \text {{ {b} }} }} \times 1 0 0 \%",
    "\\underline{{\\text{{{a}}}}} \\times 100\\%\n\\text{{{b}}}",
    r"$\frac{{\text{{{a}}}}}{{\text{{{b}}}}} \times 100\%$", r"\frac{{{a}}}{{{b}}} \times 100 \%",
    r"$\text{{Persentase}} = \dfrac{{\text{{{a}}}}}{{\text{{{b}}}}} \times 100\%$", r"\frac<{a}><{b}> x 100%",
)  # fmt: skip

OF_COUNTS = ("{a} x 100% / {b}", "{a} x 100% : {b}", "{a}\n{b} x 100%")
"""What divides here is told from a remark, or from a phrase in two lines, by the counting word after it."""


def _folded(text: str | None) -> str:
    return re.sub(r"\s", "", text or "").casefold()


@pytest.mark.parametrize("way", WAYS)
def test_one_formula_in_every_way_it_is_written(way: str) -> None:
    wrong = []
    for above, below in PAIRS:
        if way in OF_COUNTS and below.startswith(("Luas", "Pagu")):
            continue
        cell = way.format(a=above, b=below)
        cells = [cell]
        if not any(sign in cell for sign in ("\n", "---", "\\")):
            cells.append(textwrap.fill(cell, 34, break_long_words=False, break_on_hyphens=False))
        for each in cells:
            formula = parse(each)
            read = (formula.kind, _folded(formula.pembilang), _folded(formula.penyebut), formula.problems)
            if read != ("percentage", _folded(above), _folded(below), ()):
                wrong.append(
                    (each, formula.kind, formula.pembilang, formula.penyebut, [p.problem for p in formula.problems])
                )
    assert not wrong


NO_FRACTIONS = (
    "Jumlah guru yang lulus menjadi\nguru penggerak x 100%", "Jumlah puskesmas yang mencapai\ntarget imunisasi dasar x 100%",
    "Jumlah OPD yang menyusun\nrencana kerja tepat waktu x 100%", "Penyusunan\nrencana tata ruang x 100%",
    "Jumlah siswa yang lulus x 100% yang dihitung setiap tahun", "Jumlah laporan per kecamatan x 100% per tahun",
    "Jumlah data terisi x 100% data BPS", "Persentase capaian target x 100% Target tahun 2024",
    "100% x jumlah desa / kelurahan", "100% x tingkat kehadiran guru / siswa", "100% x realisasi / triwulan",
    "Capaian x 100% / tahun anggaran", "Jumlah kasus x 100.000 / tahun kalender", "Jumlah izin : izin usaha, izin lokasi x 100%",
    "Jumlah pegawai : PNS dan PPPK x 100%", "Luas wilayah : wilayah pesisir x 100%", "Nilai pelayanan publik :\nkualitas baik x 100%",
    "Jumlah SD/seluruh MI", "Seluruh OPD :\nSeluruh OPD menyusun Renja", "Denda kali seribu rupiah", "Program kali sejuta pohon",
    "Jumlah tenaga kesehatan bukan\ntenaga medis x 100%", "Jumlah laporan pengawasan\nlaporan keuangan x 100%",
    "Layanan pengaduan,\nlayanan informasi x 100%", "Jumlah desa wisata (\ndesa rintisan) x 100%",
    "Jumlah dokumen\nRencana Kerja yang disusun tepat waktu x 100%", "JUMLAH DOKUMEN\nRENCANA AKSI YANG TERSUSUN X 100%",
    "Persentase desa mandiri : persentase desa berstatus mandiri x 100%", "Capaian kinerja : capaian output kegiatan x 100%",
    "Jumlah capaian : rencana aksi yang terlaksana x 100%", "Realisasi belanja : anggaran yang terserap x 100%",
    "Jumlah desa ODF x 100% desa ODF tahun 2024", "Jumlah izin terbit x 100% : Sumber data DPMPTSP", "Jumlah izin terbit x 100 : satuan persen",
    "Rumus:\nJumlah dokumen RKPD\nJumlah dokumen Renja", "100% x jumlah aparatur / tenaga honorer yang dilatih",
    "Persentase anggota = (TNI/POLRI) x 100%", "Persentase = minat/potensi x 100%",
    "Kasus kekerasan terhadap perempuan\nkasus kekerasan terhadap anak x 100%", r"$\text{Kabupaten} / \text{Kota} = \text{jumlah}$",
    "Rasio kepatuhan = jumlah OPD yang patuh terhadap aturan x 100%", "Rasio elektrifikasi = jumlah rumah tangga dengan daya 450 VA",
    "Desa yang telah terpenuhi\nseluruh indikator ODF x 100%", "Pelayanan perizinan kepada\nseluruh pelaku usaha x 100%",
    "Sasaran strategis 1\nJumlah desa mandiri x 100%", "100% x (nama kegiatan : pelatihan)", "Nilai max100%",
    r"\text{Persentase kepatuhan} : \text{jumlah OPD patuh} \times 100\%",
    "Gerakan tanam x 1.000.000 pohon", "(Kabupaten/Kota) x 100%", "Jumlah desa/kelurahan x 100%",
)  # fmt: skip
"""Wrapped phrases, labels before lists, remarks and units after a multiplier: nothing divides in them."""


@pytest.mark.parametrize("cell", NO_FRACTIONS)
def test_what_divides_nothing_has_no_denominator(cell: str) -> None:
    """An operand cut out of a phrase is compared with others, and an office accused of what it never wrote."""
    assert parse(cell).penyebut is None


WHOLE = (
    ("Jumlah desa yang ditetapkan sebagai\ndesa wisata\nJumlah seluruh desa x 100%", "Jumlah desa yang ditetapkan sebagai desa wisata", "Jumlah seluruh desa"),
    ("Jumlah titik\nsumber\nx 100%\nJumlah titik", "Jumlah titik sumber", "Jumlah titik"),
    ("Jumlah mata air,\nsumber, dan embung yang dilindungi dibagi jumlah mata air x 100%", "Jumlah mata air, sumber, dan embung yang dilindungi", "jumlah mata air"),
    ("Jumlah rumah di bantaran kali seribu dibagi jumlah rumah x 100%", "Jumlah rumah di bantaran kali seribu", "jumlah rumah"),
    ("Realisasi belanja dikali seratus dibagi pagu belanja", "Realisasi belanja", "pagu belanja"),
    ("Jumlah A dibagi jumlah B dikalikan seratus pada tahun berjalan", "Jumlah A", "jumlah B"),
    ("Jumlah kasus dibagi jumlah penduduk dikali seratus ribu penduduk", "Jumlah kasus", "jumlah penduduk"),
    ("Definisi : jumlah desa mandiri / jumlah desa x 100%", "jumlah desa mandiri", "jumlah desa"),
    ("Rasio tenaga medis terhadap penduduk = 45", "tenaga medis", "penduduk"),
    ("Jumlah embung baik x 100%\nJumlah embung\nSumber : Dinas PU / BWS", "Jumlah embung baik", "Jumlah embung"),
    ("Angkatan kerja perempuan\nseluruh angkatan kerja x 100%", "Angkatan kerja perempuan", "seluruh angkatan kerja"),
    ("(a) dibagi (b) dikali 100%", "a", "b"),
    ("(b) dikurangi (a) dibagi (a) x 100%", "b - a", "a"),
    ("Jumlah mata air yang dijadikan\nsumber : air baku / jumlah mata air", "Jumlah mata air yang dijadikan sumber : air baku", "jumlah mata air"),
    ("Nilai IP sebagai berikut\nIP = nilai layanan/nilai maksimum layanan\nBM = bobot mutu", "nilai layanan", "nilai maksimum layanan"),
    ("Efisiensi = (pagu -\nrealisasi) / pagu x 100%", "pagu - realisasi", "pagu"),
    ("Belanja pegawai/total\nbelanja APBD x 100%", "Belanja pegawai", "total belanja APBD"),
)  # fmt: skip


@pytest.mark.parametrize(("cell", "above", "below"), WHOLE)
def test_operands_stay_whole(cell: str, above: str, below: str) -> None:
    formula = parse(cell)
    assert (formula.pembilang, formula.penyebut) == (above, below)


@pytest.mark.parametrize("cell", ["Rasio =", "Selisih =", "Rasio = .", "Perbandingan =\nKeterangan: A"])
def test_a_name_without_a_formula_is_prose(cell: str) -> None:
    assert parse(cell).kind == "prose"

"""If these fail, a formula cell is taken apart wrongly, and every rule about numerators and denominators accuses falsely."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.formula import parse
from pipeline.formula.nodes import Missing, Prose, walk

CASES = [
    (r"$\frac{\sum \text{Aduan yang Ditangani}}{\sum \text{Aduan}} \times 100\%$", "percentage", "∑ Aduan yang Ditangani", "∑ Aduan", "100%"),
    (r"\frac<Jumlah surat selesai><Jumlah surat> × 100%", "percentage", "Jumlah surat selesai", "Jumlah surat", "100%"),
    ("(Jumlah A dibagi Jumlah B sesuai ketentuan / pedoman) x 100%", "percentage", "Jumlah A", "Jumlah B sesuai ketentuan / pedoman", "100%"),
    ("Jumlah kasus –dibagi-- jumlah penduduk dikalikan 100.000", "ratio", "Jumlah kasus", "jumlah penduduk", "100000"),
    ("$\x0crac{\text{Jumlah jalan}}{\text{Jumlah ruas}} \times 100%$", "percentage", "Jumlah jalan", "Jumlah ruas", "100%"),
    ("Perbandingan antara jalan mantap dengan panjang jalan X\n100%", "percentage", "jalan mantap", "panjang jalan", "100%"),
    ("Jumlah tamu dibanding dengan Jumlah kamar dikali seratus Persen", "percentage", "Jumlah tamu", "Jumlah kamar", "100%"),
    ("Jumlah desa siaga\n─────────────\nJumlah desa\nX 100%", "percentage", "Jumlah desa siaga", "Jumlah desa", "100%"),
    ("Jumlah bidan ------------- x 100 % (2/4) x 100 % = 50 Jumlah perawat", "percentage", "Jumlah bidan", "Jumlah perawat", "100%"),
    ("Jumlah ikan sehat   X 100 %\nJumlah ikan", "percentage", "Jumlah ikan sehat", "Jumlah ikan", "100%"),
    ("Formulasi\n(X -X )\n(n) (n-1)\nA = x 100%\nX\n(n-1)\nKeterangan :\nA = Kenaikan", "growth", "X(n) - X(n-1)", "X(n-1)", "100%"),
    ("{(Jumlah kejadian pada tahun ke-n – Jumlah kejadian pada tahun ke-n-1) / Jumlah kejadian pada tahun ke-n-1} X 100%", "growth", "Jumlah kejadian pada tahun ke-n - Jumlah kejadian pada tahun ke-n-1", "Jumlah kejadian pada tahun ke-n-1", "100%"),
    ("num: jumlah resep lengkap\ndenum: jumlah resep", "ratio", "jumlah resep lengkap", "jumlah resep", None),
    ("Jumlah balita sangat kurus (BB/TB) dan/atau gizi buruk dibagi jumlah balita dikali 100%", "percentage", "Jumlah balita sangat kurus (BB/TB) dan/atau gizi buruk", "jumlah balita", "100%"),
    ("(∑ n × k) / t × 100%", "weighted_sum", "∑ n × k", "t", "100%"),
    ("I = 1/3 (A1+A2+A3)", "average", "A1 + A2 + A3", "3", None),
    ("159/150 x 100% = 106%", "equation", "159", "150", "100%"),
    ("6 (= 5/4 *100)%", "column_reference", None, None, "100"),
    ("Σ (2) / Σ (3) x 100%", "column_reference", None, None, "100%"),
    ("Jumlah laporan yang terbit", "count", None, None, None),
    ("Dari target 50 unit", "count", None, None, None),
    ("Level Maturitas SPIP", "index", None, None, None),
    ("Rata-rata capaian seluruh bidang", "average", None, None, None),
    ("Pelaku usaha adalah orang atau badan yang berusaha di kabupaten/kota", "prose", None, None, None),
    ("", "prose", None, None, None),
    ("Formulasi: (Jumlah A dibagi Jumlah B) x 100% Penjelasan: a. Jumlah A terdiri dari : - satu - dua", "percentage", "Jumlah A", "Jumlah B", "100%"),
    ("<p>Formulasi :</p><p>(Jumlah arsip tertata dibagi jumlah arsip) x 100%</p><p><b>Penjelasan:</b></p><ul><li>arsip aktif / statis</li></ul>", "percentage", "Jumlah arsip tertata", "jumlah arsip", "100%"),
    ("Jumlah kasus per 100.000 penduduk", "ratio", "Jumlah kasus", "penduduk", "100000"),
    ("Total nilai per unsur / total unsur yang terisi x nilai penimbang", "ratio", "Total nilai per unsur", "total unsur yang terisi", None),
    ("Total nilai per unsur dibagi total unsur dikali nilai penimbang", "ratio", "Total nilai per unsur", "total unsur", None),
    ("(Jumlah OPD dengan nilai >= B / Jumlah OPD) * 100%", "percentage", "Jumlah OPD dengan nilai >= B", "Jumlah OPD", "100%"),
    ("Jumlah temuan selesai ____________ x 100% Jumlah temuan", "percentage", "Jumlah temuan selesai", "Jumlah temuan", "100%"),
    ("Jumlah temuan selesai x 100% Jumlah temuan", "percentage", "Jumlah temuan selesai", "Jumlah temuan", "100%"),
    ("Kapal laik % Capaian = ---------- X 100 % Jumlah kapal", "percentage", "Kapal laik", "Jumlah kapal", "100%"),
    ("(40% x Nilai teori) + (60% x Nilai praktik)", "weighted_sum", None, None, None),
    ("(12 dokumen : 12 dokumen) x 100% = 100%", "equation", "12 dokumen", "12 dokumen", "100%"),
    ("8=(7:6)x100", "column_reference", None, None, "100"),
    ("A/B x 100%; A = jumlah kapal laik; B = jumlah kapal", "percentage", "A", "B", "100%"),
    ("num: jumlah resep lengkap denum: jumlah resep", "ratio", "jumlah resep lengkap", "jumlah resep", None),
    ("Jumlah penduduk usia 7-12 tahun di SD/MI dibagi jumlah penduduk usia 7-12 tahun dikali 100%", "percentage", "Jumlah penduduk usia 7-12 tahun di SD/MI", "jumlah penduduk usia 7-12 tahun", "100%"),
    ("(Belanja terpakai/Pagu belanja) x 100%", "percentage", "Belanja terpakai", "Pagu belanja", "100%"),
    ("(Penduduk bekerja/angkatan kerja) x 100%", "percentage", "Penduduk bekerja", "angkatan kerja", "100%"),
    ("(Jumlah desa/kelurahan tangguh) x 100%", "percentage", "Jumlah desa/kelurahan tangguh", None, "100%"),
    ("(Kabupaten/Kota) x 100%", "percentage", "Kabupaten/Kota", None, "100%"),
    ("Jumlah arsip digital / jumlah arsip x 1OO%", "percentage", "Jumlah arsip digital", "jumlah arsip", "100%"),
    ("Panjang jalan baik dibagi panjang jalan dikali l00 %", "percentage", "Panjang jalan baik", "panjang jalan", "100%"),
    ("Jumlah kasus dibagi jumlah penduduk dikali IOO.OOO", "ratio", "Jumlah kasus", "jumlah penduduk", "100000"),
    ("Jumlah kasus dibagi jumlah penduduk dikali 1OO.OOO", "ratio", "Jumlah kasus", "jumlah penduduk", "100000"),
    ("Jumlah pasien dibagi jumlah tempat tidur dikali 1000 permil", "ratio", "Jumlah pasien", "jumlah tempat tidur", "1000"),
    ("Jumlah kasus / jumlah penduduk x 100.000 jiwa", "ratio", "Jumlah kasus", "jumlah penduduk", "100000"),
    ("Jumlah embung baik / jumlah embung x 100 persen (%)", "percentage", "Jumlah embung baik", "jumlah embung", "100%"),
    ("100% x jumlah gedung laik / jumlah gedung", "percentage", "jumlah gedung laik", "jumlah gedung", "100%"),
    ("Σ desa maju / Σ desa x 100%", "percentage", "Σ desa maju", "Σ desa", "100%"),
    ("(Σ desa maju : Σ desa) x 100%", "percentage", "Σ desa maju", "Σ desa", "100%"),
    ("IP = (A : B) x 100%", "percentage", "A", "B", "100%"),
    ("Jumlah hari rawat : (Jumlah tempat tidur x 365) x 100%", "percentage", "Jumlah hari rawat", "Jumlah tempat tidur × 365", "100%"),
    ("Capaian : (Jumlah hadir / Jumlah undangan) x 100%", "percentage", "Jumlah hadir", "Jumlah undangan", "100%"),
    ("L = (Pt - Po)/Po x 100%", "growth", "Pt - Po", "Po", "100%"),
    ("Jumlah koperasi sehat per jumlah koperasi x 100%", "percentage", "Jumlah koperasi sehat", "jumlah koperasi", "100%"),
    ("Selisih jumlah usaha tahun 2023 dengan jumlah usaha tahun 2022 dibagi jumlah usaha tahun 2022 dikali 100%", "growth", "jumlah usaha tahun 2023 - jumlah usaha tahun 2022", "jumlah usaha tahun 2022", "100%"),
    ("Rp 4.500.000,- / Rp 5.000.000,- x 100% = 90%", "equation", "Rp 4.500.000,-", "Rp 5.000.000,-", "100%"),
    ("Jumlah OPD patuh / Jumlah OPD x 100% = 38/41 x 100% = 92,68%", "percentage", "Jumlah OPD patuh", "Jumlah OPD", "100%"),
    ("IKM = Total nilai / total unsur terisi x 25", "ratio", "Total nilai", "total unsur terisi", None),
    ("Jumlah rapat koordinasi x 12 bulan", "count", None, None, None),
    ("Jumlah kapal berizin x 100% ------------------ Jumlah kapal", "percentage", "Jumlah kapal berizin", "Jumlah kapal", "100%"),
    ("      Jumlah penyuluh aktif\nPP = ――――――――――― x 100%\n      Jumlah penyuluh", "percentage", "Jumlah penyuluh aktif", "Jumlah penyuluh", "100%"),
    (r"\frac{\mathrm{Jumlah~OPD~patuh}}{\mathrm{Jumlah~OPD}} \times 100\%", "percentage", "Jumlah OPD patuh", "Jumlah OPD", "100%"),
    (r"\frac{\sum_{i=1}^{n} w_i x_i}{\sum_{i=1}^{n} w_i}", "weighted_sum", "∑_(i=1)^(n) w_i × x_i", "∑_(i=1)^(n) w_i", None),
    (r"\frac\text{Jumlah A}\text{Jumlah B} \times 100\%", "percentage", "Jumlah A", "Jumlah B", "100%"),
    ("Proporsi jumlah kursi perempuan terhadap total kursi", "ratio", "jumlah kursi perempuan", "total kursi", None),
    ("Angka putus sekolah dihitung dari jumlah siswa putus dibagi jumlah siswa", "ratio", "jumlah siswa putus", "jumlah siswa", None),
    ("Jumlah kunjungan / 1.000 penduduk", "ratio", "Jumlah kunjungan", "penduduk", "1000"),
    (r"\begin{array}{c} \text{Sapi sehat} \\ \hline \text{Sapi} \end{array} \times 100\%", "percentage", "Sapi sehat", "Sapi", "100%"),
    ("Jumlah usaha patuh\n- - - - - - - - - x 100%\nJumlah usaha", "percentage", "Jumlah usaha patuh", "Jumlah usaha", "100%"),
    ("Jumlah usaha patuh\n.................. x 100%\nJumlah usaha", "percentage", "Jumlah usaha patuh", "Jumlah usaha", "100%"),
    ("Jumlah titik resmi -------- X 100% = 88,5% Jumlah titik", "percentage", "Jumlah titik resmi", "Jumlah titik", "100%"),
    ("Rumus = X : Y x 100 %\nX = Jumlah sampel baik\nY = Jumlah sampel diuji", "percentage", "X", "Y", "100%"),
    ("- PAUD terakreditasi / Jumlah PAUD x 100%\n- SD terakreditasi / Jumlah SD x 100%", "percentage", "PAUD terakreditasi", "Jumlah PAUD", "100%"),
    ("Rumus 1:\nJumlah A lulus / Jumlah A x 100%\nRumus 2:\nJumlah B lulus / Jumlah B x 100%", "percentage", "Jumlah A lulus", "Jumlah A", "100%"),
    ("((Xn - Xn-1)/Xn-1) x 100%", "growth", "Xn - Xn-1", "Xn-1", "100%"),
    ("(ADHK t - ADHK t-1) : ADHK t-1 x 100%", "growth", "ADHK t - ADHK t-1", "ADHK t-1", "100%"),
    ("Indeks = (bobot 40% x SPBE) + (bobot 60% x IKM)", "weighted_sum", None, None, None),
    ("6=5/4x100%", "column_reference", None, None, "100%"),
    ("Jumlah SPP-UP/GU/TU/LS yang diproses", "count", None, None, None),
    ("Pembilang: jumlah sampel baik\nPenyebut: jumlah sampel", "ratio", "jumlah sampel baik", "jumlah sampel", None),
    ("(1 - ((Realisasi - Target) / Target)) x 100%", "percentage", "Realisasi - Target", "Target", "100%"),
    (r"\frac{Laporan > 30 menit}{Laporan} \times 100\%", "percentage", "Laporan > 30 menit", "Laporan", "100%"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "pembilang", "penyebut", "pengali"), CASES)
def test_a_formula_is_taken_apart_as_written(
    text: str, kind: str, pembilang: str | None, penyebut: str | None, pengali: str | None
) -> None:
    formula = parse(text)
    assert (formula.kind, formula.pembilang, formula.penyebut, formula.pengali) == (kind, pembilang, penyebut, pengali)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (r"\frac{\text{Total nilai per unsur X}}{\text{Total unsur}} \times 100\%", "leftover_x"),
        (r"\frac{\text{Total nilai} \times \text{X penimbang}}{\text{Total unsur}}", "two_operators"),
        ("Jumlah A / ", "missing_denominator"),
        ("Perbandingan jumlah terminal yang memenuhi standar", "missing_denominator"),
        ("(Jumlah A / Jumlah B x 100%", "unbalanced_bracket"),
        ("Jumlah A / Jumlah B x 100% x 100%", "doubled_multiplier"),
        (r"\frac{\text{A} \times }{\text{B}}", "dangling_operator"),
        (r"\frac{\text{A}}{}", "missing_denominator"),
    ],
)
def test_a_broken_formula_is_named_at_its_place(text: str, problem: str) -> None:
    """Otherwise the auditor is not told what is broken, or a sound formula is called broken."""
    problems = parse(text).malformed
    assert problem in [item.problem for item in problems]
    assert all(0 <= item.start <= item.end <= len(text) for item in problems)
    assert all(item.pesan and item.message for item in problems)


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{\text{Aset bersertifikat}}{\text{Aset tanah} \times 100\%",
        r"\frac{\text{Aset bersertifikat}{\text{Aset tanah}} \times 100\%",
        r"\frac{\text{Aset bersertifikat}}{\text{Aset tanah \times 100\%",
        r"\left(\frac{\text{Aset bersertifikat}}{\text{Aset tanah} \right) \times 100\%",
    ],
)
def test_a_missing_brace_leaves_the_multiplier_outside_and_is_named(text: str) -> None:
    """Otherwise a percentage becomes a ratio whose denominator holds the multiplier, and nothing says that it is broken."""
    formula = parse(text)
    assert (formula.kind, formula.pengali) == ("percentage", "100%")
    assert (formula.pembilang, formula.penyebut) == ("Aset bersertifikat", "Aset tanah")
    assert [item.problem for item in formula.malformed] == ["unbalanced_bracket"]


def test_words_outside_a_formula_show_no_signs_of_ours() -> None:
    assert parse(r"\text{Level Maturitas SPIP}").canonical == "level maturitas spip"


def test_amounts_in_rupiah_are_worked_out() -> None:
    formula = parse("Rp 4.500.000,- / Rp 5.000.000,- x 100% = 80%")
    assert (formula.kind, formula.holds, formula.stated_result) == ("equation", False, "80%")


def test_a_fall_is_worked_out_with_its_sign() -> None:
    """A growth below zero is checked like any other: "= -5%" is a number and no dash before one."""
    right, wrong = parse("(95 - 100) / 100 x 100% = -5%"), parse("(95 - 100) / 100 x 100% = -7%")
    assert (right.stated_result, right.holds, wrong.holds) == ("-5%", True, False)


def test_a_bracket_that_holds_the_whole_calculation_is_balanced() -> None:
    formula = parse("(Jumlah hadir / Jumlah undangan x 100% = 85%)")
    assert (formula.pembilang, formula.penyebut, formula.malformed) == ("Jumlah hadir", "Jumlah undangan", ())


def test_a_legend_names_the_symbols() -> None:
    formula = parse("A = X / Y x 100%\nKeterangan :\nA = Persentase\nX = Jumlah yang lulus\nY = Jumlah peserta")
    assert dict(formula.legend)["X"] == "Jumlah yang lulus"
    assert ("Jumlah yang lulus", "pembilang") in formula.terms
    assert ("Jumlah peserta", "penyebut") in formula.terms


LABELS = Path(__file__).with_name("labels.tsv")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "formulas.tsv"


def _hash(text: str | None) -> str:
    return "-" if text is None else hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:12]


@pytest.mark.skipif(not SHARED.exists(), reason="the collection of real formula cells is not beside the checkout")
@pytest.mark.parametrize("chosen", ["all", "twice read", "twice read, with operands"])
def test_real_cells_are_read_as_labelled(chosen: str, record_property: Callable[[str, object], None]) -> None:
    """A parser that slips on more than 3 in 100 real cells puts wrong operands into every audit rule about formulas.

    The labels are hashes of kind, pembilang and penyebut. The first reader accepted or corrected the parser's own output, so
    those are kinder than labels written blind. A second reader labelled every third cell without seeing either
    (`second_reader`: agreed, resolved with the reason in `note`, open; `pengali` is the second reader's). Every
    contradiction was resolved towards the parser, so the share here is no blind accuracy: before resolving, kind and both
    parts, blanks apart, were right in 160 of 181 cells (88 %), and in 169 (93 %) leaving aside the notation of infix
    text and one hyphen at a line end. Open cells count for nothing. Two more readers then labelled 170 cells each, blind;
    of those that they were sure of, 145 of 158 and 151 of 161 were read so (93 %). 20 of their 23 contradictions were worked
    chains, "(X1)/(Y)×100%=(6)/(26)×100%=23,08 %", which all blind readers call a percentage: so do the parser and these
    labels now, and it reads 156 and 160 as they do."""
    cells = {}
    with SHARED.open(encoding="utf-8", newline="") as file:
        for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            text = row[1].replace("\\n", "\n").replace("\\t", "\t")
            cells[hashlib.sha256(text.encode()).hexdigest()[:16]] = (text, row[0])
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    labels = [entry for entry in labels if entry["second_reader"] != "open"]
    assert len(labels) >= 150
    if chosen != "all":
        labels = [entry for entry in labels if entry["second_reader"]]
    if chosen.endswith("operands"):
        labels = [entry for entry in labels if entry["pembilang_sha256"] != "-"]
    wrong = []
    for given in labels:
        text, indikator = cells[given["formula_sha256"]]
        formula = parse(text, indikator)
        read = (formula.kind, _hash(formula.pembilang), _hash(formula.penyebut), formula.pengali or "-")
        expected = (given["kind"], given["pembilang_sha256"], given["penyebut_sha256"], given["pengali"] or read[3])
        if read != expected:
            wrong.append((text[:80], read, expected))
    share = 1 - len(wrong) / len(labels)
    record_property("share", share)
    print(f"{chosen}: {len(labels) - len(wrong)} of {len(labels)} cells as labelled ({share:.1%})", *wrong, sep="\n")
    assert share >= 0.97, wrong


@pytest.mark.skipif(not SHARED.exists(), reason="the collection of real formula cells is not beside the checkout")
def test_real_cells_survive_being_printed() -> None:
    """Otherwise the formula that the database keeps is another one than the document's."""
    with SHARED.open(encoding="utf-8", newline="") as file:
        texts = {
            row[1].replace("\\n", "\n") for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
        }
    for text in texts:
        formula = parse(text)
        if any(isinstance(part, Prose | Missing) for part in walk(formula.tree)):
            continue
        assert parse(formula.canonical).tree == formula.tree, text
        assert parse(f"${formula.latex}$").tree == formula.tree, text


def test_a_comparison_inside_a_fraction_of_latex_stays_words() -> None:
    formula = parse(r"$\frac{\text{Laporan < 30 menit}}{\text{Laporan masuk}} \times 100\%$")
    assert (formula.pembilang, formula.penyebut) == ("Laporan < 30 menit", "Laporan masuk")


def test_subscripts_inside_a_fraction_are_no_arguments_of_it() -> None:
    formula = parse(r"$\frac{PDRB_t - PDRB_{t-1}}{PDRB_{t-1}} \times 100\%$")
    assert (formula.kind, formula.penyebut) == ("growth", "PDRB_(t-1)")


def test_a_ratio_whose_quotient_stands_in_brackets_lacks_no_denominator() -> None:
    """An office that writes "(PAD/Dana transfer)" would be accused of stating no denominator."""
    assert parse("Rasio kemandirian daerah (PAD/Dana transfer)").problems == ()
    assert [p.problem for p in parse("Perbandingan jumlah guru bersertifikat (SD/MI)").problems] == [
        "missing_denominator"
    ]


def test_a_result_below_a_lost_fraction_line_is_checked() -> None:
    """A capaian printed too low under the fraction would pass as right."""
    assert parse("2.208\n= x 100%\n1.840\n= 99,5%").holds is False
    assert parse("2.208\n= x 100%\n1.840\n= 120%").holds is True


def test_labels_in_a_row_raise_nothing() -> None:
    """One cell of rubbish would end the batch."""
    assert parse("rumus:" * 998 + "a/b x 100%").penyebut == "b"

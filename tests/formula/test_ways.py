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


def _folded(text: str | None) -> str:
    return re.sub(r"\s", "", text or "").casefold()


@pytest.mark.parametrize("way", WAYS)
def test_one_formula_in_every_way_it_is_written(way: str) -> None:
    wrong = []
    for above, below in PAIRS:
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

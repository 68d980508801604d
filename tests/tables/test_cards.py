"""A profile prints each indikator on a card of its own. Read as a table of two columns, none of it reaches the records."""

from pipeline.extract.text import read_text
from pipeline.tables import build_tables

CARDS = """\
PROFIL INDIKATOR KINERJA UTAMA DINAS CONTOH KABUPATEN CONTOH

| Nama Indikator | Angka Partisipasi Contoh |
|---|---|
| Sasaran | Meningkatnya akses contoh |
| Definisi Operasional | Perbandingan siswa contoh |
| Formula Perhitungan | (Jumlah siswa / Jumlah penduduk) x 100% |
| Sumber Data | Data contoh |

Keterangan di antara dua kartu.

| Nama Indikator | Rata-rata Lama Contoh |
|---|---|
| Sasaran | Meningkatnya akses contoh |
| Definisi Operasional | Lama contoh |
| Formula Perhitungan | Data contoh |
| Sumber Data | Badan contoh |
"""
LINES = """\
KAMUS INDIKATOR KECAMATAN CONTOH

1. Sasaran : Meningkatnya layanan contoh
Indikator Kinerja : Indeks Kepuasan Contoh
Formulasi : Nilai rata-rata survei contoh
Sumber Data : Survei contoh

2. Sasaran : Meningkatnya tertib contoh
Indikator Kinerja : Persentase desa tertib contoh
Formulasi : (Jumlah desa tertib / Jumlah desa) x 100%
Sumber Data : Laporan contoh
"""
NUMBERED = """\
<table>
<tr><td colspan=2>INDIKATOR 1</td></tr>
<tr><td>1</td><td>Indikator Kinerja Utama</td><td>:</td><td>Tingkat Contoh Terbuka</td></tr>
<tr><td>2</td><td>Rumus</td><td>:</td><td>Jumlah contoh</td></tr>
<tr><td></td><td></td><td></td><td>dibagi jumlah semua</td></tr>
<tr><td>3</td><td>Satuan</td><td>:</td><td>%</td></tr>
</table>
"""


def told(text: str) -> list[dict[str, str]]:
    tables = build_tables(read_text(text.encode(), "kartu.txt"))
    assert {table.kind for table in tables} == {"iku"}
    return [{cell.field or "": cell.text for cell in row.cells} for table in tables for row in table.rows]


def test_each_card_is_a_row() -> None:
    found = told(CARDS)
    assert [row["indikator"] for row in found] == ["Angka Partisipasi Contoh", "Rata-rata Lama Contoh"]
    assert found[0]["formula"] == "(Jumlah siswa / Jumlah penduduk) x 100%"
    assert found[1]["sumber_data"] == "Badan contoh"


def test_lines_with_labels_are_cards() -> None:
    found = told(LINES)
    assert [row["sasaran"] for row in found] == ["Meningkatnya layanan contoh", "Meningkatnya tertib contoh"]
    assert found[1]["formula"] == "(Jumlah desa tertib / Jumlah desa) x 100%"


def test_numbers_colons_and_values_of_several_rows() -> None:
    found = told(NUMBERED)
    assert found[0]["indikator"] == "Tingkat Contoh Terbuka"
    assert found[0]["formula"].split() == ["Jumlah", "contoh", "dibagi", "jumlah", "semua"]


def test_a_card_of_a_person_is_no_indikator() -> None:
    """The head of a performance agreement has labels too."""
    text = "Nama : CONTOH\nJabatan : Camat Contoh\nselanjutnya disebut pihak pertama\n"
    assert build_tables(read_text(text.encode(), "pk.txt")) == ()

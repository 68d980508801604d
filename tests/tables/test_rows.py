"""Rows over page ends, merged cells, bands, totals. If this fails, figures stand beside the wrong indicator."""

from pipeline.model import Extraction, LogicalTable, RawCell, RawRow, RawTable, Where
from pipeline.tables import build_tables
from tests.tables.tables_helper import column, fields, table, tables, texts

MEASURED = "No | Sasaran Strategis | Indikator Sasaran | Target 2024 | Realisasi 2024 | % Capaian"


def test_a_row_cut_by_the_page_end_is_one_row() -> None:
    found = table(
        f"""
        {MEASURED}
        1 | Peningkatan mutu pelaksana | Nilai evaluasi aspek | 12 | 10,54 | 87,8%

        | an pelayanan | pelaporan kinerja | | |
        2 | Terwujudnya tertib arsip | Persentase arsip tertata | 100% | 90% | 90%
        """
    )
    assert texts(found.rows[0])[1:3] == [
        "Peningkatan mutu pelaksanaan pelayanan",
        "Nilai evaluasi aspek pelaporan kinerja",
    ]
    assert found.rows[0].cells[2].lines == (2, 4)
    assert len(found.rows) == 2


def test_a_repeated_header_is_no_new_table() -> None:
    found = table(
        f"""
        {MEASURED}
        1 | Peningkatan mutu | Nilai evaluasi | 12 | 10,54 | 87,8%

        {MEASURED}
        2 | Terwujudnya tertib arsip | Persentase arsip tertata | 100% | 90% | 90%
        """
    )
    assert column(found, "no") == ["1", "2"]


def test_counting_from_one_again_is_a_new_table() -> None:
    """Else two agreements of two officials would be read as one."""
    found = tables(
        f"""
        {MEASURED}
        1 | Peningkatan mutu | Nilai evaluasi | 12 | 10,54 | 87,8%

        {MEASURED}
        1 | Terwujudnya tertib arsip | Persentase arsip tertata | 100% | 90% | 90%
        """
    )
    assert len(found) == 2


def test_another_header_is_another_table() -> None:
    found = tables(
        """
        NO | SASARAN STRATEGIS | INDIKATOR KINERJA | TARGET
        1. | Peningkatan mutu | Nilai evaluasi | 12

        | Kegiatan | Anggaran | Sumber Dana
        1. | Penataan | Rp. 15.000.000 | APBD
        """
    )
    assert [t.kind for t in found] == ["pk", "pk_anggaran"]


def test_merged_cells_are_filled_down_and_marked() -> None:
    found = table(
        f"""
        {MEASURED}
        1 | Peningkatan mutu | Nilai evaluasi | 12 | 10,54 | 87,8%
        | | Nilai survei | | 80 |
        2 | Terwujudnya tertib arsip | Persentase arsip tertata | 100% | 90% | 90%
        """
    )
    second = found.rows[1]
    assert texts(second)[:2] == ["1", "Peningkatan mutu"]
    assert [cell.inherited for cell in second.cells] == [True, True, False, False, False, False]
    assert second.cells[3].text == "", "a figure is never filled down"


def test_a_new_parent_ends_the_group() -> None:
    found = table(
        """
        Tujuan | Sasaran | Indikator | 2023 | 2024 | 2025
        Tata kelola yang baik | Naiknya nilai | Nilai A | 1 | 2 | 3
        Pelayanan prima | | Indeks B | 4 | 5 | 6
        """.replace("2023 | 2024 | 2025", "Target 2023 | Target 2024 | Target 2025")
    )
    assert found.rows[1].cells[1].text == ""


def test_blank_numbers_of_sub_activities_stay_blank() -> None:
    found = table(
        """
        No | Program/ Kegiatan/ Sub Kegiatan | Anggaran (Rp,-)
        1 | Program Penunjang | Rp. 30.000.000
        1.1 | Kegiatan Administrasi | Rp. 30.000.000
        | Sub Kegiatan Penyediaan Jasa | Rp. 30.000.000
        | JUMLAH | Rp. 30.000.000
        """
    )
    assert column(found, "no") == ["1", "1.1", ""]
    assert [row.level for row in found.rows] == ["program", "kegiatan", "sub_kegiatan", None]
    assert found.rows[-1].kind == "total"


def test_bands_are_in_force_until_the_next() -> None:
    found = table(
        """
        Sasaran | Indikator Sasaran | Target 2023 | Target 2024 | Target 2025
        <b>SEBELUM PERUBAHAN</b> | | | |
        Naiknya mutu | Nilai A | 1 | 2 | 3
        <b>SESUDAH PERUBAHAN</b> | | | |
        Naiknya mutu | Nilai A | 2 | 3 | 4
        """
    )
    assert [row.band for row in found.rows if row.kind == "data"] == [("SEBELUM PERUBAHAN",), ("SESUDAH PERUBAHAN",)]


def test_an_office_before_a_goal_is_a_band() -> None:
    found = table(
        """
        Tujuan | Sasaran | Indikator | Target 2023 | Target 2024 | Target 2025
        <b>BAGIAN HUKUM :</b> Terciptanya situasi tertib | | Nilai A | 1 | 2 | 3
        """
    )
    assert found.rows[0].band == ("BAGIAN HUKUM",)
    assert found.rows[0].cells[0].text == "Terciptanya situasi tertib"


def test_a_mean_is_no_indicator() -> None:
    found = table(
        f"""
        {MEASURED}
        1 | Peningkatan mutu | Nilai evaluasi | 12 | 10,54 | 87,8%
        | Rata rata capaian sasaran 1 | | | | 87,8%
        """
    )
    assert [row.kind for row in found.rows] == ["data", "total"]


def test_a_number_glued_to_the_goal_comes_apart() -> None:
    found = table(
        """
        Sasaran | % Capaian Kinerja | % Serapan Anggaran | Kategori Efisiensi
        1. Naiknya mutu | 92,9% | 42% | Efisien
        2. Tertib arsip | 100% | 33% | Efisien
        """
    )
    assert fields(found)[:2] == ["no", "sasaran"]
    assert column(found, "sasaran") == ["Naiknya mutu", "Tertib arsip"]
    assert found.kind == "efisiensi"


def test_a_cell_cut_down_the_middle_is_known_by_its_words() -> None:
    """Two neighbours whose words alternate line by line; the whole text stands elsewhere in the document."""
    found = table(
        """
        Sasaran kedua adalah

        Peningkatan Kualitas Administrasi Umum Pada Bagian Hukum

        No | Sasaran Strategis | Indikator Sasaran | Realisasi 2024 | Realisasi Nasional
        1 | Terwujudnya tertib arsip | Persentase arsip | 100% | -
        2 | Peningkatan Administrasi Pada Hukum | Kualitas Umum Bagian | Persentase umum | 80% | -
        """
    )
    assert texts(found.rows[1])[1:3] == ["Peningkatan Kualitas Administrasi Umum Pada Bagian Hukum", "Persentase umum"]


def test_numbered_indicators_in_one_cell_become_rows() -> None:
    found = table(
        """
        Kode | Kegiatan | Indikator | Kondisi Awal | Target 2023 | Target 2024 | Target 2025 | Anggaran
        4.01.01.2.13 | Penataan | 1. Nilai A 2. Nilai B | Kondisi 1: 5% Kondisi 2: 6% | 1. 7% 2. 8% | 1. 9% 2. 10% | 1. 11% 2. 12% | 500.000.000
        """
    )
    assert column(found, "indikator") == ["Nilai A", "Nilai B"]
    assert column(found, "baseline") == ["5%", "6%"]
    assert column(found, "anggaran") == ["500.000.000", ""]


def test_a_table_lying_on_its_side_is_turned() -> None:
    found = table(
        """
        <b>TUJUAN</b> | Tata kelola yang baik | |
        <b>SASARAN</b> | Naiknya nilai akuntabilitas | | Naiknya mutu layanan
        <b>PROGRAM</b> | Program Penunjang | Program Hukum | Program Layanan
        """
    )
    assert found.kind == "cascading"
    assert column(found, "sasaran") == [
        "Naiknya nilai akuntabilitas",
        "Naiknya nilai akuntabilitas",
        "Naiknya mutu layanan",
    ]
    assert column(found, "program") == ["Program Penunjang", "Program Hukum", "Program Layanan"]


def test_the_revised_declaration_is_version_two() -> None:
    iku = "NO | KINERJA UTAMA | INDIKATOR KINERJA UTAMA | FORMULASI | SUMBER DATA"
    found = tables(
        f"""
        INDIKATOR KINERJA UTAMA

        {iku}
        1 | Naiknya mutu | Nilai A | a / b x 100% | Laporan

        IKU REVISI

        {iku}
        1 | Naiknya mutu | Nilai B | c / b x 100% | Laporan
        """
    )
    assert [t.version for t in found] == [1, 2]


def test_nothing_is_dropped() -> None:
    """Strict reading: every word of every row is in some cell, whatever the row looks like."""
    source = """
        No | Sasaran Strategis | Indikator Sasaran | Target 2024
        1 | Naiknya mutu | Nilai A | 12 | lebih | banyak | kata
        satu dua
        """
    found = tables(source)
    seen = {word for t in found for row in t.rows for cell in row.cells for word in cell.raw.split()}
    assert {"lebih", "banyak", "kata"} <= seen
    assert any(row.kind == "unread" for t in found for row in t.rows)


def _pages(*pages: list[list[tuple[int, int, str]]]) -> LogicalTable:
    """One raw table per page, as the PDF reader gives it; cells are (column, rows they reach down, text)."""
    blocks = tuple(
        RawTable(
            tuple(
                RawRow(
                    tuple(
                        RawCell(text, Where(page=number, column=column), rowspan=rows) for column, rows, text in cells
                    ),
                    Where(page=number, row=row),
                )
                for row, cells in enumerate(page)
            ),
            Where(page=number),
            "ruled",
        )
        for number, page in enumerate(pages, 1)
    )
    found = build_tables(Extraction("a.pdf", "", "pdf", (), blocks))
    assert len(found) == 1
    return found[0]


_HEADER = [(0, 1, "No"), (1, 1, "Sasaran"), (2, 1, "Indikator Kinerja"), (3, 1, "Target")]


def test_a_merged_cell_goes_on_after_the_page_end() -> None:
    found = _pages(
        [_HEADER, [(0, 1, "1"), (1, 1, "Tertibnya arsip"), (2, 1, "Persentase arsip tertata"), (3, 1, "80%")]],
        [
            _HEADER,
            [(0, 2, ""), (1, 2, ""), (2, 1, "Jumlah arsip dipindai"), (3, 1, "12")],
            [(2, 1, "Nilai audit arsip"), (3, 1, "75")],
        ],
    )
    assert column(found, "sasaran") == ["Tertibnya arsip"] * 3
    assert [row.cells[1].inherited for row in found.rows] == [False, True, True]
    assert column(found, "target") == ["80%", "12", "75"]


def test_a_header_that_reaches_into_the_first_row_names_no_group() -> None:
    found = _pages(
        [_HEADER, [(0, 1, "1"), (1, 1, "Tertibnya arsip"), (2, 1, "Persentase arsip yang"), (3, 1, "80%")]],
        [
            [(0, 2, "No"), (1, 2, "Sasaran"), (2, 1, "Indikator Kinerja"), (3, 1, "Target")],
            [(2, 1, "tertata"), (3, 1, "")],
            [(0, 1, "2"), (1, 1, "Lancarnya surat"), (2, 1, "Jumlah surat"), (3, 1, "9")],
        ],
    )
    assert column(found, "indikator") == ["Persentase arsip yang tertata", "Jumlah surat"]


def test_bullets_of_one_cell_become_rows() -> None:
    found = _pages(
        [
            _HEADER,
            [
                (0, 1, "1"),
                (1, 1, "Tertibnya arsip"),
                (2, 1, "Cakupan arsip\nRuang Besar\n• Dokumen tata\narsip\n• Dokumen pindai"),
                (3, 1, "67%\n1 Dokumen\n2 Dokumen"),
            ],
        ]
    )
    assert column(found, "indikator") == ["Cakupan arsip Ruang Besar", "Dokumen tata arsip", "Dokumen pindai"]
    assert column(found, "target") == ["67%", "1 Dokumen", "2 Dokumen"]


def test_a_unit_below_its_figure_is_no_row_of_its_own() -> None:
    found = _pages(
        [_HEADER, [(0, 1, "1"), (1, 1, "Cepatnya layanan"), (2, 1, "Waktu tanggap\nIGD"), (3, 1, "≤5\nmenit")]]
    )
    assert column(found, "target") == ["≤5 menit"]


def test_a_last_row_of_figures_alone_is_a_total() -> None:
    found = table(
        f"""
        {MEASURED}
        1 | Peningkatan mutu | Nilai evaluasi | 12 | 10,54 | 87,8%
        2 | Terwujudnya tertib arsip | Persentase arsip tertata | 100% | 90% | 90%
        | | | | | 88,9%
        """
    )
    assert [row.kind for row in found.rows] == ["data", "data", "total"]


def test_a_programme_at_the_top_of_a_page_is_a_row() -> None:
    found = table(
        """
        No | Program / Kegiatan | Anggaran (Rp)
        1. | Program Penataan Arsip | 900.000.000
        | Kegiatan Pemindaian Arsip | 900.000.000

        | Program Pengelolaan Surat |
        | Kegiatan Penyediaan Map | 15.000.000
        """
    )
    assert column(found, "program")[2] == "Program Pengelolaan Surat"


def test_the_rest_of_a_merged_formula_belongs_to_all_its_rows() -> None:
    """Else the first of two indicators that share a formula is left with half of it."""
    header = [(0, 1, "No"), (1, 1, "Indikator Kinerja"), (2, 1, "Formulasi"), (3, 1, "Sumber Data")]
    found = _pages(
        [
            header,
            [(0, 1, "1"), (1, 1, "PDRB berlaku"), (2, 2, "Nilai tambah dibagi jumlah"), (3, 2, "BPS")],
            [(0, 1, "2"), (1, 1, "PDRB konstan")],
        ],
        [
            header,
            [(0, 1, ""), (1, 1, ""), (2, 1, "penduduk pertengahan tahun"), (3, 1, "")],
            [(0, 1, "3"), (1, 1, "Inflasi"), (2, 1, "Kenaikan indeks harga"), (3, 1, "BPS")],
        ],
    )
    whole = "Nilai tambah dibagi jumlah penduduk pertengahan tahun"
    assert column(found, "formula") == [whole, whole, "Kenaikan indeks harga"]

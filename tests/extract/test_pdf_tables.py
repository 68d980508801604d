"""Ruled tables of PDF pages: what a reader sees as a cell must arrive as one cell, with its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.pdf import read_pdf
from pipeline.extract.picture import confirms, text_in_box
from pipeline.model import Extraction, Paragraph, RawTable
from tests.extract.pdf_pages import Draw, fraction, pdf, ruled, text

XS = (60, 100, 260, 420, 530)
YS = (700, 670, 600, 530)
CELLS = [
    ["No", "Sasaran", "Indikator", "Target"],
    ["1.", "Meningkatnya mutu\nlayanan publik", "Persentase layanan\ntepat waktu", "87,5%"],
    [None, None, "Indeks kepuasan", "82"],
]


def tables(extraction: Extraction) -> list[RawTable]:
    return [block for block in extraction.blocks if isinstance(block, RawTable)]


def texts(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_of(data: bytes) -> RawTable:
    found = tables(read_pdf(data, "x.pdf"))
    assert len(found) == 1
    return found[0]


EXPECTED = [
    ["No", "Sasaran", "Indikator", "Target"],
    ["1.", "Meningkatnya mutu\nlayanan publik", "Persentase layanan\ntepat waktu", "87,5%"],
    ["Indeks kepuasan", "82"],
]


def test_merged_cells_span_their_rows() -> None:
    """Without spans an indicator loses the sasaran it belongs to."""
    table = table_of(pdf(lambda c: ruled(c, XS, YS, CELLS)))
    assert texts(table) == EXPECTED
    assert [(cell.where.column, cell.rowspan) for cell in table.rows[1].cells] == [(0, 2), (1, 2), (2, 1), (3, 1)]
    assert [cell.where.column for cell in table.rows[2].cells] == [2, 3]


def test_header_over_two_columns_spans_them() -> None:
    """Without column spans a figure is filed under the wrong year."""
    cells = [["No", "Tahun 2023", "<"], [None, "Target", "Realisasi"], ["1", "10", "12"]]
    table = table_of(pdf(lambda c: ruled(c, (60, 120, 220, 320), (700, 680, 660, 640), cells)))
    assert [(cell.text, cell.colspan, cell.rowspan) for cell in table.rows[0].cells] == [
        ("No", 1, 2),
        ("Tahun 2023", 2, 1),
    ]
    assert texts(table)[1:] == [["Target", "Realisasi"], ["1", "10", "12"]]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_pages_read_like_upright_ones(rotation: int) -> None:
    """A landscape annex stored with /Rotate must not come out empty, reversed or with boxes beside the cells."""
    data = pdf(lambda c: ruled(c, XS, YS, CELLS), rotation=rotation)
    extraction = read_pdf(data, "x.pdf")
    table = tables(extraction)[0]
    assert texts(table) == EXPECTED
    assert extraction.pages[0].rotation == rotation
    assert table.where.bbox == pytest.approx((60, 142, 530, 312), abs=2)
    for row in table.rows:
        for cell in row.cells:
            assert text_in_box(data, cell.where) == cell.text


def test_cropped_pages_have_boxes_on_what_is_shown() -> None:
    """With a CropBox unlike the MediaBox a highlight would land beside its cell."""
    data = pdf(lambda c: ruled(c, XS, YS, CELLS), crop=(40, 400, 560, 800))
    extraction = read_pdf(data, "x.pdf")
    page, table = extraction.pages[0], tables(extraction)[0]
    assert (page.width, page.height, page.origin) == (520, 400, (40, 400))
    assert table.where.bbox == pytest.approx((20, 100, 490, 270), abs=2)
    assert all(text_in_box(data, cell.where) == cell.text for row in table.rows for cell in row.cells)


def test_padding_borders_make_no_columns() -> None:
    """Header cells drawn with borders of their own would give ghost columns and shift every field."""

    def draw(c: object) -> None:
        ruled(c, XS, YS, CELLS)
        for x in XS[1:-1]:
            c.line(x - 4, 700, x - 4, 670)  # type: ignore[attr-defined]
            c.line(x + 4, 700, x + 4, 670)  # type: ignore[attr-defined]

    assert texts(table_of(pdf(draw))) == EXPECTED


def test_borders_drawn_as_thin_boxes_count() -> None:
    """Word draws borders as filled boxes; without them most tables of the archive would be prose."""

    def draw(c: object) -> None:
        for y in (700, 680, 660):
            c.rect(60, y, 200, 0.5, stroke=0, fill=1)  # type: ignore[attr-defined]
        for x in (60, 120, 260):
            c.rect(x, 660, 0.5, 40, stroke=0, fill=1)  # type: ignore[attr-defined]
        for x, y, words in ((64, 686, "No"), (124, 686, "Uraian"), (64, 666, "1"), (124, 666, "Belanja")):
            text(c, x, y, words)

    assert texts(table_of(pdf(draw))) == [["No", "Uraian"], ["1", "Belanja"]]


def dots(c: object, y: float, x0: float = 60, x1: float = 260) -> None:
    x = x0
    while x < x1:
        c.rect(x, y, 0.8, 0.8, stroke=0, fill=1)  # type: ignore[attr-defined]
        x += 1.6


def test_dotted_borders_part_rows() -> None:
    """Spreadsheets print hairlines as dots: five indicators would be read as one, with five figures in each cell."""

    def draw(c: object) -> None:
        for y in (700, 680, 640):
            c.line(60, y, 260, y)  # type: ignore[attr-defined]
        for x in (60, 120, 260):
            c.line(x, 640, x, 700)  # type: ignore[attr-defined]
        dots(c, 660)
        for x, y, words in ((64, 686, "Satuan"), (124, 686, "Indikator"), (64, 666, "ton"), (124, 666, "Produksi padi"), (64, 646, "ekor"), (124, 646, "Produksi telur")):  # fmt: skip
            text(c, x, y, words)

    rows = [["Satuan", "Indikator"], ["ton", "Produksi padi"], ["ekor", "Produksi telur"]]
    assert texts(table_of(pdf(draw))) == rows


def test_a_hatched_cell_is_no_stack_of_rows() -> None:
    """A cell filled with dots would fall into dozens of rows."""

    def draw(c: object) -> None:
        ruled(c, XS, YS, CELLS)
        y = YS[-1] + 1.0
        while y < YS[0]:
            dots(c, y, XS[0], XS[-1])
            y += 1.6

    assert texts(table_of(pdf(draw))) == texts(table_of(pdf(lambda c: ruled(c, XS, YS, CELLS))))


def test_tables_inside_form_objects_are_seen() -> None:
    """Printed spreadsheets put the page into a form object; its matrix must be followed."""

    def draw(c: object) -> None:
        c.beginForm("halaman")  # type: ignore[attr-defined]
        ruled(c, XS, YS, CELLS)
        c.endForm()  # type: ignore[attr-defined]
        c.translate(10, -20)  # type: ignore[attr-defined]
        c.doForm("halaman")  # type: ignore[attr-defined]

    table = table_of(pdf(draw))
    assert texts(table) == EXPECTED
    assert table.where.bbox == pytest.approx((70, 162, 540, 332), abs=2)


def test_nested_table_knows_the_table_around_it() -> None:
    """A small table inside a cell must not break the rows of the table around it."""

    def draw(c: object) -> None:
        ruled(c, (60, 300, 530), (700, 600, 560), [["Penjelasan", ""], ["Sumber", "Laporan"]])
        ruled(c, (320, 400, 500), (680, 650, 620), [["a", "b"], ["c", "d"]])

    outer, inner = tables(read_pdf(pdf(draw), "x.pdf"))
    assert inner.nested_in == outer.where.table
    assert texts(inner) == [["a", "b"], ["c", "d"]]
    assert texts(outer) == [["Penjelasan", ""], ["Sumber", "Laporan"]]


def test_table_open_at_the_page_end_keeps_its_last_row() -> None:
    """A row cut by the page end has no border below; its text must not fall out of the table."""

    def draw(c: object) -> None:
        ruled(c, (60, 160, 400), (700, 680, 660), [["No", "Uraian"], ["1", "Satu"]])
        for x in (60, 160, 400):
            c.line(x, 660, x, 600)  # type: ignore[attr-defined]
        text(c, 64, 640, "2")
        text(c, 164, 640, "Dua")

    assert texts(table_of(pdf(draw)))[-1] == ["2", "Dua"]


def test_the_rest_of_a_row_on_the_next_page_is_no_prose() -> None:
    """The end of a long cell would be lost to its row where its neighbours have ended already."""
    xs = (60, 100, 300, 500)

    def first(c: object) -> None:
        ruled(
            c, xs, (200, 180, 140), [["No", "Sasaran", "Strategi"], ["1", "Meningkatnya mutu", "Menyusun pedoman dan"]]
        )

    def second(c: object) -> None:
        ruled(c, xs, (780, 740), [["", "", "melatih pegawai"]])
        text(c, 60, 700, "Uraian tiap strategi disajikan pada bagian berikut ini.")

    (one, two) = tables(read_pdf(pdf(first, second), "x"))
    assert texts(one)[-1][2] == "Menyusun pedoman dan" and texts(two) == [["", "", "melatih pegawai"]]


def test_figures_that_touch_across_a_border_are_parted() -> None:
    """Two figures set without a gap across a border would be read as one wrong number in silence."""

    def draw(c: object) -> None:
        ruled(c, (60, 120, 180), (700, 680, 660), [["A", "B"], ["", ""]])
        c.setFont("Helvetica", 10)  # type: ignore[attr-defined]
        c.drawRightString(119.5, 667, "12,50")  # type: ignore[attr-defined]
        c.drawString(120.5, 667, "80,00")  # type: ignore[attr-defined]

    assert texts(table_of(pdf(draw)))[1] == ["12,50", "80,00"]


def test_a_frame_around_prose_is_no_table() -> None:
    """A decorated page would otherwise be one cell with everything in it."""

    def draw(c: object) -> None:
        c.rect(40, 40, 500, 760)  # type: ignore[attr-defined]
        text(c, 80, 700, "Laporan ini disusun sebagai pertanggungjawaban.")

    assert tables(read_pdf(pdf(draw), "x.pdf")) == []


def test_rotated_header_text_reads_upwards() -> None:
    """Narrow columns have headers set upright; their letters must not come out one by one."""

    def draw(c: object) -> None:
        ruled(c, (60, 90, 260), (700, 640, 620), [["", "Uraian"], ["1", "Satu"]])
        c.saveState()  # type: ignore[attr-defined]
        c.translate(78, 645)  # type: ignore[attr-defined]
        c.rotate(90)  # type: ignore[attr-defined]
        text(c, 0, 0, "Nomor Urut", 9)
        c.restoreState()  # type: ignore[attr-defined]

    assert texts(table_of(pdf(draw)))[0] == ["Nomor Urut", "Uraian"]


def test_fraction_with_a_drawn_bar_is_a_fraction() -> None:
    """Numerator, multiplier and denominator as three lines would be a formula without division."""

    def draw(c: object) -> None:
        ruled(c, (60, 200, 530), (700, 680, 600), [["Indikator", "Formulasi"], ["Persentase", ""]])
        fraction(c, 215, 640, "Jumlah dokumen tepat waktu", "Jumlah seluruh dokumen", before="P =")

    assert texts(table_of(pdf(draw)))[1][1] == (
        "P = $\\frac{\\text{Jumlah dokumen tepat waktu}}{\\text{Jumlah seluruh dokumen}} \\times 100\\%$"
    )


@settings(max_examples=15, deadline=None)
@given(
    above=st.sampled_from(["A", "Jumlah A", "Realisasi - Target", "Jumlah desa yang menyusun laporan"]),
    below=st.sampled_from(["B", "Jumlah B", "Target", "Jumlah seluruh desa di kecamatan"]),
    after=st.sampled_from(["x 100%", "X 100 %", "x 1.000", ""]),
)
def test_any_centred_stack_with_a_bar_is_a_fraction(above: str, below: str, after: str) -> None:
    """Every drawn fraction must keep both its parts, however long they are."""

    def draw(c: object) -> None:
        ruled(c, (60, 200, 530), (700, 680, 600), [["Indikator", "Formulasi"], ["Persentase", ""]])
        fraction(c, 215, 640, above, below, after=after)

    read = texts(table_of(pdf(draw)))[1][1]
    assert read.startswith(f"$\\frac{{\\text{{{above}}}}}{{\\text{{{below}}}}}")
    assert ("\\times" in read) == bool(after)


def test_underlined_numerator_is_a_fraction_and_an_underlined_name_is_not() -> None:
    """Typists underline the numerator; they underline the signing officer too."""

    def draw(c: object) -> None:
        ruled(c, (60, 200, 530), (700, 680, 600), [["Indikator", "Formulasi"], ["Persentase", ""]])
        text(c, 240, 650, "(A - B) x 100%", 10)
        c.line(240, 648.8, 240 + c.stringWidth("(A - B)", "Helvetica", 10), 648.8)  # type: ignore[attr-defined]
        text(c, 252, 637, "B", 10)
        text(c, 350, 500, "Drs. Contoh Nama", 10)
        c.line(350, 498.8, 350 + c.stringWidth("Drs. Contoh Nama", "Helvetica", 10), 498.8)  # type: ignore[attr-defined]
        text(c, 360, 487, "Pembina Utama", 10)

    extraction = read_pdf(pdf(draw), "x.pdf")
    assert texts(tables(extraction)[0])[1][1] == "$\\frac{\\text{(A - B)}}{\\text{B}} \\times 100\\%$"
    assert not any("frac" in getattr(block, "text", "") for block in extraction.blocks)


def test_fraction_typed_with_dashes_is_a_fraction() -> None:
    """Formulas in reports are often typed with a row of dashes."""

    def draw(c: object) -> None:
        text(c, 210, 712, "Realisasi")
        text(c, 80, 700, "Capaian = ---------------------------- X 100 %")
        text(c, 210, 688, "Rencana")

    blocks = read_pdf(pdf(draw), "x.pdf").blocks
    assert [getattr(block, "text", "") for block in blocks] == [
        "Capaian = $\\frac{\\text{Realisasi}}{\\text{Rencana}} \\times 100\\%$"
    ]


def test_small_letters_become_indices_and_exponents() -> None:
    """`X(n-1)` set small is an index; set in one size it is a product. Square metres stay one unit."""

    def draw(c: object) -> None:
        ruled(c, (60, 200, 400), (700, 680, 650), [["Rumus", "Satuan"], ["", ""]])
        text(c, 80, 660, "X", 12)
        text(c, 88, 657, "(n-1)", 7)
        text(c, 220, 660, "m", 12)
        text(c, 230, 665, "2", 7)

    assert texts(table_of(pdf(draw)))[1] == ["X_{(n-1)}", "m²"]


def test_total_label_and_figure_in_one_cell_are_parted() -> None:
    """A total typed with a tab into a merged cell belongs to the column it stands under."""

    def draw(c: object) -> None:
        cells = [["No", "Uraian", "Capaian"], ["1", "Satu", "98,00"], ["", "", "<"]]
        ruled(c, (60, 100, 300, 400), (700, 680, 660, 640), cells)
        text(c, 220, 647, "Rata-rata", 9)
        text(c, 350, 647, "98,00", 9)

    assert texts(table_of(pdf(draw)))[2] == ["", "Rata-rata", "98,00"]


def test_text_running_over_its_neighbour_stays_in_its_cell() -> None:
    """Spreadsheets print long text over the next cell; cut at the border it would be two wrong cells."""

    def draw(c: object) -> None:
        ruled(c, (60, 160, 260, 400), (700, 680, 660), [["No", "Uraian", "Target"], ["", "", "12"]])
        text(c, 164, 667, "Teks panjang sekali melewati", 10)

    assert texts(table_of(pdf(draw)))[1] == ["", "Teks panjang sekali melewati", "12"]


def test_rules_without_verticals_make_a_table() -> None:
    """Tables with horizontal rules only have columns too."""
    rows = (("No", "Uraian", "Target", "Realisasi"), ("1", "Jumlah dokumen", "10", "12"), ("2", "Indeks", "80,5", "81"))

    def draw(c: object) -> None:
        for k in range(4):
            c.line(60, 700 - 20 * k, 500, 700 - 20 * k)  # type: ignore[attr-defined]
        for k, row in enumerate(rows):
            for x, word in zip((64, 120, 330, 420), row, strict=True):
                text(c, x, 686 - 20 * k, word)

    assert texts(table_of(pdf(draw))) == [list(row) for row in rows]


def test_letters_set_twice_for_boldness_count_once() -> None:
    """A figure drawn twice a hair apart must not become `22001122`."""

    def draw(c: object) -> None:
        ruled(c, (60, 160, 400), (700, 680, 660), [["No", "Uraian"], ["", ""]])
        for shift in (0, 0.3):
            text(c, 64 + shift, 667, "2012")
            text(c, 164 + shift, 667, "Target kinerja")

    assert texts(table_of(pdf(draw)))[1] == ["2012", "Target kinerja"]


def test_fonts_that_state_no_height() -> None:
    """LibreOffice writes fonts without ascent and descent: letters that hang below the line must not become indices."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    words = ["pelayanan perpustakaan", "pengembangan jumlah judul", "pegawai yang menyusun"]

    def page(canvas: object) -> None:
        for k, line in enumerate(words):
            text(canvas, 60, 700 - 14 * k, line, 10, "Vera")

    data = pdf(page)
    height = {b"Ascent": b"560", b"Descent": b"0"}  # what PDFium makes of zeros
    flat = re.sub(rb"/(Ascent|Descent) (-?[\d.]+)", lambda m: b"/%s %s" % (m[1], height[m[1]].rjust(len(m[2]))), data)
    assert flat != data
    prose = " ".join(block.text for block in read_pdf(flat, "x.pdf").blocks if isinstance(block, Paragraph))
    assert prose == " ".join(words)


def underlined(canvas: object, x: float, y: float, words: str, size: float = 9) -> None:
    text(canvas, x, y, words, size)
    canvas.setLineWidth(0.5)  # type: ignore[attr-defined]
    canvas.line(x, y - 0.9, x + canvas.stringWidth(words, "Helvetica", size), y - 0.9)  # type: ignore[attr-defined]


def formula_of(draw: Draw) -> str:
    def page(canvas: object) -> None:
        ruled(canvas, (60, 200, 420), (700, 680, 560), [["Indikator", "Formula"], ["Cakupan", ""]])
        draw(canvas)

    return table_of(pdf(page)).rows[1].cells[1].text


def test_an_underlined_numerator_is_the_underlined_words() -> None:
    """Words of the sentence above must not slip into the operand, nor the denominator be cut to the underline."""

    def draw(canvas: object) -> None:
        text(canvas, 205, 660, "Persentase penduduk yang terlayani oleh angkutan", 9)
        underlined(canvas, 240, 640, "Penduduk terlayani")
        text(canvas, 325, 640, "x 100 %", 9)
        text(canvas, 240, 626, "Jumlah seluruh penduduk di perkotaan", 9)

    assert formula_of(draw) == (
        "Persentase penduduk yang terlayani oleh angkutan\n"
        "$\\frac{\\text{Penduduk terlayani}}{\\text{Jumlah seluruh penduduk di perkotaan}} \\times 100\\%$"
    )


def test_an_underline_under_the_last_line_of_its_numerator() -> None:
    """A word processor underlines what was marked: the numerator is the sentence, not its last word."""

    def draw(canvas: object) -> None:
        text(canvas, 205, 660, "Cakupan pelayanan.", 11)
        text(canvas, 205, 645, "Jumlah warga yang mendapat pelayanan", 8)
        underlined(canvas, 205, 634, "persampahan", 8)
        text(canvas, 270, 634, "X 100 %", 8)
        text(canvas, 205, 622, "Jumlah warga", 8)

    assert formula_of(draw).endswith(
        "$\\frac{\\text{Jumlah warga yang mendapat pelayanan persampahan}}{\\text{Jumlah warga}} \\times 100\\%$"
    )


def test_a_multiplier_wrapped_under_its_cross_is_no_denominator() -> None:
    """In a narrow column `x 100%` breaks after the x; divided by 100% the formula would be another."""

    def draw(canvas: object) -> None:
        text(canvas, 215, 640, "TPT =", 9)
        underlined(canvas, 250, 640, "Jumlah penganggur")
        text(canvas, 345, 640, "x", 9)
        text(canvas, 270, 629, "100%", 9)
        text(canvas, 240, 616, "Jumlah angkatan kerja", 9)

    assert formula_of(draw) == (
        "TPT = $\\frac{\\text{Jumlah penganggur}}{\\text{Jumlah angkatan kerja}} \\times 100\\%$"
    )


def test_a_numerator_of_six_lines() -> None:
    """The first line of a long numerator must not be left in front of its fraction."""
    above = ["Jumlah perlengkapan jalan", "yang terpasang (marka,", "pagar, rambu, lampu", "biasa, lampu surya)", "di jalan", "provinsi"]  # fmt: skip

    def draw(canvas: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        for k, line in enumerate([*above, "", "Kebutuhan perlengkapan"]):
            canvas.drawCentredString(265, 668 - 9.5 * k, line)  # type: ignore[attr-defined]
        canvas.line(205, 614, 325, 614)  # type: ignore[attr-defined]
        text(canvas, 332, 611, "X 100%", 8)

    numerator = " ".join(above)
    assert formula_of(draw) == (f"$\\frac{{\\text{{{numerator}}}}}{{\\text{{Kebutuhan perlengkapan}}}} \\times 100\\%$")


def test_a_footer_line_that_the_table_touches_is_no_column() -> None:
    """A table that runs into the line above the page number must keep its columns, else the next page is another table."""

    def page(canvas: object) -> None:
        ruled(canvas, XS, (160, 130, 100), [["1.", "Naiknya mutu", "Indeks mutu", "82"], ["2.", "b", "c", "d"]])
        canvas.line(30, 100, 560, 100)  # type: ignore[attr-defined]

    table = table_of(pdf(page))
    assert texts(table) == [["1.", "Naiknya mutu", "Indeks mutu", "82"], ["2.", "b", "c", "d"]]


def test_rows_that_only_their_numbers_part() -> None:
    """With upright rules only a whole table is one row, and every figure stands beside every indicator."""
    names = [("Naiknya mutu", "layanan"), ("Tertib aset",), ("Turunnya angka", "kemiskinan")]

    def draw(canvas: object) -> None:
        ruled(canvas, XS, (700, 680, 580), [["No", "Sasaran", "Indikator", "Target"], ["", "", "", ""]])
        y = 668.0
        for k, lines in enumerate(names):
            text(canvas, 64, y, str(k + 1), 9)
            for n, line in enumerate(lines):
                text(canvas, 104, y - 11 * n, line, 9)
            text(canvas, 264, y, f"Persentase {k}", 9)
            text(canvas, 424, y, f"8{k},5", 9)
            y -= 11 * len(lines) + 4

    assert texts(table_of(pdf(draw))) == [
        ["No", "Sasaran", "Indikator", "Target"],
        ["1", "Naiknya mutu\nlayanan", "Persentase 0", "80,5"],
        ["2", "Tertib aset", "Persentase 1", "81,5"],
        ["3", "Turunnya angka\nkemiskinan", "Persentase 2", "82,5"],
    ]


@pytest.mark.parametrize(
    ("seen", "quote", "same"),
    [
        ("Persentase layanan\ntepat waktu", "Persentase layanan tepat waktu", True),
        ("Persentase layanan", "Persentase layanan tepat waktu", True),  # the rest stands on the next page
        ("NO SASARAN\nTARGET\n(%)", "NO | SASARAN | TARGET (%)", True),
        ("1 20 05 57 32", "1.20.05.57.32", True),
        ("82,5", "82,6", False),
        ("", "82,6", False),
        ("Indeks", "Nilai", False),
    ],
)
def test_the_self_check_of_a_place(seen: str, quote: str, same: bool) -> None:
    """A highlight on the wrong cell must not pass as evidence, nor a right one be doubted for its line breaks."""
    assert confirms(seen, quote) is same

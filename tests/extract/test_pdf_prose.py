"""What stands around the tables: running text, keys, running lines, unruled tables, and files that cannot be read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.extract.pdf import read_pdf
from pipeline.model import Extraction, Heading, KeyValue, Paragraph, RawTable
from tests.extract.pdf_pages import pdf, ruled, text

LINES = (
    "Dinas Contoh menyusun laporan ini sebagai wujud pertanggungjawaban atas pelaksanaan tugas",
    "dan fungsi selama satu tahun anggaran, sesuai dengan perjanjian kinerja bidang masing-",
    "masing di dinas.",
)


def tables(extraction: Extraction) -> list[RawTable]:
    return [block for block in extraction.blocks if isinstance(block, RawTable)]


def test_lines_of_a_paragraph_are_joined_as_a_reader_would() -> None:
    """A sentence cut into lines hides the figures it states."""

    def draw(c: object) -> None:
        for k, line in enumerate(LINES):
            text(c, 70, 700 - 14 * k, line)

    (block,) = read_pdf(pdf(draw), "x.pdf").blocks
    assert isinstance(block, Paragraph)
    assert (
        block.text
        == "Dinas Contoh menyusun laporan ini sebagai wujud pertanggungjawaban atas pelaksanaan tugas "
        + ("dan fungsi selama satu tahun anggaran, sesuai dengan perjanjian kinerja bidang masing-masing di dinas.")
    )
    assert block.where.page == 1 and block.where.bbox is not None


def test_keys_and_values_are_pairs() -> None:
    """`Instansi : …` names the office; as prose it would be lost."""

    def draw(c: object) -> None:
        for y, key, value in ((700, "Instansi", "Dinas Contoh"), (684, "Tahun", "2023"), (668, "Tugas", LINES[0])):
            text(c, 70, y, key)
            text(c, 150, y, ":")
            text(c, 160, y, value)
        text(c, 160, 654, "dan fungsi lain")

    pairs = [(block.key, block.value) for block in read_pdf(pdf(draw), "x.pdf").blocks if isinstance(block, KeyValue)]
    assert pairs == [("Instansi", "Dinas Contoh"), ("Tahun", "2023"), ("Tugas", LINES[0] + " dan fungsi lain")]


def test_caption_and_title_are_one_heading_before_the_table() -> None:
    """The title of a table tells its kind; split in two it tells nothing."""

    def draw(c: object) -> None:
        c.setFont("Helvetica-Bold", 10)  # type: ignore[attr-defined]
        c.drawCentredString(297, 740, "Tabel 2.1")  # type: ignore[attr-defined]
        c.drawCentredString(297, 726, "Perjanjian Kinerja Tahun 2023")  # type: ignore[attr-defined]
        ruled(c, (60, 120, 260), (700, 680, 660), [["No", "Uraian"], ["1", "Satu"]])
        for k, line in enumerate(LINES):
            text(c, 60, 600 - 14 * k, line)

    blocks = read_pdf(pdf(draw), "x.pdf").blocks
    assert [type(block) for block in blocks] == [Heading, RawTable, Paragraph]
    assert blocks[0].text == "Tabel 2.1 Perjanjian Kinerja Tahun 2023"  # type: ignore[union-attr]


def test_running_lines_and_page_numbers_stay_out_of_the_text() -> None:
    """Footers between two pages would cut sentences and tables; the first is kept, since it names the report."""

    def page(number: int):  # type: ignore[no-untyped-def]
        def draw(c: object) -> None:
            text(c, 70, 810, "Laporan Kinerja Dinas Contoh 2023")
            text(c, 70, 500, f"Isi halaman yang ke {['satu', 'dua', 'tiga', 'empat'][number]} dari laporan.")
            text(c, 500, 30, str(number + 1))

        return draw

    texts = [block.text for block in read_pdf(pdf(*map(page, range(4))), "x.pdf").blocks]  # type: ignore[union-attr]
    assert texts[0] == "Laporan Kinerja Dinas Contoh 2023"
    assert texts[1:] == [f"Isi halaman yang ke {word} dari laporan." for word in ("satu", "dua", "tiga", "empat")]


def test_unruled_table_of_a_performance_agreement_is_a_table() -> None:
    """The budget of an agreement is often typed without any rule; as prose its amounts are lost."""
    rows = (
        ("No.", "Program", "", "Anggaran", "Ket."),
        ("1.", "Program Pelayanan Administrasi", "Rp", "178.500.000,00", "APBD"),
        ("", "Perkantoran", "", "", ""),
        ("2.", "Program Peningkatan Kapasitas", "Rp", "319.525.000,00", "APBD"),
        ("3.", "Program Penataan Kelembagaan", "Rp", "25.000.000,00", "APBD"),
    )

    def draw(c: object) -> None:
        for k, row in enumerate(rows):
            for x, cell in zip((70, 110, 330, 360, 480), row, strict=True):
                text(c, x, 700 - 16 * k, cell)
        text(c, 360, 560, "Kota Contoh, 3 Februari 2023")

    (table,) = tables(read_pdf(pdf(draw), "x.pdf"))
    assert table.style == "text"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No.", "Program", "Anggaran", "Ket."],
        ["1.", "Program Pelayanan Administrasi\nPerkantoran", "Rp 178.500.000,00", "APBD"],
        ["2.", "Program Peningkatan Kapasitas", "Rp 319.525.000,00", "APBD"],
        ["3.", "Program Penataan Kelembagaan", "Rp 25.000.000,00", "APBD"],
    ]


def test_amounts_centred_beside_names_of_several_lines() -> None:
    """In an unruled list amounts stand at the middle of their row: cut by lines they would go to the name above."""

    def draw(c: object) -> None:
        names = (
            ("6.", ["Manajemen Sekolah"]),
            ("7.", ["Dukungan Manajemen dan", "Tugas Teknis Lainnya", "Kementerian"]),
            ("8.", ["Penguatan Jaminan", "Pendidikan"]),
        )
        y = 700.0
        for k, (number, lines) in enumerate(names):
            text(c, 70, y, number)
            for n, line in enumerate(lines):
                text(c, 84, y - 16 * n, line)
            middle = y - 8 * (len(lines) - 1) + 2
            text(c, 300, middle, "Rp.")
            text(c, 330, middle, f"{k + 2}.028.658.000")
            text(c, 450, middle - 1, "APBN")
            y -= 16 * (len(lines) - 1) + 20

    (table,) = tables(read_pdf(pdf(draw), "x.pdf"))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["6.", "Manajemen Sekolah", "Rp. 2.028.658.000", "APBN"],
        ["7.", "Dukungan Manajemen dan\nTugas Teknis Lainnya\nKementerian", "Rp. 3.028.658.000", "APBN"],
        ["8.", "Penguatan Jaminan\nPendidikan", "Rp. 4.028.658.000", "APBN"],
    ]


def test_keys_contents_and_signatures_are_no_tables() -> None:
    """A false table is a false finding: columns of white alone do not make one."""

    def draw(c: object) -> None:
        for k, (key, value) in enumerate((("Nama", "Contoh"), ("Jabatan", "Kepala"), ("NIP", "1"), ("Unit", "Dinas"))):
            for x, part in zip((70, 100, 200, 215), (f"{k + 1}.", key, ":", value), strict=True):
                text(c, x, 780 - 16 * k, part)
        for k, (title, number) in enumerate(
            (("PENDAHULUAN", 1), ("PERENCANAAN", 5), ("AKUNTABILITAS", 9), ("PENUTUP", 20))
        ):
            text(c, 70, 600 - 16 * k, f"BAB {k + 1}")
            text(c, 130, 600 - 16 * k, title + " " + "." * 60)
            text(c, 500, 600 - 16 * k, str(number))
        for k, (one, two) in enumerate(
            (("PIHAK KEDUA", "PIHAK KESATU"), ("Nama Satu", "Nama Dua"), ("NIP. 1", "NIP. 2"))
        ):
            text(c, 90, 300 - 16 * k, one)
            text(c, 360, 300 - 16 * k, two)

    assert tables(read_pdf(pdf(draw), "x.pdf")) == []


def test_spaced_out_titles_are_words() -> None:
    """`K E P U T U S A N` would not be found as a decree."""

    def draw(c: object) -> None:
        c.setFont("Helvetica-Bold", 12)  # type: ignore[attr-defined]
        x = 200.0
        for char in "KEPUTUSAN BUPATI":
            if char != " ":
                c.drawString(x, 700, char)  # type: ignore[attr-defined]
            x += 14

    assert [block.text for block in read_pdf(pdf(draw), "x.pdf").blocks] == ["KEPUTUSAN BUPATI"]  # type: ignore[union-attr]


def test_every_page_is_accounted_for() -> None:
    """A page passed over in silence is a page nobody audits."""
    data = pdf(
        lambda c: ruled(c, (60, 120, 260), (700, 680, 660), [["No", "Uraian"], ["1", "Satu"]]),
        lambda c: text(c, 70, 700, LINES[0]),
        lambda c: None,
    )
    assert [(page.number, page.status) for page in read_pdf(data, "x.pdf").pages] == [
        (1, "tables"),
        (2, "prose"),
        (3, "blank"),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"  \n", "empty"), (b"%PDF-1.4\nrubbish", "damaged"), (b"\x00\x01\x02" * 400, "damaged")],
)
def test_unreadable_files_say_why(data: bytes, reason: str) -> None:
    """A file that cannot be read must be named with its reason and remedy, not crash the run."""
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_pdf(data, "x.pdf")
    assert caught.value.remedy


def test_encrypted_files_say_so() -> None:
    """A password-protected file needs another remedy than a damaged one."""
    import io

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("rahasia", canPrint=0))
    canvas.drawString(100, 700, "Isi")
    canvas.save()
    with pytest.raises(UnreadableError, match="encrypted"):
        read_pdf(out.getvalue(), "x.pdf")


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(0, 1500), flips=st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), max_size=8))
def test_damaged_files_are_read_or_refused(cut: int, flips: list[tuple[int, int]]) -> None:
    """Archives hold broken downloads; each must end as blocks or as one clear line."""
    data = bytearray(SMALL)
    for at, value in flips:
        data[at % len(data)] = value
    del data[len(data) - cut % len(data) :]
    try:
        assert read_pdf(bytes(data), "x.pdf").pages
    except UnreadableError as error:
        assert error.remedy


SMALL = pdf(lambda c: ruled(c, (60, 120, 260), (700, 680, 660), [["No", "Uraian"], ["1", "Satu"]]))


def test_a_drawing_with_very_many_lines_ends_soon() -> None:
    """Maps and charts hold tens of thousands of strokes; no PDF may hang the run."""

    def draw(c: object) -> None:
        for k in range(40_000):
            x = 50 + (k * 7) % 500
            c.line(x, 50, x, 700)  # type: ignore[attr-defined]
        text(c, 70, 750, "Peta wilayah")

    data = pdf(draw)
    start = time.perf_counter()
    extraction = read_pdf(data, "x.pdf")
    assert time.perf_counter() - start < 5
    assert "only part of it" in extraction.pages[0].note


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    """Lines of two pages side by side would be interleaved into nonsense."""

    def draw(c: object) -> None:
        for k in range(8):
            text(c, 50, 500 - 14 * k, f"Kiri baris {k} dari halaman pertama yang cukup panjang", 9)
            text(c, 450, 500 - 14 * k, f"Kanan baris {k} dari halaman kedua yang cukup panjang", 9)

    whole = " ".join(block.text for block in read_pdf(pdf(draw, size=(842, 595)), "x.pdf").blocks)  # type: ignore[union-attr]
    assert whole.index("Kiri baris 7") < whole.index("Kanan baris 0")


def test_graph_paper_ends_soon_and_is_no_table() -> None:
    """Half a million crossings must not cost minutes, nor become half a million cells."""

    def draw(c: object) -> None:
        for k in range(900):
            c.line(20, 20 + k * 0.85, 580, 20 + k * 0.85)  # type: ignore[attr-defined]
            c.line(20 + k * 0.62, 20, 20 + k * 0.62, 800)  # type: ignore[attr-defined]
        for k in range(150):
            c.line(20, 3 + k * 5.5, 580, 3 + k * 5.5)  # type: ignore[attr-defined]

    start = time.perf_counter()
    assert tables(read_pdf(pdf(draw), "x.pdf")) == []
    assert time.perf_counter() - start < 5

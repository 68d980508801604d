"""Scans: read through OCR where it is installed, named as unread where it is not; the same tables as vector pages."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import MissingToolError, UnreadableError
from pipeline.extract import ocr, read_bytes
from pipeline.extract.pdf import read_pdf
from pipeline.extract.picture import crop, debug_images, page_image, text_in_box
from pipeline.extract.raster import Turn
from pipeline.model import RawTable, Where
from tests.extract.pdf_pages import fraction, pdf, ruled, text

cv2 = pytest.importorskip("cv2")
needs_tesseract = [
    pytest.mark.ocr,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed"),
]
CELLS = [
    ["No", "Indikator Kinerja", "Formulasi", "Target"],
    ["1", "Persentase dokumen tepat waktu", "", "87,5%"],
    ["2", "Indeks kepuasan masyarakat", "Nilai hasil survei", "82,10"],
]


def vector_page() -> bytes:
    def draw(c: object) -> None:
        text(c, 150, 760, "INDIKATOR KINERJA UTAMA", 13, "Helvetica-Bold")
        ruled(c, (50, 80, 250, 480, 545), (700, 675, 620, 590), CELLS, size=10)
        fraction(c, 262, 648, "Jumlah dokumen tepat waktu", "Jumlah seluruh dokumen")

    return pdf(draw)


def scan_of(data: bytes, skew: float = 0.0, quarter: int = 0) -> bytes:
    """The first page as a picture in a PDF, turned and slightly noisy."""
    import numpy as np
    import pypdfium2
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    document.close()
    image = image.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC).rotate(90 * quarter, expand=True)
    noise = np.random.default_rng(7).normal(0, 6, (image.height, image.width))
    image = Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype("uint8"))
    out = io.BytesIO()
    size = (image.width * 72 / 200, image.height * 72 / 200)
    canvas = Canvas(out, pagesize=size)
    canvas.drawImage(ImageReader(image), 0, 0, *size)
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tesseract's answers, shared by the tests of this module: the same scan is read once."""
    return tmp_path_factory.mktemp("ocr")


@pytest.fixture
def recorded(answers: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LKIP_OCR_CACHE", str(answers))
    monkeypatch.delenv("LKIP_OCR", raising=False)
    return answers


class TestWithTesseract:
    pytestmark = needs_tesseract

    @pytest.mark.parametrize(("skew", "quarter"), [(1.3, 0), (0.4, 1)])
    def test_scan_gives_the_table_of_the_page(self, recorded: Path, skew: float, quarter: int) -> None:
        """Half of the archive is scans: their tables, percent signs and fractions must come out of the pixels."""
        extraction = read_pdf(scan_of(vector_page(), skew, quarter), "x.pdf")
        (table,) = [block for block in extraction.blocks if isinstance(block, RawTable)]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["No", "Indikator Kinerja", "Formulasi", "Target"],
            ["1", "Persentase dokumen tepat waktu", FRACTION, "87,5%"],
            ["2", "Indeks kepuasan masyarakat", "Nilai hasil survei", "82,10"],
        ]
        assert all(cell.confidence is not None for row in table.rows for cell in row.cells)
        assert extraction.pages[0].status == "tables" and "OCR" in extraction.pages[0].note

    def test_shaded_headers_dashes_and_bullets(self, recorded: Path) -> None:
        """Headers on grey lost their labels, a dash that says "none" was dirt, items lost their bullets."""

        def draw(c: Any) -> None:
            c.setFillGray(0.62)
            c.rect(50, 670, 480, 30, stroke=0, fill=1)
            c.setFillGray(0)
            cells = [["Indikator Kinerja", "Target", "Realisasi"], ["", "-", "87,5%"]]
            ruled(c, (50, 330, 430, 530), (700, 670, 600), cells, size=10)
            for k, line in enumerate(("Dokumen rencana kerja", "Laporan hasil evaluasi")):
                c.circle(62, 658 - 18 * k, 1.7, fill=1)
                text(c, 74, 655 - 18 * k, line)

        data = scan_of(pdf(draw), 0.5)
        (table,) = [block for block in read_pdf(data, "x.pdf").blocks if isinstance(block, RawTable)]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["Indikator Kinerja", "Target", "Realisasi"],
            ["• Dokumen rencana kerja\n• Laporan hasil evaluasi", "-", "87,5%"],
        ]

    @pytest.mark.parametrize("kind", ["png", "jpeg", "tiff"])
    def test_pictures_of_pages_are_scans(self, recorded: Path, kind: str) -> None:
        """Phones and scanners save pages as pictures; a TIFF holds several of them."""
        import pypdfium2
        from PIL import Image

        page = pypdfium2.PdfDocument(vector_page())[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
        out = io.BytesIO()
        more = {"save_all": True, "append_images": [Image.new("L", page.size, 255)]} if kind == "tiff" else {}
        page.save(out, kind, dpi=(200, 200), **more)
        read = read_bytes(out.getvalue(), f"halaman.{kind}")
        assert [one.status for one in read.pages] == ["tables", "image"][: len(read.pages)]
        assert len(read.pages) == (2 if kind == "tiff" else 1)
        (table,) = [block for block in read.blocks if isinstance(block, RawTable)]
        assert [cell.text for cell in table.rows[2].cells] == [
            "2",
            "Indeks kepuasan masyarakat",
            "Nilai hasil survei",
            "82,10",
        ]
        assert read.pages[0].width == pytest.approx(595, abs=1)
        assert text_in_box(out.getvalue(), table.rows[2].cells[1].where) == "Indeks kepuasan masyarakat"

    def test_answers_are_recorded_and_replayed(self, recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Reading an archive again must not cost the OCR again."""
        data = scan_of(vector_page(), 1.3)
        first = read_pdf(data, "x.pdf")
        assert list(recorded.rglob("*.tsv"))
        monkeypatch.setattr(ocr.subprocess, "run", lambda *_, **__: pytest.fail("Tesseract was asked again"))
        assert read_pdf(data, "x.pdf") == first

    def test_box_of_a_scanned_cell_holds_its_text(self, recorded: Path) -> None:
        """The highlight on a skewed scan must lie on the cell that the finding names."""
        data = scan_of(vector_page(), 1.3)
        (table,) = [block for block in read_pdf(data, "x.pdf").blocks if isinstance(block, RawTable)]
        cell = table.rows[2].cells[1]
        assert text_in_box(data, cell.where) == cell.text

    def test_a_failing_tesseract_leaves_the_page_unread(self, recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One page on which Tesseract fails must not cost the document."""

        def fail(*_: object, **__: object) -> str:
            raise RuntimeError("Tesseract failed")

        monkeypatch.setattr(ocr, "recognise", fail)
        (page,) = read_pdf(scan_of(vector_page()), "x.pdf").pages
        assert page.status == "unread" and "Tesseract failed" in page.note


FRACTION = "$\\frac{\\text{Jumlah dokumen tepat waktu}}{\\text{Jumlah seluruh dokumen}} \\times 100\\%$"


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "rusak.png", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "catatan.txt", "PNG picture"),
        (b"GIF89a" + b"\x00" * 50, "logo.gif", "GIF picture"),
    ],
)
def test_pictures_that_are_no_pages(data: bytes, name: str, word: str) -> None:
    """A picture that cannot be read, or that is named as something else, costs one line and not the run."""
    with pytest.raises(UnreadableError, match=word):
        read_bytes(data, name)


def test_without_tesseract_pages_are_listed_as_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where OCR is missing the document is still ingested, and says which pages nobody read and what to install."""

    def missing() -> tuple[str, str, str]:
        raise MissingToolError("Tesseract is not installed", ocr.REMEDY)

    monkeypatch.delenv("LKIP_OCR", raising=False)
    monkeypatch.setattr(ocr, "tesseract", missing)
    extraction = read_pdf(scan_of(vector_page()), "x.pdf")
    assert [page.status for page in extraction.pages] == ["unread"]
    assert "tesseract-ocr" in extraction.pages[0].note
    assert extraction.blocks == ()


def test_words_of_a_tsv_keep_confidence_and_lose_specks() -> None:
    """A word Tesseract doubts must stay doubtful in every reading made of it."""
    header = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "5\t1\t1\t1\t1\t1\t100\t100\t80\t30\t91.5\tTarget",
        "5\t1\t1\t1\t1\t2\t190\t98\t60\t33\t42\t87,5%",
        "5\t1\t1\t1\t1\t3\t260\t100\t3\t40\t12\t|",
    ]
    words = ocr.words_in("\n".join([header, *rows]), 4.0)
    assert [(word.text, word.conf) for word in words] == [("Target", 0.915), ("87,5%", 0.42)]
    assert words[0].base == words[1].base


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (["14.087.527", ".818"], ["14.087.527.818"]),
        (["102;17"], ["102,17"]),
        (["N\u014d."], ["No."]),
        (["Level3"], ["Level 3"]),
        (["llI"], ["III"]),
        (["2:"], ["2."]),
        (["07:30"], ["07:30"]),
        (["Program", "2", ".5"], ["Program", "2.5"]),
        (["mutu", "__"], ["mutu"]),
    ],
)
def test_what_ocr_always_gets_wrong(read: list[str], printed: list[str]) -> None:
    """Figures in two pieces and signs that cannot stand there would reach the records as they are."""
    header = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows, x = [], 100
    for k, word in enumerate(read):
        width = 16 * len(word)
        rows.append(f"5\t1\t1\t1\t1\t{k}\t{x}\t100\t{width}\t30\t91.5\t{word}")
        x += width + 8
    assert [word.text for word in ocr.words_in("\n".join([header, *rows]), 4.0)] == printed


def test_turned_boxes_land_on_the_displayed_page() -> None:
    """A box on the straightened picture must be found again on the page as it is shown."""
    assert Turn(0, 0.0, 600, 800).shown((10, 20, 30, 40)) == pytest.approx((10, 20, 30, 40))
    assert Turn(2, 0.0, 600, 800).shown((10, 20, 30, 40)) == pytest.approx((570, 760, 590, 780))
    x0, top, x1, bottom = Turn(1, 0.0, 600, 800).shown((10, 20, 30, 60))
    assert (x1 - x0, bottom - top) == pytest.approx((40, 20))


def test_pictures_show_the_place(tmp_path: Path) -> None:
    """`lkip show --image` must show the cell, and the debugging pictures every page."""
    data = vector_page()
    (table,) = [block for block in read_pdf(data, "x.pdf").blocks if isinstance(block, RawTable)]
    whole, part = page_image(data, 1, 1.0), crop(data, table.rows[1].cells[1].where, scale=1.0)
    assert whole.startswith(b"\x89PNG") and part.startswith(b"\x89PNG") and len(part) < len(whole)
    assert crop(data, Where(page=1)).startswith(b"\x89PNG")
    drawn = ["page-001.png", "page-001-pdfplumber.png"]  # what our table finder saw, and what pdfplumber's sees
    assert [path.name for path in debug_images(data, tmp_path / "out", 1.0)] == drawn
    assert sorted(os.listdir(tmp_path / "out")) == sorted(drawn)


def test_dotted_borders_of_a_scan_part_rows_and_leaders_do_not() -> None:
    """Hairlines of a printed spreadsheet are dots: without them every figure of a group falls into one cell. The dots that
    lead to a page number are none."""
    np = pytest.importorskip("numpy")
    pytest.importorskip("cv2", reason="OpenCV is not installed")
    from pipeline.extract.raster import rules_in

    scale, grey = 300 / 72, np.full((1200, 1600), 255, np.uint8)
    for x in (200, 1000):
        grey[300:900, x : x + 4] = 0
    for y in (300, 896):
        grey[y : y + 4, 200:1004] = 0
    for x in range(206, 1000, 8):
        grey[600:604, x : x + 4] = 0
    for x in range(1100, 1500, 12):
        grey[600:604, x : x + 4] = 0
    level, upright, clean = rules_in(grey, scale)
    assert [round(rule.pos * scale / 3) for rule in sorted(level)] == [101, 200, 299]
    assert len(upright) == 2 and clean[600:604, 210:990].min() == 255

"""Makes the renditions of samples: the same declarations as a ruled PDF, a Word file, an Excel file and a scan.

    python samples/make_renditions.py            writes samples/renditions/

Every run gives the same bytes but for the libraries' versions. Needs the `dev` and `ocr` extras.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.extract import extract
from pipeline.formula import parse
from pipeline.model import Heading, KeyValue, Paragraph, RawTable

SAMPLES = Path(__file__).parent
FOLDER = SAMPLES / "renditions"
DOCUMENTS = ("iku-bakorwil-jember", "iku-kecamatan-sumberjambe-2021", "iku-kecamatan-sumberjambe-2022")
SCANNED = ("iku-bakorwil-jember", "iku-kecamatan-sumberjambe-2022")
WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 842.0, 595.0, 42.0, 9.0, 11.5  # A4 across, in points
SHARES = {5: (4, 20, 22, 39, 15), 6: (4, 17, 19, 34, 14, 12)}  # widths of columns in percent
DPI, SKEW, NOISE, SPECKS, SEED = 200, 0.7, 12.0, 0.00003, 20  # of a scan: degrees, grey levels, share of dots
WHEN = datetime.datetime(2024, 1, 2)


@dataclass(frozen=True)
class Fraction:
    """A formula to be drawn: numerator over denominator, with what follows the line ("× 100%")."""

    above: str
    below: str
    after: str


Content = str | Fraction


def content(text: str) -> Content:
    """A cell of the text file: its formula where it is one fraction, else its words."""
    if "\\frac" not in text:
        return text
    formula = parse(text)
    if not formula.pembilang or not formula.penyebut:
        raise ValueError(f"no single fraction: {text}")
    return Fraction(formula.pembilang, formula.penyebut, f"× {formula.pengali}" if formula.pengali else "")


def grid(table: RawTable) -> list[list[Content | None]]:
    """Rows of cells; None where a cell belongs to the one above it."""
    rows = [[content(cell.text) for cell in row.cells] for row in table.rows]
    return [[None if cell == "" and number else cell for cell in row] for number, row in enumerate(rows)]


def lines_of(block: Heading | Paragraph | KeyValue) -> list[str]:
    if isinstance(block, KeyValue):
        first, *others = block.value.split("\n")
        if others:
            return [f"{block.key} :", first, *others]
        return [f"{block.key} : {first}"]
    return [block.text]


# ---------------------------------------------------------------- PDF


def wrapped(text: str, width: float, font: str = "Helvetica") -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(longer, font, SIZE) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Sheet:
    """A canvas and how far down its page is filled."""

    def __init__(self, out: io.BytesIO) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
        self.top = HEIGHT - MARGIN

    def new_page(self) -> None:
        self.canvas.showPage()
        self.top = HEIGHT - MARGIN

    def room(self, height: float) -> bool:
        return self.top - height >= MARGIN

    def words(self, x: float, y: float, text: str, font: str = "Helvetica") -> float:
        """Draws a line of text, its ∑ from the symbol font; returns where it ends."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        for number, part in enumerate(text.split("∑")):
            if number:
                self.canvas.setFont("Symbol", SIZE)
                self.canvas.drawString(x, y, "∑")
                x += stringWidth("∑", "Symbol", SIZE)
            self.canvas.setFont(font, SIZE)
            self.canvas.drawString(x, y, part)
            x += stringWidth(part, font, SIZE)
        return x

    def block(self, block: Heading | Paragraph | KeyValue) -> None:
        font = "Helvetica-Bold" if isinstance(block, Heading) else "Helvetica"
        for text in lines_of(block):
            for line in wrapped(text, WIDTH - 2 * MARGIN, font):
                if not self.room(LEADING):
                    self.new_page()
                self.top -= LEADING
                if isinstance(block, Heading):
                    self.canvas.setFont(font, SIZE)
                    self.canvas.drawCentredString(WIDTH / 2, self.top, line)
                else:
                    self.words(MARGIN, self.top, line)
        self.top -= LEADING / 2

    def table(self, rows: list[list[Content | None]]) -> None:
        shares = SHARES[len(rows[0])]
        xs = [MARGIN + (WIDTH - 2 * MARGIN) * sum(shares[:i]) / 100 for i in range(len(shares) + 1)]
        heights = [max(self.height(cell, xs[i + 1] - xs[i]) for i, cell in enumerate(row)) for row in rows]
        if not self.room(heights[0] + heights[1]):
            self.new_page()
        self.row(xs, rows[0], heights[0], "Helvetica-Bold")
        for row, height in zip(rows[1:], heights[1:], strict=True):
            if not self.room(height):
                self.line(xs[0], self.top, xs[-1], self.top)
                self.new_page()
                self.row(xs, rows[0], heights[0], "Helvetica-Bold")
            self.row(xs, row, height)
        self.line(xs[0], self.top, xs[-1], self.top)
        self.top -= 2 * LEADING

    def height(self, cell: Content | None, width: float) -> float:
        if isinstance(cell, Fraction):
            return (len(self.above(cell, width)) + len(self.below(cell, width))) * LEADING + 14
        return len(wrapped(cell or "", width - 8)) * LEADING + 8

    def above(self, cell: Fraction, width: float) -> list[str]:
        return wrapped(cell.above, width - 52)

    def below(self, cell: Fraction, width: float) -> list[str]:
        return wrapped(cell.below, width - 52)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, y0, x1, y1)

    def row(self, xs: list[float], cells: list[Content | None], height: float, font: str = "Helvetica") -> None:
        for x0, x1, cell in zip(xs, xs[1:], cells, strict=False):
            self.line(x0, self.top, x0, self.top - height)
            if cell is None:
                continue
            self.line(x0, self.top, x1, self.top)
            if isinstance(cell, Fraction):
                self.fraction(x0, x1 - x0, cell)
                continue
            for number, line in enumerate(wrapped(cell, x1 - x0 - 8, font), start=1):
                self.words(x0 + 4, self.top - number * LEADING, line, font)
        self.line(xs[-1], self.top, xs[-1], self.top - height)
        self.top -= height

    def fraction(self, x: float, width: float, cell: Fraction) -> None:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        above, below = self.above(cell, width), self.below(cell, width)
        long = max(stringWidth(line, "Helvetica", SIZE) for line in (*above, *below)) + 4
        bar = self.top - len(above) * LEADING - 6
        for number, line in enumerate(above, start=1):
            shift = (long - stringWidth(line, "Helvetica", SIZE)) / 2
            self.words(x + 4 + shift, self.top - 2 - number * LEADING, line)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x + 4, bar, x + 4 + long, bar)
        for number, line in enumerate(below, start=1):
            shift = (long - stringWidth(line, "Helvetica", SIZE)) / 2
            self.words(x + 4 + shift, bar - number * LEADING + 1, line)
        self.words(x + 8 + long, bar - 3, cell.after)


def make_pdf(blocks: Iterable[Any]) -> bytes:
    out = io.BytesIO()
    sheet = Sheet(out)
    for block in blocks:
        if isinstance(block, RawTable):
            sheet.table(grid(block))
        else:
            sheet.block(block)
    sheet.canvas.save()
    return out.getvalue()


def make_scan(blocks: Iterable[Any]) -> bytes:
    """The PDF's pages as black and white pictures, turned a little and speckled, as a flat-bed scanner leaves them."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    chance = np.random.default_rng(SEED)
    document = pypdfium2.PdfDocument(make_pdf(blocks))
    pictures = []
    for page in document:
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
        picture = picture.rotate(SKEW, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(picture, dtype=np.float32)
        grey = grey + chance.normal(0, NOISE, grey.shape).astype(np.float32)
        grey[chance.random(grey.shape) < SPECKS] = 0
        pictures.append(Image.fromarray(np.where(grey < 140, 0, 255).astype(np.uint8)).convert("1"))
    document.close()
    out = io.BytesIO()
    when = WHEN.timetuple()
    pictures[0].save(
        out, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:], creationDate=when, modDate=when
    )
    return out.getvalue()


# ---------------------------------------------------------------- Word and Excel


def equation(cell: Fraction) -> Any:
    """The fraction as a Word equation (OMML, ECMA-376 part 1, section 22.1)."""
    from xml.sax.saxutils import escape

    from docx.oxml import parse_xml

    def run(text: str) -> str:
        return f'<m:r><m:t xml:space="preserve">{escape(text)}</m:t></m:r>'

    return parse_xml(
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        f"<m:f><m:num>{run(cell.above)}</m:num><m:den>{run(cell.below)}</m:den></m:f>"
        f"{run(' ' + cell.after) if cell.after else ''}</m:oMath>"
    )


def make_docx(blocks: Iterable[Any]) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.created = document.core_properties.modified = WHEN
    for block in blocks:
        if not isinstance(block, RawTable):
            for line in lines_of(block):
                if isinstance(block, Heading):
                    document.add_heading(line, level=1)
                else:
                    document.add_paragraph(line)
            continue
        rows = grid(block)
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is None:
                    table.cell(r - 1, c).merge(table.cell(r, c))
                elif isinstance(cell, Fraction):
                    table.cell(r, c).paragraphs[0]._p.append(equation(cell))
                else:
                    table.cell(r, c).text = cell
        document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return same_dates(out.getvalue())


def same_dates(data: bytes) -> bytes:
    """The archive with every member dated alike, so that a second run gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, WHEN.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def make_xlsx(blocks: Iterable[Any]) -> bytes:
    """One sheet; a formula is typed as people type it into Excel: `(a) / (b) × 100%`."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": WHEN})
    sheet = book.add_worksheet("IKU")
    bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    at = 0
    for block in blocks:
        if not isinstance(block, RawTable):
            for line in lines_of(block):
                sheet.write_string(at, 0, line, bold if isinstance(block, Heading) else None)
                at += 1
            continue
        at += 1
        rows = grid(block)
        for c in range(len(rows[0])):
            for r, row in enumerate(rows):
                cell = row[c]
                if cell is None:
                    continue
                if isinstance(cell, Fraction):
                    cell = f"({cell.above}) / ({cell.below}) {cell.after}".strip()
                tall = next((n for n in range(1, len(rows) - r) if rows[r + n][c] is not None), len(rows) - r)
                if tall > 1:
                    sheet.merge_range(at + r, c, at + r + tall - 1, c, cell, plain)
                else:
                    sheet.write_string(at + r, c, cell, plain)
        at += len(rows) + 2
    book.close()
    return out.getvalue()


MAKERS: dict[str, Callable[[Iterable[Any]], bytes]] = {
    ".pdf": make_pdf, ".docx": make_docx, ".xlsx": make_xlsx, "-scan.pdf": make_scan,
}  # fmt: skip


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in DOCUMENTS:
        blocks = extract(SAMPLES / f"{name}.txt").blocks
        for ending, make in MAKERS.items():
            if ending != "-scan.pdf" or name in SCANNED:
                data = make(blocks)
                (FOLDER / f"{name}{ending}").write_bytes(data)
                print(f"{name}{ending}: {len(data) // 1000} kB")


if __name__ == "__main__":
    main()

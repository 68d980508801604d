"""Word files: what is printed is read, in reading order, and merged cells keep their extent."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from pipeline.errors import UnreadableError
from pipeline.extract.legacy_equations import equations_of, pictured
from pipeline.extract.word import read_docx
from pipeline.model import Extraction, KeyValue, Paragraph, RawTable

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def read(*elements: str) -> Extraction:
    """A document whose body is the elements, written as WordprocessingML."""
    document: Any = Document()
    body = document.element.body
    for place, element in enumerate(elements):
        body.insert(place, parse_xml(element.replace(">", f" {NS}>", 1)))
    out = io.BytesIO()
    document.save(out)
    return read_docx(out.getvalue(), "a.docx")


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tables(read: Extraction) -> list[RawTable]:
    return [block for block in read.blocks if isinstance(block, RawTable)]


def test_merged_cells_keep_rows_and_columns() -> None:
    """A sasaran over several indicators must be known to cover all of them."""
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    [table] = tables(
        read(
            tbl(
                tr(tc("No"), tc("Kinerja", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
                tr(tc("1", start), tc("Sasaran", start), tc("Indikator A")),
                tr(tc("", go_on), tc("", go_on), tc("Indikator B")),
                tr(tc("", go_on), tc("Sasaran 2"), tc("Indikator C")),
                tr(tc("Indikator D"), properties='<w:gridBefore w:val="2"/>'),
            )
        )
    )
    shape = [[(c.text, c.where.column, c.rowspan, c.colspan) for c in row.cells] for row in table.rows]
    assert shape == [
        [("No", 0, 1, 1), ("Kinerja", 1, 1, 2)],
        [("1", 0, 3, 1), ("Sasaran", 1, 2, 1), ("Indikator A", 2, 1, 1)],
        [("Indikator B", 2, 1, 1)],
        [("Sasaran 2", 1, 1, 1), ("Indikator C", 2, 1, 1)],
        [("Indikator D", 2, 1, 1)],
    ]
    assert table.header_rows == 1


def test_equations_stand_where_they_are_printed() -> None:
    """Without its equation a formula cell would be empty."""
    run = "<m:r><m:t>{}</m:t></m:r>"
    equation = (
        f"<m:oMath><m:f><m:num>{run.format('Jumlah A')}</m:num><m:den>{run.format('Jumlah B')}</m:den></m:f>"
        f"{run.format(' × 100%')}</m:oMath>"
    )
    cell = f"<w:p><w:r><w:t>Rumus:</w:t></w:r>{equation}<w:r><w:t>per tahun</w:t></w:r></w:p>"
    [table] = tables(read(tbl(tr(tc(cell)))))
    text = " ".join(table.rows[0].cells[0].text.split())
    assert text == r"Rumus: $\frac{\text{Jumlah A}}{\text{Jumlah B}} × 100\%$ per tahun"


def test_a_fraction_built_as_a_table_is_a_fraction() -> None:
    """Before equations, offices drew the line of a fraction as a border; it is a division all the same."""
    line = '<w:tcBorders><w:bottom w:val="single"/></w:tcBorders>'
    built = tbl(
        tr(tc("∑ Jumlah A", line), tc("x 100%", '<w:vMerge w:val="restart"/>')),
        tr(tc("Jumlah B"), tc("", "<w:vMerge/>")),
    )
    found = tables(read(tbl(tr(tc(built + p(""))))))
    assert len(found) == 1
    assert found[0].rows[0].cells[0].text == r"$\frac{\sum \text{Jumlah A}}{\text{Jumlah B}}$ x 100%"


def test_other_nested_tables_are_tables_of_their_own() -> None:
    """A list of figures inside a cell must neither vanish nor tear the outer row apart."""
    inner = tbl(tr(tc("a"), tc("10")), tr(tc("b"), tc("20")), tr(tc("c"), tc("30")))
    outer, nested = tables(read(tbl(tr(tc("Rincian"), tc(inner + p("")))), tbl(tr(tc("lain")))))[:2]
    assert outer.rows[0].cells[1].text == "a 10\nb 20\nc 30"
    assert nested.nested_in == outer.where.table and nested.rows[2].cells[1].text == "30"


def test_tracked_changes_count_as_accepted() -> None:
    """A struck-out target is no target."""
    text = (
        '<w:p><w:r><w:t xml:space="preserve">Target </w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>80'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>85%</w:t></w:r></w:ins></w:p>'
    )
    assert [block.text for block in read(text).blocks if isinstance(block, Paragraph)] == ["Target 85%"]


def test_hidden_text_is_not_read() -> None:
    """What no reader of the page sees must not be accused."""
    text = "<w:p><w:r><w:t>85</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r></w:p>"
    assert [block.text for block in read(text).blocks if isinstance(block, Paragraph)] == ["85"]


def test_a_text_box_is_read_once() -> None:
    """Word stores a box twice, for old and new readers; its words must not count double."""
    box = f"<w:txbxContent>{p('Instansi : Dinas Contoh')}</w:txbxContent>"
    text = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    keyed = [block for block in read(text).blocks if isinstance(block, KeyValue)]
    assert [(block.key, block.value) for block in keyed] == [("Instansi", "Dinas Contoh")]


def test_automatic_numbers_are_printed() -> None:
    """Item 2 of a list is cited as item 2, though the file holds no digit."""
    document: Any = Document()
    for words in ("Perumusan", "Pelaksanaan"):
        document.add_paragraph(words, style="List Number")
    out = io.BytesIO()
    document.save(out)
    found = [b for b in read_docx(out.getvalue(), "a.docx").blocks if isinstance(b, Paragraph)]
    assert [(b.marker, b.text) for b in found] == [("1.", "Perumusan"), ("2.", "Pelaksanaan")]


def test_pages_count_breaks() -> None:
    """The place of a finding names the page that Word shows."""
    text = '<w:p><w:r><w:br w:type="page"/><w:t>Lampiran</w:t></w:r></w:p>'
    done = read(p("Pengantar"), text)
    assert len(done.pages) == 2
    assert [block.where.page for block in done.blocks] == [1, 2]


def test_a_broken_part_is_refused_in_one_line() -> None:
    """A damaged file is one line, not a traceback."""
    with pytest.raises(UnreadableError, match="cannot be opened"):
        read_docx(b"PK\x03\x04", "a.docx")


def u(text: str, rest: str = "") -> str:
    return f'<w:p><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>{text}</w:t></w:r><w:r><w:t>{rest}</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            u("Jalan baik", "  X  100 %") + p("Panjang jalan"),
            "$\\frac{\\text{Jalan baik}}{\\text{Panjang jalan}}$ X  100 %",
        ),
        (u("Keterangan") + p("Panjang jalan"), "Keterangan\nPanjang jalan"),
        (u("Judul", " dan isi") + p("Panjang jalan"), "Judul dan isi\nPanjang jalan"),
    ],
)
def test_underlined_numerators_are_fractions(inner: str, expected: str) -> None:
    """Offices underline the numerator for want of an equation; other underlines are only emphasis."""
    [table] = tables(read(tbl(tr(tc("Indikator"), tc(inner)))))
    assert table.rows[0].cells[1].text == expected


def test_a_fraction_built_as_a_table_without_rules() -> None:
    """`NTP =` beside two rows says that they are numerator and denominator."""
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    nested = tbl(
        tr(tc("NTP =", start), tc("It x w"), tc("X 100", start)), tr(tc("", go_on), tc("Ib x w"), tc("", go_on))
    )
    [table] = tables(read(tbl(tr(tc("Indikator"), tc(nested + p(""))))))
    assert "\\frac{" in table.rows[0].cells[1].text
    assert table.rows[0].cells[1].text.startswith("NTP =")


def test_equations_that_old_word_files_keep_as_pictures() -> None:
    """Converted, such a file has pictures in place of its formulas; the formula must not be lost with them."""
    import struct
    import zlib

    def png(width: int, height: int) -> bytes:
        def chunk(kind: bytes, body: bytes) -> bytes:
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        pixels = zlib.compress((b"\x00" + b"\x00" * width) * height)
        head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")

    def stored(fraction: tuple[str, str], picture: bytes) -> bytes:
        parts = "".join(
            f"<m:{k}><m:r><m:t>{t}</m:t></m:r></m:{k}>" for k, t in zip(("num", "den"), fraction, strict=True)
        )
        xml = f"<w:wordDocument {NS}><m:oMathPara><m:oMath><m:f>{parts}</m:f></m:oMath></m:oMathPara></w:wordDocument>"
        return b'<?xml version="1.0"?>\r\n' + xml.encode() + b"\x00" * 40 + picture

    doc = b"\xd0\xcf" + stored(("siswa lulus", "siswa"), png(80, 23)) + stored(("a", "b"), png(12, 14))
    document: Any = Document()
    for size in ((33, 44), (80, 23), (12, 14)):  # a logo first
        run = document.add_paragraph("Formula = ").add_run()
        run.add_picture(io.BytesIO(png(*size)))
    out = io.BytesIO()
    document.save(out)
    found = read_docx(out.getvalue(), "a.docx", pictured(out.getvalue(), equations_of(doc)))
    assert [block.text.split("=")[1].strip() for block in found.blocks if isinstance(block, Paragraph)] == [
        "",
        "$\\frac{\\text{siswa lulus}}{\\text{siswa}}$",
        "$\\frac{\\text{a}}{\\text{b}}$",
    ]

"""HTML as OCR engines write it: spans, headings and nested markup become the same blocks as from text."""

from __future__ import annotations

from pipeline.extract import read_bytes
from pipeline.model import Heading, RawTable

PAGE = """<!DOCTYPE html><html><head><style>x{}</style></head><body><h2>INDIKATOR KINERJA UTAMA</h2>
<table><tr><th>No</th><th>Sasaran</th><th>Indikator</th></tr>
<tr><td rowspan="2">1</td><td rowspan="2">Sasaran A</td><td>Indikator 1<br>baris dua</td></tr>
<tr><td>Indikator 2</td></tr><tr><td colspan="9999">JUMLAH</td></tr></table><script>alert(1)</script></body></html>"""


def test_spans_keep_the_columns() -> None:
    """A row under a merged cell must not slide to the left."""
    done = read_bytes(PAGE.encode(), "a.html")
    heading, table = done.blocks
    assert isinstance(heading, Heading) and heading.text == "INDIKATOR KINERJA UTAMA"
    assert isinstance(table, RawTable) and table.header_rows == 1
    assert [(c.text, c.where.column, c.rowspan) for c in table.rows[1].cells] == [
        ("1", 0, 2), ("Sasaran A", 1, 2), ("Indikator 1\nbaris dua", 2, 1),
    ]  # fmt: skip
    assert [(c.text, c.where.column) for c in table.rows[2].cells] == [("Indikator 2", 2)]
    assert table.rows[3].cells[0].colspan <= 200


def test_old_encodings_are_read() -> None:
    """The × of a formula must survive an export in cp1252."""
    done = read_bytes("<html><body><p>A / B × 100%</p></body></html>".encode("cp1252"), "a.html")
    assert "× 100%" in str(done.blocks)

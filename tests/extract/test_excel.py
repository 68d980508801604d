"""Excel files: numbers as a person sees them, merged cells with their extent, hidden rows and sheets marked."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from pipeline.errors import UnreadableError
from pipeline.extract.excel import read_xlsx, shown
from pipeline.model import Extraction, Heading, KeyValue, RawTable


def read(fill: Callable[[Any, Any], None]) -> Extraction:
    book = Workbook()
    fill(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return read_xlsx(out.getvalue(), "a.xlsx")


def tables(read: Extraction) -> list[RawTable]:
    return [block for block in read.blocks if isinstance(block, RawTable)]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.875, "0.0%", "87,5%"),
        (0.875, "0%", "88%"),
        (99.5, "General", "99,5"),
        (1250000, "#,##0", "1.250.000"),
        (1250000.5, "#,##0.00", "1.250.000,50"),
        (2.5, "0", "3"),
        (80, "General", "80"),
        (1500000, '"Rp"#,##0', "Rp1.500.000"),
        (1500000, '_("Rp"* #,##0_);_("Rp"* (#,##0)', "Rp1.500.000"),
        (-250, "#,##0;(#,##0)", "(250)"),
        (0.1 + 0.2, "General", "0,3"),
        (1 / 3, "General", "0,333333333"),
        (12.5, "#.0", "12,5"),
        (12.5, "0.##", "12,5"),
        (12.0, "0.0#", "12,0"),
        (1.5e6, "#,##0,", "1.500"),
        (datetime.datetime(2024, 1, 31), "dd/mm/yyyy", "31-01-2024"),
        (88.5, '0.00 "%"', "88,50 %"),
        (12, '0" orang"', "12 orang"),
        (12.5, "# ?/?", "12,5"),
        (-3.5, "0.0", "-3,5"),
        (True, "General", "BENAR"),
        (None, "General", ""),
        (" teks ", "@", "teks"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: object, number_format: str, text: str) -> None:
    """The printed precision decides what a number can mean; hidden decimals would make false accusations."""
    assert shown(value, number_format) == text


def test_merged_cells_titles_and_keys() -> None:
    """Titles above a table are no rows of it, and a merged sasaran covers its indicators."""

    def fill(_: Any, sheet: Any) -> None:
        for row in (["INDIKATOR KINERJA UTAMA"], ["Instansi : Dinas Contoh"], [], ["No", "Sasaran", "Indikator"]):
            sheet.append(row)
        sheet.append([1, "Sasaran A", "Indikator 1"])
        sheet.append([None, None, "Indikator 2"])
        sheet.merge_cells("A5:A6")
        sheet.merge_cells("B5:B6")

    done = read(fill)
    assert [type(block) for block in done.blocks] == [Heading, KeyValue, RawTable]
    [table] = tables(done)
    assert [(c.text, c.rowspan) for c in table.rows[1].cells] == [("1", 2), ("Sasaran A", 2), ("Indikator 1", 1)]
    assert [(c.text, c.where.column) for c in table.rows[2].cells] == [("Indikator 2", 2)]


def test_hidden_rows_and_sheets_are_marked() -> None:
    """An auditor is told when a figure stands where nobody sees it."""

    def fill(book: Any, sheet: Any) -> None:
        for row in (["No", "Target"], ["1", "80"], ["2", "90"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        other = book.create_sheet("lama")
        other.append(["a", "b"])
        other.sheet_state = "hidden"

    done = read(fill)
    assert [row.hidden for row in tables(done)[0].rows] == [False, False, True]
    assert [(page.name, page.hidden) for page in done.pages] == [("Sheet", False), ("lama", True)]


def test_tables_are_parted_by_blank_rows_only_where_clear() -> None:
    """Two tables under each other must not become one with mixed columns."""

    def fill(_: Any, sheet: Any) -> None:
        for row in (["No", "Target"], ["1", "80"], [], ["2", "90"], [], [], ["Kode", "Pagu"], ["1.01", "500"]):
            sheet.append(row)

    assert [len(table.rows) for table in tables(read(fill))] == [4, 2]


def test_a_formula_keeps_its_source() -> None:
    """A capaian computed in the sheet can be traced to the cells it came from."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Target", "Realisasi", "Capaian"])
    sheet.write_row(1, 0, [80, 70])
    sheet.write_formula(1, 2, "=B2/A2", book.add_format({"num_format": "0.0%"}), 0.875)
    book.close()
    cell = tables(read_xlsx(out.getvalue(), "a.xlsx"))[0].rows[1].cells[2]
    assert (cell.text, cell.formula, cell.number_format) == ("87,5%", "=B2/A2", "0.0%")


def test_a_sheet_formatted_to_its_end_stays_small() -> None:
    """A border pulled down to the last row makes a million empty cells; they cost nothing."""

    book = Workbook()
    for row in (["No", "Target"], ["1", "80"]):
        book.active.append(row)
    book.active.merge_cells("A3:B4")
    plain, swollen = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(swollen, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"A3:B4", b"A3:XFD1048576"))
    [table] = tables(read_xlsx(swollen.getvalue(), "a.xlsx"))
    assert len(table.rows) == 2


def test_a_broken_workbook_is_refused_in_one_line() -> None:
    """A damaged file is one line, not a traceback."""
    with pytest.raises(UnreadableError, match="cannot be opened"):
        read_xlsx(b"PK\x03\x04", "a.xlsx")


def test_a_sheet_that_claims_a_million_rows() -> None:
    """A border pulled down to the last row, or one stray cell there, must cost neither minutes nor gigabytes."""
    book = Workbook()
    sheet = book.active
    for row in (["No", "Indikator Kinerja", "Target"], [1, "Persentase layanan", 87]):
        sheet.append(row)
    sheet["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    empty = b"".join(b'<row r="%d" s="1"><c r="A%d" s="0"/></row>' % (k, k) for k in range(3, 60_000))
    whole = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'<row r="1048576"', empty + b'<row r="1048576"'))
    began = time.perf_counter()
    (table,) = [block for block in read_xlsx(whole.getvalue(), "a.xlsx").blocks if isinstance(block, RawTable)]
    assert time.perf_counter() - began < 5
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["1", "Persentase layanan", "87"]

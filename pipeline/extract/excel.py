"""Reads Excel files: sheets as pages, ranges as tables, numbers as their number format shows them."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.model import Block, Extraction, Heading, KeyValue, Page, Paragraph, RawCell, RawRow, RawTable, Where

MAX_ROWS, MAX_COLUMNS = 20_000, 200
MAX_MERGED = 200_000  # cells of one merged range; the reader makes an object for each
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"\s?/>')  # <mergeCell ref="A3:B4"/>
_EMPTY_CELL = re.compile(rb"<c (?:[^>/]|/(?!>))*/>")  # <c r="B7" s="3"/>
_EMPTY_ROW = re.compile(rb"<row (?:[^>/]|/(?!>))*(?:/>|>\s*</row>)")  # <row r="7" customFormat="1"></row>
_DECIMALS = re.compile(r"\.([0#?]+)")  # 0.00, #.0, 0.0#
_PLACE = re.compile(r'"[^"]*"|[0#?]')  # a digit's place; quoted text is none
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")  # `#,##0,` shows thousands
_GROUPED = re.compile(r"[0#?],[0#?]")  # #,##0
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.')
_KEY = re.compile(r"^\s*([A-Za-z][\w /().-]{1,40}?)\s*:\s*(\S.*)$", re.DOTALL)
_TITLE_LENGTH = 200


def read_xlsx(data: bytes, name: str) -> Extraction:
    """One page a sheet; rows above the first row of several cells are titles. Raises UnreadableError."""
    from openpyxl import load_workbook

    try:
        data_read = _bounded(data)
        values = load_workbook(io.BytesIO(data_read), data_only=True)
        formulas = load_workbook(io.BytesIO(data_read), data_only=False)
    except Exception as error:
        raise UnreadableError(
            f"an Excel file that cannot be opened: {error}", "open and save it anew in Excel"
        ) from error
    pages: list[Page] = []
    blocks: list[Block] = []
    tables = 0
    for number, sheet in enumerate(values.worksheets, start=1):
        found = _sheet(sheet, formulas.worksheets[number - 1], number, tables)
        tables += sum(isinstance(block, RawTable) for block in found)
        blocks += found
        status: Any = "tables" if any(isinstance(b, RawTable) for b in found) else "prose" if found else "blank"
        hidden = sheet.sheet_state != "visible"
        pages.append(Page(number, status, note="hidden sheet" if hidden else "", name=sheet.title, hidden=hidden))
    return Extraction(name, hashlib.sha256(data).hexdigest(), "xlsx", tuple(pages), tuple(blocks))


def _sheet(sheet: Any, formulas: Any, page: int, tables: int) -> list[Block]:
    """Only cells that the file holds are looked at: a sheet may claim a million rows for the sake of a border."""
    spans, covered = _merged(sheet)
    held: dict[int, dict[int, RawCell]] = {}
    for number, column in sorted({*sheet._cells, *spans}):
        if number > MAX_ROWS or column > MAX_COLUMNS or (number, column) in covered:
            continue
        cell = sheet.cell(number, column)
        text = shown(cell.value, cell.number_format)
        down, across = spans.get((number, column), (1, 1))
        if text or (down, across) != (1, 1):
            source = formulas.cell(number, column).value if (number, column) in formulas._cells else None
            formula = source if isinstance(source, str) and source.startswith("=") else ""
            place = Where(page=page, row=number - 1, column=column - 1)
            style = "" if isinstance(cell.value, str) or cell.value is None else cell.number_format
            held.setdefault(number, {})[column] = RawCell(
                text, place, down, across, bool(cell.font and cell.font.bold), None, style, formula
            )
    hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    rows = [
        (number, list(held.get(number, {}).values()), number in hidden) for number in range(1, max(held, default=0) + 1)
    ]
    return _blocks(rows, page, tables)


def _merged(sheet: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    spans, covered = {}, set()
    for area in sheet.merged_cells.ranges:
        bottom, right = min(area.max_row, MAX_ROWS), min(area.max_col, MAX_COLUMNS)
        if area.min_row > bottom or area.min_col > right:
            continue
        spans[area.min_row, area.min_col] = (bottom - area.min_row + 1, right - area.min_col + 1)
        covered |= {(r, c) for r in range(area.min_row, bottom + 1) for c in range(area.min_col, right + 1)}
        covered.discard((area.min_row, area.min_col))
    return spans, covered


def _blocks(rows: list[tuple[int, list[RawCell], bool]], page: int, tables: int) -> list[Block]:
    """Titles above, tables between runs of blank rows; a single blank row inside a table parts nothing."""
    blocks: list[Block] = []
    run: list[tuple[int, list[RawCell], bool]] = []
    blank = 0

    def close() -> None:
        while run and _words(run[-1][1]) == 0:
            run.pop()
        if len(run) == 1 and _words(run[0][1]) == 1:
            blocks.extend(_prose(run[0][1], page))
        elif run:
            blocks.append(_table(run, page, tables + sum(isinstance(block, RawTable) for block in blocks)))
        run.clear()

    for row in rows:
        filled = _words(row[1])
        if filled == 0:
            blank += 1
            if blank >= 2 and not _spanned(run):
                close()
            elif run:
                run.append(row)
            continue
        blank = 0
        if not run and filled == 1:
            blocks.extend(_prose(row[1], page))
        else:
            run.append(row)
    close()
    return blocks


def _words(cells: list[RawCell]) -> int:
    return sum(1 for cell in cells if cell.text.strip())


def _spanned(run: list[tuple[int, list[RawCell], bool]]) -> bool:
    """A merged cell still reaches below the rows read so far."""
    last = run[-1][0] if run else 0
    return any(number + cell.rowspan - 1 > last for number, cells, _ in run for cell in cells)


def _prose(cells: list[RawCell], page: int) -> list[Block]:
    cell = next(cell for cell in cells if cell.text.strip())
    text = " ".join(cell.text.split())
    keyed = _KEY.match(text)
    if keyed and len(keyed.group(1).split()) <= 5:
        return [KeyValue(keyed.group(1).strip(), keyed.group(2).strip(), cell.where, cell.text)]
    if len(text) <= _TITLE_LENGTH and (cell.bold or text == text.upper()):
        return [Heading(text, cell.where, 2, cell.text)]
    return [Paragraph(text, cell.where, cell.text)]


def _table(run: list[tuple[int, list[RawCell], bool]], page: int, ordinal: int) -> RawTable:
    from dataclasses import replace

    left = min(cell.where.column or 0 for _, cells, _ in run for cell in cells)
    rows = []
    for index, (_, cells, hidden) in enumerate(run):
        placed = tuple(
            replace(cell, where=replace(cell.where, table=ordinal, row=index, column=(cell.where.column or 0) - left))
            for cell in cells
        )
        rows.append(RawRow(placed, Where(page=page, table=ordinal, row=index), hidden))
    return RawTable(tuple(rows), Where(page=page, table=ordinal), "sheet")


def shown(value: Any, number_format: str) -> str:
    """What a person sees in the cell, with a comma for decimals and points for thousands where the format groups."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "BENAR" if value else "SALAH"
    if isinstance(value, datetime.datetime):
        return value.strftime("%d-%m-%Y") if value.time() == datetime.time() else value.strftime("%d-%m-%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    return str(value).strip()


def _number(value: float, number_format: str) -> str:
    sections = number_format.split(";")
    pattern = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    literal = "".join(a or b for a, b in _QUOTED.findall(pattern))
    bare = _QUOTED.sub("", pattern)
    placeholders = [match.end() for match in _PLACE.finditer(pattern) if match.group() in "0#?"]
    if not placeholders or "?/" in bare or "#/" in bare or "E+" in bare.upper() or "E-" in bare.upper():
        return _general(value)
    percent = "%" in bare
    scaled = _SCALED.search(bare)
    exact = Decimal(repr(value)) * (100 if percent else 1) / 1000 ** (len(scaled.group(1)) if scaled else 0)
    found = _DECIMALS.search(bare)
    most, least = (len(found.group(1)), found.group(1).count("0")) if found else (0, 0)
    rounded = exact.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if _GROUPED.search(bare) else f"{abs(rounded):f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    text = whole.replace(",", ".") + (f",{decimals}" if decimals else "")
    if value < 0 and rounded:
        text = f"({text})" if "(" in bare else f"-{text}"
    tail = "".join(a or b for a, b in _QUOTED.findall(pattern[placeholders[-1] :])).strip()
    prefix = "Rp" if "rp" in literal.lower() and "rp" not in tail.lower() else ""
    return f"{prefix}{text}{'%' if percent else ''}{' ' if tail else ''}{tail}"


def _general(value: float) -> str:
    """A number without a format: at most nine decimals and ten digits, as Excel fills a cell."""
    if value == int(value):
        return str(int(value))
    rounded = Decimal(f"{round(value, 9):.10g}")
    return f"{rounded:f}".replace(".", ",")


def _bounded(data: bytes) -> bytes:
    """The workbook without what holds no content: merged ranges and formatted cells pulled to the sheet's end."""
    from openpyxl.utils.cell import range_boundaries

    def kept(match: re.Match[bytes]) -> bytes:
        left, top, right, bottom = range_boundaries(match.group(1).decode("ascii"))
        cells = ((right or 1) - (left or 1) + 1) * ((bottom or 1) - (top or 1) + 1)
        return match.group(0) if cells <= MAX_MERGED else b""

    out = io.BytesIO()
    changed = False
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content, before = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", _MERGED.sub(kept, content))), content
                changed = changed or content != before
            target.writestr(name, content)
    return out.getvalue() if changed else data

"""Findings as a workbook: decide in it, and see each number computed anew by the spreadsheet program itself.

Sheets: Temuan (one row a finding, with the columns that `lkip review import` reads back), Perhitungan (the cells that
went into each recomputation), Bukti (pictures of places in PDFs), Sumber (files and hashes), Permintaan (how it was made).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from pipeline.model import Dokumen, Finding
from pipeline.report.csv import COLUMNS, live, rows
from pipeline.report.recompute import printed_values, sheet_formula, value_of

COMPUTED, DIFFERENCE = "recomputed", "difference"
DECISION = ("verdict", "reason", "by")
VERDICTS = ["accept", "reject", "unsure"]
EXTRA = (COMPUTED, DIFFERENCE, *DECISION, "kondisi", "kriteria", "sebab", "akibat")
_WIDTHS = {
    "message": 60, "evidence": 60, "found": 28, "expected": 28, "suggestion": 36, "reason": 36, "document": 34, "instansi": 28,
    "name": 34, "fingerprint": 18, "kondisi": 40, "kriteria": 40, "sebab": 30, "akibat": 30, "by": 18,
    COMPUTED: 18, DIFFERENCE: 18,
}  # fmt: skip
_WORDS = {
    "id": (
        "Isi kolom verdict (accept = terima, reject = tolak, unsure = ragu), reason dan by, simpan, lalu: lkip review import BERKAS.xlsx",
        "Sebab dan akibat diisi oleh pemeriksa.",
    ),
    "en": (
        "Fill in verdict (accept, reject, unsure), reason and by, save, then: lkip review import FILE.xlsx",
        "Cause (sebab) and effect (akibat) are for the auditor to fill in.",
    ),
}
_CELLS = ("fingerprint", "rule", "letter", "label", "printed", "value", "low", "high", "page", "line")
LIMIT = 32_767  # characters in one cell of a workbook
PICTURES = 200


def render_xlsx(
    findings: Sequence[Finding],
    documents: Mapping[str, Dokumen],
    lang: str = "id",
    version: str = "",
    statuses: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook's bytes; equal input gives equal bytes."""
    import xlsxwriter

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(
        sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1), "title": "lkip", "comments": version})
    look = _Look(book)
    main, numbers = book.add_worksheet("Temuan"), book.add_worksheet("Perhitungan")
    computed = _numbers(numbers, findings, look)
    _findings(main, rows(findings, documents, lang, statuses or {}), findings, computed, look)
    _pictures(book, findings, documents, look)
    _sources(book.add_worksheet("Sumber"), documents, version, look)
    _query(book.add_worksheet("Permintaan"), len(findings), lang, version, look)
    book.close()
    return sink.getvalue()


class _Look:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bg_color": "#0B5A7A", "font_color": "#FFFFFF", "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.number = book.add_format({"valign": "top", "num_format": "#,##0.##########"})
        self.input = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8E1", "locked": False})
        self.result = book.add_format({"bold": True, "valign": "top", "num_format": "#,##0.##########", "top": 1})


def _put(sheet: Any, row: int, column: int, value: object, look: _Look) -> None:
    """Numbers as numbers, everything else as text: also what begins with = + - @, which editing must not turn live."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look.text)
    elif isinstance(value, int | float | Fraction):
        sheet.write_number(row, column, float(value), look.number)
    else:
        text = str(value)
        sheet.write_string(row, column, text[:LIMIT], look.quoted if live(text) else look.text)


def _findings(
    sheet: Any,
    lines: Sequence[tuple[object, ...]],
    findings: Sequence[Finding],
    computed: Mapping[str, tuple[str, str, Fraction, Fraction | None]],
    look: _Look,
) -> None:
    head = (*COLUMNS, *EXTRA)
    at = {name: number for number, name in enumerate(head)}
    sheet.write_row(0, 0, head, look.head)
    for name, number in at.items():
        sheet.set_column(number, number, _WIDTHS.get(name, 11))
    for number, (line, finding) in enumerate(zip(lines, findings, strict=True), start=1):
        for column, value in enumerate(line):
            _put(sheet, number, column, value, look)
        for name in DECISION:
            sheet.write_blank(number, at[name], None, look.input)
        for name, value in (("kondisi", finding.kondisi), ("kriteria", finding.kriteria)):
            _put(sheet, number, at[name], value, look)
        for name in ("sebab", "akibat"):
            sheet.write_blank(number, at[name], None, look.input)
        if finding.fingerprint in computed:
            result, printed, value_, stated = computed[finding.fingerprint]
            sheet.write_formula(number, at[COMPUTED], f"={result}", look.number, float(value_))
            if stated is not None:
                sheet.write_formula(number, at[DIFFERENCE], f"={printed}-{result}", look.number, float(stated - value_))
    last = max(1, len(lines))
    sheet.data_validation(1, at["verdict"], last, at["verdict"], {"validate": "list", "source": VERDICTS})
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(head) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _numbers(
    sheet: Any, findings: Sequence[Finding], look: _Look
) -> dict[str, tuple[str, str, Fraction, Fraction | None]]:
    """Fills Perhitungan. Fingerprint -> (cell of the result, cell of the printed number, the result, the printed number)."""
    sheet.write_row(0, 0, _CELLS, look.head)
    for number, width in enumerate((18, 9, 7, 60, 26, 20, 20, 20, 7, 7)):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(1, 0)
    made: dict[str, tuple[str, str, Fraction, Fraction | None]] = {}
    row = 1
    for finding in findings:
        equation, cells = str(finding.trace.get("formula") or ""), finding.trace.get("cells") or {}
        values = printed_values(finding.trace)
        value = value_of(equation, values) if cells else None
        if value is None or finding.fingerprint in made:
            continue
        places: dict[str, str] = {}
        for name, cell in cells.items():
            low, high = (finding.trace.get("intervals") or {}).get(name) or (None, None)
            stated = values.get(name)
            line = (
                finding.fingerprint, finding.rule, name, cell.get("label"), cell.get("text"), stated,
                None if low is None else float(low), None if high is None else float(high), cell.get("page"), cell.get("line"),
            )  # fmt: skip
            for column, item in enumerate(line):
                _put(sheet, row, column, item, look)
            places[name] = f"F{row + 1}"
            row += 1
        formula = sheet_formula(equation, places.__getitem__)
        for column, text in enumerate((finding.fingerprint, finding.rule, "=", equation)):
            _put(sheet, row, column, text, look)
        sheet.write_formula(row, 5, formula, look.result, float(value))
        made[finding.fingerprint] = (
            f"Perhitungan!F{row + 1}", f"Perhitungan!{places['a']}" if "a" in places else "0", value, values.get("a"),
        )  # fmt: skip
        row += 1
    return made


def _pictures(book: Any, findings: Sequence[Finding], documents: Mapping[str, Dokumen], look: _Look) -> None:
    """A sheet of the places that stand in a PDF which is still where it was read; none where there are no such places."""
    from pipeline.store.places import source

    boxed = [
        (finding, item)
        for finding in findings
        for item in finding.evidence[:2]
        if item.where.bbox is not None and item.where.page is not None and documents[item.sha256].media == "pdf"
    ][:PICTURES]
    there = [(finding, item, data) for finding, item in boxed if (data := source(documents[item.sha256])) is not None]
    if not there:
        return
    from pipeline.extract.picture import crop

    sheet = book.add_worksheet("Bukti")
    sheet.write_row(0, 0, ("fingerprint", "role", "document", "page", "picture"), look.head)
    sheet.set_column(0, 2, 20)
    sheet.set_column(4, 4, 90)
    for row, (finding, item, data) in enumerate(there, start=1):
        line = (finding.fingerprint, item.role, documents[item.sha256].path, item.where.page)
        for column, value in enumerate(line):
            _put(sheet, row, column, value, look)
        sheet.set_row(row, 110)
        picture = io.BytesIO(crop(data, item.where, role=item.role))
        options = {"image_data": picture, "x_scale": 0.4, "y_scale": 0.4, "description": item.quote[:200]}
        sheet.insert_image(row, 4, f"{finding.fingerprint}.png", options)


def _sources(sheet: Any, documents: Mapping[str, Dokumen], version: str, look: _Look) -> None:
    head = ("document", "sha256", "media", "kind", "instansi", "wilayah", "tahun", "lkip")
    sheet.write_row(0, 0, head, look.head)
    sheet.set_column(0, 1, 66)
    sheet.set_column(4, 5, 34)
    for row, document in enumerate(sorted(documents.values(), key=lambda item: (item.path, item.sha256)), start=1):
        office = document.instansi
        line = (
            document.path,
            document.sha256,
            document.media,
            document.kind,
            office.nama,
            office.wilayah,
            document.tahun,
            version,
        )
        for column, value in enumerate(line):
            _put(sheet, row, column, value, look)


def _query(sheet: Any, count: int, lang: str, version: str, look: _Look) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    told, cause = _WORDS["id" if lang == "id" else "en"]
    lines = (
        ("lkip", version),
        ("command", f"lkip audit --format xlsx --lang {lang} --output BERKAS.xlsx"),
        ("query", "SELECT * FROM v_finding ORDER BY ordinal"),
        ("findings", count),
        ("verdict, reason, by", told),
        ("sebab, akibat", cause),
        ("recomputed", "Perhitungan!F"),
    )
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            _put(sheet, row, column, value, look)

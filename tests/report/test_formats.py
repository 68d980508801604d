"""The reports that leave the machine: safe to open, the same on every run, and complete."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline.audit import audit
from pipeline.audit.engine import AuditResult
from pipeline.errors import UsageError
from pipeline.model import Berkas, Dokumen, Evidence, Finding, Instansi, Where
from pipeline.report import render
from pipeline.report.csv import COLUMNS
from pipeline.report.rows import render_rows
from pipeline.store import open_store, review
from pipeline.store.store import Store
from tests.audit.cases import berkas
from tests.audit.test_engine import WRONG

SHA = "b" * 64
DANGER = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "\ufeff=1+1",
)
SUM = {
    "formula": "a = b / c × 100",
    "cells": {
        "a": {"text": "35%", "value": "35", "label": "Kegiatan A", "line": 9, "page": None},
        "b": {"text": "Rp297.151.800", "value": "297151800", "label": "realisasi", "line": 9, "page": None},
        "c": {"text": "Rp356.391.000", "value": "356391000", "label": "pagu", "line": 9, "page": None},
    },
    "intervals": {"a": ["34.5", "35.5"], "b": ["297151800", "297151800"], "c": ["356391000", "356391000"]},
    "result": ["83.378", "83.378"],
}
MEAN = {
    "formula": "a = (b + c) / 2",
    "cells": {n: {"text": t, "value": t, "label": n} for n, t in (("a", "5"), ("b", "7.5"), ("c", "8"))},
}


def made(print_: str, text: str, trace: Mapping[str, Any] | None = None) -> Finding:
    where = Where(line=9, table=0, row=1, column=2)
    return Finding(
        "ARI003", f"nama {text}", "error", f"pesan {text}", f"message {text}", SHA, where, (Evidence(SHA, where, text),), text, text, text,
        trace or {}, "ARITHMETIC", fingerprint=print_, kondisi=text, kriteria=text,
    )  # fmt: skip


DOCUMENT = Dokumen(SHA, "=dokumen.txt", "text", "LKIP", Instansi("=Dinas", kunci="dinas"), 2024)
FINDINGS = (
    *(made(f"{number:016x}", text) for number, text in enumerate(DANGER)),
    made("aaaaaaaaaaaaaaaa", "<script>alert(1)</script>", SUM),
    made("bbbbbbbbbbbbbbbb", "rata-rata", MEAN),
)
RESULT = AuditResult(FINDINGS, (), (), "r")
DOCUMENTS = [Berkas(DOCUMENT)]


def rendered(format_: str) -> bytes:
    shown = render(RESULT, DOCUMENTS, format_, "id", version="1")
    assert shown is not None
    return shown if isinstance(shown, bytes) else shown.encode()


@pytest.mark.parametrize("format_", ["text", "json", "csv", "xlsx", "sarif"])
def test_two_runs_give_the_same_bytes(format_: str) -> None:
    """A report could not be compared with last week's."""
    assert rendered(format_) == rendered(format_)


def test_two_folders_of_pages_are_the_same(tmp_path: Path) -> None:
    """A report could not be compared with last week's."""
    one = berkas("a.txt", WRONG)
    found = audit([one])
    for name in ("a", "b"):
        render(found, [one], "html", "id", version="1", output=tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "b").iterdir())
    assert len(files) == len(found.findings) + 1
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)
    assert any("<mfrac" in (tmp_path / "a" / name).read_text(encoding="utf-8") for name in files)


def test_pages_need_nothing_from_outside_and_run_nothing(tmp_path: Path) -> None:
    """A page sent to a colleague would load from the network, or run what a document says."""
    render(RESULT, DOCUMENTS, "html", "en", version="1", output=tmp_path)
    for path in tmp_path.iterdir():
        page = path.read_text(encoding="utf-8")
        page = page.replace("http://www.w3.org/1998/Math/MathML", "")
        assert not [sign for sign in ("<script", "http://", "https://", 'href="/', 'src="/') if sign in page]
        assert "Content-Security-Policy" in page
    assert "&lt;script&gt;" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_no_cell_of_the_csv_is_a_formula() -> None:
    """A document could run a command on the auditor's machine through her spreadsheet program."""
    rows = list(csv.reader(io.StringIO(rendered("csv").decode(), newline="")))
    assert len(rows) == len(FINDINGS) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]
    at = rows[0].index("found")
    assert [row[at] for row in rows[1 : len(DANGER) + 1]] == [f"'{text}" for text in DANGER]


def test_no_text_of_the_workbook_is_a_formula() -> None:
    """A document could run a command on the auditor's machine through her spreadsheet program."""
    book = load_workbook(io.BytesIO(rendered("xlsx")))
    live = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sorted(live) == ["=(F7+F8)/2", "=F3/F4*100", "=Perhitungan!F2-Perhitungan!F5", "=Perhitungan!F5",
                            "=Perhitungan!F6-Perhitungan!F9", "=Perhitungan!F9"]  # fmt: skip
    main = book.worksheets[0]
    head = [cell.value for cell in main[1]]
    assert head[: len(COLUMNS)] == list(COLUMNS)
    danger = main.cell(2, head.index("found") + 1)
    assert danger.value == "=1+1" and danger.data_type == "s" and danger.quotePrefix
    assert [sheet.title for sheet in book] == ["Temuan", "Perhitungan", "Sumber", "Permintaan"]


@pytest.mark.parametrize("text", DANGER)
def test_no_text_of_an_export_becomes_a_formula(text: str) -> None:
    """The same in the tables that `lkip export` writes."""
    book = load_workbook(io.BytesIO(bytes(render_rows(("a",), [(text,)], "xlsx"))))
    cell = book.worksheets[0].cell(2, 1)
    assert cell.data_type == "s" and cell.quotePrefix
    assert str(render_rows(("a",), [(text,)], "csv")).split("\n", 1)[1].lstrip('"').startswith("'")


def test_results_stand_in_the_workbook_before_any_recalculation() -> None:
    """A viewer that does not calculate would show zeros."""
    book = load_workbook(io.BytesIO(rendered("xlsx")), data_only=True)
    main = book["Temuan"]
    head = [cell.value for cell in main[1]]
    values = {row[0]: row[head.index("recomputed")] for row in main.iter_rows(min_row=2, values_only=True)}
    assert values["aaaaaaaaaaaaaaaa"] == pytest.approx(297151800 / 356391000 * 100)
    assert values["bbbbbbbbbbbbbbbb"] == 7.75


@pytest.mark.office
def test_libreoffice_calculates_the_same_numbers(tmp_path: Path) -> None:
    """The auditor would see other numbers than the finding states. The stored results are dropped first, so that what
    comes back was calculated there."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "in.xlsx"
    load_workbook(io.BytesIO(rendered("xlsx"))).save(source)
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    main = load_workbook(tmp_path / "out" / "in.xlsx", data_only=True)["Temuan"]
    head = [cell.value for cell in main[1]]
    rows = {row[0]: row for row in main.iter_rows(min_row=2, values_only=True)}
    got = rows["aaaaaaaaaaaaaaaa"]
    assert got[head.index("recomputed")] == pytest.approx(297151800 / 356391000 * 100)
    assert got[head.index("difference")] == pytest.approx(35 - 297151800 / 356391000 * 100)
    assert rows["bbbbbbbbbbbbbbbb"][head.index("recomputed")] == 7.75
    assert rows["0" * 16][head.index("found")] == "=1+1"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    opened.save(DOCUMENTS[0])
    opened.save_audit(RESULT, "1")
    return opened


def test_filled_in_decisions_come_back(store: Store, tmp_path: Path) -> None:
    """An afternoon of decisions in the sheet would be lost."""
    book = load_workbook(io.BytesIO(rendered("xlsx")))
    main = book.worksheets[0]
    at = {cell.value: cell.column for cell in main[1]}
    given = [
        ("accept", "memang salah; “kutip”", "Ani"),
        ("reject", "=sudah benar", "Budi"),
        ("unsure", "tanya\nlagi", "Ani"),
    ]
    for row, decision in enumerate(given, start=2):
        for name, value in zip(("verdict", "reason", "by"), decision, strict=True):
            cell = main.cell(row, at[name])
            cell.value = value
            cell.data_type = "s"
    path = tmp_path / "isi.xlsx"
    book.save(path)
    assert review.import_file(store, path) == 3
    assert [(one.verdict, one.reason, one.by) for one in review.history(store)] == given
    assert review.import_file(store, path) == 0


def test_the_verdict_is_chosen_from_a_list() -> None:
    """A mistyped verdict would be refused only at import."""
    main = load_workbook(io.BytesIO(rendered("xlsx"))).worksheets[0]
    (rule,) = main.data_validations.dataValidation
    assert rule.type == "list" and rule.formula1 == '"accept,reject,unsure"'


def test_the_same_finding_in_two_files_has_two_pages(tmp_path: Path) -> None:
    """A file read as PDF and as text: the page of one would replace that of the other, with another place on it."""
    other = "c" * 64
    where = Where(line=4)
    second = replace(FINDINGS[-1], sha256=other, where=where, evidence=(Evidence(other, where, "rata-rata"),))
    result = AuditResult((FINDINGS[-1], second), (), (), "r")
    render(result, [*DOCUMENTS, Berkas(replace(DOCUMENT, sha256=other))], "html", "id", version="1", output=tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.office
def test_a_sheet_filled_in_by_a_spreadsheet_program_comes_back(store: Store, tmp_path: Path) -> None:
    """What the program stores when the auditor saves is not what we wrote: decisions would be lost on the way back."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    book = load_workbook(io.BytesIO(rendered("xlsx")))
    main = book.worksheets[0]
    at = {cell.value: cell.column for cell in main[1]}
    given = [("reject", "sudah benar; “kutip”, 100 %", "Ani"), ("accept", "baris satu\nbaris dua", "Budi S.")]
    for row, decision in enumerate(given, start=2):
        for name, value in zip(("verdict", "reason", "by"), decision, strict=True):
            main.cell(row, at[name]).value = value
    book.save(tmp_path / "isi.xlsx")
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / "isi.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert review.import_file(store, tmp_path / "out" / "isi.xlsx") == 2
    assert [(one.fingerprint, one.verdict, one.reason, one.by) for one in review.history(store)] == [
        (finding.fingerprint, *decision) for finding, decision in zip(FINDINGS, given, strict=False)
    ]


def test_a_sheet_with_one_bad_row_is_not_taken_over_in_part(store: Store, tmp_path: Path) -> None:
    """After the row is mended the others would be decided twice, or nobody would know which were taken."""
    book = load_workbook(io.BytesIO(rendered("xlsx")))
    main = book.worksheets[0]
    at = {cell.value: cell.column for cell in main[1]}
    for row, decision in enumerate([("accept", "memang salah", "Ani"), ("reject", "", "Ani")], start=2):
        for name, value in zip(("verdict", "reason", "by"), decision, strict=True):
            main.cell(row, at[name]).value = value
    book.save(tmp_path / "isi.xlsx")
    with pytest.raises(UsageError, match="row 3"):
        review.import_file(store, tmp_path / "isi.xlsx")
    assert review.history(store) == []

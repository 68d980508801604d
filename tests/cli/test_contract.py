"""The shapes and exit codes that other programs rely on (DESIGN, "The command line")."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.support import IKU, lkip

DEFECT = IKU.replace("Jumlah desa x 100%", "Jumlah desa tertib administrasi x 100%")
ROW = {
    "document", "instansi", "wilayah", "tahun", "kind", "version", "table", "row", "line", "no", "tujuan", "sasaran",
    "indikator", "satuan", "formula", "pembilang", "penyebut", "pengali", "sumber_data", "penanggung_jawab",
}  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one faulty table."""
    folder = tmp_path_factory.mktemp("db")
    (folder / "iku.txt").write_text(DEFECT, encoding="utf-8")
    assert lkip("ingest", str(folder), db=folder / "a.db").returncode == 0
    return folder / "a.db"


def test_ingest_counts_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    """A nightly script reads these counts."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "iku.txt").write_text(IKU, encoding="utf-8")
    (folder / "salinan.txt").write_text(IKU, encoding="utf-8")
    first = json.loads(lkip("ingest", str(folder), "--format", "json", db=tmp_path / "a.db").stdout)
    assert set(first) == {
        "documents", "ingested", "unchanged", "failed", "tables", "indikator", "formulas", "seconds", "failures",
    }  # fmt: skip
    counts = tuple(first[name] for name in ("documents", "ingested", "unchanged", "tables", "indikator"))
    assert counts == (2, 1, 1, 1, 2)
    again = json.loads(lkip("ingest", str(folder), "--format", "json", db=tmp_path / "a.db").stdout)
    assert (again["ingested"], again["failed"]) == (0, 0)


def test_audit_json_has_its_shape_and_fail_on_decides_the_exit_code(db: Path) -> None:
    """CI of another project stops on this exit code."""
    done = lkip("audit", "--format", "json", db=db)
    report = json.loads(done.stdout)
    assert {"tool", "version", "rules_version", "documents", "findings", "not_checked", "crashed"} <= set(report)
    assert report["crashed"] == []
    assert report["findings"], "the denominator repeats the numerator"
    finding = report["findings"][0]
    assert {
        "fingerprint", "rule", "name", "severity", "message", "document", "where", "evidence", "expected", "found",
        "suggestion", "trace", "status",
    } <= set(finding)  # fmt: skip
    assert set(finding["document"]) == {"path", "sha256"}
    assert set(finding["where"]) == {"page", "line", "table", "row", "column", "bbox"}
    assert {"document", "where", "text", "role"} <= set(finding["evidence"][0])
    worst = {item["severity"] for item in report["findings"]}
    assert done.returncode == (1 if "error" in worst else 0)
    assert lkip("audit", "--format", "json", "--fail-on", "notice", db=db).returncode == 1
    assert lkip("audit", "--format", "json", "--fail-on", "never", db=db).returncode == 0


def test_audit_is_byte_identical_on_two_runs(db: Path) -> None:
    """A report under version control must change only when the documents do."""
    assert lkip("audit", "--format", "json", db=db).stdout == lkip("audit", "--format", "json", db=db).stdout


def test_audit_speaks_the_language_of_the_locale(db: Path) -> None:
    """Messages in Indonesian for the auditor, in English for others; the data is the same."""
    english, indonesian = (
        json.loads(lkip("audit", "--format", "json", db=db, lang=lang).stdout) for lang in ("en", "id")
    )
    assert [item["fingerprint"] for item in english["findings"]] == [
        item["fingerprint"] for item in indonesian["findings"]
    ]
    assert english["findings"][0]["message"] != indonesian["findings"][0]["message"]


def test_export_indikator_has_the_fields_of_the_contract(db: Path) -> None:
    """Other offices' applications import these rows."""
    rows = json.loads(lkip("export", "indikator", "--format", "json", db=db).stdout)
    assert len(rows) == 2 and set(rows[0]) >= ROW
    assert rows[0]["pembilang"] == "Jumlah desa tertib administrasi" and rows[0]["pengali"] == "100%"
    assert rows[0]["instansi"].startswith("Kecamatan Sukamaju") and rows[0]["wilayah"] == "Kabupaten Contoh"
    assert rows[0]["tahun"] == 2023 and rows[1]["sumber_data"] in (None, "")


@pytest.mark.parametrize(
    "view", ["indikator", "formula", "kinerja", "anggaran", "document", "table", "cell", "finding", "review"]
)
def test_every_view_exports_in_every_text_format(db: Path, view: str) -> None:
    """The same rows, whichever program reads them next."""
    rows = json.loads(lkip("export", view, "--format", "json", db=db).stdout)
    lines = [json.loads(line) for line in lkip("export", view, "--format", "jsonl", db=db).stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(lkip("export", view, "--format", "csv", db=db).stdout)))
    assert rows == lines and len(table) == len(rows)
    assert not rows or list(table[0]) == list(rows[0])


def test_export_writes_excel_and_parquet_files(db: Path, tmp_path: Path) -> None:
    """Numbers stay numbers, texts that look like formulas stay texts."""
    from openpyxl import load_workbook

    file = tmp_path / "i.xlsx"
    assert lkip("export", "indikator", "--format", "xlsx", "--output", str(file), db=db).returncode == 0
    sheet = load_workbook(file).active
    assert sheet is not None and sheet.max_row == 3
    parquet = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "i.parquet"
    assert lkip("export", "indikator", "--format", "parquet", "--output", str(file), db=db).returncode == 0
    assert parquet.read_table(file).num_rows == 2


def test_unread_cells_are_listed(db: Path) -> None:
    """What the tool did not understand must be seen, not dropped."""
    rows = json.loads(lkip("export", "cell", "--where", "unread", "--format", "json", db=db).stdout)
    assert isinstance(rows, list)
    wrong = lkip("export", "indikator", "--where", "unread", db=db)
    assert wrong.returncode == 2 and "cell" in wrong.stderr


def test_extract_prints_tables_without_a_database(tmp_path: Path) -> None:
    """A converter must not leave a database behind."""
    file = tmp_path / "iku.txt"
    file.write_text(IKU, encoding="utf-8")
    done = lkip("extract", str(file), "--format", "json", db=tmp_path / "a.db")
    shown = json.loads(done.stdout)
    table = shown["tables"][0]
    assert set(shown) == {"document", "tables"} and {
        "ordinal",
        "kind",
        "title",
        "page",
        "line",
        "columns",
        "rows",
    } <= set(table)
    assert {"field", "label"} <= set(table["columns"][0]) and {"line", "page", "cells"} <= set(table["rows"][0])
    assert {"field", "text", "inherited", "where"} <= set(table["rows"][0]["cells"][0])
    assert not (tmp_path / "a.db").exists()
    assert lkip("extract", str(file), "--format", "csv", db=tmp_path / "a.db").returncode == 0
    assert "Persentase desa tertib" in " ".join(lkip("extract", str(file), db=tmp_path / "a.db").stdout.split())


def test_formula_lines_give_one_object_a_line(tmp_path: Path) -> None:
    """A benchmark pipes thousands of formulas through; an empty or broken line must keep its place."""
    done = lkip("formula", "--lines", "-", db=tmp_path / "a.db", stdin="A / B x 100%\n\nJumlah A\\n---\\nJumlah B\n×\n")
    shown = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and len(shown) == 4
    assert set(shown[0]) >= {
        "text", "kind", "canonical", "latex", "pembilang", "penyebut", "pengali", "terms", "legend", "value",
        "stated_result", "holds", "malformed", "alternatives", "tree",
    }  # fmt: skip
    assert (shown[0]["pembilang"], shown[0]["penyebut"], shown[0]["pengali"]) == ("A", "B", "100%")


@pytest.mark.parametrize("format_", ["text", "json", "mathml", "latex"])
def test_formula_prints_in_every_format(tmp_path: Path, format_: str) -> None:
    """The same formula for people, programs, browsers and papers."""
    done = lkip("formula", "(A dibagi B) x 100%", "--format", format_, db=tmp_path / "a.db")
    assert done.returncode == 0 and done.stdout.strip(), done.stderr


def test_query_is_read_only_and_limited_in_time(db: Path) -> None:
    """A query pasted from somewhere must not be able to change or to block anything."""
    assert "2" in lkip("query", "SELECT COUNT(*) AS n FROM v_indikator", "--format", "csv", db=db).stdout
    for sql in (
        "DELETE FROM review",
        "WITH a AS (SELECT 1) DELETE FROM document",
        "ATTACH 'x.db' AS x",
        "PRAGMA journal_mode=DELETE",
    ):
        refused = lkip("query", sql, db=db)
        assert refused.returncode == 2 and refused.stdout == "", sql
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
    slow = lkip("query", endless, "--timeout", "0.5", db=db)
    assert slow.returncode == 2 and "0.5" in slow.stderr


def test_rules_are_listed_and_explained(tmp_path: Path) -> None:
    """An auditee asks what a code means."""
    rules = json.loads(lkip("rule", "--format", "json", db=tmp_path / "a.db").stdout)
    page = lkip("rule", rules[0]["code"].lower(), db=tmp_path / "a.db")
    assert len(rules) >= 10 and page.returncode == 0 and len(page.stdout) > 100


def test_a_decision_is_kept_and_shown(db: Path, tmp_path: Path) -> None:
    """A rejected finding no longer fails the run; the history says who and why."""
    finding = json.loads(lkip("audit", "--format", "json", db=db).stdout)["findings"][0]["fingerprint"]
    assert lkip("review", finding, "reject", "--by", "Uji", db=db).returncode == 2
    assert lkip("review", finding, "reject", "--reason", "sudah benar", "--by", "Uji", db=db).returncode == 0
    after = json.loads(lkip("audit", "--format", "json", db=db).stdout)["findings"]
    assert next(item for item in after if item["fingerprint"] == finding)["status"] == "reject"
    assert "sudah benar" in lkip("review", finding, db=db).stdout
    lines = lkip("review", "export", db=db).stdout
    file = tmp_path / "putusan.jsonl"
    file.write_text(lines, encoding="utf-8")
    assert lkip("review", "import", str(file), db=db).returncode == 0
    assert lkip("review", "export", db=db).stdout == lines


def test_doctor_names_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    """Someone without Tesseract must learn it before a scan fails."""
    parts = json.loads(lkip("doctor", "--format", "json", db=tmp_path / "a.db").stdout)
    assert all(set(part) == {"part", "for", "present", "install"} for part in parts)
    assert {"tesseract", "soffice"} <= {part["part"] for part in parts}


def test_quiet_prints_only_data(db: Path) -> None:
    """Cron mails whatever is printed."""
    done = lkip("ingest", str(db.parent / "iku.txt"), "--quiet", db=db)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

"""Files that are no documents get one clear line each; the others are read all the same."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.support import IKU, lkip

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "masuk"
    made.mkdir()
    (made / "baik.txt").write_text(IKU, encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kosong.txt", b""),
        ("spasi.txt", b" \n\n"),
        ("gambar.txt", PNG),
        ("potongan.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
        ("rusak.docx", b"PK\x03\x04" + b"\x00" * 60),
        ("rusak.xlsx", b"PK\x05\x06" + b"\x00" * 18),
    ],
)
def test_one_bad_file_is_one_line_and_the_others_are_ingested(folder: Path, name: str, data: bytes) -> None:
    """A damaged file among a hundred must neither stop the work nor hide in it."""
    (folder / name).write_bytes(data)
    done = lkip("ingest", str(folder), "--format", "json", db=folder.parent / "a.db")
    summary = json.loads(done.stdout)
    assert done.returncode == 1
    assert (summary["documents"], summary["ingested"], summary["failed"]) == (2, 1, 1)
    assert summary["failures"][0]["path"].endswith(name)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and name in lines[0] and "Traceback" not in lines[0] and "(" in lines[0], done.stderr


def test_latin_1_text_is_read(folder: Path) -> None:
    """Old exports are not UTF-8; an auditor cannot be asked to convert them."""
    (folder / "lama.txt").write_bytes(IKU.replace("x 100%", "\u00d7 100%").encode("latin-1"))
    done = lkip("ingest", str(folder), "--format", "json", db=folder.parent / "a.db")
    assert json.loads(done.stdout)["ingested"] == 2, done.stderr


def test_a_huge_line_is_survived(folder: Path) -> None:
    """50 MB on one line is rubbish, but no reason to hang or to run out of memory."""
    (folder / "panjang.txt").write_bytes(b"angka 1.234 " * (50_000_000 // 12))
    done = lkip("ingest", str(folder), "--format", "json", db=folder.parent / "a.db")
    summary = json.loads(done.stdout)
    assert done.returncode in (0, 1) and summary["documents"] == 2 and summary["ingested"] >= 1
    assert len(done.stderr.strip().splitlines()) == summary["failed"]


def test_a_file_that_may_not_be_read_is_named(folder: Path) -> None:
    """The remedy is a permission, so the line must say so."""
    closed = folder / "rahasia.txt"
    closed.write_text(IKU + "x", encoding="utf-8")
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("this user may read everything")
    done = lkip("ingest", str(folder), "--format", "json", db=folder.parent / "a.db")
    assert done.returncode == 1 and "rahasia.txt" in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_a_missing_path_is_named_and_the_rest_is_read(folder: Path) -> None:
    """A typing error in one of several paths must not pass unnoticed."""
    done = lkip("ingest", str(folder), str(folder / "tidak-ada.txt"), "--format", "json", db=folder.parent / "a.db")
    assert done.returncode == 1 and json.loads(done.stdout)["ingested"] == 1
    assert "tidak-ada.txt" in done.stderr and "no such file" in done.stderr


def test_nothing_readable_at_all_is_exit_2(tmp_path: Path) -> None:
    """A script must be able to tell 'some failed' from 'nothing was done'."""
    done = lkip("ingest", str(tmp_path / "tidak-ada.txt"), db=tmp_path / "a.db")
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
    (tmp_path / "kosong").mkdir()
    done = lkip("ingest", str(tmp_path / "kosong"), db=tmp_path / "a.db")
    assert done.returncode == 2 and "no files" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit",),
        ("export", "indikator"),
        ("query", "SELECT 1"),
        ("extract", "tidak-ada.txt"),
        ("query", "bukan-kueri"),
        ("rule", "XXX999"),
        ("ingest",),
        ("audit", "--select", "XXX999"),
        ("audit", "--format", "docx"),
        ("formula",),
        ("formula", "--lines", "tidak-ada.txt"),
        ("review", "abc", "accept"),
        ("show", "abc"),
        ("bukan-perintah",),
    ],
)
def test_wrong_use_is_exit_2_or_1_without_traceback(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Every mistake gets its reason and remedy, never Python's insides."""
    done = lkip(*arguments, db=tmp_path / "tidak-ada.db")
    assert done.returncode in (1, 2) and done.stdout == ""
    assert done.stderr and "Traceback" not in done.stderr and "unexpected" not in done.stderr, done.stderr


@pytest.mark.parametrize(
    "url", ["bukan-url", "sqlite:////tidak/ada/folder/a.db", "postgresql://127.0.0.1:1/x", "oracle://x"]
)
def test_a_database_that_cannot_be_opened_is_one_line(tmp_path: Path, url: str) -> None:
    """A wrong --db is the commonest mistake of all."""
    (tmp_path / "a.txt").write_text(IKU, encoding="utf-8")
    done = lkip("ingest", str(tmp_path / "a.txt"), db=url)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr and "unexpected" not in done.stderr

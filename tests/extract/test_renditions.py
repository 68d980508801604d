"""The same declaration as text, PDF, Word, Excel and scan gives the same records: where a table came from does not matter."""

from __future__ import annotations

import shutil
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from pipeline.formula import parse
from pipeline.normalize import read_berkas

SAMPLES = Path(__file__).parents[2] / "samples"
RENDITIONS = sorted((SAMPLES / "renditions").glob("iku-*"))
VECTOR = [path for path in RENDITIONS if not path.stem.endswith("-scan")]
SCANS = [path for path in RENDITIONS if path.stem.endswith("-scan")]
SAME_LETTERS = 0.97  # of a scan: Tesseract misreads a letter here and there

Record = tuple[str | None, ...]


@cache
def records(path: Path) -> list[Record]:
    """Every indicator with the texts of its cells and the canonical text of its formula."""
    return [
        (i.no, i.sasaran, i.indikator, parse(i.formula or "").canonical, i.sumber_data, i.penanggung_jawab)
        for i in read_berkas(path).indikator
    ]


def original(path: Path) -> Path:
    return SAMPLES / f"{path.stem.removesuffix('-scan')}.txt"


def test_renditions_are_there() -> None:
    """The tests below would pass over nothing if the folder were empty."""
    assert {path.suffix for path in VECTOR} == {".pdf", ".docx", ".xlsx"} and SCANS
    assert all(path.stat().st_size < 300_000 for path in RENDITIONS)


@pytest.mark.parametrize("path", VECTOR, ids=lambda path: path.name)
def test_a_rendition_gives_the_records_of_its_text(path: Path) -> None:
    """Drawn fractions, equations and merged cells must not change what an office is found to have declared."""
    assert records(path) == records(original(path)) != []
    assert read_berkas(path).dokumen.instansi.kunci == read_berkas(original(path)).dokumen.instansi.kunci


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("path", SCANS, ids=lambda path: path.name)
def test_a_scan_gives_the_same_records_but_for_single_letters(path: Path) -> None:
    """A scanned declaration is checked like any other: the same rows, columns and fractions."""
    pytest.importorskip("cv2")
    found, wanted = records(path), records(original(path))
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert [bool(text) for text in one] == [bool(text) for text in other]
        assert SequenceMatcher(None, str(one), str(other), autojunk=False).ratio() >= SAME_LETTERS

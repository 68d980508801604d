"""Files are recognised by what they hold; what is no document is refused with its reason and remedy."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.extract import extract, read_bytes
from pipeline.extract.sniff import MAX_XML, media_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def packed(*names: str, fill: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, fill)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n\r\n%PDF-1.4 behind blank lines", "pdf"),
        (packed("word/document.xml"), "docx"),
        (packed("xl/workbook.xml"), "xlsx"),
        (OLE + wide("WordDocument"), "doc"),
        (OLE + wide("Workbook"), "xls"),
        (b"{\\rtf1 halo}", "doc"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>IKU</p>", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "xls"),
        (b'<?xml version="1.0"?><w:w xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">', "doc"),
        ("Indikator × 100%".encode("utf-16"), "text"),
        ("Indikator × 100%".encode("latin-1"), "text"),
        (b"BM bukan gambar: Bidang Metrologi", "text"),
        (b"<p>IKU</p>\tsatu", "text"),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, media: str) -> None:
    """Archives name files wrongly; a wrong guess would lose the document."""
    assert media_of(data) == media


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\x00\n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"BM" + (20).to_bytes(4, "little") + b"\x00" * 14, "BMP picture"),
        (packed("a.txt"), "ZIP archive"),
        (packed("word/document.xml")[:-30], "cut short"),
        (OLE + wide("EncryptedPackage"), "password"),
        (OLE + wide("PowerPoint Document"), "neither Word nor Excel"),
        (bytes(range(256)) * 20, "neither text"),
        (b"a" * 6_000_000, "one line"),
        (packed("word/document.xml", fill=b" " * (MAX_XML + 1)), "MB of text"),
    ],
)
def test_what_is_no_document_is_refused_with_a_remedy(data: bytes, word: str) -> None:
    """Without reason and remedy the user is left with a file that silently is not there."""
    with pytest.raises(UnreadableError) as refused:
        media_of(data)
    assert word in refused.value.reason and refused.value.remedy and "\n" not in str(refused.value)


def test_fifty_megabytes_of_one_line_are_refused_quickly() -> None:
    """A dump among the files must not hold up the whole archive."""
    began = time.perf_counter()
    with pytest.raises(UnreadableError, match="49 million"):
        read_bytes(b"1.234 angka " * (50_000_000 // 12), "dump.txt")
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp1252"])
def test_text_is_read_in_every_encoding_in_use(encoding: str) -> None:
    """An old export must show its × and not two wrong characters."""
    read = read_bytes("Rumus: A dibagi B × 100%\n".encode(encoding), "lama.txt")
    assert any("× 100%" in str(block) for block in read.blocks)


def test_places_that_hold_no_file_are_named(tmp_path: Path) -> None:
    """A loop of links, a pipe or a folder must neither hang the work nor end in a traceback."""
    loop, pipe = tmp_path / "putaran.txt", tmp_path / "pipa"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    for path, word in ((loop, "cannot be read"), (pipe, "pipe"), (tmp_path, "folder"), (tmp_path / "x", "no such")):
        with pytest.raises(UnreadableError, match=word):
            extract(path)

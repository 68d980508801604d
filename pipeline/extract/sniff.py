"""Recognises what a file is by its content, never by its name."""

from __future__ import annotations

import io
import zipfile

from pipeline.errors import UnreadableError

PICTURES = {
    b"\x89PNG\r\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
}  # fmt: skip
OFFICE_XML = {
    b"urn:schemas-microsoft-com:office:spreadsheet": "xls", b"schemas.microsoft.com/office/word/2003/wordml": "doc",
}  # fmt: skip
MAX_UNPACKED = 512 * 1024 * 1024  # a Word or Excel file that unpacks to more is hostile or no report
MAX_XML = 96 * 1024 * 1024  # one part of it that is read as a tree, which takes several times as much memory
MAX_LINE = 5_000_000  # a text file with a longer line is no document
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture_kind(data: bytes) -> str:
    """PNG, JPEG, GIF, TIFF or BMP where the bytes are such a picture; else empty."""
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "BMP"
    return next((name for magic, name in PICTURES.items() if data.startswith(magic)), "")


def media_of(data: bytes) -> str:
    """One of pdf, docx, xlsx, doc, xls, html, text. Raises UnreadableError for everything else, with the remedy."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError("the file is empty", "fetch it again")
    picture = picture_kind(data)
    if picture:
        raise UnreadableError(
            f"this is a {picture} picture, not a document",
            "name it .png, .jpg or .tif if it is the scan of a page, else put the pages into a PDF",
        )
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(_OLE):
        return _old_office(data)
    if head.startswith(b"{\\rtf"):
        return "doc"
    if head.startswith(b"<?xml"):  # Office 2003 saved XML under the names .doc and .xls
        for sign, media in OFFICE_XML.items():
            if sign in data[:4096]:
                return media
    lowered = head[:512].lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<" in lowered:
        return "html"
    return _text(data)


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(item.file_size for item in archive.infolist())
            largest = max((item.file_size for item in archive.infolist() if item.filename.endswith(".xml")), default=0)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableError("a Word or Excel file that is cut short or damaged", "fetch it again") from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableError(f"unpacks to {unpacked // 2**20} MB", "no report is so large: check where it comes from")
    if largest > MAX_XML:
        raise UnreadableError(
            f"holds {largest // 2**20} MB of text", "no report is so large: check where it comes from"
        )
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise UnreadableError("a ZIP archive, not a document", "unpack it and ingest what is in it")


def _old_office(data: bytes) -> str:
    wide = data.replace(b"\x00", b"")
    if b"EncryptedPackage" in wide:
        raise UnreadableError(
            "protected with a password", "open it in Word or Excel, remove the password, save it anew"
        )
    if b"WordDocument" in wide:
        return "doc"
    if b"Workbook" in wide or b"Book" in wide:
        return "xls"
    raise UnreadableError("an old Office file that is neither Word nor Excel", "convert it to PDF, then ingest that")


def _text(data: bytes) -> str:
    sample = data[:65_536]
    if not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
        if control * 50 > len(sample):
            raise UnreadableError("neither text nor a known kind of document", "convert it to PDF, Word, Excel or text")
    longest = max((len(line) for line in data.split(b"\n")), default=0)
    if longest > MAX_LINE:
        raise UnreadableError(
            f"one line of {longest // 1_000_000} million characters", "no document has that: check where it comes from"
        )
    return "text"

"""Reads one file of any kind into pages and blocks. Readers are imported when a file needs them."""

from __future__ import annotations

import stat
from pathlib import Path

from pipeline.errors import UnreadableError
from pipeline.model import Extraction

__all__ = ["extract", "read_bytes"]

PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff")
"""A picture under another name is none of a page: a PNG called .txt is a mistake to be told."""
MAX_BYTES = 1024 * 1024 * 1024


def extract(path: Path) -> Extraction:
    """Reads `path`, once. Raises UnreadableError (empty, damaged, encrypted, unknown, not permitted) or MissingToolError."""
    try:
        kind = path.stat()
        if not (stat.S_ISREG(kind.st_mode) or stat.S_ISDIR(kind.st_mode)):
            raise UnreadableError("a pipe or device, not a file", "save it as a file first")
        if kind.st_size > MAX_BYTES:
            raise UnreadableError(f"{kind.st_size // 2**20} MB are too much for one document", "split it")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError("there is no such file", "check the path") from error
    except IsADirectoryError as error:
        raise UnreadableError("this is a folder", "name its files, or let `lkip ingest` walk it") from error
    except PermissionError as error:
        raise UnreadableError("may not be read", "ask for permission to read it") from error
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}", "check the disk") from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Extraction:
    """The same for bytes already at hand. `name` is only shown, but for pictures: they are pages where they are named so."""
    from pipeline.extract.sniff import media_of, picture_kind

    if picture_kind(data) and name.lower().endswith(PICTURE_NAMES):
        from pipeline.extract.pdf import read_pdf

        return read_pdf(data, name)
    media = media_of(data)
    if media == "pdf":
        from pipeline.extract.pdf import read_pdf

        return read_pdf(data, name)
    if media == "docx":
        from pipeline.extract.word import read_docx

        return read_docx(data, name)
    if media == "xlsx":
        from pipeline.extract.excel import read_xlsx

        return read_xlsx(data, name)
    if media in ("doc", "xls"):
        from pipeline.extract.legacy import read_legacy

        return read_legacy(data, name)
    if media == "html":
        from pipeline.extract.html import read_html

        return read_html(data, name)
    from pipeline.extract.text import read_text

    return read_text(data, name)

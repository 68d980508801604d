"""Reads old Word and Excel files (DOC, XLS, RTF) by having LibreOffice convert them; optional, said clearly when absent."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from pipeline.errors import MissingToolError, UnreadableError
from pipeline.model import Extraction

TIMEOUT = 180  # seconds for one conversion
INSTALL = "apt install libreoffice-writer libreoffice-calc libreoffice-math"


def read_legacy(data: bytes, name: str) -> Extraction:
    """Raises MissingToolError without LibreOffice, UnreadableError where it cannot convert the file."""
    from pipeline.extract.sniff import media_of

    media = media_of(data)
    modern = "docx" if media == "doc" else "xlsx"
    converted = convert(data, "rtf" if data.lstrip()[:5] == b"{\\rtf" else media, modern)
    if modern == "docx":
        from pipeline.extract.legacy_equations import equations_of, pictured
        from pipeline.extract.word import read_docx

        read = read_docx(converted, name, pictured(converted, equations_of(data)))
    else:
        from pipeline.extract.excel import read_xlsx

        read = read_xlsx(converted, name)
    return replace(
        read, media=media, sha256=hashlib.sha256(data).hexdigest(), notes=(*read.notes, "converted by LibreOffice")
    )


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """The bytes of the file in format `target`, made in a profile and folder of its own."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingToolError("old Word and Excel files need LibreOffice", INSTALL)
    with tempfile.TemporaryDirectory(prefix="lkip-") as folder:
        source = Path(folder) / f"document.{suffix}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", target]
        try:
            subprocess.run(
                [*command, "--outdir", folder, str(source)],
                timeout=TIMEOUT, capture_output=True, check=False, env=os.environ | {"HOME": folder},
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(
                f"LibreOffice did not finish within {TIMEOUT} s", "save it as DOCX or XLSX"
            ) from error
        made = source.with_suffix(f".{target}")
        if not made.exists():
            raise UnreadableError("LibreOffice cannot open it: damaged, or protected with a password", "save it anew")
        return made.read_bytes()

"""`lkip doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec

import click

from pipeline.cli.common import common, put, table

PROGRAMS = (
    ("tesseract", "scans", "apt install tesseract-ocr tesseract-ocr-script-latn"),
    ("soffice", "DOC and XLS", "apt install libreoffice-writer libreoffice-calc libreoffice-math"),
)
EXTRAS = (
    ("cv2", "scans", "pip install 'lkip[ocr]'"),
    ("starlette", "lkip serve", "pip install 'lkip[web]'"),
    ("pyarrow", "export --format parquet", "pip install 'lkip[parquet]'"),
    ("pg8000", "PostgreSQL", "pip install 'lkip[postgres]'"),
    ("distributed", "--executor dask://…", "pip install 'lkip[dask]'"),
    ("datasette", "lkip explore", "pip install 'lkip[explore]'"),
)


@click.command("doctor")
@common("text", "json")
def command(db: str, format_: str, lang: str, quiet: bool) -> int:
    """Say what optional parts are there, what they are for, and how to install the missing ones."""
    rows = [(name, use, shutil.which(name) is not None, how) for name, use, how in PROGRAMS]
    rows += [(name, use, find_spec(name) is not None, how) for name, use, how in EXTRAS]
    if format_ == "json":
        put(json.dumps([{"part": n, "for": u, "present": p, "install": h} for n, u, p, h in rows], indent=1))
    else:
        table(("part", "for", "", "install"), [(n, u, "ok" if p else "missing", "" if p else h) for n, u, p, h in rows])
    return 0

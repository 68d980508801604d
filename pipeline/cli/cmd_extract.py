"""`lkip extract`: the logical tables of one file, without a database."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import click

from pipeline.cli.common import common, put, table
from pipeline.errors import LkipError
from pipeline.model import LogicalTable
from pipeline.report.json import where_json


def table_json(one: LogicalTable) -> dict[str, Any]:
    """A table as DESIGN's contract gives it, with what is known of columns and rows beside."""
    return {
        "ordinal": one.ordinal, "kind": one.kind, "title": one.title, "page": one.where.page, "line": one.where.line,
        "version": one.version,
        "columns": [
            {"field": c.field, "label": c.label, "nomor": c.nomor, "formula": c.formula, "tahun": c.tahun,
             "tahun_ke": c.tahun_ke, "triwulan": c.triwulan, "satuan": c.satuan}
            for c in one.columns
        ],
        "rows": [
            {"line": row.where.line, "page": row.where.page, "kind": row.kind, "level": row.level, "band": list(row.band),
             "cells": [
                 {"field": cell.field, "text": cell.text, "inherited": cell.inherited, "where": where_json(cell.where),
                  "lines": list(cell.lines),
                  "value": None if cell.reading is None or cell.reading.value is None else str(cell.reading.value),
                  "status": cell.reading.status if cell.reading else None,
                  "code": cell.reading.code if cell.reading else None}
                 for cell in row.cells
             ]}
            for row in one.rows
        ],
    }  # fmt: skip


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--debug-images", type=click.Path(path_type=Path, file_okay=False), help="Draw what the table finder saw."
)
@common("text", "json", "csv")
def command(file: Path, debug_images: Path | None, db: str, format_: str, lang: str, quiet: bool) -> int:
    """Print the logical tables of one file."""
    from pipeline.normalize import read_berkas

    try:
        berkas = read_berkas(file, str(file))
    except LkipError as error:
        raise type(error)(error.reason, error.remedy, str(file)) from error
    if debug_images is not None:
        from pipeline.extract.picture import debug_images as draw

        debug_images.mkdir(parents=True, exist_ok=True)
        draw(file.read_bytes(), debug_images)
    if format_ == "json":
        document = berkas.dokumen
        head = {
            "path": document.path, "sha256": document.sha256, "media": document.media, "kind": document.kind,
            "instansi": document.instansi.nama, "wilayah": document.instansi.wilayah, "tahun": document.tahun,
            "pages": [{"number": page.number, "status": page.status, "note": page.note} for page in berkas.pages],
        }  # fmt: skip
        put(json.dumps({"document": head, "tables": [table_json(one) for one in berkas.tables]}, ensure_ascii=False))
    elif format_ == "csv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        for one in berkas.tables:
            writer.writerow(["#", one.ordinal, one.kind, one.title])
            writer.writerow([column.label for column in one.columns])
            writer.writerows([cell.text for cell in row.cells] for row in one.rows)
        put(buffer.getvalue())
    else:
        for one in berkas.tables:
            heads = [f"{column.label}\n[{column.field or '?'}]" for column in one.columns]
            table(
                heads,
                ([cell.text for cell in row.cells] for row in one.rows),
                f"{one.ordinal}. {one.kind}: {one.title}",
            )
    return 0

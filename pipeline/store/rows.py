"""Maps the pipeline's values to database rows and back, without loss: load(save(x)) == x."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pipeline.interval import Interval
from pipeline.model import (
    Anggaran,
    Berkas,
    Block,
    Cell,
    Column,
    Heading,
    Indikator,
    KeyValue,
    Kinerja,
    LogicalTable,
    Page,
    Paragraph,
    Reading,
    Row,
    Statement,
    Where,
)

Values = dict[str, Any]


def put_where(where: Where) -> Values:
    return {
        "page": where.page, "line": where.line, "bbox": list(where.bbox) if where.bbox else None,
        "place_table": where.table, "place_row": where.row, "place_column": where.column,
    }  # fmt: skip


def get_where(row: Mapping[str, Any]) -> Where:
    bbox = row["bbox"]
    return Where(
        row["page"], row["line"], row["place_table"], row["place_row"], row["place_column"],
        tuple(bbox) if bbox else None,
    )  # fmt: skip


# "[391/4, 394/4)": low, high, each end closed or open
_INTERVAL = re.compile(r"([\[(])([^,]+), ([^\])]+)([\])])")


def put_interval(reading: Reading) -> str | None:
    interval, value = reading.interval, reading.value
    if interval is None:
        return None
    if value is not None and interval == Interval.exact(value):
        return "="
    if value is not None and interval == Interval.printed(value, reading.places):
        return "±"
    return f"{'(' if interval.low_open else '['}{interval.low}, {interval.high}{')' if interval.high_open else ']'}"


def get_interval(text: str | None, value: Decimal | None, places: int) -> Interval | None:
    if text is None:
        return None
    if text in ("=", "±"):
        assert value is not None
        return Interval.exact(value) if text == "=" else Interval.printed(value, places)
    parts = _INTERVAL.fullmatch(text)
    assert parts is not None, text
    return Interval(Fraction(parts[2]), Fraction(parts[3]), parts[1] == "(", parts[4] == ")")


_NO_READING: Values = dict.fromkeys(
    ("reading", "status", "value", "number", "interval", "low", "high", "places", "satuan", "details")
)


def put_reading(text: str, reading: Reading | None) -> Values:
    if reading is None:
        return {**_NO_READING, "text": text}
    details: Values = {
        name: getattr(reading, name) for name in ("grade", "code", "decided_by") if getattr(reading, name)
    }
    if reading.text != text:
        details["text"] = reading.text
    if reading.candidates:
        details["candidates"] = [str(candidate) for candidate in reading.candidates]
    if reading.repairs:
        details["repairs"] = list(reading.repairs)
    interval, value = reading.interval, reading.value
    return {
        "text": text, "reading": reading.kind, "status": reading.status,
        "value": None if value is None else str(value), "number": None if value is None else float(value),
        "interval": put_interval(reading), "low": float(interval.low) if interval else None,
        "high": float(interval.high) if interval else None, "places": reading.places, "satuan": reading.satuan,
        "details": details or None,
    }  # fmt: skip


_PLAIN: Values = {}


def get_reading(row: Mapping[str, Any]) -> Reading | None:
    if row["reading"] is None:
        return None
    details = row["details"] or _PLAIN
    value = None if row["value"] is None else Decimal(row["value"])
    return Reading(
        text=details.get("text", row["text"]),
        kind=row["reading"],
        status=row["status"],
        value=value,
        interval=get_interval(row["interval"], value, row["places"]),
        satuan=row["satuan"],
        grade=details.get("grade"),
        candidates=tuple(map(Decimal, details.get("candidates", ()))),
        repairs=tuple(details.get("repairs", ())),
        decided_by=details.get("decided_by", ""),
        code=details.get("code"),
        places=row["places"],
    )


def put_pages(berkas: Berkas) -> Iterable[Values]:
    for page in berkas.pages:
        yield {
            "number": page.number, "status": page.status, "width": page.width, "height": page.height,
            "rotation": page.rotation, "origin": list(page.origin), "note": page.note, "name": page.name,
            "hidden": int(page.hidden),
        }  # fmt: skip


def get_page(row: Mapping[str, Any]) -> Page:
    return Page(
        row["number"], row["status"], row["width"], row["height"], row["rotation"], tuple(row["origin"]), row["note"],
        row["name"], bool(row["hidden"]),
    )  # fmt: skip


def put_blocks(berkas: Berkas) -> Iterable[Values]:
    empty = {"key": None, "marker": None, "level": None, "confidence": None}
    for block in berkas.blocks:
        if isinstance(block, Paragraph):
            own: Values = {"kind": "paragraph", "text": block.text, "raw": block.raw, "marker": block.marker}
            own["confidence"] = block.confidence
        elif isinstance(block, Heading):
            own = {"kind": "heading", "text": block.text, "raw": block.raw, "level": block.level}
        elif isinstance(block, KeyValue):
            own = {"kind": "key_value", "text": block.value, "raw": block.raw, "key": block.key}
        else:
            continue
        yield empty | own | put_where(block.where)


def get_block(row: Mapping[str, Any]) -> Block:
    where = get_where(row)
    if row["kind"] == "heading":
        return Heading(row["text"], where, row["level"], row["raw"])
    if row["kind"] == "key_value":
        return KeyValue(row["key"], row["text"], where, row["raw"])
    return Paragraph(row["text"], where, row["raw"], row["marker"], row["confidence"])


def put_tables(berkas: Berkas) -> tuple[list[Values], list[Values], list[Values], list[Values]]:
    """(tables, columns, rows, cells) of one document."""
    tables: list[Values] = []
    columns: list[Values] = []
    rows: list[Values] = []
    cells: list[Values] = []
    for table in berkas.tables:
        own = {"kind": table.kind, "title": table.title, "version": table.version, "pages": list(table.pages)}
        tables.append({"tabel": table.ordinal, **own, "notes": list(table.notes), **put_where(table.where)})
        for number, column in enumerate(table.columns):
            columns.append(
                {
                    "tabel": table.ordinal, "kolom": number, "field": column.field, "label": column.label,
                    "nomor": column.nomor, "formula": column.formula, "tahun": column.tahun,
                    "tahun_ke": column.tahun_ke, "triwulan": column.triwulan, "satuan": column.satuan,
                }
            )  # fmt: skip
        for index, row in enumerate(table.rows):
            own = {"tabel": table.ordinal, "baris": index, "kind": row.kind, "level": row.level, "band": list(row.band)}
            rows.append(own | put_where(row.where))
            for number, cell in enumerate(row.cells):
                cells.append(
                    {
                        "tabel": table.ordinal, "baris": index, "kolom": number, "field": cell.field, "raw": cell.raw,
                        "inherited": int(cell.inherited), "lines": list(cell.lines), "confidence": cell.confidence,
                        "vouched": 0, **put_reading(cell.text, cell.reading), **put_where(cell.where),
                    }
                )  # fmt: skip
    return tables, columns, rows, cells


def get_column(row: Mapping[str, Any]) -> Column:
    return Column(
        row["field"], row["label"], row["nomor"], row["formula"], row["tahun"], row["tahun_ke"], row["triwulan"],
        row["satuan"],
    )  # fmt: skip


def get_cell(row: Mapping[str, Any]) -> Cell:
    return Cell(
        row["field"], row["text"], get_where(row), row["raw"], bool(row["inherited"]), tuple(row["lines"]),
        row["confidence"], get_reading(row),
    )  # fmt: skip


def get_row(row: Mapping[str, Any], cells: tuple[Cell, ...]) -> Row:
    return Row(cells, get_where(row), row["kind"], tuple(row["band"]), row["level"])


def get_table(row: Mapping[str, Any], columns: tuple[Column, ...], rows: tuple[Row, ...]) -> LogicalTable:
    return LogicalTable(
        row["tabel"], row["kind"], row["title"], get_where(row), columns, rows, row["version"], tuple(row["pages"]),
        tuple(row["notes"]),
    )  # fmt: skip


_INDIKATOR = (
    "kind", "version", "no", "tujuan", "sasaran", "indikator", "satuan", "formula", "sumber_data", "penanggung_jawab",
    "tahun", "kunci",
)  # fmt: skip


def put_indikator(record: Indikator) -> Values:
    own = {name: getattr(record, name) for name in _INDIKATOR}
    own |= {"tabel": record.table, "baris": record.row, "inherited": list(record.inherited)}
    return own | put_where(record.where)


def get_indikator(row: Mapping[str, Any]) -> Indikator:
    own = {name: row[name] for name in _INDIKATOR}
    return Indikator(
        table=row["tabel"], row=row["baris"], where=get_where(row), inherited=tuple(row["inherited"]), **own
    )  # fmt: skip


def parsed(berkas: Berkas) -> tuple[Mapping[str, Any] | None, ...]:
    """The formula of each indicator as `lkip formula --format json` gives it; None where there is none."""
    if not any(record.formula for record in berkas.indikator):
        return (None,) * len(berkas.indikator)
    from pipeline.normalize.formulas import formula_of

    tables = {table.ordinal: table for table in berkas.tables}
    found = (formula_of(record, tables) for record in berkas.indikator)
    return tuple(formula.to_json() if formula else None for formula in found)


def _put_figure(record: Kinerja | Anggaran, names: tuple[str, ...]) -> Values:
    own = {name: getattr(record, name) for name in names}
    own |= {"tabel": record.table, "baris": record.row, "kolom": record.column, "band": list(record.band)}
    return own | put_reading(record.reading.text, record.reading) | put_where(record.where)


def _get_figure(row: Mapping[str, Any], names: tuple[str, ...]) -> Values:
    own = {name: row[name] for name in names}
    own |= {"table": row["tabel"], "row": row["baris"], "column": row["kolom"], "band": tuple(row["band"])}
    return own | {"reading": get_reading(row), "where": get_where(row)}


_KINERJA = ("indikator", "kunci", "jenis", "tahun", "triwulan")
_ANGGARAN = ("jenis", "nama", "level", "kode", "tahun")


def put_kinerja(record: Kinerja) -> Values:
    return _put_figure(record, _KINERJA)


def get_kinerja(row: Mapping[str, Any]) -> Kinerja:
    return Kinerja(**_get_figure(row, _KINERJA))


def put_anggaran(record: Anggaran) -> Values:
    return _put_figure(record, _ANGGARAN)


def get_anggaran(row: Mapping[str, Any]) -> Anggaran:
    return Anggaran(**_get_figure(row, _ANGGARAN))


def put_statement(record: Statement) -> Values:
    own = {"sentence": record.text, "about": record.about, "jenis": record.jenis, "tahun": record.tahun}
    return own | put_reading(record.figure, record.reading) | put_where(record.where)


def get_statement(row: Mapping[str, Any]) -> Statement:
    reading = get_reading(row)
    assert reading is not None
    return Statement(get_where(row), row["sentence"], row["text"], reading, row["about"], row["jenis"], row["tahun"])

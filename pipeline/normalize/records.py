"""Turns logical tables into canonical records: indicators as declared, performance figures, amounts of the programme tree.

In tables that lay several levels side by side (RKT: tujuan, sasaran, program, sub kegiatan, each with its own indicator
and target) a figure belongs to the nearest naming column on its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.model import Anggaran, Cell, Column, Indikator, Kinerja, LogicalTable, Reading, Row
from pipeline.normalize.names import fold, key_of
from pipeline.readings.nomenclature import level_of_name

KINERJA_FIELDS = (
    "target", "realisasi", "capaian", "predikat", "baseline", "target_akhir", "capaian_akhir", "pembanding",
)  # fmt: skip
ANGGARAN_FIELDS = {
    "anggaran": "pagu",
    "realisasi_anggaran": "realisasi_anggaran",
    "serapan": "serapan",
    "anggaran_akhir": "anggaran_akhir",
}
_NAME_FIELDS = ("sub_kegiatan", "kegiatan", "program", "uraian")
_INDICATOR_FIELDS = ("indikator", "indikator_tujuan")
_CUMULATIVE = re.compile(r"\b(?:kumulatif|akumulasi)\b|20\d\d\s*\+\s*20\d\d", re.IGNORECASE)  # "(2014+2015+2016)"
_UP_TO = re.compile(
    r"\b(?:s\s?\.?/?\s?d\.?|sd|sampai\s+dengan|hingga)\s+(?:tahun|th)\b", re.IGNORECASE
)  # "s/d tahun 2014"
_OF_PLAN_UP_TO = re.compile(r"\b(?:renstra|rpjmd)\b.*\b(?:s\s?\.?/?\s?d\.?|sampai\s+dengan)\b", re.IGNORECASE)
_COMPARED_YEARS = re.compile(r"(20\d\d)\b.*\b(?:thd|thdp|terhadap)\b.*(20\d\d)", re.IGNORECASE)  # "s.d. 2024 thd 2026"
_PHYSICAL = re.compile(r"\bfisi?k\b", re.IGNORECASE)
_LEVEL_WORD = re.compile(r"(program|kegiatan|sub[\s-]*kegiatan)\s+\S", re.IGNORECASE)  # "Sub Kegiatan Penyediaan …"
_SEVERAL_LEVELS = re.compile(r"program.*kegiatan|sasaran.*program", re.IGNORECASE | re.DOTALL)
NOMENCLATURE_SINCE = 2021  # budgets by Permendagri 90/2019
_NAMED_LAST = re.compile(r"\b(sub kegiatan|kegiatan)\s+((?:(?!\bkegiatan\b).)+)$", re.IGNORECASE)  # "… Sub Kegiatan X"
_INPUTS = {"target": "pagu", "realisasi": "realisasi_anggaran"}
_COLUMN_REFERENCE = re.compile(r"\d{1,2}")
# "Anggaran Murni", "Setelah Perubahan", "Rancangan Awal RKPD": which version of a figure a column states
_VERSION = re.compile(
    r"\b(?:murni|induk|semula|menjadi|pergeseran|perubahan|p-?apbd|dppa|rancangan|hasil\s+analisis|usulan)\b",
    re.IGNORECASE,
)


_INCOME = re.compile(r"\b(?:pendapatan|penerimaan|retribusi)\b", re.IGNORECASE)
_OF_OFFICE = re.compile(
    r"\b(?:dinas|badan)\s+(?:pengelola\w*\s+)?(?:keuangan\s+dan\s+)?pendapatan\b", re.IGNORECASE
)  # whose name is no word for income
_BUDGET = re.compile(r"\b(?:anggaran|pagu|belanja)\b", re.IGNORECASE)


def is_income(table: LogicalTable) -> bool:
    """Whether the money of a table is earned, not spent: by its title, where no column speaks of a budget or an activity."""
    spent = any(
        c.field in ("program", "kegiatan", "sub_kegiatan", "kode") or _BUDGET.search(c.label) for c in table.columns
    )
    return bool(_INCOME.search(_OF_OFFICE.sub("", table.title))) and not spent


def nearest_left(columns: Sequence[Column], column: int, fields: Sequence[str]) -> int | None:
    """The column of one of `fields` nearest to the left of `column`; the first on its right where there is none."""
    left = [i for i in range(column - 1, -1, -1) if columns[i].field in fields]
    if left:
        return left[0]
    return next((i for i in range(column + 1, len(columns)) if columns[i].field in fields), None)


def _text(row: Row, column: int | None) -> str | None:
    if column is None or column >= len(row.cells):
        return None
    return fold(row.cells[column].text) or None


def _pick(table: LogicalTable, row: Row, near: int, name: str) -> tuple[str | None, Cell | None]:
    """The text of field `name` that belongs to the indicator in column `near`: the nearest one, left before right for what
    names it, right before left for what describes it."""
    columns = [i for i, column in enumerate(table.columns) if column.field == name]
    if not columns:
        return None, None
    chosen = min(columns, key=lambda i: abs(i - near))
    return _text(row, chosen), row.cells[chosen] if chosen < len(row.cells) else None


def _data_rows(table: LogicalTable) -> Iterable[tuple[int, Row]]:
    return ((index, row) for index, row in enumerate(table.rows) if row.kind == "data")


def _jenis(table: LogicalTable, column: Column) -> str:
    """What a figure is: the column's field, but a share of something else than the target is no capaian of it, and a sum over
    years no realisasi of one."""
    field = column.field or ""
    if field == "realisasi" and (_CUMULATIVE.search(column.label) or _is_up_to(table, column)):
        return "realisasi_kumulatif"
    compared = _COMPARED_YEARS.search(column.label)
    if field == "capaian" and compared:
        return "capaian_akhir" if compared.group(2) > compared.group(1) else "perkembangan"
    if field == "capaian" and column.formula:
        numbers = set(_COLUMN_REFERENCE.findall(column.formula)) - {"100"}
        named = {one.field for one in table.columns if one.nomor in numbers}
        if "pembanding" in named:
            return "capaian_pembanding"
        if named == {"realisasi"}:
            return "perkembangan"
    return field


def _is_up_to(table: LogicalTable, column: Column) -> bool:
    """Whether the column counts from the plan's first year on: it says so, and another one has the year by itself."""
    if _OF_PLAN_UP_TO.search(column.label):
        return True
    alone = [c for c in table.columns if c.field == column.field and not _UP_TO.search(c.label)]
    return bool(_UP_TO.search(column.label)) and any(c.tahun == column.tahun for c in alone)


def _jenis_of_amount(table: LogicalTable, column: Column) -> str:
    jenis = ANGGARAN_FIELDS[column.field or ""]
    return "realisasi_anggaran_kumulatif" if jenis == "realisasi_anggaran" and _is_up_to(table, column) else jenis


def _versions(table: LogicalTable) -> dict[int, str]:
    """Columns that state one figure of one year in several versions: column -> the words that tell them apart."""
    versions: dict[int, str] = {}
    for number, column in enumerate(table.columns):
        alike = [
            c for c in table.columns if (c.field, c.tahun, c.triwulan) == (column.field, column.tahun, column.triwulan)
        ]
        said = next((part for part in reversed(column.label.split(" / ")) if _VERSION.search(part)), None)
        if column.field in ("anggaran", "target") and len(alike) > 1 and said:
            versions[number] = said
    return versions


def indikator_of(table: LogicalTable, tahun: int | None) -> Iterable[Indikator]:
    """Every indicator that a row of the table names in a cell of its own (cells filled down do not name it again)."""
    columns = [i for i, column in enumerate(table.columns) if column.field in _INDICATOR_FIELDS]
    for index, row in _data_rows(table):
        for column in columns:
            if column >= len(row.cells):
                continue
            cell = row.cells[column]
            name = fold(cell.text)
            if not name or (cell.inherited and _text(row, nearest_left(table.columns, column, ("formula",))) is None):
                continue
            parts = {
                field: _pick(table, row, column, field)
                for field in ("no", "tujuan", "sasaran", "satuan", "formula", "sumber_data", "penanggung_jawab")
            }
            if table.columns[column].field == "indikator_tujuan":
                parts = {field: part for field, part in parts.items() if field in ("tujuan", "satuan")}
            inherited = tuple(field for field, (_, part) in parts.items() if part is not None and part.inherited)
            yield Indikator(
                table=table.ordinal,
                row=index,
                where=cell.where,
                kind=table.kind,
                version=table.version,
                indikator=name,
                tahun=tahun,
                inherited=inherited + (("indikator",) if cell.inherited else ()),
                kunci=key_of(name),
                **{field: text for field, (text, _) in parts.items()},
            )


def _figures(table: LogicalTable, fields: Iterable[str]) -> Iterable[tuple[int, Row, int, Column, Reading]]:
    wanted = set(fields)
    for index, row in _data_rows(table):
        for number, column in enumerate(table.columns):
            if column.field in wanted and number < len(row.cells):
                cell = row.cells[number]
                if cell.reading is not None and cell.reading.status != "empty" and not cell.inherited:
                    yield index, row, number, column, cell.reading


def kinerja_of(table: LogicalTable, years: Sequence[int | None]) -> Iterable[Kinerja]:
    """Targets, realisations and what is computed from them, per indicator, year and quarter; `years`: of each column."""
    named = {column.field for column in table.columns} & set(_INDICATOR_FIELDS)
    outputs, versions = table.kind == "input_output", _versions(table)
    for index, row, number, column, reading in _figures(table, KINERJA_FIELDS):
        jenis = _jenis(table, column)
        owners: tuple[str, ...] = _INDICATOR_FIELDS if named else ("sasaran",)
        if column.field == "realisasi" and _PHYSICAL.search(column.label):
            nearest = nearest_left(table.columns, number, (*_NAME_FIELDS, *_INDICATOR_FIELDS))
            if nearest is not None and table.columns[nearest].field in _NAME_FIELDS:
                jenis, owners = "realisasi_fisik", _NAME_FIELDS
        if outputs:
            owners = ("uraian",)
        source = nearest_left(table.columns, number, owners)
        name = _text(row, source)
        if name is None or column.field is None or (outputs and reading.kind == "rupiah"):
            continue
        yield Kinerja(
            table=table.ordinal,
            row=index,
            column=number,
            where=row.cells[number].where,
            indikator=name,
            kunci=key_of(name),
            jenis=jenis,
            reading=reading,
            tahun=years[number],
            triwulan=column.triwulan,
            band=(*row.band, versions[number]) if number in versions else row.band,
        )


def anggaran_of(table: LogicalTable, years: Sequence[int | None]) -> Iterable[Anggaran]:
    """Amounts and absorption of program, kegiatan and sub kegiatan, with the code of the row; `years`: of each column."""
    if is_income(table):
        return
    if table.kind == "input_output":
        yield from _inputs_of(table, years)
        return
    code = next((i for i, column in enumerate(table.columns) if column.field == "kode"), None)
    versions = _versions(table)
    fields = {column.field for column in table.columns}
    usual = (
        _NAME_FIELDS
        if fields & set(_NAME_FIELDS)
        else next(
            (named for named in (("sasaran",), ("sumber_dana",), ("indikator",)) if named[0] in fields), ("sasaran",)
        )
    )
    for index, row, number, column, reading in _figures(table, ANGGARAN_FIELDS):
        goal = row.level in ("tujuan", "sasaran") and not any(_own(table, row, i, usual) for i in range(number))
        names = (row.level or "",) if goal else usual
        left = [i for i in range(number) if table.columns[i].field in names and not _blank(row, i)]
        own = [i for i in left if not row.cells[i].inherited]
        named = own or left
        source = named[-1] if named else nearest_left(table.columns, number, names)
        name = _text(row, source)
        if name is None:
            continue
        kode = row.cells[code].reading if code is not None and code < len(row.cells) else None
        level = _level_of(row, table.columns[source] if source is not None else None, name, years[number])
        yield Anggaran(
            table=table.ordinal,
            row=index,
            column=number,
            where=row.cells[number].where,
            jenis=_jenis_of_amount(table, column),
            reading=reading,
            nama=name,
            level=level,
            kode=kode.code if kode and not _is_number(kode.code, level) else None,
            tahun=years[number],
            band=(*row.band, *_marks(column, versions.get(number))),
        )


def _is_number(code: str | None, level: str | None) -> bool:
    """Whether the "code" of a program or what is below it has no segment for the program: rows were merely numbered."""
    return code is not None and level in ("program", "kegiatan", "sub_kegiatan") and code.count(".") < 2


def _marks(column: Column, version: str | None) -> tuple[str, ...]:
    """What tells amounts of one row and year apart: the quarter, the version of the budget."""
    quarter = f"Triwulan {('I', 'II', 'III', 'IV')[column.triwulan - 1]}" if column.triwulan in (1, 2, 3, 4) else None
    return tuple(mark for mark in (quarter, version) if mark)


def _own(table: LogicalTable, row: Row, column: int, fields: Sequence[str]) -> bool:
    """Whether the row prints something of its own in a column of one of `fields`."""
    return table.columns[column].field in fields and not _blank(row, column) and not row.cells[column].inherited


def _inputs_of(table: LogicalTable, years: Sequence[int | None]) -> Iterable[Anggaran]:
    """The money of a table of inputs and outputs: of the activity that the lines above name last."""
    named = _NAMED_LAST.search(" ".join(table.title.split()))
    if named is None:
        return
    for index, row, number, column, reading in _figures(table, _INPUTS):
        if reading.kind == "rupiah":
            yield Anggaran(
                table=table.ordinal,
                row=index,
                column=number,
                where=row.cells[number].where,
                jenis=_INPUTS[column.field or ""],
                reading=reading,
                nama=fold(named.group()),
                level="_".join(named.group(1).lower().split()),
                tahun=years[number],
                band=row.band,
            )


def _blank(row: Row, column: int) -> bool:
    return column >= len(row.cells) or not row.cells[column].text.strip()


def _level_of(row: Row, column: Column | None, name: str, tahun: int | None) -> str | None:
    """Level by the row, by the first word of the name, by the nomenclature in force since 2021, by the column; None where a
    column of several levels ("Program / Kegiatan") leaves it open."""
    said = _LEVEL_WORD.match(name)
    of_row = (
        row.level if column is None or column.field not in ("sasaran", "tujuan") or row.level != column.field else None
    )
    if said and of_row is None:
        return "_".join(said.group(1).lower().replace("-", " ").split()).replace("subkegiatan", "sub_kegiatan")
    if row.level or column is None:
        return row.level
    listed = level_of_name(name) if tahun is not None and tahun >= NOMENCLATURE_SINCE else None
    if listed or _SEVERAL_LEVELS.search(column.label):
        return listed
    return column.field if column.field in ("tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan") else None

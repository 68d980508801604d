"""Keeps people's judgements on which names are one and what a cell says, and gives the audit documents that follow them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import insert, select

from pipeline.model import Berkas
from pipeline.normalize.matching import Judgement
from pipeline.store.models import INDIKATOR, JUDGEMENT
from pipeline.store.store import Store, now

READING = "bacaan"


def indicator_keys(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return list(connection.execute(select(INDIKATOR.c.kunci).distinct()).scalars())


def judgements(store: Store) -> list[Judgement]:
    """All judgements, oldest first."""
    query = select(JUDGEMENT).order_by(JUDGEMENT.c.id)
    names = ("jenis", "a", "b", "alasan", "oleh")
    with store.engine.connect() as connection:
        rows = list(map(dict, connection.execute(query).mappings()))
    return [Judgement(sama=bool(row["sama"]), **{name: row[name] for name in names}) for row in rows]


def add_judgements(store: Store, new: Iterable[Judgement]) -> int:
    """Appends those not known yet; returns how many."""
    known = set(judgements(store))
    values = [asdict(item) | {"sama": int(item.sama), "at": now()} for item in new if item not in known]
    if values:
        with store.engine.begin() as connection:
            connection.execute(insert(JUDGEMENT), values)
    return len(values)


@dataclass(frozen=True, slots=True)
class Judged:
    """Documents as people's judgements have them; `apart`: pairs of indicator keys that are two; `unused`: corrections of
    readings whose cell no longer says what was corrected."""

    berkas: list[Berkas]
    apart: frozenset[frozenset[str]]
    unused: list[Judgement]


def judged(berkas: Sequence[Berkas], found: Sequence[Judgement]) -> Judged:
    """Applies judgements: corrected cells are read anew with their records, indicators and offices that are one get one key.
    The later judgement on the same pair or cell counts."""
    if not found:
        return Judged(list(berkas), frozenset(), [])
    corrections = {(item.jenis, item.a): item for item in found if item.jenis == READING}
    names, offices = _one_key(found, "indikator"), _one_key(found, "instansi")
    pairs = {frozenset((item.a, item.b)): item.sama for item in found if item.jenis == "indikator"}
    used: set[str] = set()
    made = [_named(_corrected(one, corrections, used), names, offices) for one in berkas]
    apart = frozenset(
        frozenset(names.get(key, key) for key in pair) for pair, same in pairs.items() if not same and len(pair) == 2
    )
    return Judged(made, apart, [item for (_, place), item in corrections.items() if place not in used])


def cell_key(sha256: str, table: int, row: int, column: int, text: str) -> str:
    """Names a cell with what it said, so that a correction holds only as long as it says so."""
    return f"{sha256}:{table}:{row}:{column}:{text}"


def _corrected(berkas: Berkas, corrections: Mapping[tuple[str, str], Judgement], used: set[str]) -> Berkas:
    sha256 = berkas.dokumen.sha256
    if not any(place.startswith(f"{sha256}:") for _, place in corrections):
        return berkas
    from pipeline.normalize import with_tables
    from pipeline.readings import read_table

    tables = []
    for table in berkas.tables:
        rows = []
        for number, row in enumerate(table.rows):
            cells = list(row.cells)
            for column, cell in enumerate(cells):
                item = corrections.get((READING, cell_key(sha256, table.ordinal, number, column, cell.text)))
                if item is not None:
                    used.add(item.a)
                    cells[column] = replace(cell, text=item.b, reading=None)
            rows.append(row if tuple(cells) == row.cells else replace(row, cells=tuple(cells)))
        changed = any(new is not old for new, old in zip(rows, table.rows, strict=True))
        tables.append(read_table(replace(table, rows=tuple(rows))) if changed else table)
    return (
        with_tables(berkas, tables)
        if any(new is not old for new, old in zip(tables, berkas.tables, strict=True))
        else berkas
    )


def _one_key(found: Sequence[Judgement], jenis: str) -> dict[str, str]:
    """Key -> the first in the alphabet of those that people said are one."""
    last = {frozenset((item.a, item.b)): item for item in found if item.jenis == jenis}
    group: dict[str, set[str]] = {}
    for item in last.values():
        if item.sama:
            joined = group.get(item.a, {item.a}) | group.get(item.b, {item.b})
            group.update(dict.fromkeys(joined, joined))
    return {key: min(keys) for key, keys in group.items()}


def _named(berkas: Berkas, names: Mapping[str, str], offices: Mapping[str, str]) -> Berkas:
    office = berkas.dokumen.instansi
    if office.kunci in offices:
        berkas = replace(berkas, dokumen=replace(berkas.dokumen, instansi=replace(office, kunci=offices[office.kunci])))
    if not names:
        return berkas
    return replace(
        berkas,
        indikator=tuple(replace(one, kunci=names.get(one.kunci, one.kunci)) for one in berkas.indikator),
        kinerja=tuple(replace(one, kunci=names.get(one.kunci, one.kunci)) for one in berkas.kinerja),
    )

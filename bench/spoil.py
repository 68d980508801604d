"""The faults that people make in reports, put into the records of clean documents at random places."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.model import Berkas, Cell, LogicalTable, Reading, Row
from pipeline.readings import read_value

Place = tuple[str, int, int, int]  # sha256, table, row, column; table -1 for a statement, its number as row


@dataclass(frozen=True)
class Fault:
    """What was done: the cells that are wrong now, and the value that the first of them had (None: a move)."""

    kind: str
    places: tuple[Place, ...]
    right: Decimal | None


Spoiled = tuple[list[Berkas], Fault]
Spoiler = Callable[[random.Random, list[Berkas]], Spoiled | None]


def written(value: Decimal, like: Reading) -> str:
    """The value printed the way `like` is."""
    places = like.places
    text = f"{value:,.{places}f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    if like.kind == "rupiah":
        return f"Rp {text}"
    return f"{text}%" if like.kind == "percent" else f"{text} {like.satuan or ''}".strip()


def put(berkas: Berkas, place: Place, reading: Reading) -> Berkas:
    """The document with another number printed in one cell, in its tables and its records alike."""
    _, ordinal, row, column = place
    tables = tuple(_with(table, row, column, reading) if table.ordinal == ordinal else table for table in berkas.tables)
    kinerja = tuple(
        replace(one, reading=reading) if (one.table, one.row, one.column) == (ordinal, row, column) else one
        for one in berkas.kinerja
    )
    anggaran = tuple(
        replace(one, reading=reading) if (one.table, one.row, one.column) == (ordinal, row, column) else one
        for one in berkas.anggaran
    )
    return replace(berkas, tables=tables, kinerja=kinerja, anggaran=anggaran)


def _with(table: LogicalTable, row: int, column: int, reading: Reading) -> LogicalTable:
    old = table.rows[row]
    cells = list(old.cells)
    cells[column] = replace(cells[column], text=reading.text, raw=reading.text, reading=reading)
    return replace(table, rows=(*table.rows[:row], replace(old, cells=tuple(cells)), *table.rows[row + 1 :]))


Found = tuple[int, Place, Cell, Row, LogicalTable]


def cells(documents: Sequence[Berkas], field: str, kinds: tuple[str, ...]) -> list[Found]:
    """Cells of a field that print a number, in tables of the given kinds: (document, place, cell, row, table)."""
    found: list[Found] = []
    for index, berkas in enumerate(documents):
        for table in berkas.tables:
            if table.kind not in kinds:
                continue
            for at, column in enumerate(table.columns):
                if column.field != field:
                    continue
                for number, row in enumerate(table.rows):
                    cell = row.cells[at]
                    if cell.reading is not None and cell.reading.value and not cell.inherited:
                        found.append((index, (berkas.dokumen.sha256, table.ordinal, number, at), cell, row, table))
    return found


MONEY = ("anggaran", "pk_anggaran")


def _change(kind: str, documents: list[Berkas], found: Found, value: Decimal) -> Spoiled | None:
    index, place, cell, _, _ = found
    old = cell.reading
    if old is None or old.value is None or value == old.value or value < 0:
        return None
    new = read_value(written(value, old), satuan=old.satuan, notation="id")
    if new.value is None or new.value == old.value:
        return None
    changed = list(documents)
    changed[index] = put(documents[index], place, new)
    return changed, Fault(kind, (place,), old.value)


def _digits(value: Decimal) -> list[str]:
    return list(str(int(value)))


def _amount(rng: random.Random, documents: list[Berkas]) -> Found | None:
    field = rng.choice(("anggaran", "realisasi_anggaran"))
    found = [one for one in cells(documents, field, MONEY) if one[2].reading and one[2].reading.value > 99_999]
    return rng.choice(found) if found else None


def lost_digit(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    found = _amount(rng, documents)
    if found is None or found[2].reading is None or found[2].reading.value is None:
        return None
    digits = _digits(found[2].reading.value)
    del digits[rng.randrange(1, len(digits))]
    return _change("lost_digit", documents, found, Decimal("".join(digits)))


def transposed(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    found = _amount(rng, documents)
    if found is None or found[2].reading is None or found[2].reading.value is None:
        return None
    digits = _digits(found[2].reading.value)
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
    if not places:
        return None
    i = rng.choice(places)
    digits[i], digits[i + 1] = digits[i + 1], digits[i]
    return _change("transposed_digits", documents, found, Decimal("".join(digits)))


def moved_separator(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    found = _amount(rng, documents)
    if found is None or found[2].reading is None or found[2].reading.value is None:
        return None
    factor = rng.choice((Decimal(10), Decimal(100), Decimal("0.1"), Decimal(1000)))
    value = found[2].reading.value * factor
    return _change("moved_separator", documents, found, value) if value == value.to_integral_value() else None


def pasted_amount(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    """The realisasi of another row, or the row's own pagu, pasted in."""
    found = cells(documents, "realisasi_anggaran", MONEY)
    if len(found) < 3:
        return None
    at = rng.randrange(1, len(found))
    source = found[at - 1][2].reading
    return _change("pasted_value", documents, found[at], source.value) if source and source.value else None


def wrong_percentage(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    field, kinds = rng.choice((("serapan", MONEY), ("capaian", ("pengukuran",))))
    found = [one for one in cells(documents, field, kinds) if not one[3].cells[0].text.startswith("Rata")]
    if not found:
        return None
    one = rng.choice(found)
    old = one[2].reading
    if old is None or old.value is None:
        return None
    return _change("wrong_percentage", documents, one, old.value + Decimal(rng.choice((-7, -3, 4, 9))))


def stale_average(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    """An average that was not computed anew after one of its parts changed."""
    found = [
        one
        for one in cells(documents, "capaian", ("pengukuran",))
        if any("rata" in c.text.lower() for c in one[3].cells)
    ] + cells(documents, "capaian", ("efisiensi",))
    if not found:
        return None
    one = rng.choice(found)
    old = one[2].reading
    if old is None or old.value is None:
        return None
    return _change("stale_average", documents, one, old.value - Decimal(rng.randrange(80, 400)) / 100)


def left_out(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    return _child(rng, documents, "child_left_out", -1)


def counted_twice(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    return _child(rng, documents, "child_twice", 1)


def _child(rng: random.Random, documents: list[Berkas], kind: str, sign: int) -> Spoiled | None:
    """A kegiatan that leaves out, or counts twice, one of its sub kegiatan."""
    found = cells(documents, rng.choice(("anggaran", "realisasi_anggaran")), ("anggaran",))
    parents = [
        i for i, one in enumerate(found[:-2]) if one[3].level == "kegiatan" and found[i + 2][3].level == "sub_kegiatan"
    ]
    if not parents:
        return None
    at = rng.choice(parents)
    own, child = found[at][2].reading, found[at + 2][2].reading
    if own is None or child is None or own.value is None or child.value is None:
        return None
    return _change(kind, documents, found[at], own.value + sign * child.value)


def wrong_total(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    found = [one for one in cells(documents, "anggaran", MONEY) if one[3].kind == "total"]
    if not found:
        return None
    one = rng.choice(found)
    old = one[2].reading
    if old is None or old.value is None:
        return None
    return _change("wrong_total", documents, one, old.value + rng.choice((1000, 80, 250_000, 5_000_000)))


def changed_target(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    """A target of the agreement that the report prints otherwise."""
    found = cells(documents, "target", ("pk",))
    if not found:
        return None
    one = rng.choice(found)
    old = one[2].reading
    if old is None or old.value is None:
        return None
    return _change("changed_target", documents, one, old.value - rng.choice((2, 5, 10)))


def wrong_realisation(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    found = cells(documents, "realisasi", ("tren", "pengukuran"))
    if not found:
        return None
    one = rng.choice(found)
    last = [index for index, column in enumerate(one[4].columns) if column.field == "realisasi"][-1]
    old = one[2].reading
    if old is None or old.value is None or one[1][3] != last:
        return None
    return _change("wrong_realisation", documents, one, old.value - rng.choice((3, 6, 11)))


def swapped_rows(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    """Realisasi and serapan of two sub kegiatan exchanged."""
    found = [one for one in cells(documents, "realisasi_anggaran", ("anggaran",)) if one[3].level == "sub_kegiatan"]
    if len(found) < 2:
        return None
    a, b = rng.sample(found, 2)
    return _put_all("swapped_rows", documents, [(a, b), (b, a)])


def shifted_column(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    """The realisasi of a block of rows, some places away from where they belong."""
    found = [one for one in cells(documents, "realisasi_anggaran", ("anggaran",)) if one[3].kind == "data"]
    if len(found) < 8:
        return None
    start = rng.randrange(1, len(found) - 6)
    block = found[start : start + rng.randrange(5, min(12, len(found) - start) + 1)]
    steps = rng.choice((1, 2))
    return _put_all(
        "shifted_column", documents, [(one, block[(i + steps) % len(block)]) for i, one in enumerate(block)]
    )


def _put_all(kind: str, documents: list[Berkas], pairs: list[tuple[Found, Found]]) -> Spoiled | None:
    changed = list(documents)
    places: list[Place] = []
    for target, source in pairs:
        new, old = source[2].reading, target[2].reading
        if new is None or old is None or new.value == old.value:
            return None
        changed[target[0]] = put(changed[target[0]], target[1], new)
        places.append(target[1])
    return changed, Fault(kind, tuple(places), None)


def told_wrong(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    """The share, the amount, the mean or the result of a calculation that the prose states."""
    kinds = ("serapan", "rata_rata", "perhitungan", "realisasi")
    found = [
        (index, number)
        for index, berkas in enumerate(documents)
        for number, one in enumerate(berkas.statements)
        if one.jenis in kinds and one.reading.value and one.reading.kind in ("percent", "rupiah")
    ]
    if not found:
        return None
    index, number = rng.choice(found)
    berkas = documents[index]
    old = berkas.statements[number]
    if old.reading.value is None:
        return None
    change = rng.choice((7, 11)) if old.reading.kind == "percent" else rng.choice((10_000_000, 250_000))
    text = written(old.reading.value + change, old.reading)
    figure = text if old.jenis != "perhitungan" else f"{old.figure.rsplit('=', 1)[0]}= {text}"
    new = replace(
        old, figure=figure, text=old.text.replace(old.figure, figure), reading=read_value(text, notation="id")
    )
    statements = [new if one is old else one for one in berkas.statements]
    statements = [
        replace(one, text=new.text) if one.text == old.text and one.where == old.where else one for one in statements
    ]
    changed = list(documents)
    changed[index] = replace(berkas, statements=tuple(statements))
    return changed, Fault("told_wrong", ((berkas.dokumen.sha256, -1, number, -1),), old.reading.value)


def wrong_unit(rng: random.Random, documents: list[Berkas]) -> Spoiled | None:
    """A target in per cent of a report whose realisasi and agreement count pieces."""
    found = [
        one for one in cells(documents, "target", ("pengukuran",)) if one[2].reading and one[2].reading.kind == "count"
    ]
    if not found:
        return None
    index, place, cell, _, _ = rng.choice(found)
    if cell.reading is None or cell.reading.value is None:
        return None
    changed = list(documents)
    changed[index] = put(documents[index], place, read_value(f"{cell.reading.value}%", notation="id"))
    return changed, Fault("wrong_unit", (place,), cell.reading.value)


SPOILERS: tuple[Spoiler, ...] = (
    lost_digit, transposed, moved_separator, pasted_amount, wrong_percentage, stale_average, left_out, counted_twice,
    wrong_total, changed_target, wrong_realisation, swapped_rows, shifted_column, told_wrong, wrong_unit,
)  # fmt: skip

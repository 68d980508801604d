"""Collects equalities: the same figure of the same indicator or amount, printed in several tables of one document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

from pipeline.audit.identities.figures import meaning, placed, sheets
from pipeline.audit.identities.model import Figure, Identity, Ref
from pipeline.audit.identities.ratios import comparable
from pipeline.model import Anggaran, Berkas, Kinerja, LogicalTable
from pipeline.normalize.names import content_words, key_of, normal
from pipeline.normalize.records import nearest_left

ONE = (Fraction(1),)
_LEVEL_WORD = re.compile(r"^(?:sub kegiatan|kegiatan|program)\s+")  # "sub kegiatan penyediaan bahan logistik"
_SUPERSEDED = re.compile(r"\b(?:sebelum|semula|murni|induk)\b", re.IGNORECASE)  # "SEBELUM PERUBAHAN", "Anggaran Murni"
MEASURED = frozenset({"target", "realisasi", "capaian", "target_akhir", "baseline", "capaian_akhir"})
MIN_PREFIX_WORDS = 4


def superseded(band: tuple[str, ...]) -> bool:
    """Whether the row stands under a band that a later one of the table replaces."""
    return any(_SUPERSEDED.search(part) for part in band)


def amount_key(nama: str) -> str:
    """The name of a program, kegiatan or sub kegiatan without the word for its level."""
    return key_of(_LEVEL_WORD.sub("", normal(nama)))


def kinerja_figure(sha256: str, record: Kinerja) -> Figure:
    return Figure(
        Ref(sha256, record.table, record.row, record.column),
        record.reading,
        placed(record.where, record.table, record.row, record.column),
        record.indikator,
        record.jenis,
        meaning(record.reading, record.jenis),
    )


def amount_figure(sha256: str, record: Anggaran) -> Figure:
    return Figure(
        Ref(sha256, record.table, record.row, record.column),
        record.reading,
        placed(record.where, record.table, record.row, record.column),
        record.nama,
        record.jenis,
        meaning(record.reading, record.jenis),
    )


Key = tuple[str, str, int | None, int | None, bool]
Groups = dict[Key, tuple[str, list[Figure]]]


def same_kinerja(own: Groups, plans: Groups) -> Iterator[Identity]:
    """Target, realisasi and capaian of one indicator, year and quarter must agree in all tables of the document; the
    targets of before an amendment among each other, and those in force among each other."""
    seen: set[tuple[Ref, Ref]] = set()
    for groups in (own, plans):
        everything = [figures for _, figures in groups.values()]
        trusted = {"sama": trusted_pairs(everything), "rantai": trusted_pairs(everything, chained=True)}
        for kind, figures in groups.values():
            for identity in equal(figures, kind, trusted[kind]):
                pair = (identity.result.ref, identity.operands[0].ref)
                if pair not in seen:
                    seen.add(pair)
                    yield identity


def kinerja_groups(berkas: Berkas, plans: bool = False) -> Groups:
    """Figures by (indicator, jenis, year, quarter, superseded), and whether they come from plan and report alike: of the
    office's own rows, or, with `plans`, of all sections of the plans."""
    sha256 = berkas.dokumen.sha256
    names = whole_names(record.kunci for record in berkas.kinerja)
    own_rows = rows_of_office(berkas)
    planning = {t.ordinal for t in berkas.tables if t.kind in PLANS or any(c.tahun_ke for c in t.columns)}
    tables = {table.ordinal: table for table in berkas.tables}
    by_activity = {table.ordinal for table in berkas.tables if ACTIVITY & {column.field for column in table.columns}}
    groups: dict[Key, list[Figure]] = defaultdict(list)
    roles: dict[Key, set[str]] = defaultdict(set)
    for record in berkas.kinerja:
        if record.jenis not in MEASURED or record.reading.value is None or len(names[record.kunci].split()) < MIN_WORDS:
            continue
        if record.table in by_activity and record.jenis not in ("target", "target_akhir", "baseline"):
            continue
        if _name_filled_down(tables[record.table], record):
            continue
        planned = record.table in planning
        if (plans and not planned) or (not plans and planned and not own_rows(record.table, record.row)):
            continue
        if record.tahun is None and record.jenis in YEARLY:
            continue
        key = (names[record.kunci], record.jenis, record.tahun, record.triwulan, superseded(record.band))
        groups[key].append(kinerja_figure(sha256, record))
        roles[key].add("rencana" if planned else "laporan")
    return {
        key: ("rantai" if key[1] == "target" and len(roles[key]) > 1 else "sama", figures)
        for key, figures in groups.items()
    }


YEARLY = frozenset({"target", "realisasi", "capaian"})
"""Figures of a year: where the year is unknown they are compared with nothing."""
MIN_WORDS = 2
ACTIVITY = frozenset({"program", "kegiatan", "sub_kegiatan", "anggaran", "realisasi_anggaran"})
"""Tables with these measure activities beside the indicator: their realisasi and capaian are not the indicator's."""
PLANS = frozenset({"renstra_matriks", "renstra_program"})


def _name_filled_down(table: LogicalTable, record: Kinerja) -> bool:
    """Whether the indicator's name was filled down from a row above: the figure belongs to something else beside it."""
    column = nearest_left(table.columns, record.column, ("indikator", "indikator_tujuan"))
    cells = table.rows[record.row].cells
    return column is not None and column < len(cells) and cells[column].inherited


def rows_of_office(berkas: Berkas) -> Callable[[int, int], bool]:
    """Whether a row of a plan of several sections belongs to the section that the document is from: by the responsible
    unit named in the row; every row does where the office or the unit is unknown."""
    office = content_words(berkas.dokumen.instansi.nama)
    units = {
        table.ordinal: next((i for i, column in enumerate(table.columns) if column.field == "penanggung_jawab"), None)
        for table in berkas.tables
    }
    tables = {table.ordinal: table for table in berkas.tables}

    def belongs(ordinal: int, row: int) -> bool:
        column = units.get(ordinal)
        cells = tables[ordinal].rows[row].cells
        unit = content_words(cells[column].text) if column is not None and column < len(cells) else frozenset()
        return not unit or not office or unit <= office or office <= unit

    return belongs


def last_years(berkas: Berkas, groups: Groups) -> Iterator[Identity]:
    """The target for the end of the period is the target of its last year, for shares and scores (counts may add up)."""
    own_rows = rows_of_office(berkas)
    yearly: dict[tuple[str, bool], dict[int, Figure]] = defaultdict(dict)
    for (name, jenis, tahun, triwulan, old), (_, figures) in groups.items():
        if jenis == "target" and tahun is not None and triwulan is None:
            yearly[name, old][tahun] = figures[0]
    for (name, jenis, _, _, old), (_, figures) in groups.items():
        years = yearly.get((name, old), {})
        if jenis != "target_akhir" or len(years) < 3:
            continue
        last = years[max(years)]
        rows = {figure.ref.row for figure in figures}
        for figure in figures:
            if len(rows) > 1 and not own_rows(figure.ref.table, figure.ref.row):
                continue
            shares = figure.reading.kind == last.reading.kind and figure.reading.kind in ("percent", "score")
            if shares and comparable(figure, last) and figure.ref.table != last.ref.table:
                yield Identity("akhir", "linear", figure, (last,), ONE, soft=True)


def whole_names(keys: Iterable[str]) -> dict[str, str]:
    """Maps a name that was cut off at the end of its cell to the one name of the document that it begins."""
    known = sorted(set(keys))
    whole = {key: key for key in known}
    for key, following in pairwise(known):
        if len(key.split()) >= MIN_PREFIX_WORDS and following.startswith(key + " "):
            longer = [other for other in known if other.startswith(key + " ")]
            if len(longer) == 1:
                whole[key] = longer[0]
    return whole


OF_SEVERAL_YEARS = frozenset({"Renja", "Renstra", "Evaluasi"})
"""Kinds of document whose amounts are of last year, this year and the next without saying so in the column."""


def same_amounts(berkas: Berkas) -> Iterator[Identity]:
    """Pagu, realisasi and serapan of one program, kegiatan or sub kegiatan must agree in all tables of the document."""
    if berkas.dokumen.kind in OF_SEVERAL_YEARS:
        return
    sha256 = berkas.dokumen.sha256
    planned = {t.ordinal for t in berkas.tables if t.kind in PLANS or any(c.tahun_ke for c in t.columns)}
    groups: dict[Hashable, list[Figure]] = defaultdict(list)
    for record in berkas.anggaran:
        if record.table in planned or record.reading.value is None or superseded(record.band):
            continue
        key = amount_key(record.nama)
        if key:
            groups[(key, record.jenis, record.tahun)].append(amount_figure(sha256, record))
    inputs = {figure.ref.table for _, figure in _inputs(berkas)}
    for name, figure in _inputs(berkas):
        groups[(name, figure.peran, berkas.dokumen.tahun)].append(figure)
    trusted = trusted_pairs(groups.values())
    for figures in groups.values():
        yield from equal(figures, trusted=lambda a, b: trusted(a, b) or bool({a.ref.table, b.ref.table} & inputs))


_NAMED_LAST = re.compile(r"\b(sub kegiatan|kegiatan)\s+((?:(?!\bkegiatan\b).)+)$", re.IGNORECASE)  # "… Sub Kegiatan X"


def _inputs(berkas: Berkas) -> Iterator[tuple[str, Figure]]:
    """The money row of input/output tables: its name stands in the lines above, the last level named."""
    for sheet in sheets(berkas):
        named = _NAMED_LAST.search(" ".join(sheet.table.title.split()))
        if sheet.table.kind != "input_output" or named is None:
            continue
        for row in range(len(sheet.table.rows)):
            for field, peran in (("target", "pagu"), ("realisasi", "realisasi_anggaran")):
                for column in sheet.columns(field):
                    figure = sheet.figure(row, column, peran)
                    if figure is not None and figure.reading.kind == "rupiah":
                        yield amount_key(named[2]), replace(figure, label=f"{named[1]} {named[2]}")


Place = tuple[str, int, int]
MIN_SHARED = 2


def trusted_pairs(groups: Iterable[list[Figure]], chained: bool = False) -> Callable[[Figure, Figure], bool]:
    """Which columns speak of the same thing: those that agree in at least half of the figures they share, and share
    more than one. Two tables that differ in most rows are about other years, units or versions. `chained`: plans and
    agreements may differ in more rows and share a single one."""
    same: Counter[tuple[Place, Place]] = Counter()
    shared: Counter[tuple[Place, Place]] = Counter()
    for figures in groups:
        for a, b in combinations(figures[:MAX_COPIES], 2):
            pair = _pair(a, b)
            shared[pair] += 1
            same[pair] += a.interval is not None and b.interval is not None and a.interval.meets(b.interval)

    def trusted(a: Figure, b: Figure) -> bool:
        pair = _pair(a, b)
        if chained:
            return shared[pair] <= MIN_SHARED or same[pair] * 4 >= shared[pair]
        return shared[pair] >= MIN_SHARED and same[pair] * 2 >= shared[pair]

    return trusted


MAX_COPIES = 12


def _pair(a: Figure, b: Figure) -> tuple[Place, Place]:
    first, second = ((f.ref.sha256, f.ref.table, f.ref.column) for f in (a, b))
    return (first, second) if first <= second else (second, first)


def equal(
    figures: list[Figure], kind: str = "sama", trusted: Callable[[Figure, Figure], bool] | None = None
) -> Iterator[Identity]:
    """Equalities between the prints of one figure. A table that prints it twice, differently, speaks of two things."""
    by_table: dict[tuple[str, int], set[Fraction]] = defaultdict(set)
    for figure in figures:
        if figure.value is not None:
            by_table[figure.ref.sha256, figure.ref.table].add(Fraction(figure.value))
    usable = [
        figure
        for figure in figures
        if len(by_table[figure.ref.sha256, figure.ref.table]) == 1 and figure.interval is not None
    ]
    heads: list[Figure] = []
    for figure in usable:
        head = next((other for other in heads if other.value == figure.value), None)
        if head is not None:
            yield Identity(kind, "linear", figure, (head,), ONE)
            continue
        known = next((o for o in heads if comparable(figure, o) and (trusted is None or trusted(figure, o))), None)
        if known is not None:
            yield Identity(kind, "linear", figure, (known,), ONE)
        heads.append(figure)

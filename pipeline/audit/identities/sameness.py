"""Collects equalities: the same figure of the same indicator or amount, printed in several tables of one document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction

from pipeline.audit.identities.figures import meaning
from pipeline.audit.identities.model import Figure, Identity, Ref
from pipeline.audit.identities.ratios import comparable
from pipeline.model import Anggaran, Berkas, Kinerja
from pipeline.normalize.names import key_of, normal

ONE = (Fraction(1),)
_LEVEL_WORD = re.compile(r"^(?:sub kegiatan|kegiatan|program)\s+")  # "sub kegiatan penyediaan bahan logistik"
_SUPERSEDED = re.compile(r"\b(?:sebelum|semula)\b", re.IGNORECASE)  # "SEBELUM PERUBAHAN"
MEASURED = frozenset({"target", "realisasi", "capaian", "target_akhir", "baseline", "capaian_akhir"})
MIN_PREFIX_WORDS = 5


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
        record.where,
        record.indikator,
        record.jenis,
        meaning(record.reading, record.jenis),
    )


def amount_figure(sha256: str, record: Anggaran) -> Figure:
    return Figure(
        Ref(sha256, record.table, record.row, record.column),
        record.reading,
        record.where,
        record.nama,
        record.jenis,
        meaning(record.reading, record.jenis),
    )


def same_kinerja(berkas: Berkas) -> Iterator[Identity]:
    """Target, realisasi and capaian of one indicator, year and quarter must agree in all tables of the document."""
    sha256 = berkas.dokumen.sha256
    kinds = {table.ordinal: table.kind for table in berkas.tables}
    names = _whole_names(record.kunci for record in berkas.kinerja)
    groups: dict[Hashable, list[Figure]] = defaultdict(list)
    for record in berkas.kinerja:
        if record.jenis not in MEASURED or record.reading.value is None or superseded(record.band):
            continue
        if kinds.get(record.table) == "pembanding" and record.jenis == "pembanding":
            continue
        key = (names[record.kunci], record.jenis, record.tahun, record.triwulan)
        groups[key].append(kinerja_figure(sha256, record))
    for key, figures in groups.items():
        if key and isinstance(key, tuple) and key[0]:
            yield from equal(figures)


def _whole_names(keys: Iterable[str]) -> dict[str, str]:
    """Maps a name that was cut off at the end of its cell to the one name of the document that it begins."""
    known = sorted(set(keys))
    whole = {key: key for key in known}
    for key, following in zip(known, known[1:], strict=False):
        if len(key.split()) >= MIN_PREFIX_WORDS and following.startswith(key + " "):
            longer = [other for other in known if other.startswith(key + " ")]
            if len(longer) == 1:
                whole[key] = longer[0]
    return whole


def same_amounts(berkas: Berkas) -> Iterator[Identity]:
    """Pagu, realisasi and serapan of one program, kegiatan or sub kegiatan must agree in all tables of the document."""
    sha256 = berkas.dokumen.sha256
    planned = {table.ordinal for table in berkas.tables if table.kind == "renstra_program"}
    groups: dict[Hashable, list[Figure]] = defaultdict(list)
    for record in berkas.anggaran:
        if record.table in planned or record.reading.value is None or superseded(record.band):
            continue
        key = amount_key(record.nama)
        if key:
            groups[(key, record.jenis, record.tahun)].append(amount_figure(sha256, record))
    for figures in groups.values():
        yield from equal(figures)


def equal(figures: list[Figure], kind: str = "sama") -> Iterator[Identity]:
    """Equalities between the prints of one figure. A table that prints it twice, differently, speaks of two things."""
    by_table: dict[int, set[Fraction]] = defaultdict(set)
    for figure in figures:
        if figure.value is not None:
            by_table[figure.ref.table].add(Fraction(figure.value))
    usable = [figure for figure in figures if len(by_table[figure.ref.table]) == 1 and figure.interval is not None]
    heads: list[Figure] = []
    for figure in usable:
        head = next((other for other in heads if other.value == figure.value), None)
        if head is not None:
            yield Identity(kind, "linear", figure, (head,), ONE)
        else:
            heads.extend([figure] if all(comparable(figure, other) for other in heads) else [])
    for earlier, later in zip(heads, heads[1:], strict=False):
        yield Identity(kind, "linear", later, (earlier,), ONE)

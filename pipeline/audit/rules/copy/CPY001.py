"""An activity is measured with another activity's indikator.

Programme tables are filled row by row, and rows are copied. When the indikator of an activity shares no word with it, but is that of another
activity which it fits, it was copied from there; when two rows have each other's, they were exchanged.

Wrong: *Administrasi Kepegawaian* measured by *Persentase pemeliharaan kendaraan*, the indikator of *Pemeliharaan Kendaraan*.
Right: an indikator of personnel administration.

Decides: rows of one table and section; meaning-bearing words of the activity's name against those of the indikator, words that every row of the
section shares decide nothing. An indikator whose first abbreviation is not in the name of its row, but is that of a row just above, was copied in part.

Limits: an outcome may be worded without a word of its activity; it is accused only when it stands in another row too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.audit.context import Context, Doc, meaning
from pipeline.audit.lines import Line, lines
from pipeline.audit.operands import vocabulary
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding

_ABBREVIATED = re.compile(r"\b[A-Z]{3,6}\b")  # "RKA", "DPA"
NEAR = 4  # rows above in which the copied object stands
MANY = 3  # rows that share an indikator from which it is a general one, not a copy

RULE = Rule(
    code="CPY001",
    name="Indikator milik kegiatan lain",
    family="COPY",
    severity="warning",
    version=2,
    texts={
        "copy": (
            "“{nama}” diukur dengan “{indikator}”, indikator milik “{lain}”.",
            "“{nama}” is measured by “{indikator}”, the indikator of “{lain}”.",
        ),
        "object": (
            "Indikator “{nama}” menghitung dahulu dokumen milik “{lain}”: “{indikator}”.",
            "The indikator of “{nama}” counts first what belongs to “{lain}”: “{indikator}”.",
        ),
        "swap": (
            "Indikator “{nama}” dan “{lain}” tertukar.",
            "The indikator of “{nama}” and “{lain}” are exchanged.",
        ),
    },
    kriteria="Indikator mengukur kegiatannya sendiri",
)


@dataclass(frozen=True, slots=True)
class Act:
    line: Line
    name: Cell
    indikator: Cell
    topic: frozenset[str]  # the words that distinguish the activity
    measure: frozenset[str]  # and those of its indikator


def _act(line: Line, name: Cell, indikator: Cell) -> Act:
    usual = vocabulary()["activity"]
    return Act(line, name, indikator, meaning(name.text) - usual, meaning(indikator.text) - usual)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    sections: dict[tuple[int, tuple[str, ...]], list[Act]] = defaultdict(list)
    for act in _acts(doc):
        sections[act.line.table.ordinal, act.line.row.band].append(act)
    objectives = list(_objectives(doc))
    for acts in sections.values():
        swapped: set[int] = set()
        for number, one in enumerate(acts):
            for other_number, two in enumerate(acts[number + 1 : number + 4], start=number + 1):
                if _fits(one, two) and _fits(two, one) and not _fits(one, one) and not _fits(two, two):
                    swapped |= {number, other_number}
                    yield _say(doc, one, two, "swap")
        yield from _objects(doc, acts)
        for number, act in enumerate(acts):
            if number in swapped or _touches(act):
                continue
            source = next(
                (other for other in acts if other is not act and other.measure == act.measure and _touches(other)), None
            )
            if source is None:
                source = next((o for o in _elsewhere(sections, act) if _touches(o)), None)
            shared = sum(other.measure == act.measure for other in acts)
            if source is None and act.line.row.level == "sub_kegiatan" and shared < MANY:
                source = next(
                    (o for o in objectives if o.measure == act.measure and _section(o) == _section(act)), None
                )
            if source is not None and not _kin(act) and not source.topic & act.topic and not _covers(act, source):
                yield _say(doc, act, source, "copy")


def _acts(doc: Doc) -> Iterator[Act]:
    for line in lines(doc, "renstra_program", "rkt", "rencana_aksi"):
        name, cell = line.first("sub_kegiatan", "kegiatan", "program"), line.first("indikator")
        if name is not None and cell is not None:
            act = _act(line, name, cell)
            if act.topic and act.measure:
                yield act


def _objectives(doc: Doc) -> Iterator[Act]:
    """The rows that measure a tujuan or sasaran: they name no activity."""
    for line in lines(doc, "renstra_program"):
        name, cell = line.first("sasaran") or line.first("tujuan"), line.first("indikator")
        if line.name is None and name is not None and cell is not None and len(meaning(cell.text)) >= 4:
            yield _act(line, name, cell)


def _section(act: Act) -> tuple[int, tuple[str, ...]]:
    return act.line.table.ordinal, act.line.row.band


def _elsewhere(sections: dict[tuple[int, tuple[str, ...]], list[Act]], act: Act) -> Iterator[Act]:
    return (o for acts in sections.values() for o in acts if o is not act and o.measure == act.measure)


def _touches(act: Act) -> bool:
    return bool(act.topic & act.measure)


def _fits(name: Act, indikator: Act) -> bool:
    """Whether the indikator of the second speaks of the first's activity: two or more of its words, or all."""
    shared = name.topic & indikator.measure
    return len(shared) >= 2 or (bool(shared) and shared == name.topic)


def _kin(act: Act) -> bool:
    """A word of the one is the stem of a word of the other: *pegawai* and *kepegawaian*."""
    return any(len(b) >= 5 and (b[1:-1] in a or a[1:-1] in b) for a in act.topic for b in act.measure if len(a) >= 5)


def _objects(doc: Doc, acts: Sequence[Act]) -> Iterator[Finding]:
    """The indikator counts another row's object first: "Jumlah Dokumen RKA-SKPD …" under *Penyusunan DPA-SKPD*."""
    for number, act in enumerate(acts):
        named, counted = _ABBREVIATED.findall(act.name.text), _ABBREVIATED.search(act.indikator.text)
        if not named or counted is None or counted.group() in named or named[0] not in act.indikator.text:
            continue
        near = acts[max(0, number - NEAR) : number]
        source = next((o for o in reversed(near) if counted.group() in _ABBREVIATED.findall(o.name.text)[:1]), None)
        if source is not None and _ABBREVIATED.findall(source.indikator.text)[:1] == [counted.group()]:
            yield _say(doc, act, source, "object")


def _covers(act: Act, source: Act) -> bool:
    """A parent may carry the indikator of its only child, and the child that of its parent."""
    one, two = act.line.first("kode"), source.line.first("kode")
    a = one.reading.code if one is not None and one.reading is not None else None
    b = two.reading.code if two is not None and two.reading is not None else None
    return bool(a and b and (a.startswith(b) or b.startswith(a)))


def _say(doc: Doc, act: Act, other: Act, key: str) -> Finding:
    return finding(
        RULE,
        doc.berkas,
        act.indikator.where,
        key,
        evidence=[
            cite(doc.berkas, act.indikator),
            cite(doc.berkas, act.name, role="counterpart"),
            cite(doc.berkas, other.indikator, role="source"),
            cite(doc.berkas, other.name, role="context"),
        ],
        found=act.indikator.text,
        expected=other.indikator.text if key == "swap" else None,
        suggestion=other.indikator.text if key == "swap" else None,
        nama=act.name.text,
        lain=other.name.text,
        indikator=act.indikator.text,
    )

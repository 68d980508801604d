"""The text says how many indikator reached their targets or fell into a class; the table or another sentence counts otherwise.

The summary, the closing chapter and the table are written by different hands: "dari 5 indikator, 5 sangat memuaskan" in one, "4 sangat tinggi dan 1 tinggi" in another.

Wrong: table with 94% and 100%; text: *dari 2 indikator, 2 indikator mencapai target*. Right: *1 indikator mencapai target dan 1 belum*.

Decides: (table) in a report, a sentence "dari n indikator/sasaran …, k … (tidak) mencapai target" where the measurement table before it (or the only one) has exactly n
readable capaian, and k is not the number at or above 100% (reached), above (exceeded) or below it (not reached); (parts) the classes of one sentence hold more than its n;
(differ) two sentences that part the same n wholly into classes, in other sizes.

Limits: sentences of another year or of a part of the year are left out. Reached may mean 100% alone or more, so k passes where either fits. In (differ) one sentence may count sasaran and the other indikator: then a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.audit.context import Context, Doc
from pipeline.audit.lines import lines
from pipeline.audit.phrases import of_year
from pipeline.audit.rule import Rule, cite, finding
from pipeline.interval import Interval
from pipeline.model import Cell, Finding, LogicalTable, Where

_NUMBER = r"(?:(\d{1,2})(?![\d.,%])\s*(?:\([a-z ]{3,20}\)\s*)?)"  # "5 (lima) "
_TOTAL = re.compile(
    rf"\bdari\s+(?:sejumlah\s+|jumlah\s+|total\s+|ke)?{_NUMBER}(indikator|sasaran)\b", re.IGNORECASE
)  # "Dari sejumlah 5 sasaran"
_PART = re.compile(
    rf"(?<![\w.,-]){_NUMBER}(?:(?:indikator|sasaran)\b)?((?:(?!\d)[^,;:]){{0,90}}?)"
    r"(?:\b(?:kategori|predikat|kriteria)(?:\s+(?:capaian|kinerja))?\s+((?:sangat\s+|cukup\s+|kurang\s+)?[a-z]{4,12})"
    r"|\b(mencapai|memenuhi|melampaui|melebihi)\s+target\b(?!\s+dengan\s+(?:kategori|predikat|kriteria)))",
    re.IGNORECASE,
)  # "4 sasaran mencapai target", "1 indikator dengan predikat capaian tinggi"
_NOT = re.compile(r"\b(?:tidak|belum|kurang|gagal)\b", re.IGNORECASE)
_OVERLAP = re.compile(
    r"\b(?:di\s?antara\w*|bahkan|dimana|di mana|termasuk|terdiri|rata[- ]rata)\b", re.IGNORECASE
)  # parts of parts

_NAMED = re.compile(
    r"\b(?:sasaran|tujuan)\s+(?:strategis\s+)?(?:ke-?\s?)?(?:\d|kesatu|pertama|kedua|ketiga|keempat|ini\b)",
    re.IGNORECASE,
)
_REACHED = {"mencapai": "reached", "melampaui": "exceeded", "tidak mencapai": "did not reach"}

RULE = Rule(
    code="NAR015",
    name="Jumlah indikator yang tercapai atau per kategori tidak cocok",
    family="LOGIC",
    severity="warning",
    texts={
        "table": (
            "Naskah menyebut {disebut} dari {semua} {apa} {golongan} target; tabel memuat {dihitung}.",
            "The text says that {disebut} of {semua} {apa} {golongan} their target; the table has {dihitung}.",
        ),
        "parts": (
            "Golongan dalam kalimat berjumlah {dihitung}, padahal disebut dari {semua} {apa}.",
            "The classes of the sentence hold {dihitung}, though it speaks of {semua} {apa}.",
        ),
        "differ": (
            "Naskah membagi {semua} {apa} menjadi {satu}, di tempat lain menjadi {dua}.",
            "The text parts {semua} {apa} into {satu}, elsewhere into {dua}.",
        ),
    },
    kriteria="PermenPANRB 53/2014: analisis sesuai data",
)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A sentence that parts `total` indikator or sasaran into classes of (size, class)."""

    where: Where
    text: str
    total: int
    noun: str
    parts: tuple[tuple[int, str], ...]

    @property
    def whole(self) -> bool:
        return sum(size for size, _ in self.parts) == self.total

    @property
    def shown(self) -> str:
        return " + ".join(f"{size} {name}" for size, name in self.parts)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    verdicts = list(_verdicts(doc))
    tables = list(_measured(doc)) if verdicts else []
    for one in verdicts:
        held = sum(size for size, _ in one.parts)
        if held > one.total and len(one.parts) > 1:
            yield finding(
                RULE,
                doc.berkas,
                one.where,
                "parts",
                evidence=[cite(doc.berkas, one.where, one.text)],
                found=str(held),
                expected=str(one.total),
                dihitung=held,
                semua=one.total,
                apa=one.noun,
            )
        elif not _NAMED.search(one.text):
            yield from _against(doc, one, tables)
    yield from _differing(doc, [one for one in verdicts if one.whole])


def _against(
    doc: Doc, one: _Verdict, tables: list[tuple[LogicalTable, list[tuple[Cell, Interval]]]]
) -> Iterator[Finding]:
    """A verdict on all indikator of the table before it, or of the only one."""
    page = one.where.page or 0
    before = [
        held
        for table, held in tables
        if _place(table.where) <= _place(one.where) and page - (table.pages or (page,))[-1] <= 1
    ]
    capaian = before[-1] if before else tables[0][1] if len(tables) == 1 else []
    for size, name in one.parts if len(capaian) == one.total else ():
        counted = _counted([interval for _, interval in capaian], name)
        if counted and size not in counted:
            yield finding(
                RULE,
                doc.berkas,
                one.where,
                "table",
                evidence=[
                    cite(doc.berkas, one.where, one.text),
                    *(cite(doc.berkas, cell, role="counterpart") for cell, _ in capaian),
                ],
                found=str(size),
                expected=str(counted[0]),
                disebut=size,
                semua=one.total,
                apa=one.noun,
                golongan=(name, _REACHED[name]),
                dihitung=counted[0],
            )


def _differing(doc: Doc, verdicts: list[_Verdict]) -> Iterator[Finding]:
    """The first verdict that parts the same number otherwise than the first of its number."""
    first: dict[int, _Verdict] = {}
    told: set[int] = set()
    for one in verdicts:
        other = first.setdefault(one.total, one)
        sizes = [sorted(size for size, _ in v.parts if size) for v in (one, other)]
        reached = {name in _REACHED for v in (one, other) for _, name in v.parts}
        if sizes[0] == sizes[1] or one.total in told or len(reached) > 1:
            continue
        told.add(one.total)
        yield finding(
            RULE,
            doc.berkas,
            one.where,
            "differ",
            severity="warning" if one.noun == other.noun else "notice",
            evidence=[
                cite(doc.berkas, one.where, one.text),
                cite(doc.berkas, other.where, other.text, role="counterpart"),
            ],
            found=one.shown,
            semua=one.total,
            apa=one.noun,
            satu=one.shown,
            dua=other.shown,
        )


def _verdicts(doc: Doc) -> Iterator[_Verdict]:
    for where, text in doc.sentences:
        total = _TOTAL.search(text)
        if total is None or _OVERLAP.search(text, total.end()) or not of_year(text, doc.dokumen.tahun):
            continue
        parts = []
        other = _TOTAL.search(text, total.end())  # "dari 4 sasaran 3 mencapai target, dan dari 7 indikator 6 …"
        for match in _PART.finditer(text, total.end(), other.start() if other else len(text)):
            size, between, kelas, verb = match.groups()
            if verb is None:
                parts.append((int(size), " ".join(kelas.lower().split())))
            elif _NOT.search(between):
                parts.append((int(size), "tidak mencapai"))
            else:
                parts.append((int(size), "melampaui" if verb.lower().startswith("mel") else "mencapai"))
        if parts:
            yield _Verdict(where, text, int(total.group(1)), total.group(2).lower(), tuple(parts))


def _measured(doc: Doc) -> Iterator[tuple[LogicalTable, list[tuple[Cell, Interval]]]]:
    """The measurement tables with their capaian; none of a table in which one is not read."""
    for table in doc.tables("pengukuran"):
        found = [cell for line in lines(doc, "pengukuran") if line.table is table for _, cell in line.cells("capaian")]
        read = [(c, c.reading.interval) for c in found if c.reading is not None and c.reading.interval is not None]
        if found:
            yield table, read if len(read) == len(found) else []


def _counted(capaian: list[Interval], name: str) -> tuple[int, ...]:
    """The numbers of indikator that `name` may rightly speak of; empty where it is a class of a scale."""
    below = sum(one.high < 100 for one in capaian)
    above = sum(one.low > 100 for one in capaian)
    if name == "tidak mencapai":
        return (below,)
    if name == "melampaui":
        return (above, len(capaian) - below)
    return (len(capaian) - below, len(capaian) - below - above) if name == "mencapai" else ()


def _place(where: Where) -> tuple[int, int, float]:
    return where.page or 0, where.line or 0, where.bbox[1] if where.bbox else 0.0

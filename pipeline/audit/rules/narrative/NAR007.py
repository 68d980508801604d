"""One award, index or score is given with two values.

A report copies a preliminary value into its summary and prints the final one in the table that it attaches. The reader does not know which holds.

Wrong: *Indeks Kematangan Contoh … sebesar 79,7%* in the text, *Indeks Kematangan Contoh 80,4%* in the table of the same year. Right: one value.

Decides: in a report, a name that begins with "Indeks" or "Skor" and is the whole label of a table's row with one figure in it (not a target), against running text that says
the same name and, before the next other name or year, one figure of the same unit. Figures that agree when rounded are the same. At least one of the
sentences stands on the page of the table or beside it.

Limits: only names of two words or more; sentences that speak of another year ("tahun 2023", "dibanding") are read up to there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Where
from pipeline.normalize.names import normal

_NAME = re.compile(r"^(?:indeks|skor)(?: [a-z]{3,}){1,6}$")  # "indeks berakhlak"
_FIGURE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s?(%?)")
_OTHER = re.compile(r"\b(?:tahun|rata[- ]rata|nasional|target|dibanding\w*|sebelumnya)\b", re.IGNORECASE)
_BEFORE = frozenset(
    ("nilai", "capaian", "hasil", "perolehan", "bahwa", "dengan", "adalah", "yaitu", "dan", "pada")
)  # words before a name
PAGE = 40  # lines
REACH = 140  # characters after the name in which its value stands

RULE = Rule(
    code="NAR007",
    name="Satu indeks, dua nilai",
    family="LOGIC",
    severity="warning",
    texts={
        "": (
            "“{nama}” di sini {sini}, di tabel {sana}.",
            "“{nama}” is {sini} here, but {sana} in the table.",
        )
    },
    kriteria="Satu angka untuk satu kinerja",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    if doc.dokumen.kind != "LKIP":
        return
    tabled = {name: (label, cell) for name, label, cell in _tabled(doc)}
    if not tabled:
        return
    for name, (label, cell) in tabled.items():
        clashes = [(where, text, figure) for where, text, figure in _said(doc, label.text) if not _agree(figure, cell)]
        if any(_near(where, cell.where) for where, _, _ in clashes):
            where, _, figure = clashes[0]
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    *(cite(doc.berkas, place, shown) for place, shown, _ in clashes),
                    cite(doc.berkas, cell, role="counterpart"),
                    cite(doc.berkas, label, role="context"),
                ],
                found=figure.group().strip(),
                expected=cell.text,
                nama=name,
                sini=figure.group().strip(),
                sana=cell.text,
            )


def _near(one: Where, two: Where) -> bool:
    """Whether both stand within a page of each other: further off the name may mean another region's index."""
    if one.line is not None and two.line is not None:
        return abs(one.line - two.line) <= PAGE
    return one.page is not None and two.page is not None and abs(one.page - two.page) <= 1


def _tabled(doc: Doc) -> Iterator[tuple[str, Cell, Cell]]:
    """(name, label, figure) of rows that consist of a name and one figure."""
    for table in doc.tables("lain", "input_output"):
        for row in table.rows:
            filled = [cell for cell in row.cells if cell.text.strip() and not cell.inherited]
            if len(filled) == 2 and _NAME.match(normal(filled[0].text)) and _FIGURE.fullmatch(filled[1].text.strip()):
                yield normal(filled[0].text), filled[0], filled[1]


def _said(doc: Doc, label: str) -> Iterator[tuple[Where, str, re.Match[str]]]:
    pattern = re.compile(
        r"(?:(\w+)\s+)?\b" + r"\s+".join(map(re.escape, re.sub(r"<[^>]+>", " ", label).split())) + r"\b", re.IGNORECASE
    )
    for where, text in doc.spoken:
        match = pattern.search(text) if "indeks" in text.lower() or "skor" in text.lower() else None
        if match is None or (match.group(1) or "nilai").lower() not in _BEFORE:
            continue
        rest = text[match.end() : match.end() + REACH]
        stop = _OTHER.search(rest)
        figures = list(_FIGURE.finditer(rest[: stop.start()] if stop else rest))
        if len(figures) == 1 and not re.search(r"[A-Za-z]\d", rest[: figures[0].end()]):
            yield where, text, figures[0]


def _agree(figure: re.Match[str], cell: Cell) -> bool:
    """Whether the two are one figure, or of different units (then they are not compared)."""
    other = _FIGURE.fullmatch(cell.text.strip())
    if other is None or (figure.group(2) == "") != (other.group(2) == ""):
        return True
    one, two = (Decimal(f.group(1).replace(",", ".")) for f in (figure, other))
    places = min(-int(one.as_tuple().exponent), -int(two.as_tuple().exponent))
    return abs(one - two).scaleb(places) < 1  # rounded or cut off

"""Two amounts differ in one digit, or in two that changed places.

"27.964.035.120.859" in the text and "27.694.035.120.859" in the table are not two amounts: one is a slip of the other. The same holds for the one amount of
a copied block that is not quite the original's.

Wrong: text *Rp 27.964.035.120.859*, table *27.694.035.120.859*. Right: the same amount in both.

Decides: amounts of the running text with at least seven significant digits that stand in no table, beside one of a table that differs in one digit or by
two neighbouring digits exchanged; and, in programme tables, the same row in two parts whose amounts in a column differ so, while at least two of the rows around it have equal
amounts in both parts.

Limits: two amounts may rightly be so alike; hence a notice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.audit.context import Context, Doc
from pipeline.audit.lines import Line, lines
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Cell, Finding, Where
from pipeline.normalize.names import key_of

_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3}){2,4}(?![.,]?\d{3})")  # "176.919.600"
SIGNIFICANT = 7
AROUND = 4
WITNESSES = 2
MONEY = ("anggaran", "anggaran_akhir")

RULE = Rule(
    code="ARI017",
    name="Dua jumlah yang hanya berbeda satu angka",
    family="ARITHMETIC",
    severity="notice",
    texts={
        "": (
            "{satu} di sini dan {dua} di tabel hanya berbeda satu angka atau dua angka yang tertukar.",
            "{satu} here and {dua} in a table differ in one digit only, or in two that changed places.",
        ),
        "rows": (
            "“{nama}”: {satu} di sini, {dua} di bagian lain, padahal baris di sekitarnya sama.",
            "“{nama}”: {satu} here, {dua} in the other part, though the rows around it are the same.",
        ),
    },
    kriteria="Jumlah yang sama ditulis sama",
)


def check(ctx: Context) -> Iterable[Finding]:
    yield from _told(ctx.doc)
    yield from _copied(ctx.doc)


def _told(doc: Doc) -> Iterator[Finding]:
    printed: dict[str, Cell] = {}
    for table in doc.tables():
        for row in table.rows:
            for cell in row.cells:
                for match in _AMOUNT.finditer("" if cell.inherited else cell.text):
                    printed.setdefault(_digits(match[0]), cell)
    twins: dict[str, list[str]] = defaultdict(list)
    for digits in printed:
        for mask in _masks(digits):
            twins[mask].append(digits)
    places: dict[tuple[str, str], list[tuple[Where, str, str]]] = defaultdict(list)
    for where, text in doc.spoken:
        for match in _AMOUNT.finditer(text):
            digits = _digits(match[0])
            if digits in printed or len(digits.rstrip("0")) < SIGNIFICANT:
                continue
            near = {other for mask in _masks(digits) for other in twins.get(mask, ()) if _slip(digits, other)}
            if len(near) == 1:
                places[digits, near.pop()].append((where, text, match[0]))
    for (_, other), found in places.items():
        where, _, amount = found[0]
        yield finding(
            RULE,
            doc.berkas,
            where,
            evidence=[
                *(cite(doc.berkas, place, text) for place, text, _ in found),
                cite(doc.berkas, printed[other], role="counterpart"),
            ],
            found=amount,
            expected=printed[other].text,
            satu=amount,
            dua=printed[other].text,
        )


def _copied(doc: Doc) -> Iterator[Finding]:
    rows = [line for line in lines(doc, "renstra_program") if line.name is not None]
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(rows):
        by_name[key_of(line.name.text if line.name else "")].append(index)
    for places in by_name.values():
        for at, one in enumerate(places):
            for two in places[at + 1 :]:
                yield from _row(doc, rows, one, two)


def _row(doc: Doc, rows: list[Line], one: int, two: int) -> Iterator[Finding]:
    for field in MONEY:
        a, b = ([cell for _, cell in rows[index].cells(field)] for index in (one, two))
        for first, second in zip(a, b, strict=False):
            if len(a) != len(b) or not _slip(_digits(first.text), _digits(second.text)):
                continue
            if _witnesses(rows, one, two, field) < WITNESSES:
                continue
            name = rows[two].name
            yield finding(
                RULE,
                doc.berkas,
                second.where,
                "rows",
                evidence=[cite(doc.berkas, second), cite(doc.berkas, first, role="counterpart")],
                found=second.text,
                expected=first.text,
                nama=name.text if name else "",
                satu=second.text,
                dua=first.text,
            )


def _witnesses(rows: list[Line], one: int, two: int, field: str) -> int:
    """Rows around both that have the same name and the same amounts."""

    def around(index: int) -> dict[str, str]:
        near = rows[max(0, index - AROUND) : index + AROUND + 1]
        return {
            key_of(line.name.text): " ".join(_digits(cell.text) for _, cell in line.cells(field))
            for line in near
            if line.name is not None and line is not rows[index]
        }

    left, right = around(one), around(two)
    return sum(bool(amounts.strip()) and right.get(name) == amounts for name, amounts in left.items())


def _digits(text: str) -> str:
    """Without marks and without the decimals of rupiah."""
    return re.sub(r"\D", "", re.sub(r"[.,]0?0\s*$", "", text.strip()))


def _masks(digits: str) -> Iterator[str]:
    """Keys that amounts share which differ in one digit or in the order of two neighbours."""
    for at in range(len(digits)):
        yield digits[:at] + "?" + digits[at + 1 :]
    for at in range(len(digits) - 1):
        yield digits[:at] + "".join(sorted(digits[at : at + 2])) + "!" + digits[at + 2 :]


def _slip(one: str, two: str) -> bool:
    """Whether one digit differs, or two neighbours are exchanged."""
    if len(one) != len(two) or len(one) < SIGNIFICANT or one == two:
        return False
    wrong = [at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    if len(wrong) == 1:
        return wrong[0] > 0
    return (
        len(wrong) == 2
        and wrong[1] - wrong[0] == 1
        and one[wrong[0]] == two[wrong[1]]
        and one[wrong[1]] == two[wrong[0]]
    )

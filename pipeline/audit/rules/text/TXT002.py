"""A lettered list skips a letter or has one twice.

"a. … c. …" inside one explanation: a point was deleted, or the letter was not adapted. A reference to "huruf b" leads nowhere.

Wrong: *a. Administrasi …* then *c. Tersusun …*. Right: a, b.

Decides: inside one formula cell of an IKU table, points "a. X", "b. X" … that begin with a; two neighbours that are the same letter or skip exactly one. All places of a document are
one notice.

Limits: lists inside lists that start again at a are no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.audit.context import Context, Doc
from pipeline.audit.rule import Rule, cite, finding, line_of
from pipeline.model import Cell, Finding

_POINT = re.compile(r"(?:^|[\s>])([a-h])\.\s+(?=[A-Z])")  # "a. Jumlah …"

RULE = Rule(
    code="TXT002",
    name="Huruf daftar terlewat atau ganda",
    family="TEXT",
    severity="notice",
    texts={
        "": (
            "Huruf daftar terlewat atau ganda di {jumlah} tempat, mis. “{satu}.” diikuti “{dua}.”.",
            "List letters are skipped or doubled in {jumlah} places, e.g. “{satu}.” followed by “{dua}.”.",
        )
    },
    kriteria="Naskah diperiksa sebelum ditandatangani",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    found = list(_breaks(doc))
    if found:
        cell, one, two, shown = found[0]
        yield finding(
            RULE,
            doc.berkas,
            line_of(cell, shown),
            evidence=[cite(doc.berkas, place, quote) for place, _, _, quote in found],
            found=two,
            jumlah=len(found),
            satu=one,
            dua=two,
        )


def _breaks(doc: Doc) -> Iterator[tuple[Cell, str, str, str]]:
    for table in doc.tables("iku"):
        columns = [i for i, column in enumerate(table.columns) if column.field == "formula"]
        for row in table.rows:
            for cell in (row.cells[i] for i in columns if i < len(row.cells)):
                points = [] if cell.inherited else list(_POINT.finditer(cell.text))
                if not points or points[0].group(1) != "a":
                    continue
                for one, two in pairwise(points):
                    step = ord(two.group(1)) - ord(one.group(1))
                    if step in (0, 2):
                        yield cell, one.group(1), two.group(1), cell.text[two.start(1) : two.start(1) + 80]

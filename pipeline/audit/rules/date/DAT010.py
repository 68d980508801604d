"""The header of a table has other years from one page on than its title and its first part.

Who turns the page takes the amounts for those of the years that stand above them there.

Wrong: *Tabel 3.2 Rencana tahun 2023 dan prakiraan maju tahun 2024*, headed *Rencana Tahun 2023 | Prakiraan Maju Tahun 2024*, and on its second
page *Rencana Tahun 2022 | Prakiraan Maju Tahun 2023*. Right: the years of the title on every page.

Decides: a table whose header is printed again on a later page, the same but for its years, where the title has every year of the first header and
lacks one of the second.

Limits: a title without years says nothing. The rows are read under the years of the first header, whichever is right.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.audit.context import Context
from pipeline.audit.rule import Rule, finding
from pipeline.model import Evidence, Finding
from pipeline.readings.dates import SPAN
from pipeline.tables import reheaded

RULE = Rule(
    code="DAT010",
    name="Judul kolom berganti tahun di tengah tabel",
    family="DATE",
    severity="warning",
    texts={
        "": (
            "Kolom lanjutan tabel ini berjudul {kemudian}, padahal judul tabel dan bagian pertamanya menyebut {mula}.",
            "The columns of this part of the table are headed {kemudian}, but its title and its first part say {mula}.",
        )
    },
    kriteria="Judul kolom tabel yang bersambung harus sama di setiap halaman",
)


def check(ctx: Context) -> Iterable[Finding]:
    doc = ctx.doc
    for table in doc.tables():
        titled = _years_named(table.title)
        before = reheaded.years_of(tuple(column.label for column in table.columns))
        said: list[list[str]] = []
        for note in table.notes:
            again = reheaded.read(note, table.ordinal)
            if again is None or again[1] in said or not set(before) <= titled or set(again[1]) <= titled:
                continue
            where, after = again
            said.append(after)
            yield finding(
                RULE,
                doc.berkas,
                where,
                evidence=[
                    Evidence(doc.sha256, where, ", ".join(after)),
                    Evidence(doc.sha256, table.where, table.title, "counterpart"),
                ],
                found=", ".join(after),
                expected=", ".join(before),
                kemudian=", ".join(after),
                mula=", ".join(before),
            )


def _years_named(title: str) -> set[str]:
    """The years of a title, those within its spans among them: "Tahun 2023 - 2026"."""
    named = set(reheaded.years_of((title,)))
    for first, last in SPAN.findall(title.replace("–", "-")):
        named.update(map(str, range(int(first), int(last) + 1)))
    return named

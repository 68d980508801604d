"""A calculation written out in numbers does not give the result it states.

**What.** `342/881 x 100 % = 39,00 %` in prose or in a cell, with numerator, denominator and result printed.

**Why it matters.** A worked calculation is the proof of a reported figure.

**Regulation.** PermenPANRB 53/2014, annex II, chapter III.A (adequate explanation of data).

**Wrong.** `30 / 2,849 x 100% = 0,01%`.
**Right.** `30 / 2,849 x 100% = 1,05%`.

**How it decides.** The formula reader evaluates the calculation exactly; the result stands for what rounds (or is cut off) to its print.
Rounding to whole numbers printed with decimals is a warning, one last place off a notice.

**Known limits.** Numbers whose thousands and decimal marks are in doubt are tried in every reading; only when none fits is it said.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.calculations import malformed_results
from pipeline.audit.identities.report import in_document
from pipeline.audit.rule import Rule, cite, finding
from pipeline.model import Finding, NotChecked

RULE = Rule(
    "ARI006",
    "Hasil perhitungan salah",
    "arithmetic",
    "error",
    texts={
        "rusak": (
            "Hasil perhitungan “{hasil}” bukan angka: ada dua tanda desimal.",
            "The result “{hasil}” is no number: it has two decimal marks.",
        )
    },
    kriteria="Hasil yang tertulis = hasil perhitungan yang tertulis",
)


def check(ctx: Context) -> Iterator[Finding | NotChecked]:
    yield from in_document(ctx, RULE, "perhitungan")
    berkas = ctx.doc.berkas
    for where, result, sentence in malformed_results(berkas):
        shown = [cite(berkas, where, result), cite(berkas, where, sentence, "context")]
        yield finding(RULE, berkas, where, "rusak", evidence=shown, severity="warning", found=result, hasil=result)

"""Collects figures that the prose gives for a named indicator, to be equal to what the tables print for it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from pipeline.audit.identities.figures import meaning, of_statement
from pipeline.audit.identities.model import Figure, Identity, Ref
from pipeline.audit.identities.prose import Told, sentences
from pipeline.audit.identities.ratios import comparable
from pipeline.audit.identities.sameness import kinerja_figure, superseded
from pipeline.model import Berkas, Kinerja
from pipeline.normalize.names import content_words, measure_words
from pipeline.readings import read_value

ONE = (Fraction(1),)
TOLD = frozenset({"realisasi", "target", "capaian"})
MIN_WORDS = 2


# what makes a figure something else than the indicator's own: a difference, a comparison, an efficiency
_OTHERWISE = re.compile(
    r"\b(?:efisien|selisih|kenaikan|penurunan|meningkat|menurun|naik|turun|lebih|kurang|dibanding|deviasi|rata|serapan"
    r"|standar|anggaran|nasional|provinsi|sebelumnya|lalu|maksimal|minimal)",
    re.IGNORECASE,
)


_TARGET = re.compile(
    r"\bdari\s+target\s+(?:yaitu\s+|sebesar\s+)?(\d[\d.,]*\s*%)", re.IGNORECASE
)  # "dari target 88% dari …"


NAMED_TARGET = 99
"""The column of the address of a target that a statement names besides its own figure."""


def _targets(berkas: Berkas) -> Iterator[Told]:
    """Targets named in front of a worked calculation, which is one statement as a whole."""
    seen: set[tuple[object, str]] = set()
    for index, statement in enumerate(berkas.statements):
        match = _TARGET.search(statement.text) if statement.jenis == "perhitungan" else None
        if match is None or (statement.where, match[1]) in seen:
            continue
        seen.add((statement.where, match[1]))
        reading = read_value(match[1], notation="id")
        about = statement.text[: match.start()]
        new = replace(statement, figure=match[1], reading=reading, about=about, jenis="target", tahun=None)
        figure = Figure(
            Ref(berkas.dokumen.sha256, statement=index, column=NAMED_TARGET), reading, statement.where, about, "target",
            meaning(reading, "target"),
        )  # fmt: skip
        yield Told(figure, new, match.start(1), match.end(1))


def told_figures(berkas: Berkas) -> Iterator[Identity]:
    """Realisasi, target and capaian of an indicator whose whole name stands before the figure."""
    known = _known(berkas)
    index: dict[str, list[frozenset[str]]] = defaultdict(list)
    for words in known:
        index[min(words)].append(words)
    told = (one for sentence in sentences(berkas) for one in sentence) if known else iter(())
    for one in chain(told, _targets(berkas)):
        if one.statement.jenis in TOLD:
            about = one.statement.about
            words = content_words(about)
            named = [name for word in words for name in index.get(word, ()) if name <= words]
            longest = [name for name in named if not any(name < other for other in named)]
            whole = longest[0] if longest and len({len(name) for name in longest}) == 1 else frozenset[str]()
            alike = all(len(name & whole) >= len(whole) - 1 for name in longest)  # "diluar dana DAK", "diluar dana BOS"
            if whole and alike and not (set(map(str.lower, _OTHERWISE.findall(about))) - set(" ".join(whole).split())):
                yield from _compare([one], _together([known[name] for name in longest]), _usual_year(berkas))


Printed = dict[tuple[str, int | None], list[Figure]]


def _together(printed: list[Printed]) -> Printed:
    """The figures of indicators whose names differ in one word, as one."""
    if len(printed) == 1:
        return printed[0]
    joined: Printed = defaultdict(list)
    for one in printed:
        for key, figures in one.items():
            joined[key] += figures
    return joined


def _known(berkas: Berkas) -> dict[frozenset[str], Printed]:
    """Figures of each indicator by (jenis, year), for names long enough to be recognised."""
    known: dict[frozenset[str], Printed] = defaultdict(lambda: defaultdict(list))
    for record in berkas.kinerja:
        words = content_words(record.indikator) - measure_words()
        if len(words) >= MIN_WORDS and record.reading.value is not None and not superseded(record.band):
            figure = kinerja_figure(berkas.dokumen.sha256, record)
            known[words][record.jenis, record.tahun or berkas.dokumen.tahun].append(figure)
    return known


def _usual_year(berkas: Berkas) -> int | None:
    """The year that the document's prose speaks of most, which its figures without a year are of."""
    years = Counter(statement.tahun for statement in berkas.statements if statement.tahun)
    return years.most_common(1)[0][0] if years else berkas.dokumen.tahun


def _compare(told: list[Told], printed: Printed, tahun: int | None) -> Iterator[Identity]:
    everything = [figure for figures in printed.values() for figure in figures]
    for one in told:
        jenis, year = one.statement.jenis, one.statement.tahun or tahun
        figures = [figure for figure in printed.get((jenis, year), ()) if comparable(figure, one.figure)]
        if jenis not in TOLD or not figures or one.figure.interval is None:
            continue
        agreeing = [figure for figure in figures if figure.interval and figure.interval.meets(one.figure.interval)]
        if agreeing:
            yield Identity("uraian", "linear", one.figure, (agreeing[0],), ONE)
        elif not any(figure.value == one.figure.value for figure in everything) and (usual := _usual(figures)):
            clear = {"jelas": "target yang disebut"} if one.figure.ref.column == NAMED_TARGET else {}
            yield Identity("uraian", "linear", one.figure, (usual,), ONE, soft=True, facts=clear)


def _usual(figures: list[Figure]) -> Figure | None:
    """The figure that all tables print, or most of several; None where they disagree."""
    counts = Counter(figure.value for figure in figures).most_common(2)
    if len(counts) > 1 and counts[0][1] == counts[1][1]:
        return None
    return next(figure for figure in figures if figure.value == counts[0][0])


MIN_DIGITS = 3


def slips(berkas: Berkas) -> Iterator[Identity]:
    """Percentages of the prose that stand in no table and are one with two neighbouring digits exchanged: 72,95 for the
    72,59 that several places give for the indicator of which the paragraph speaks."""
    printed: dict[Decimal, list[Kinerja]] = defaultdict(list)
    for record in berkas.kinerja:
        if record.jenis in TOLD and record.reading.value is not None and record.reading.places:
            printed[record.reading.value].append(record)
    told = Counter(statement.reading.value for statement in berkas.statements)
    for index, statement in enumerate(berkas.statements):
        value = statement.reading.value
        known = value is None or value in printed or statement.jenis == "perhitungan"
        if known or value is None or statement.reading.kind != "percent" or not statement.reading.places:
            continue
        for other in _exchanged(value):
            if len(printed.get(other, ())) + told[other] >= 2 and printed.get(other):
                record = printed[other][0]
                if (
                    len(content_words(statement.text) & (content_words(record.indikator) - measure_words()))
                    >= MIN_WORDS
                ):
                    figure = of_statement(berkas, index, statement, record.jenis)
                    source = kinerja_figure(berkas.dokumen.sha256, record)
                    yield Identity("uraian", "linear", figure, (source,), ONE, facts={"jelas": "dua angka tertukar"})
                    break


def _exchanged(value: Decimal) -> Iterator[Decimal]:
    """The value with each two neighbouring digits exchanged."""
    places = max(0, -int(value.as_tuple().exponent))
    digits = str(abs(int(value.scaleb(places))))
    if len(digits) >= MIN_DIGITS:
        for at in range(len(digits) - 1):
            other = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            if other != digits:
                yield Decimal(int(other)).scaleb(-places)

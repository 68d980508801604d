"""Collects worked calculations in prose and cells: `342/881 x 100% = 39,00%` states its own result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.audit.identities.model import Figure, Identity, Ref
from pipeline.interval import Interval
from pipeline.model import Berkas, Reading, Where

# "(99,5% + 87,8%) : 2 = 93,65%", "342/881 x 100% = 39,00%": numbers, brackets and operators up to a result
_NUMBERS_ONLY = re.compile(r"[(\d][\d.,%()\s/:xX×*+–÷-]*[/:xX×*+–÷-][\d.,%()\s/:xX×*+–÷-]*=\s*\d[\d.,]*\s*%?")
_CALCULATES = re.compile(r"[\d%)]\s*[/:xX×*÷+]\s*[\d(]")  # an operator between two numbers
_HALF = re.compile(r"[\d)%]\s*[/:xX×*+–÷-]\s*$|[\d.,]$")  # what a calculation cannot begin after: "124,21/"
_MORE = re.compile(r"\s*(?:\d|[/xX×*÷]\s*\d)")  # what cannot follow its result
_ONE_MARK = re.compile(r"(?<![\d.,])\d{1,3}[.,]\d{3}(?![\d.,])")  # "2,849": 2.849 or 2849
_SCALED = re.compile(r"[xX×*]\s*100\b")


def worked(berkas: Berkas) -> Iterator[Identity]:
    """Calculations whose numbers and result are both printed, each as an identity of its result alone."""
    sha256 = berkas.dokumen.sha256
    seen: set[tuple[Where, str]] = set()
    for index, statement in enumerate(berkas.statements):
        if statement.jenis != "perhitungan":
            continue
        for serial, text in enumerate(_calculations(statement.figure, statement.text)):
            if (statement.where, text) in seen:
                continue
            seen.add((statement.where, text))
            identity = _identity(text, Ref(sha256, statement=index, column=serial), statement.where, statement.about)
            if identity is not None:
                yield identity
    for table in berkas.tables:
        for number, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                if "=" in cell.text and not cell.inherited and _CALCULATES.search(cell.text):
                    place = Where(cell.where.page, cell.where.line, table.ordinal, number, column, cell.where.bbox)
                    for text in _calculations("", cell.text):
                        identity = _identity(text, Ref(sha256, table.ordinal, number, column), place, "")
                        if identity is not None:
                            yield identity


def _calculations(figure: str, text: str) -> list[str]:
    """The calculations of a sentence: in numbers alone wherever they stand, else the statement's own text if whole."""
    found = [
        match[0]
        for match in _NUMBERS_ONLY.finditer(text)
        if not _HALF.search(text[: match.start()]) and not _MORE.match(text, match.end())
    ]
    if found:
        return [one for one in found if _CALCULATES.search(one)]
    at = text.find(figure) if figure else -1
    whole = at >= 0 and not _HALF.search(text[:at])
    return [figure] if whole else []


def _identity(text: str, ref: Ref, where: Where, about: str) -> Identity | None:
    from pipeline.formula import parse
    from pipeline.readings import read_value

    formula = parse(text)
    if formula.value is None or formula.stated_result is None:
        return None
    stated = read_value(formula.stated_result, notation="id")
    if stated.value is None:
        return None
    printed = text.rsplit("=", 1)[1].strip()
    if _broken_off(stated, formula.value):
        return None
    value = formula.value
    meant = Interval.printed(stated.value, stated.places)
    if formula.holds:
        value = meant  # in one of its readings it is right
    elif not value.meets(meant):
        value = _other_reading(text, value, meant)
    reading = Reading(
        printed, stated.kind, "exact", stated.value, meant, stated.satuan,
        places=stated.places,
    )  # fmt: skip
    result = Figure(ref, reading, where, about or "Perhitungan", "perhitungan", reading.interval)
    return Identity("perhitungan", "linear", result, (), (), note=" ".join(text.split()), constant=value)


def _other_reading(text: str, value: Interval, meant: Interval) -> Interval:
    """The value with a number's only mark read the other way, or the 100 glued to its sign; where one of these gives the
    printed result, or a hundredth of it, that reading is the likelier one."""
    others = [value.scale(1000), value.scale(Fraction(1, 1000))] if _ONE_MARK.search(text) else []
    if _SCALED.search(text):
        others.append(value.scale(100))
    for other in others:
        if other.meets(meant):
            return meant
    return next((other for other in others if other.meets(meant.scale(100))), value)


def _broken_off(stated: Reading, value: Interval) -> bool:
    """A result of which the reader saw only the first digits: "8" of 84,80."""
    whole = str(abs(int((value.low + value.high) / 2)))
    return (
        stated.places == 0
        and stated.value is not None
        and len(str(int(stated.value))) < len(whole)
        and (whole.startswith(str(int(stated.value))))
    )


# "= 212,77,00%": a result with two decimal marks
_TWO_MARKS = re.compile(r"=\s*(\d{1,3}(?:\.\d{3})*,\d{1,2},\d{1,2}\s*%?|\d{1,3}\.\d{2}\.\d{2}\s*%)(?![\d.,])")


def malformed_results(berkas: Berkas) -> Iterator[tuple[Where, str, str]]:
    """(place, result as printed, sentence) of calculations whose result is no number."""
    seen: set[tuple[Where, str]] = set()
    for statement in berkas.statements:
        for match in _TWO_MARKS.finditer(statement.text) if statement.jenis == "perhitungan" else ():
            if (statement.where, match[1]) not in seen:
                seen.add((statement.where, match[1]))
                yield statement.where, match[1].strip(), statement.text

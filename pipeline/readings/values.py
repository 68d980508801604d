"""Reads one cell's text as a typed value: the dispatch over everything a cell of a performance table can say."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from pipeline.interval import Interval
from pipeline.model import Reading, ReadingKind
from pipeline.readings.clean import clean, squeeze
from pipeline.readings.dates import read_period
from pipeline.readings.numbers import Notation, Number, read_number
from pipeline.readings.ranges import read_range, read_ratio
from pipeline.readings.units import CURRENCY, SCALE, Unit, scale_of, unit
from pipeline.readings.vocabulary import unit_of, vocabulary
from pipeline.readings.words import number_in_words

RUN = re.compile(r"(?<![A-Za-z\d])[.,]?\d(?:[\d.,' ]*\d)?(?:[.,](?=\s|$))?")  # 1.5 60. 200
MARKS_OF_MONEY = re.compile(r"(?:(?<![a-z])(?:rp|idr)\s*[.,:;]*\s*)+", re.IGNORECASE)  # Rp. Rp.
TAIL_OF_MONEY = re.compile(r"\s*[.,]\s?[-=]+(?=\s|$|\))")  # 1.000,- ; 1.000.-
LETTER_DIGIT = re.compile(r"(?<=\d)[oO]+(?=[\d.,%\s]|$)|(?<![A-Za-z])[lI](?=[\d.,]*\d)")  # 1OO% ; l2
CENTS = re.compile(r"\d[.,]0{1,2}$")  # 20.00 titik
OUTLINE = re.compile(r"(?:\d{1,2}\.){2,}\d{0,2}\.?")  # 1.1. numbers an item
RATE = re.compile(
    r"(\d[\d.,]*)\s*(?:/|per)\s*(1[.,]?0{2,3}(?:[.,]?000)?)\s*([A-Za-z ]*)", re.IGNORECASE
)  # 88/100.000 KH
STRAY = re.compile(r"[.,][\d.,\s]*|0{2,3}(?:[.,\s]*0+)*")  # .580 ; 000
PERCENT_TAIL = re.compile(r"^\(?\s*(?:%|persen|prosen|per\s*cent)\s*\)?", re.IGNORECASE)
WORDS_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z][A-Za-z -]+)\)")  # 5 (lima)
LEVEL = re.compile(r"(?:level|tingkat)", re.IGNORECASE)  # Level 3
BULLET = re.compile(r"^(?:[-•*]\s+|\d{1,2}[.)]\s+(?=\D))")


def read_value(text: str, *, satuan: str | None = None, notation: str | None = None) -> Reading:
    """Reads `text`; `satuan` is what the header or the unit column says, `notation` ("id" or "en") the column's consensus.

    Money is given in rupiah whatever its scale, with the interval of its print; percentages as printed. Dates and periods
    carry their ISO form in `code`. Never raises.
    """
    style: Notation | None = "id" if notation == "id" else "en" if notation == "en" else None
    return read_with_unit(text, unit(satuan), style)


@lru_cache(maxsize=16384)
def read_with_unit(text: str, expected: Unit, notation: Notation | None) -> Reading:
    """As `read_value`, with the expected unit already read."""
    plain = clean(text)
    words = vocabulary()
    lower = plain.lower()
    if lower in words.empty or not plain.strip("-. _"):
        return Reading(text, "empty", "empty")
    if lower in words.ticks:
        return Reading(text, "tick", "exact")
    label = _label(text, plain)
    if label is not None:
        return label
    if expected.kind == "unknown" and expected.name is None:
        period = read_period(plain)
        if period is not None:
            value = Decimal(period.tahun) if period.kind == "year" and period.tahun else None
            interval = Interval.exact(value) if value is not None else None
            return Reading(text, period.kind, "exact", value, interval, code=period.iso)
    repaired = LETTER_DIGIT.sub(lambda found: "0" * len(found[0]) if found[0][0] in "oO" else "1", plain)
    reading = _figure(text, repaired, expected, notation)
    if repaired != plain and reading.status in ("exact", "repaired"):
        return replace(reading, status="repaired", repairs=(*reading.repairs, "letters read as digits"))
    return reading


def _label(text: str, plain: str) -> Reading | None:
    """A grade or a predicate without a number: `BB`, `Sangat Tinggi`, `WTP`."""
    bare = plain.strip("().\"' ")
    if bare.upper() in vocabulary().grades and bare == bare.upper():
        return Reading(text, "predikat", "exact", grade=bare)
    if squeeze(plain) in vocabulary().predikat:
        return Reading(text, "predikat", "exact", grade=bare)
    return None


def _figure(text: str, plain: str, expected: Unit, notation: Notation | None) -> Reading:
    if not any(ch.isdigit() for ch in plain):
        return _without_digits(text, plain, expected)
    if expected.kind == "unknown" and OUTLINE.fullmatch(plain) and plain.count(".") > 1 and plain.endswith("."):
        return Reading(text, "text", "exact")
    rate = RATE.fullmatch(plain)
    if rate and (rate[3].strip() or expected.kind == "measured"):
        number = read_number(rate[1], notation)
        return _made(text, "number", number, Unit("measured", f"per {rate[2]} {rate[3].strip()}".strip()))
    if not CURRENCY.search(plain):
        for reader in (read_range, read_ratio):
            special = reader(plain, text, notation)
            if special is not None:
                return special
    checksum, plain = _words_beside(plain)
    money = bool(CURRENCY.search(plain)) or expected.kind == "money"
    plain = MARKS_OF_MONEY.sub(" ", plain)
    dashed = bool(TAIL_OF_MONEY.search(plain))
    plain = TAIL_OF_MONEY.sub(" ", plain).strip()
    money = money or (dashed and expected.kind == "unknown")
    runs = list(RUN.finditer(plain))
    if len(runs) != 1:
        return _several(text, plain, runs, expected, notation, money)
    before, digits, after = plain[: runs[0].start()], runs[0][0], plain[runs[0].end() :]
    reading = _one(text, before.strip(), digits, after.strip(), expected, notation, money, dashed)
    return reading if checksum is None else _checked(reading, checksum)


def _without_digits(text: str, plain: str, expected: Unit) -> Reading:
    number = number_in_words(plain.strip("() "))
    if number is None:
        return Reading(text, "text", "unreadable" if expected.kind == "money" else "exact")
    kind: ReadingKind = "rupiah" if "rupiah" in plain.lower() or expected.kind == "money" else "count"
    value = Decimal(number)
    return Reading(text, kind, "exact", value, Interval.exact(value), "Rp" if kind == "rupiah" else expected.name)


def _words_beside(plain: str) -> tuple[int | None, str]:
    """Takes a number in words in brackets out of the text: `5 (lima) dokumen`."""
    for match in WORDS_IN_BRACKETS.finditer(plain):
        number = number_in_words(match[1])
        if number is not None:
            return number, f"{plain[: match.start()]} {plain[match.end() :]}".strip()
    return None, plain


def _checked(reading: Reading, checksum: int) -> Reading:
    """Compares the figure with the words beside it: they confirm a repair, choose a candidate, or contradict."""
    said = Decimal(checksum)
    if reading.value == said:
        return replace(reading, decided_by="number in words") if reading.status != "exact" else reading
    if reading.status == "ambiguous" and said in reading.candidates:
        return replace(
            reading, status="repaired", value=said, interval=Interval.exact(said), decided_by="number in words"
        )
    known = (reading.value,) if reading.value is not None else reading.candidates
    return replace(
        reading, status="ambiguous", value=None, interval=None, candidates=tuple(dict.fromkeys((*known, said))),
        repairs=(*reading.repairs, "the words beside the figure say another number"),
    )  # fmt: skip


def _several(
    text: str, plain: str, found: list[re.Match[str]], expected: Unit, notation: Notation | None, money: bool
) -> Reading:
    """More than one figure: a grade's scale (`Level 3 (3,157)`), or values that ran together."""
    runs = [run[0] for run in found]
    if len(runs) == 2:
        level = re.fullmatch(rf"([A-Za-z ]+?)\s*{re.escape(runs[0])}\s*\(\s*{re.escape(runs[1])}\s*\)", plain)
        if level:
            score = read_number(runs[1], notation or "id")
            if score.value is not None:
                return _made(text, "score", score, Unit("measured", "skor"), grade=f"{level[1].strip()} {runs[0]}")
    kept = [run for run in found if not STRAY.fullmatch(run[0])]
    if len(kept) == 1:  # `98,25% .580`: the end of a neighbour's number that broke over the page
        rest = plain
        for run in reversed([run for run in found if run is not kept[0]]):
            rest = f"{rest[: run.start()]} {rest[run.end() :]}"
        rest = " ".join(rest.split())
        reading = _figure(text, rest, expected, notation) if len(RUN.findall(rest)) == 1 else None
        if reading is not None and reading.value is not None:
            return replace(reading, status="repaired", repairs=(*reading.repairs, "a stray fragment left out"))
    values: list[Decimal] = []
    for text_of_run in runs:
        number = read_number(text_of_run, notation)
        values.extend((number.value,) if number.value is not None else number.candidates[:2])
    kind: ReadingKind = "rupiah" if money else "number"
    share = sum(ch.isalpha() for ch in plain) / max(1, len(plain))
    if share > 0.6 and not money:
        return Reading(text, "text", "exact", candidates=tuple(dict.fromkeys(values)))
    return Reading(
        text, kind, "ambiguous", candidates=tuple(dict.fromkeys(values)), repairs=("several figures in one cell",)
    )


def _one(
    text: str,
    before: str,
    digits: str,
    after: str,
    expected: Unit,
    notation: Notation | None,
    money: bool,
    dashed: bool,
) -> Reading:
    """One figure with what stands before and after it."""
    negative = before.endswith(("-", "−")) and not before[:-1].strip()
    if negative:
        before = ""
    if digits.endswith(".") and after[:1].isalpha():  # `1. Administrator`
        return Reading(text, "text", "exact")
    grade, before, after = _grade(before, after)
    bracketed = before == "(" and after.startswith(")")
    before, after = before.strip("( :"), after.strip(") ")
    percent = PERCENT_TAIL.match(after)
    if percent:
        after = after[percent.end() :].strip(" .;")
    if before == "%":
        percent, before = PERCENT_TAIL.match("%"), ""
    scale = SCALE.match(after)
    stated = unit(after.strip(" ().,;")) if after else expected
    if scale and (money or stated.kind == "money"):
        stated = Unit("money", "Rp", scale_of(after))
        money = True
    elif percent:
        stated = Unit("percent", "%")
    elif money:
        stated = Unit("money", "Rp", expected.scale)
    elif grade:
        stated = Unit("measured")
    elif expected.kind == "money":
        stated = expected
    counted = stated.kind == "counted" and not CENTS.search(digits)
    whole = dashed or (stated.kind == "money" and stated.scale == 1) or counted
    if LEVEL.fullmatch(before) and stated.name is None and not after:
        ladder = digits.isdigit()  # the rung of a ladder, not the score that led to it
        stated = Unit("unknown", "level") if ladder else Unit("measured", "skor")
    number = read_number(digits, notation or _default(stated, digits), whole=whole)
    number = _signed(number, negative)
    kind = _kind(stated, grade)
    reading = _made(text, kind, number, stated, grade)
    if (after and not percent and not grade and stated.kind == "unknown") or (
        money and after and not scale and not unit_is_money(after)
    ):
        reading = _with_rest(reading, after)
    if (
        bracketed and (money or number.places) and number.value
    ):  # (28.78): a loss, as accountants write it, or only brackets
        candidates = (number.value, -number.value)
        return replace(
            reading, status="ambiguous", value=None, interval=None, candidates=candidates, repairs=("brackets",)
        )
    return _after_lead(reading, before)


def unit_is_money(text: str) -> bool:
    return unit(text).kind == "money" or not any(ch.isalnum() for ch in text)


def _default(stated: Unit, digits: str) -> Notation | None:
    """Indonesian where the figure's own marks leave it open and the unit makes the alternative absurd."""
    return "id" if stated.kind in ("money", "counted") and "," not in digits and not CENTS.search(digits) else None


def _grade(before: str, after: str) -> tuple[str | None, str, str]:
    """A letter grade or predicate beside the figure: `73,47 (BB)`, `4,62 A`, `Nilai A (82,92)`."""
    for side, words in (("after", after), ("before", before)):
        bare = words.strip("()[]/:=, ")
        head = bare.split()[-1] if side == "before" and bare else bare
        if head in vocabulary().grades:
            rest = bare[: -len(head)].strip() if side == "before" else ""
            return (head, before, "") if side == "after" else (head, rest, after.strip(") "))
        if bare and squeeze(bare) in vocabulary().predikat and len(squeeze(bare)) > 2:
            return (bare, before, "") if side == "after" else (bare, "", after.strip(") "))
    return None, before, after


def _signed(number: Number, negative: bool) -> Number:
    if not negative:
        return number
    return replace(
        number,
        value=-number.value if number.value is not None else None,
        candidates=tuple(-value for value in number.candidates),
    )


def _kind(stated: Unit, grade: str | None) -> ReadingKind:
    if grade and stated.kind != "percent":
        return "score"
    kinds: dict[str, ReadingKind] = {"money": "rupiah", "percent": "percent", "counted": "count", "measured": "number"}
    return kinds.get(stated.kind, "count" if stated.name else "number")


def _made(text: str, kind: ReadingKind, number: Number, stated: Unit, grade: str | None = None) -> Reading:
    scale = stated.scale
    value = None if number.value is None else number.value * scale
    if kind == "rupiah" and value is not None and value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    interval = None
    if number.value is not None:
        exact = (
            (kind == "rupiah" and scale == 1)
            or kind == "count"
            or (kind == "number" and not number.places and stated.kind != "measured")
        )
        printed = Interval.exact(number.value) if exact else Interval.printed(number.value, number.places)
        interval = printed if scale == 1 else printed.scale(Fraction(scale))
    return Reading(
        text,
        kind,
        number.status,
        value,
        interval,
        stated.name if stated.kind != "unknown" or stated.name else None,
        grade,
        tuple(candidate * scale for candidate in number.candidates),
        number.repairs,
        places=number.places if kind != "rupiah" else 0,
    )


def _with_rest(reading: Reading, after: str) -> Reading:
    """Keeps a known unit at the head of a longer remark (`5 unit dengan kondisi baik`); otherwise the words are the unit."""
    words = after.split()
    for length in range(min(4, len(words)), 0, -1):
        known = unit_of("".join(words[:length]))
        if known and reading.kind != "rupiah":
            return replace(reading, satuan=known, kind="count" if reading.kind == "number" else reading.kind)
    if reading.kind == "rupiah" or len(words) > 6:
        candidates = (reading.value,) if reading.value is not None else reading.candidates
        return replace(
            reading,
            status="ambiguous",
            value=None,
            interval=None,
            candidates=candidates,
            repairs=(*reading.repairs, "words after the figure"),
        )
    return replace(reading, satuan=after.strip(" ().,;"))


def _after_lead(reading: Reading, before: str) -> Reading:
    """Words before the figure: harmless ones (`sebesar`, `Level`) are dropped, others make it uncertain."""
    words = [word for word in BULLET.sub("", before.lower()).strip(" :=.").split() if word]
    if all(word in vocabulary().lead for word in words):
        return reading
    if reading.status == "unreadable":
        return reading
    if len(words) > 6:
        return Reading(
            reading.text,
            "text",
            "exact",
            candidates=(reading.value,) if reading.value is not None else reading.candidates,
        )
    candidates = (reading.value,) if reading.value is not None else reading.candidates
    return replace(
        reading,
        status="ambiguous",
        value=None,
        interval=None,
        candidates=candidates,
        repairs=(*reading.repairs, "words before the figure"),
    )

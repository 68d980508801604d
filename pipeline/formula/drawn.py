"""Fractions drawn over several lines: with a rule, or stacked without one, the multiplier and the result beside them."""

from __future__ import annotations

import re

from pipeline.formula.leads import ABBREVIATED
from pipeline.formula.lines import (
    BEFORE_COUNT,
    BRACKETED,
    DIVIDES,
    JOINS,
    NAME,
    PLANNED,
    QUANTITY_FIRST,
    REALISED,
    UNIT_ALONE,
    VALUE,
    before_label,
    fraction,
    one_line,
    scaled,
    without_joined,
    without_label,
    without_value,
)
from pipeline.formula.pieces import COUNTED, PLANS, SCALE
from pipeline.formula.prepare import Source, joined

BAR = re.compile(
    r"[-‒–—―⎯─━_═.…=](?:(?<==)={4,}|(?<=[-‒–—―⎯─━_═])[-‒–—―⎯─━_═]{3,}|(?<=[―⎯─━])[―⎯─━]+|(?<=[-–—_])(?: [-–—_]){4,}|(?<=\.)\.{7,}|(?<=…)…{2,})"
)  # a rule drawn with characters; it begins with a set, which the engine finds fast
_SUBSCRIPTS = re.compile(r"^\s*(?:\((?:[a-z]|[a-z]\s*[-+]\s*\d)\)\s*){1,6}$")  # a line "(n) (n-1)"
_SUBSCRIPT = re.compile(r"\((?:[a-z]|[a-z]\s*[-+]\s*\d)\)")
_BARE_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z(_])")
_LETTERED = re.compile(r"^\s*([A-Za-z%][\w%]{0,6}(?:\([^()]{1,8}\))?)\s*=\s*(.*)$")  # "A = …"
_SIGN_OF_DIVISION = re.compile(r"[/÷:]")
_GOES_ON = re.compile(r"\s*[a-z(≤≥<>]")  # a line that begins in the middle of a phrase
_GOES_ON_IN_CAPITALS = re.compile(rf"\s*(?!(?i:{PLANS}))[A-Z(≤≥<>]")
_SCALE_AND_MORE = re.compile(
    rf"\s*(?:{SCALE.pattern})\s*(?:{COUNTED}|nilai|target)", re.IGNORECASE
)  # "x 100% Jumlah halte"
_COLON_BETWEEN = re.compile(
    rf"(?<!\w){COUNTED}[^:=]{{0,300}}(?::\s*\n\s*{COUNTED}|\n\s*:)", re.IGNORECASE
)  # "Jumlah bangunan ber IMB :⏎jumlah bangunan"
_COLON_LAST = re.compile(r"\S\s+:\s*$")
_COUNTS_DIVIDED = re.compile(
    rf"\d\s+[/:÷]\s+\d|\d\s+[^\W\d]+\s*[/:]\s*\d|\d\s*[/:]\s*Rp|\bdi\s?bagi|\b(?:per|dari)\s*\n\s*{COUNTED}",
    re.IGNORECASE,
)  # "45 / 50", "45 desa / 180 desa", "… di bagi", "… per⏎total luas"
_RESULT = re.compile(r"=\s*[\d.,]+\s*%?\s*$")  # "= 84,87%"
MOST_CALCULATIONS = 8  # drawn one below the other; no cell has more
_SHORT_BAR = re.compile(r"\s*[-–—_]{2,3}(?=\s*(?:$|[xX×*]\s*100))")  # a rule as short as the letters above it
_BESIDE = re.compile(
    rf"\s*+(?P<name>[^\d=]{{0,40}})=\s*+(?:(?P<scale>(?>{SCALE.pattern})))?\s*+(?:(?P<again>=)?\s*+(?P<result>[\d.,]++\s*+%?(?:\s*+[^\W\d][\w/]*+|\s*+/\s?\w++)?))?\s*+$"
)  # "GDR =   x 1.000", "=  X 100%   126.68 %", "=      = 58.551 kbm/tahun"
_DEFINES = re.compile(
    r"^\W*(?:pers?entase|pr[eo]sentase|rasio|perbandingan|cakupan|tingkat|angka|indikator|kontribusi|proporsi)\b|\b(?:adalah|merupakan|yaitu)\b|=",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[^\W\d]{3}\)?\.\s*$")
_WHOLE_OPERAND = re.compile(rf"\s*(?:[^=]{{1,40}}=\s*)?(?=[A-Z∑Σ])(?i:{COUNTED})")
_GAP = re.compile(r" {3,}")
_COUNT_OR_VALUE = re.compile(r"(?!\d+[.)]\s|(?:19|20)\d\d\s*$)\d")  # no number of a list, no year
_VALUE_ALONE = re.compile(r"\s*\d[\d.,]*\s*%?\s*$")
_SYMBOL_ALONE = re.compile(r"[A-Za-z]{1,3}\s*$")
_OF_LETTERS = re.compile(rf"\s*+\(?\s*+[A-Za-z]\d?\s*+/\s*+[A-Za-z]\d?\s*+\)?\s*+(?:{SCALE.pattern})")  # "A/B x 100%"
_ALL_OF = re.compile(rf"\s*{COUNTED}\s+(\w+)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"^\s*\d{1,2}\s*$")


def with_subscripts(lines: list[Source]) -> list[Source]:
    """Subscripts that stand on a line of their own, or after "A =", go back to their symbols in the line above."""
    if len(lines) < 2:
        return lines
    result: list[Source] = []
    for line in lines:
        above = result[-1] if result else None
        bare = list(_BARE_SYMBOL.finditer(above.text)) if above else []
        lettered = _LETTERED.match(line.text)
        tail = lettered.group(2) if lettered else ""
        loose = _SUBSCRIPT.findall(tail) if tail.startswith("(") and _SUBSCRIPT.match(tail) else []
        if above is not None and bare and _SUBSCRIPTS.match(line.text):
            result[-1] = _attach(above, bare, [m.group() for m in _SUBSCRIPT.finditer(line.text)])
        elif above is not None and bare and loose and len(loose) == len(bare):
            result[-1] = _attach(above, bare, loose)
            end = line.text.rindex(loose[-1]) + len(loose[-1])
            start = line.text.index("=") + 1
            result.append(joined([line.cut(0, start), line.cut(end, len(line.text))]))
        else:
            result.append(line)
    return result


def _attach(line: Source, symbols: list[re.Match[str]], subscripts: list[str]) -> Source:
    parts: list[Source | str] = []
    position = 0
    for symbol, subscript in zip(symbols, subscripts, strict=False):
        parts += [line.cut(position, symbol.end()), subscript]
        position = symbol.end()
    parts.append(line.cut(position, len(line.text)))
    return joined(parts)


def ruled(lines: list[Source]) -> Source | None:
    """A fraction with a rule of dashes: over several lines, or flattened into one."""
    row = next((i for i, line in enumerate(lines) if BAR.search(line.text) or _SHORT_BAR.match(line.text)), None)
    if row is None or "dibagi" in lines[row].text.lower():
        return None
    line = lines[row]
    bar = BAR.search(line.text) or _SHORT_BAR.match(line.text)
    assert bar is not None
    before, after = line.cut(0, bar.start()), line.cut(bar.end(), len(line.text))
    if len(lines) > 1 and any(_SCALE_AND_MORE.match(part.text) for part in [after, *lines[row + 1 : row + 2]]):
        return ruled([one_line(lines, line)])  # drawn on one line, which was then broken where its column ends
    beside: list[Source] = []
    if len(lines) == 1:
        scale = SCALE.search(after.text)
        valued = VALUE.search(before.text)
        filled_in = valued and (valued["digits"] or VALUE.search(after.text))
        before = before_label(without_value(before) if filled_in else before)
        if not before.text.strip() or not after.text.strip():
            return None
        if scale and not after.text[: scale.start()].strip():
            worked = re.match(
                rf"\s*(?:\([\d.,\s/:]+\)\s*{SCALE.pattern}\s*)?=\s*[\d.,]+\s*%?", after.text[scale.end() :]
            )
            end = scale.end() + (worked.end() if worked else 0)
            below = after.cut(end, len(after.text))
            if valued or "=" in line.text[: bar.start()]:
                below = without_value(below)
            return fraction([before], [below], [after.cut(scale.start(), scale.end())])
        below, multiplier = scaled(after)
        if multiplier is None:
            before, multiplier = scaled(before)
        return fraction([before], [below], [multiplier] if multiplier else [])
    above = lines[:row] if not before.text.strip() or "=" in before.text else [*lines[:row], before]
    below_lines = list(lines[row + 1 :])
    if after.text.strip():
        beside = [after]
    kept_above: list[Source] = []
    kept_below: list[Source] = []
    for part, kept in [(part, kept_above) for part in above] + [(part, kept_below) for part in below_lines]:
        rest, multiplier = scaled(part)
        if multiplier is not None:
            beside.append(multiplier)
        if rest.text.strip():
            kept.append(without_label(without_value(rest)))
    if not kept_above or not kept_below:
        return None
    return fraction(kept_above, kept_below, beside[:1])


def stacked(lines: list[Source]) -> Source | None:
    """A fraction without a rule: numerator over denominator, the multiplier beside one of them or between; a sum over its
    number; after it, a second one in numbers, or the result."""
    if len(lines) < 2 or (len(lines) == 2 and UNIT_ALONE.fullmatch(lines[1].text)):
        return None
    if equated := _equated(lines):
        return equated
    lines = _right_of_equals(_after_sentences(lines))
    text = "\n".join(line.text for line in lines)
    if (
        any(DIVIDES.search(without_joined(without_label(line).text)) for line in lines)
        or any(BEFORE_COUNT.search(line.text) for line in lines)
        or BRACKETED.search(text)
        or any(_OF_LETTERS.match(without_label(line).text) for line in lines)
        or _COUNTS_DIVIDED.search(text)
        or _COLON_BETWEEN.search(text)
        or (len(lines) == 2 and _COLON_LAST.search(lines[0].text))
    ):
        return None
    scales = [i for i, line in enumerate(lines) if SCALE.search(line.text)]
    if not scales:
        return _mean(lines)
    if len(scales) > MOST_CALCULATIONS:
        return None
    if len(scales) > 1 and scales[1] - scales[0] > 2:
        first, second = stacked(lines[: scales[1] - 1]), stacked(lines[scales[1] - 1 :])
        return joined([first, " = ", second]) if first and second else None
    row = scales[0]
    rest, multiplier = scaled(lines[row])
    result: list[Source | str] = []
    if multiplier is None:
        stated = _RESULT.search(lines[row].text)
        if stated is None:
            return None
        rest, multiplier = scaled(lines[row].cut(0, stated.start()))
        result = [" ", lines[row].cut(stated.start(), stated.end())]
    if multiplier is None:
        return None
    bare = without_label(rest)
    alone = not any(char.isalnum() for char in bare.text) or NAME.fullmatch(rest.text)
    own = not alone and bare is not rest  # "GR = n x 100%": the numerator is all on this line
    above = [] if own else [without_label(line) for line in lines[:row]]
    above += [] if alone else [bare]
    below: list[Source] = []
    for line in lines[row + 1 :]:
        if line.text.lstrip().startswith("=") and (
            below or VALUE.fullmatch(line.text) or _RESULT.match(line.text.lstrip())
        ):
            result = [" ", line]
            break
        if below and _LETTERED.match(line.text):
            break
        below.append(without_label(line))
    if not above and len(below) >= 2:
        above, below = below, above  # the multiplier stands before both
    quantity = next((i for i, line in enumerate(below) if QUANTITY_FIRST.match(line.text)), 0)
    if above and quantity and QUANTITY_FIRST.match(above[0].text):  # the multiplier stands beside its first line
        goes_on = _GOES_ON if any(char.islower() for char in above[0].text) else _GOES_ON_IN_CAPITALS
        if all(goes_on.match(line.text) for line in below[:quantity]):
            above, below = above + below[:quantity], below[quantity:]
    if own and not below and row and not _SIGN_OF_DIVISION.search(bare.text):  # the "=" stands beside the denominator
        operand = _VALUE_ALONE if _VALUE_ALONE.match(bare.text) else QUANTITY_FIRST
        if operand.match(lines[0].text) and operand.match(bare.text):
            above, below = lines[:row], above
    if not below and len(above) >= 2:
        start = _second_operand(above)
        above, below = above[:start], above[start:]
    if not above or not below or not any(line.text.strip() for line in above):
        return None
    return joined([fraction(above, below, [multiplier]), *result])


def _second_operand(lines: list[Source]) -> int:
    """The line where the second of two operands begins that stand one above the other; 0 where there is none."""
    if len(lines) == 2 and all(_VALUE_ALONE.match(line.text) for line in lines):
        return 1
    first = lines[0].text
    counts = QUANTITY_FIRST.match(first)
    planned = REALISED.match(first) is not None
    for i in range(1, len(lines) if counts else 2):
        text, before = lines[i].text, lines[i - 1].text.rstrip()
        begins = QUANTITY_FIRST.match(text) if counts else _counts_all(first, text)
        goes_on = JOINS.search(f"{before} ") or before.endswith(("-", "–", "+", "/", "(", ",", ";"))
        if (begins or (planned and PLANNED.match(text))) and not goes_on:
            return i
    return 0


def _counts_all(part: str, whole: str) -> bool:
    """ "Angkatan kerja perempuan" and "seluruh angkatan kerja": the second counts all that the first begins with."""
    counted = _ALL_OF.match(whole)
    return counted is not None and part.casefold().split()[:1] == [counted[1].casefold()]


def _mean(lines: list[Source]) -> Source | None:
    """A sum with the number of its addends below it."""
    last = len(lines) - 1
    if not _NUMBER_ALONE.match(lines[last].text) or "+" not in lines[last - 1].text:
        return None
    return fraction([without_label(lines[last - 1])], [lines[last]], [])


def _equated(lines: list[Source]) -> Source | None:
    """A fraction whose rule was lost, so that what stood beside it, "=", the multiplier, the result, is a line between its
    two operands."""
    beside = _BESIDE.match(lines[1].text) if 3 <= len(lines) <= 4 else None
    if beside is None:
        return None
    above, below, last = lines[0], lines[2], lines[3] if len(lines) == 4 else None
    if "=" in above.text + below.text or (last and not last.text.lstrip().startswith("=")):
        return None
    both = (above.text.lstrip(), below.text.lstrip())
    drawn = all(text[:1] in "∑Σ" for text in both)
    numbers = all(_COUNT_OR_VALUE.match(text) for text in both) and bool(beside["scale"] or beside["again"])
    named = beside["name"].strip() and beside["scale"] and all(QUANTITY_FIRST.match(text) for text in both)
    symbols = beside["name"].strip() and all(_SYMBOL_ALONE.match(text) for text in both)
    if not (drawn or numbers or named or symbols):
        return None
    parts: list[Source] = [lines[1].cut(*beside.span("scale"))] if beside["scale"] else []
    drawing = fraction([above], [below], parts)
    results = [lines[1].cut(*beside.span("result"))] if beside["result"] else []
    if last and _RESULT.match(last.text.lstrip()):
        results = [last.cut(last.text.index("=") + 1, len(last.text))]
    return joined([drawing, " = ", *results]) if results else drawing


def _after_sentences(lines: list[Source]) -> list[Source]:
    """Without what a cell says before it draws its formula: sentences, and lines before one with a whole numerator."""
    row = next((i for i, line in enumerate(lines) if SCALE.search(line.text)), 0)
    if not row or row + 1 >= len(lines):
        return lines
    ends = [i for i in range(row) if _ends_sentence(lines[i].text)]
    if ends:
        return lines[ends[-1] + 1 :]
    rest, multiplier = scaled(lines[row])
    whole = multiplier is not None and _WHOLE_OPERAND.match(rest.text) and QUANTITY_FIRST.match(lines[row + 1].text)
    before = lines[row - 1].text.rstrip()
    follows = JOINS.search(f"{before} ") or not (before[-1:].isalpha() or before.endswith((".", ":", "=", ")")))
    defined = any(_DEFINES.search(line.text) for line in lines[:row])
    return lines[row:] if whole and defined and not follows else lines


def _ends_sentence(text: str) -> bool:
    words = text.split()
    return len(words) > 4 and bool(_SENTENCE_END.search(text)) and words[-1].lower().strip(".,)") not in ABBREVIATED


def _starts_right_of(text: str, edge: int) -> bool:
    """Whether a line's text, or its part after a wide gap, begins about where the "=" stands or beyond."""
    starts = [len(text) - len(text.lstrip()), *(gap.end() for gap in _GAP.finditer(text))]
    return max(starts) > edge or (edge > 6 and max(starts) >= edge - 6)


def _right_of_equals(lines: list[Source]) -> list[Source]:
    """Drawn beside each other, a label of several lines stands left of the "=" column: drop it from every line."""
    columns = [
        line.text.index("=")
        for line in lines
        if "=" in line.text and (_GAP.search(line.text) or line.text.strip()[:1] == "=")
    ]
    if not columns or not any(_GAP.search(line.text) for line in lines):
        return lines
    edge = columns[0]
    beside = [line for line in lines if "=" not in line.text and _starts_right_of(line.text, edge)]
    if not beside:
        return lines
    kept = []
    for line in lines:
        start = 0
        for gap in _GAP.finditer(line.text):
            if gap.start() <= edge and line.text[: gap.start()].strip():
                start = gap.end()
        lettered = _LETTERED.match(line.text)
        stated = line is lines[-1] and _RESULT.match(line.text.lstrip())
        if (lettered and lettered.group(2).strip()) or stated:
            start = 0
        elif "=" in line.text:
            start = max(start, line.text.index("=") + 1)
        elif start == 0 and len(line.text) - len(line.text.lstrip()) < edge and len(line.text.rstrip()) <= edge + 2:
            start = len(line.text)
        if line.text[start:].strip():
            kept.append(line.cut(start, len(line.text)))
    return kept if len(kept) >= 2 else lines

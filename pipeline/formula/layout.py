"""Turns what is drawn over several lines into one line: fractions with and without a rule, side labels, subscripts, legends.

A fraction becomes FRAC OPEN numerator CLOSE OPEN denominator CLOSE, followed by the multiplier that stood beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.formula.leads import ABBREVIATED
from pipeline.formula.notes import without_labels, without_notes
from pipeline.formula.pieces import SCALE
from pipeline.formula.prepare import CLOSE, FRAC, OPEN, Source, joined

BAR = re.compile(
    r"[-‒–—―⎯─━_═.…=](?:(?<==)={4,}|(?<=[-‒–—―⎯─━_═])[-‒–—―⎯─━_═]{3,}|(?<=[―⎯─━])[―⎯─━]+|(?<=[-–—_])(?: [-–—_]){4,}|(?<=\.)\.{7,}|(?<=…)…{2,})"
)  # a rule drawn with characters; it begins with a set, which the engine finds fast
_NUMERATOR = re.compile(
    r"^\s*(?:(?:num(?:er\w*|enator)?|pembilang)\s*(?:\(\w{1,12}\)\s*)?(?:[:=]|\n|(?=(?:jumlah|total)\b))|N\s*[:=])",
    re.IGNORECASE,
)
_DENOMINATOR = re.compile(
    r"(?:^|(?<=\s))(?:den[uo]m\w*|penyebut)\s*(?:\(\w{1,12}\)\s*)?(?:[:=]|\n|(?=(?:jumlah|total)\b))|(?<=\s)(?-i:D)\s*[:=](?=\s*[^\W\d])",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:\n\s*(?!konstanta|(?:faktor )?pengali)[A-Z][A-Za-z ]{2,28}|(?<!sesuai)\s(?-i:Standar|Target|Sumber|Sumber data)|\s(?-i:Formula|Rumus|FORMULA|RUMUS))\s*:",
    re.IGNORECASE,
)  # "Standar : 80%" after num and denum
_SUBSCRIPTS = re.compile(r"^\s*(?:\((?:[a-z]|[a-z]\s*[-+]\s*\d)\)\s*){1,6}$")  # a line "(n) (n-1)"
_SUBSCRIPT = re.compile(r"\((?:[a-z]|[a-z]\s*[-+]\s*\d)\)")
_BARE_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z(_])")
_LETTERED = re.compile(r"^\s*([A-Za-z%][\w%]{0,6}(?:\([^()]{1,8}\))?)\s*=\s*(.*)$")  # "A = …"
_DIVIDES = re.compile(
    r"[/÷:]|\bdi\s?bagi|\bdi\s?banding|\bterhadap\b|\bperbandingan\b|\brasio\b|" + FRAC, re.IGNORECASE
)
_QUANTITY = re.compile(r"^\s*(?:jumlah|jmlh?|jlh|total|seluruh|[∑Σ]|banyaknya|nilai|realisasi)", re.IGNORECASE)
_SIGN_OF_DIVISION = re.compile(r"[/÷:]")
_GOES_ON = re.compile(r"\s*[a-z(≤≥<>]")  # a line that begins in the middle of a phrase
_GOES_ON_IN_CAPITALS = re.compile(r"\s*(?!TARGET|RENCANA|PAGU|ANGGARAN)[A-Z(≤≥<>]")
_REALISED = re.compile(r"\s*realisasi\b", re.IGNORECASE)
_PLANNED = re.compile(r"\s*(?:Target|Rencana|Pagu|Anggaran|TARGET|RENCANA|PAGU|ANGGARAN)\b")  # below a realisasi
_QUOTIENT = re.compile(
    r"\([^()]* (?:[/:÷]|di ?bagi|di ?banding\w*) [^()]*\)|\s[/:÷]\s*\(?(?:jumlah|jml|total|[∑Σ])", re.IGNORECASE
)  # "(A / B)"
_NAME = re.compile(r"[^=]{0,60}=\s*")  # "Capaian = "
_NO_OPERATORS = re.compile(
    r"[^\W\d]/\w|\w/[^\W\d]|\b20\d\d/20|\s/\s?\w+|\([^()]*\)|\d:\d|^[^:]{0,40}:"
)  # "Kab/Kota", "(BB/TB)", "08:30", "Rumus:"
_OF_THE_PAIR = re.compile(
    r"\b(?:num\w*|pembilang|N)\s*[/:÷]\s*(?:den\w*|penyebut|D)\s*\)?\s*([xX×*]\s*1[\d.]*\s*%?)", re.IGNORECASE
)  # "Formula : num/denum x 100%" after the pair
_SCALE_AND_MORE = re.compile(
    rf"\s*(?:{SCALE.pattern})\s*(?:jumlah|jmlh?|jlh|total|seluruh|banyaknya|nilai|target|[∑Σ])", re.IGNORECASE
)  # "x 100% Jumlah halte"
_COLON_BETWEEN = re.compile(
    r"\b(?:jumlah|jmlh?|total)\b[^:=]{0,300}:\s*\n\s*(?:jumlah|jmlh?|total)\b|\b(?:jumlah|jmlh?|total)\b[^:=]{0,300}\n\s*:",
    re.IGNORECASE,
)  # "Jumlah bangunan ber IMB :⏎jumlah bangunan"
_COUNTED = re.compile(
    r"\d\s+[^\W\d]+\s*[/:]\s*\d|\d\s*[/:]\s*Rp|\bdi\s?bagi|\b(?:per|dari)\s*\n\s*(?:jumlah|jmlh?|total)\b",
    re.IGNORECASE,
)  # "45 desa / 180 desa", "… di bagi", "… per⏎total luas"
_VALUE = re.compile(r"\s*=\s*(?P<digits>[\d.,]*)\s*$")  # "Jumlah siswa = 2.720"
_RESULT = re.compile(r"\s*=\s*[\d.,]+\s*%?\s*$")
_CONSTANT = re.compile(
    r"(?<!\s)\s*+\b(?:konstanta|(?:faktor )?pengali)\s*[:=]\s*(1[\d.]*\s*%?)\s*$", re.IGNORECASE
)  # after num and denum
MOST_CALCULATIONS = 8  # drawn one below the other; no cell has more
_SHORT_BAR = re.compile(r"\s*[-–—_]{2,3}(?=\s*(?:$|[xX×*]\s*100))")  # a rule as short as the letters above it
_BESIDE = re.compile(
    rf"\s*+(?P<name>[^\d=]{{0,40}})=\s*+(?:(?P<scale>(?>{SCALE.pattern})))?\s*+(?:(?P<again>=)?\s*+(?P<result>[\d.,]++\s*+%?(?:\s*+[^\W\d][\w/]*+|\s*+/\s?\w++)?))?\s*+$"
)  # "GDR =   x 1.000", "=  X 100%   126.68 %", "=      = 58.551 kbm/tahun"
_DEFINES = re.compile(
    r"^\W*(?:pers?entase|pr[eo]sentase|rasio|perbandingan|cakupan|tingkat|angka|indikator)\b|\b(?:adalah|merupakan|yaitu)\b|=",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[^\W\d]{3}\)?\.\s*$")
_WHOLE_OPERAND = re.compile(r"\s*(?:[^=]{1,40}=\s*)?(?:Jumlah|Jmlh?|Total|Banyaknya|JUMLAH|JMLH?|TOTAL|BANYAKNYA)\b")
_GAP = re.compile(r" {3,}")
_RESULT_NAME = re.compile(
    r"(?<!\S)(?:%(?=\s)|(?:pers?entase|prosentase|presentase)\b"
    r"|(?-i:Rasio|Tingkat|Angka|Capaian|Cakupan|Laju|Kontribusi|Proporsi|Prevalensi)\b)",
    re.IGNORECASE,
)  # "… Persentase ="
_SHARE = re.compile(r"%|p", re.IGNORECASE)
_RESULT_LETTERS = re.compile(
    r"(?<!\S)(?:GDR|NDR|BOR|A[Vv]?LOS|LOS|TOI|BTO|CFR|IMR|CBR|CDR|TFR|ASFR|AKI|AKB|AKABA|AKN|APK|APM|APS|TPT|TPAK|NTP|ICOR|LPE|IKM|SKM)(?=\s*=\s*$)"
)  # "… GDR =": ratios of health, schooling, labour and growth that go by their letters
_RATIO_NAMED = re.compile(
    r"\W*(?:rumus|formula|rasio|ratio|pers?entase|pr[eo]sentase|%|angka|tingkat|cakupan|laju|rata)", re.IGNORECASE
)
_SECOND = re.compile(
    r"(?<=[\w).] )(?:(?-i:(?:Jumlah|Jml|Jmlh|Total)(?= [a-z])|JUMLAH(?= [A-Z]))|[∑Σ])"
)  # "Jumlah kegiatan selesai Jumlah kegiatan": a capital inside a line began one
_JOINS = re.compile(
    r"(?:^|\s)(?:dan|dengan|dari|terhadap|per|antara|atau|serta|adalah|yaitu|sesuai|ditambah|dikurangi|menurut|memenuhi|berdasarkan|nilai|yang|oleh|untuk|pada|di|i|l)\s+$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*(?:sumber|satuan|catatan|keterangan|data|penjelasan|ket|per|dari)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d]{4,}")
_RESULT_WORDS = re.compile(
    r"rencana\s+tingkat|\b(?:pers?entase|prosentase|presentase|pencapaian|capaian|tingkat|kinerja|indikator)\b|[%=]",
    re.IGNORECASE,
)  # what the result of a capaian is called
_CAPAIAN_TERM = re.compile(r"\b(?:realisasi|rencana|target)\b", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-•]\s+(?=[^\W\d_])")  # "- Pelaku usaha …"
_COUNT_OR_VALUE = re.compile(r"(?!\d+[.)]\s|(?:19|20)\d\d\s*$)\d")  # no number of a list, no year
_VALUE_ALONE = re.compile(r"\s*\d[\d.,]*\s*%?\s*$")
_SYMBOL_ALONE = re.compile(r"[A-Za-z]{1,3}\s*$")
_NUMBER_ALONE = re.compile(r"^\s*\d{1,2}\s*$")


@dataclass(frozen=True, slots=True)
class Layout:
    """`head` is the formula on one line; `legend` names its symbols; `note` is what was said after it."""

    head: Source
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""


def lines_of(source: Source) -> list[Source]:
    """The non-empty lines."""
    lines = source.text.split("\n")
    found = []
    start = depth = 0
    for line in lines:
        if line.strip():
            bullet = _BULLET.match(line) if depth <= 0 else None  # in an open bracket a dash subtracts
            if len(lines) > 1:
                depth += sum(line.count(sign) for sign in "([{") - sum(line.count(sign) for sign in ")]}")
            found.append(source.cut(start + (bullet.end() if bullet else 0), start + len(line)))
        start += len(line) + 1
    return found


def arrange(source: Source) -> Layout:
    """The formula part of a cell in one line, with its legend."""
    head, legend, note = without_notes(_with_whole_scales(source))
    head = head.cut(0, len(head.text.rstrip(" .;\n")))
    pair = _pair(head)
    if pair is None:
        head = without_labels(head)
        pair = _pair(head)
    if pair is None:
        lines = _with_subscripts(lines_of(head))
        pair = _ruled(lines) or _stacked(lines)
        if pair is None:
            line = _one(lines, head)
            pair = _capaian(line) or _flattened(line) or line
    return Layout(pair, legend, note)


def _with_whole_scales(source: Source) -> Source:
    """A multiplier that a line's end cuts, on one line: "… x⏎100%"."""
    if "\n" not in source.text:
        return source
    return Source(SCALE.sub(_on_one_line, source.text), source.offsets)


def _on_one_line(scale: re.Match[str]) -> str:
    sign = scale.group().rstrip()
    return sign.replace("\n", " ") + scale.group()[len(sign) :]


def _pair(source: Source) -> Source | None:
    """A `num:` / `denum:` pair as a fraction."""
    above = _NUMERATOR.match(source.text)
    below = _DENOMINATOR.search(source.text, above.end()) if above else None
    if not above or not below:
        return None
    after = _LABELLED.search(source.text, below.end())
    first = source.cut(above.end(), below.start())
    second = source.cut(below.end(), after.start() if after else len(source.text))
    constant = _CONSTANT.search(second.text)
    if constant:
        second = joined([second.cut(0, constant.start()), " × ", second.cut(constant.start(1), len(second.text))])
    second, multiplier = _scaled(second)
    if after and not multiplier and (stated := _OF_THE_PAIR.search(source.text, after.start())):
        multiplier = source.cut(stated.start(1), stated.end(1))
    if second.text.strip() in ("-", "–"):
        second = second.cut(0, 0)
    first = first.cut(0, len(first.text.rstrip(" ;,\n")))
    return _fraction(lines_of(first), lines_of(second), [multiplier] if multiplier else [])


def _one(lines: list[Source], head: Source) -> Source:
    """The lines on one line."""
    return lines[0] if len(lines) == 1 else joined(_spaced(lines)) if lines else head


def _spaced(lines: list[Source]) -> list[Source | str]:
    parts: list[Source | str] = []
    for line in lines:
        if parts:
            parts.append(" ")
        parts.append(line)
    return parts


def _fraction(above: list[Source], below: list[Source], beside: list[Source]) -> Source:
    tail: list[Source | str] = [" ", *_spaced(beside)] if beside else []
    return joined([FRAC, OPEN, *_spaced(above), CLOSE, OPEN, *_spaced(below), CLOSE, *tail])


def _with_subscripts(lines: list[Source]) -> list[Source]:
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


def _scaled(line: Source) -> tuple[Source, Source | None]:
    """The line without its multiplier at the end, and the multiplier."""
    matches = list(SCALE.finditer(line.text))
    if not matches or line.text[matches[-1].end() :].strip(" .)") or ")" in line.text[matches[-1].end() :]:
        return line, None
    last = matches[-1]
    return line.cut(0, last.start()), line.cut(last.start(), last.end())


def _ruled(lines: list[Source]) -> Source | None:
    """A fraction with a rule of dashes: over several lines, or flattened into one."""
    row = next((i for i, line in enumerate(lines) if BAR.search(line.text) or _SHORT_BAR.match(line.text)), None)
    if row is None or "dibagi" in lines[row].text.lower():
        return None
    line = lines[row]
    bar = BAR.search(line.text) or _SHORT_BAR.match(line.text)
    assert bar is not None
    before, after = line.cut(0, bar.start()), line.cut(bar.end(), len(line.text))
    if len(lines) > 1 and any(_SCALE_AND_MORE.match(part.text) for part in [after, *lines[row + 1 : row + 2]]):
        return _ruled([_one(lines, line)])  # drawn on one line, which was then broken where its column ends
    beside: list[Source] = []
    if len(lines) == 1:
        scale = SCALE.search(after.text)
        valued = _VALUE.search(before.text)
        filled_in = valued and (valued["digits"] or _VALUE.search(after.text))
        before = _before_label(_without_value(before) if filled_in else before)
        if not before.text.strip() or not after.text.strip():
            return None
        if scale and not after.text[: scale.start()].strip():
            worked = re.match(
                r"\s*(?:\([\d.,\s/:]+\)\s*[xX×*]\s*100\s*%?\s*)?=\s*[\d.,]+\s*%?", after.text[scale.end() :]
            )
            end = scale.end() + (worked.end() if worked else 0)
            below = after.cut(end, len(after.text))
            if valued or "=" in line.text[: bar.start()]:
                below = _without_value(below)
            return _fraction([before], [below], [after.cut(scale.start(), scale.end())])
        below, multiplier = _scaled(after)
        if multiplier is None:
            before, multiplier = _scaled(before)
        return _fraction([before], [below], [multiplier] if multiplier else [])
    above = lines[:row] if not before.text.strip() or "=" in before.text else [*lines[:row], before]
    below_lines = list(lines[row + 1 :])
    if after.text.strip():
        beside = [after]
    kept_above: list[Source] = []
    kept_below: list[Source] = []
    for part, kept in [(part, kept_above) for part in above] + [(part, kept_below) for part in below_lines]:
        rest, multiplier = _scaled(part)
        if multiplier is not None:
            beside.append(multiplier)
        if rest.text.strip():
            kept.append(_without_label(_without_value(rest)))
    if not kept_above or not kept_below:
        return None
    return _fraction(kept_above, kept_below, beside[:1])


def _without_value(line: Source) -> Source:
    """A quantity without the value that is filled in after it: "Jumlah siswa = 2.720", "Jumlah siswa ="."""
    value = _VALUE.search(line.text)
    filled = value is not None and _QUANTITY.match(line.text) and (value["digits"] or "%" not in line.text)
    return line.cut(0, value.start()) if value and filled else line


def _before_label(line: Source) -> Source:
    """ "Jumlah A % Capaian =" of a drawing folded into one line: the numerator ends where the name of the result begins."""
    if not line.text.rstrip().endswith("="):
        return line
    found = [
        match
        for match in _RESULT_NAME.finditer(line.text)
        if line.text[: match.start()].strip()
        and not _JOINS.search(line.text, max(0, match.start() - 20), match.start())
    ]
    if _REALISED.match(line.text):
        found = [match for match in found if _SHARE.match(match.group())]  # "Realisasi Angka Harapan Hidup" is one name
    while len(found) > 1 and not line.text[found[-2].end() : found[-1].start()].strip():
        found.pop()  # "% Capaian" is one name
    names = [match.start() for match in found]
    letters = _RESULT_LETTERS.search(line.text)
    if letters and not names and line.text[: letters.start()].strip():
        names = [letters.start()]
    return line.cut(0, names[-1] if names else line.text.rindex("="))


def _without_label(line: Source) -> Source:
    """Without "… =" at its start: the side label of a drawn formula."""
    label = _NAME.match(line.text)
    return line.cut(label.end(), len(line.text)) if label and line.text[label.end() :].strip() else line


def _stacked(lines: list[Source]) -> Source | None:
    """A fraction without a rule: numerator over denominator, the multiplier beside one of them or between; a sum over its
    number; after it, a second one in numbers, or the result."""
    if len(lines) < 2:
        return None
    if equated := _equated(lines):
        return equated
    lines = _right_of_equals(_after_sentences(lines))
    text = "\n".join(line.text for line in lines)
    if (
        any(_DIVIDES.search(_plain(line.text)) or _QUOTIENT.search(line.text) for line in lines)
        or _COUNTED.search(text)
        or _COLON_BETWEEN.search(text)
    ):
        return None
    scales = [i for i, line in enumerate(lines) if SCALE.search(line.text)]
    if not scales:
        return _mean(lines)
    if len(scales) > MOST_CALCULATIONS:
        return None
    if len(scales) > 1 and scales[1] - scales[0] > 2:
        first, second = _stacked(lines[: scales[1] - 1]), _stacked(lines[scales[1] - 1 :])
        return joined([first, " = ", second]) if first and second else None
    row = scales[0]
    rest, multiplier = _scaled(lines[row])
    result: list[Source | str] = []
    if multiplier is None:
        stated = re.search(r"=\s*[\d.,]+\s*%?\s*$", lines[row].text)
        if stated is None:
            return None
        rest, multiplier = _scaled(lines[row].cut(0, stated.start()))
        result = [" ", lines[row].cut(stated.start(), stated.end())]
    if multiplier is None:
        return None
    bare = _without_label(rest)
    alone = not any(char.isalnum() for char in bare.text) or _NAME.fullmatch(rest.text)
    own = not alone and bare is not rest  # "GR = n x 100%": the numerator is all on this line
    above = [] if own else [_without_label(line) for line in lines[:row]]
    above += [] if alone else [bare]
    below: list[Source] = []
    for line in lines[row + 1 :]:
        if (below or _VALUE.fullmatch(line.text)) and line.text.lstrip().startswith("="):
            result = [" ", line]
            break
        if below and _LETTERED.match(line.text):
            break
        below.append(_without_label(line))
    if not above and len(below) >= 2:
        above, below = below, above  # the multiplier stands before both
    quantity = next((i for i, line in enumerate(below) if _QUANTITY.match(line.text)), 0)
    if above and quantity and _QUANTITY.match(above[0].text):  # the multiplier stands beside its first line
        goes_on = _GOES_ON if any(char.islower() for char in above[0].text) else _GOES_ON_IN_CAPITALS
        if all(goes_on.match(line.text) for line in below[:quantity]):
            above, below = above + below[:quantity], below[quantity:]
    if own and not below and row and not _SIGN_OF_DIVISION.search(bare.text):  # the "=" stands beside the denominator
        operand = _VALUE_ALONE if _VALUE_ALONE.match(bare.text) else _QUANTITY
        if operand.match(lines[0].text) and operand.match(bare.text):
            above, below = lines[:row], above
    if not below and len(above) >= 2:
        planned = _REALISED.match(above[0].text) is not None
        starts = [1] if len(above) == 2 and all(_VALUE_ALONE.match(line.text) for line in above) else []
        starts = starts or [
            i
            for i, line in enumerate(above)
            if i
            and (_QUANTITY.match(line.text) or (planned and _PLANNED.match(line.text)))
            and _QUANTITY.match(above[0].text)
            and not _JOINS.search(f"{above[i - 1].text.rstrip()} ")
        ]
        if not starts:
            return None
        above, below = above[: starts[0]], above[starts[0] :]
    if not above or not below or not any(line.text.strip() for line in above):
        return None
    return joined([_fraction(above, below, [multiplier]), *result])


def _capaian(line: Source) -> Source | None:
    """The formula of a capaian, drawn and folded into one line, so that the name of the result stands among its parts:
    "Persentase Realisasi pencapaian = X 100 % Kinerja Rencana"."""
    scales = list(SCALE.finditer(line.text)) if "=" in line.text else []
    if len(scales) != 1:
        return None
    parts = [line.cut(0, scales[0].start()), line.cut(scales[0].end(), len(line.text))]
    for i, part in enumerate(parts):
        bare = _RESULT_WORDS.sub(lambda words: " " * len(words.group()), part.text)
        rest, terms = _CAPAIAN_TERM.subn("", bare)
        if not terms or rest.strip(" \n()-–"):
            return None
        start, end = len(bare) - len(bare.lstrip()), len(bare.rstrip())
        if bare[start:end] != part.text[start:end]:
            return None
        parts[i] = part.cut(start, end)
    return _fraction([parts[0]], [parts[1]], [line.cut(scales[0].start(), scales[0].end())])


def _flattened(line: Source) -> Source | None:
    """A stacked fraction folded into one line: "Jumlah A x 100% Jumlah B" has its multiplier between the two quantities."""
    if FRAC in line.text:
        return None
    scales = list(SCALE.finditer(line.text))
    stated = line.text.rfind("=")
    if not scales and stated >= 0 and not _DIVIDES.search(_plain(line.text)):
        named = _RATIO_NAMED.match(line.text) or _RESULT_LETTERS.search(line.text[: stated + 1])
        halves = _halves(line.cut(stated + 1, len(line.text))) if named else None
        return _fraction([halves[0]], [halves[1]], []) if halves else None
    if len(scales) != 1:
        return None
    above, below = line.cut(0, scales[0].start()), line.cut(scales[0].end(), len(line.text))
    above = _before_label(above)
    divided = any(_DIVIDES.search(_plain(part.text)) for part in (above, below))
    if divided or below.text.lstrip().startswith(("/", ":", "÷")) or _QUOTIENT.search(above.text):
        return None  # "(A / B) x 100.000 penduduk", "(A / B x 100%)"
    above = _without_label(above)
    if (unit := _SECOND.search(below.text)) and not _QUANTITY.match(below.text) and below.text.lstrip()[:1].islower():
        below = below.cut(unit.start(), len(below.text))  # "x 1.000 kelahiran hidup Jumlah kelahiran hidup"
    if not above.text.strip() or not below.text.strip(" ."):
        above, below = _halves(above if above.text.strip() else below) or (above, below)
    words = set(_WORD.findall(above.text.casefold()))
    repeated = below.text.strip().casefold() in above.text.casefold()
    shared = len(below.text.split()) > 1 and not words.isdisjoint(_WORD.findall(below.text.casefold()))
    remarks = not below.text.strip()[:1].isupper() or _REMARK.match(below.text) is not None
    remarks = remarks or (_PLANNED.match(below.text) is not None and _REALISED.match(above.text) is None)
    repeated = repeated or (shared and not remarks)
    if not any(char.isalpha() or char in "∑Σ" for char in below.text):
        return None
    if not above.text.strip() or not below.text.strip() or not (repeated or _QUANTITY.match(below.text)):
        return None
    return _fraction([above], [below], [line.cut(scales[0].start(), scales[0].end())])


def _halves(line: Source) -> tuple[Source, Source] | None:
    """Two quantities that stood one above the other and now stand side by side: "Jumlah kegiatan selesai Jumlah kegiatan"."""
    if not _QUANTITY.match(line.text) or "+" in _plain(line.text):
        return None
    seconds = [match.start() for match in _SECOND.finditer(line.text)]
    if len(seconds) != 1 or _JOINS.search(line.text, max(0, seconds[0] - 20), seconds[0]):
        return None
    return line.cut(0, seconds[0]), line.cut(seconds[0], len(line.text))


def _mean(lines: list[Source]) -> Source | None:
    """A sum with the number of its addends below it."""
    last = len(lines) - 1
    if not _NUMBER_ALONE.match(lines[last].text) or "+" not in lines[last - 1].text:
        return None
    return _fraction([_without_label(lines[last - 1])], [lines[last]], [])


def _equated(lines: list[Source]) -> Source | None:
    """A fraction whose rule was lost, so that what stood beside it, "=", the multiplier, the result, is a line between its
    two operands."""
    row = next((i for i, line in enumerate(lines[:2]) if i and _BESIDE.match(line.text)), 0)
    if not row or not len(lines) - 1 > row or len(lines) > row + 3:
        return None
    above, below = lines[0], lines[row + 1]
    beside = _BESIDE.match(lines[row].text)
    last = lines[-1] if len(lines) > row + 2 else None
    if (
        beside is None
        or any("=" in line.text for line in (above, below))
        or (last and not last.text.lstrip().startswith("="))
    ):
        return None
    both = (above.text.lstrip(), below.text.lstrip())
    drawn = all(text[:1] in "∑Σ" for text in both)
    numbers = all(_COUNT_OR_VALUE.match(text) for text in both) and bool(beside["scale"] or beside["again"])
    named = beside["name"].strip() and beside["scale"] and all(_QUANTITY.match(text) for text in both)
    symbols = beside["name"].strip() and all(_SYMBOL_ALONE.match(text) for text in both)
    if not (drawn or numbers or named or symbols):
        return None
    parts: list[Source] = [lines[row].cut(*beside.span("scale"))] if beside["scale"] else []
    fraction = _fraction([above], [below], parts)
    results = [lines[row].cut(*beside.span("result"))] if beside["result"] else []
    if last and _RESULT.match(last.text):
        results = [last.cut(last.text.index("=") + 1, len(last.text))]
    return joined([fraction, " = ", *results]) if results else fraction


def _after_sentences(lines: list[Source]) -> list[Source]:
    """Without what a cell says before it draws its formula: sentences, and lines before one with a whole numerator."""
    row = next((i for i, line in enumerate(lines) if SCALE.search(line.text)), 0)
    if not row or row + 1 >= len(lines):
        return lines
    ends = [i for i in range(row) if _ends_sentence(lines[i].text)]
    if ends:
        return lines[ends[-1] + 1 :]
    rest, multiplier = _scaled(lines[row])
    whole = multiplier is not None and _WHOLE_OPERAND.match(rest.text) and _QUANTITY.match(lines[row + 1].text)
    before = lines[row - 1].text.rstrip()
    follows = _JOINS.search(f"{before} ") or not (before[-1:].isalpha() or before.endswith((".", ":", "=", ")")))
    defined = any(_DEFINES.search(line.text) for line in lines[:row])
    return lines[row:] if whole and defined and not follows else lines


def _ends_sentence(text: str) -> bool:
    words = text.split()
    return len(words) > 4 and bool(_SENTENCE_END.search(text)) and words[-1].lower().strip(".,)") not in ABBREVIATED


def _plain(text: str) -> str:
    """Text without what looks like an operator inside a word: "Kab/Kota", clock times, labels."""
    return _NO_OPERATORS.sub(" ", text)


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
        stated = line is lines[-1] and re.fullmatch(r"\s*=\s*[\d.,]+\s*%?\s*", line.text)
        if (lettered and lettered.group(2).strip()) or stated:
            start = 0
        elif "=" in line.text:
            start = max(start, line.text.index("=") + 1)
        elif start == 0 and len(line.text) - len(line.text.lstrip()) < edge and len(line.text.rstrip()) <= edge + 2:
            start = len(line.text)
        if line.text[start:].strip():
            kept.append(line.cut(start, len(line.text)))
    return kept if len(kept) >= 2 else lines

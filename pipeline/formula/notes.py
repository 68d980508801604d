"""What a cell says around its formula: labels before it, legends and notes after it."""

from __future__ import annotations

import re

from pipeline.formula.pieces import COUNTED, SCALE
from pipeline.formula.prepare import FRAC, TEXT_CLOSE, TEXT_OPEN, Source

_NOTE = re.compile(
    r"(?:^|(?<=[\n,.;]))\s*(?P<word>keterangan|ket|di\s?mana|dengan rincian[^\n:]{0,40}|penjelasan|tipe perhitungan|catatan|"
    r"definisi operasional)\s*(?:[:,;]|\n|$)"
    r"|(?:(?<=[\n.;])\s*(?-i:Sumber|SUMBER)\s*:|(?<=\n)\s*\*{1,3}\))(?P<beside>)"
    r"|\b(?:keterangan|penjelasan|tipe perhitungan|catatan|di\s?mana|definisi operasional|sumber data)\s*:"
    r"|\bdi\s?mana\b(?=\s+[^\W\d]\w{0,5}\s*[=:])",
    re.IGNORECASE,
)  # on a line of its own, or with a colon inside a folded line: "… x 100% Penjelasan: a. …"
_LAST_START = 60  # lines; no legend begins later
_NOTE_WORDS = ("ket", "mana", "rincian", "penjelasan", "perhitungan", "catatan", "operasional", "sumber", "*)")
_LABEL = re.compile(
    r"(?:^|(?<=\n))\s*(?:[-•]\s*)?(?:formulasi|formula|rumus|(?:cara|metode)\s+\w*hitung\w*)(?:\s+(?!yang)[\w()/]+){0,4}?\s*(?:\d{1,2}\s*)?(?:[:;]|\n|$)",
    re.IGNORECASE,
)  # "Formulasi Perhitungan:", "Rumus 2:"
_LABEL_LATER = re.compile(
    r"(?<=[a-z]{3}\.)\s+(?:Formulasi|Formula|Rumus)(?:\s+[\w()/]+){0,4}?\s*:"
)  # "… kesejahteraan petani. Formulasi NTP Provinsi:"
_BY_FORMULA = re.compile(
    r"(?:rumus|formula|formulasi)(?:\s*/\s*formula)?\s*:|\bdengan\s+(?:rumus|formulasi|formula)\b(?!\s*[/:])(?:\s+(?:per)?hitung\w*\s*:)?",
    re.IGNORECASE,
)
_STATES = re.compile(rf"{SCALE.pattern}|\s[/÷]\s|\bdi\s?(?:bagi|banding)|{FRAC}", re.IGNORECASE)
_MULTIPLIES = re.compile(rf"{SCALE.pattern}|\bdi\s?bagi\b", re.IGNORECASE)
_NAMED = re.compile(r"^\s*[A-Za-z][\w-]{0,8}(?: [\w-]{1,12})?\s*:\s*[A-Za-z∑Σ]")  # "ahp : aspek hak-hak politik"
_LEGEND_LINE = re.compile(
    rf"^\s*[A-Za-z][\w().-]{{0,8}}\s*=\s*{TEXT_OPEN}?(?:[∑Σ]|[A-Za-z]{{2,}}\.?)\s+\(?[A-Za-z]{{2,}}(?!.*(?:\s/\s|/\s?(?:{COUNTED}|nilai|luas|target|realisasi)|[×%])|.*\+(?! ?\d))"
)  # "N = Jumlah sapi"
_RESULT_NAMED = re.compile(r"\s*([A-Za-z%]\w{0,7})\s*[=:]\s*[^\W\d][^=/:×+]{3,}$")  # "P = Persentase" after "P = …"
_INLINE_LEGEND = re.compile(
    r"\s*+[,;.]?\s*+(?=[A-Za-z]{1,3}\d?\s*[=:]\s*(?:[∑Σ]|[A-Za-z]{3,})\s)"
)  # "; A = jumlah kapal"
_NAMED_AGAIN = re.compile(
    r"(?<![^\s;,])(?:%\s*)?(?P<symbol>[A-Za-z][\w()-]{0,7}|[A-Z] [a-z-]{2,9})\s*[=:]\s*(?=(?:[∑Σ]|[A-Za-z]{3,})\s+[A-Za-z]{2,})"
)  # "1/3 (aks + ahp) aks : aspek kebebasan": a symbol of the formula, and what it stands for
_WORDS_NO_SYMBOL = re.compile(
    r"(?:(?-i:[a-z]{4,})|jumlah|total|nilai|target|rencana|realisasi|capaian|persen\w*)$", re.IGNORECASE
)
_DEFINED = re.compile(r"[a-z]{4}\)?\.\s+(?=[A-Z∑Σ(%]|" + TEXT_OPEN + ")")  # the end of a sentence
_CALCULATES = re.compile(r"[/÷:]|" + FRAC)
_DIVIDED = re.compile(rf"[/÷]|{FRAC}|{SCALE.pattern}")
_OPERATES = re.compile(r"[/÷:+×*∑Σ]|" + FRAC)
_LEGEND_BREAK = re.compile(r"\n|[;,]\s*(?:dan\s+)?(?=[A-Za-z][\w()]{0,6}\s*[=:])")
_LISTED = re.compile(r"^\s*([A-Za-z])\s*[.:]\s+(?:[∑Σ]|[A-Za-z]{3,})")  # "a. jumlah siswa lulus" after "(a/b) x 100%"


def without_notes(source: Source) -> tuple[Source, tuple[tuple[str, str], ...], str]:
    lowered = source.text.lower()
    match = _NOTE.search(source.text) if any(word in lowered for word in _NOTE_WORDS) else None
    while match and (
        not source.text[: match.start()].strip()
        or quoted(source.text, match.start())
        or (match["beside"] is not None and _MULTIPLIES.search(source.text, match.end()))
    ):
        match = _NOTE.search(source.text, match.end())
    tail = source.text[match.end() :] if match else ""
    head = source.cut(0, match.start()) if match else source
    legend = legend_of(_in_lines(tail))
    start = _legend_start(head.text) or _legend_after(head.text)
    if start:
        head, legend = head.cut(0, start), legend_of(_in_lines(head.text[start:])) + legend
    elif end := _legend_before(head.text):
        head, legend = head.cut(end, len(head.text)), legend_of(head.text[:end]) + legend
    return head, legend, tail.strip()


def _in_lines(text: str) -> str:
    """A legend that was folded into one line, with a line for each symbol."""
    return text if "\n" in text else _NAMED_AGAIN.sub(r"\n\g<0>", text)


def _legend_start(text: str) -> int | None:
    """Where a legend without a heading begins: after "A = …", lines that name symbols of it, to the end."""
    if "\n" not in text:
        return None
    lines = text.split("\n")
    second = next((number for number, line in enumerate(lines) if number and line.strip()), 1)
    if (
        (result := _RESULT_NAMED.match(lines[second]))
        and re.match(rf"\s*{re.escape(result[1])}\s*=", lines[0])
        and (_STATES.search(lines[0]) or _CALCULATES.search(lines[0]))
        and not _STATES.search(lines[second])
    ):
        return len(lines[0]) + 1
    listed = _listed_after(lines)
    if listed or "=" not in text:
        return listed
    offset = len(lines[0]) + 1
    for number in range(1, min(len(lines), _LAST_START)):
        tail = [line for line in lines[number:] if line.strip()]
        lettered = sum(bool(_LEGEND_LINE.match(line)) for line in tail)
        tripled = len(tail) >= 3 and tail[1].strip() in ("=", ":") and len(tail[0].strip()) <= 12
        named = tail and all(_NAMED.match(line) for line in tail) and not any(SCALE.search(line) for line in tail)
        alone = len(tail) == 1 and not _LEGEND_LINE.match(lines[number - 1])
        lines_name = tail and _LEGEND_LINE.match(tail[0]) and (lettered >= 2 or alone) and not SCALE.search(tail[-1])
        if tripled or named or lines_name:
            head = "\n".join(lines[:number])
            if "=" in head or SCALE.search(head):
                return offset
        offset += len(lines[number]) + 1
    return None


def _legend_before(text: str) -> int | None:
    """Where lines "a. …", "b. …" end that name the letters of the calculation after them."""
    lines = text.split("\n") if "\n" in text else []
    symbols = [match[1] for line in lines if (match := _LISTED.match(line))]
    named = lines[: len(symbols)]
    rest = "\n".join(lines[len(symbols) :])
    if len(symbols) < 2 or not all(_LISTED.match(line) for line in named) or not _DIVIDED.search(rest):
        return None
    used = all(re.search(rf"(?<!\w){symbol}(?!\w)", rest) for symbol in symbols)
    return len(text) - len(rest) if used else None


def _listed_after(lines: list[str]) -> int | None:
    """Where lines "a. …", "b. …" name the letters of the calculation before them."""
    first = next((number for number, line in enumerate(lines) if number and _LISTED.match(line)), None)
    if first is None:
        return None
    head = "\n".join(lines[:first])
    symbols = [_LISTED.match(line) for line in lines[first:] if line.strip()]
    named = all(match and re.search(rf"(?<!\w){match[1]}(?!\w)", head) for match in symbols)
    return len(head) + 1 if named and SCALE.search(head) else None


def _legend_after(text: str) -> int | None:
    """Where a legend stands behind the formula on the same line: "A/B x 100%; A = jumlah kapal; B = …"."""
    if "=" not in text and ":" not in text:
        return None
    scale = SCALE.search(text)
    entry = _INLINE_LEGEND.match(text, scale.end()) if scale else None
    if entry:
        return entry.end()
    for named in _NAMED_AGAIN.finditer(text):
        if quoted(text, named.start()):
            continue
        symbol, before = named["symbol"], text[: named.start()]
        spoken = symbol.isalpha() and _WORDS_NO_SYMBOL.match(symbol)
        again = not spoken and re.search(rf"(?<!\w){re.escape(symbol)}(?!\w)", before)
        stated = before[before.find("=") + 1 :] if "=" in before else ""
        if again and (_OPERATES.search(stated) or SCALE.search(before)) and not SCALE.search(text, named.end()):
            return named.start()
    return None


def legend_of(text: str) -> tuple[tuple[str, str], ...]:
    """(symbol, meaning) of lines "A = …", "A : …", or symbol, sign and meaning each on a line."""
    entries: list[tuple[str, str]] = []
    lines = [line.strip() for line in _LEGEND_BREAK.split(text) if line.strip()]
    position = 0
    while position < len(lines):
        line = lines[position]
        direct = re.match(
            r"^(?:\d{1,2}\)\s*)?((?:%\s*)?[A-Za-zα-ω][\w()\[\]{},^ -]{0,14}?)\s*[=:.]\s*(\S.*)$", line
        ) or re.match(r"^(?:\d{1,2}\)\s*)?([A-Za-z]\w?|[A-Z][A-Z_\d()-]{1,9})\s+adalah\s+(\S.*)$", line)
        if direct:
            entries.append((direct.group(1).strip(), direct.group(2).strip(TEXT_OPEN + TEXT_CLOSE + " ").rstrip(".;")))
        elif position + 2 < len(lines) and lines[position + 1] in ("=", ":") and len(line) <= 20:
            entries.append((line, lines[position + 2]))
            position += 2
        elif re.match(r"^[A-Za-z][\w() ]{0,10}\s*[:=]$", line) and position + 1 < len(lines):
            entries.append((line.rstrip(":= "), lines[position + 1]))
            position += 1
        elif entries and not line.startswith(("(", "-")) and line[:1].islower():
            symbol, meaning = entries[-1]
            entries[-1] = (symbol, f"{meaning} {line}")
        position += 1
    return tuple(entries)


def quoted(text: str, place: int) -> bool:
    """Inside quotation marks or a \\text{…}: part of a phrase, whatever it says."""
    before = text[:place]
    return before.count(TEXT_OPEN) > before.count(TEXT_CLOSE) or (before.count('"') % 2 == 1 and '"' in text[place:])


def without_first_labels(source: Source) -> Source:
    """Without the labels that it begins with: "Formulasi Perhitungan:⏎Cara menghitung :"."""
    while (label := _LABEL.match(source.text)) and source.text[label.end() :].strip():
        source = source.cut(label.end(), len(source.text))
    return source


def without_labels(source: Source) -> Source:
    """Without "Formulasi Perhitungan:"; where a definition leads up to "… dengan rumus :", from there on."""
    while "rumus" in (lowered := source.text.lower()) or "formula" in lowered:
        by_formula = _BY_FORMULA.search(source.text)
        if by_formula is None or not source.text[by_formula.end() :].strip() or quoted(source.text, by_formula.start()):
            break
        if _STATES.search(source.text, 0, by_formula.start()):
            break  # what stands before is the formula: "A / B x 100% (dihitung dengan formula SPM)"
        source = source.cut(by_formula.end(), len(source.text))
    bare = without_first_labels(source)
    later = _LABEL_LATER.search(bare.text)
    if later or bare is not source:
        return bare.cut(later.end(), len(bare.text)) if later else bare
    stated = source.text.find("=")
    sentences = list(_DEFINED.finditer(source.text, 0, stated)) if stated > 0 else []
    if sentences and _CALCULATES.search(source.text, stated):  # "… pada tahun itu. Laju = (A - B) / B"
        return source.cut(sentences[-1].end(), len(source.text))
    return source

"""Lines of a cell: without their labels, values and multipliers, joined to one line or to a fraction."""

from __future__ import annotations

import re

from pipeline.formula.pieces import COUNTED, PLANS, SCALE
from pipeline.formula.prepare import CLOSE, FRAC, OPEN, Source, joined

DIVIDES = re.compile(
    r"[/÷:]|\bdi\s?bagi|\bdi\s?banding|\bterhadap\s+" + COUNTED + r"|\b(?:perbandingan|rasio)\b|^\W*proporsi\b|" + FRAC,
    re.IGNORECASE,
)
QUANTITY_FIRST = re.compile(rf"^\s*(?:{COUNTED}|nilai|realisasi)", re.IGNORECASE)
REALISED = re.compile(r"\s*realisasi\b", re.IGNORECASE)
PLANNED = re.compile(rf"\s*(?=[A-Z])(?i:{PLANS})\b")  # below a realisasi
BRACKETED = re.compile(r"\([^()]*\s(?:[/:÷]|di ?bagi|di ?banding\w*)\s[^()]*\)", re.IGNORECASE)  # "(A / B)"
BEFORE_COUNT = re.compile(rf"\s[/:÷]\s*\(?{COUNTED}", re.IGNORECASE)  # "A : jumlah B"
NAME = re.compile(r"[^=]{0,60}=\s*")  # "Capaian = "
_NO_OPERATORS = re.compile(
    r"[^\W\d]/\w|\w/[^\W\d]|\b20\d\d/20|\s/\s?[^\W\d]\w*|\([A-Z]{2,8}\)/[a-z]|\((?!\s?(?i:di\s?bagi)\s?\))[^()]*\)|\d:\d|^[^:]{0,40}:"
)  # "Kab/Kota", "(BB/TB)", "08:30", "Rumus:"
VALUE = re.compile(r"\s*=\s*(?P<digits>[\d.,]*)\s*$")  # "Jumlah siswa = 2.720"
_RESULT_NAME = re.compile(
    r"(?<!\S)(?:%(?=\s)|(?:pers?entase|prosentase|presentase)\b"
    r"|(?-i:Rasio|Tingkat|Angka|Capaian|Cakupan|Laju|Kontribusi|Proporsi|Prevalensi)\b)",
    re.IGNORECASE,
)  # "… Persentase ="
_SHARE = re.compile(r"%|p", re.IGNORECASE)
RESULT_LETTERS = re.compile(
    r"(?<!\S)(?:GDR|NDR|BOR|A[Vv]?LOS|LOS|TOI|BTO|CFR|IMR|CBR|CDR|TFR|ASFR|AKI|AKB|AKABA|AKN|APK|APM|APS|TPT|TPAK|NTP|ICOR|LPE|IKM|SKM)(?=\s*=\s*$)"
)  # "… GDR =": ratios of health, schooling, labour and growth that go by their letters
JOINS = re.compile(
    r"(?:^|\s)(?:dan|dengan|dari|terhadap|per|antara|atau|serta|adalah|yaitu|sesuai|ditambah|dikurangi|menurut|memenuhi|berdasarkan|nilai|yang|oleh|untuk|pada|di|i|l)\s+$",
    re.IGNORECASE,
)
UNIT_ALONE = re.compile(r"\s*+(?:per\s?mil|promil|permille|permil|persen|%|‰)?[\s.]*+", re.IGNORECASE)  # of the result
_NEXT_POINT = re.compile(r"\s[-•]\s[A-Z]")
_BULLET = re.compile(r"^\s*[-•]\s+(?=[^\W\d_])")  # "- Pelaku usaha …"


def lines_of(source: Source) -> list[Source]:
    """The non-empty lines."""
    lines = source.text.split("\n")
    found = []
    start = depth = 0
    for line in lines:
        if line.strip():
            bullet = _BULLET.match(line) if depth <= 0 else None  # in an open bracket a dash subtracts
            if bullet and _NEXT_POINT.search(line, bullet.end()):
                bullet = None  # a list in one line
            if len(lines) > 1:
                depth += sum(line.count(sign) for sign in "([{") - sum(line.count(sign) for sign in ")]}")
            found.append(source.cut(start + (bullet.end() if bullet else 0), start + len(line)))
        start += len(line) + 1
    return found


def one_line(lines: list[Source], head: Source) -> Source:
    """The lines on one line."""
    return lines[0] if len(lines) == 1 else joined(_spaced(lines)) if lines else head


def _spaced(lines: list[Source]) -> list[Source | str]:
    parts: list[Source | str] = []
    for line in lines:
        if parts:
            parts.append(" ")
        parts.append(line)
    return parts


def fraction(above: list[Source], below: list[Source], beside: list[Source]) -> Source:
    tail: list[Source | str] = [" ", *_spaced(beside)] if beside else []
    return joined([FRAC, OPEN, *_spaced(above), CLOSE, OPEN, *_spaced(below), CLOSE, *tail])


def scaled(line: Source) -> tuple[Source, Source | None]:
    """The line without its multiplier at the end, and the multiplier."""
    matches = list(SCALE.finditer(line.text))
    if not matches or line.text[matches[-1].end() :].strip(" .)") or ")" in line.text[matches[-1].end() :]:
        return line, None
    last = matches[-1]
    return line.cut(0, last.start()), line.cut(last.start(), last.end())


def without_value(line: Source) -> Source:
    """A quantity without the value that is filled in after it: "Jumlah siswa = 2.720", "Jumlah siswa ="."""
    value = VALUE.search(line.text)
    filled = value is not None and QUANTITY_FIRST.match(line.text) and (value["digits"] or "%" not in line.text)
    return line.cut(0, value.start()) if value and filled else line


def before_label(line: Source) -> Source:
    """ "Jumlah A % Capaian =" of a drawing folded into one line: the numerator ends where the name of the result begins."""
    if not line.text.rstrip().endswith("="):
        return line
    found = [
        match
        for match in _RESULT_NAME.finditer(line.text)
        if line.text[: match.start()].strip() and not JOINS.search(line.text, max(0, match.start() - 20), match.start())
    ]
    if REALISED.match(line.text):
        found = [match for match in found if _SHARE.match(match.group())]  # "Realisasi Angka Harapan Hidup" is one name
    while len(found) > 1 and not line.text[found[-2].end() : found[-1].start()].strip():
        found.pop()  # "% Capaian" is one name
    names = [match.start() for match in found]
    letters = RESULT_LETTERS.search(line.text)
    if letters and not names and line.text[: letters.start()].strip():
        names = [letters.start()]
    return line.cut(0, names[-1] if names else line.text.rindex("="))


def without_label(line: Source) -> Source:
    """Without "… =" at its start: the side label of a drawn formula."""
    label = NAME.match(line.text)
    return line.cut(label.end(), len(line.text)) if label and line.text[label.end() :].strip() else line


def without_joined(text: str) -> str:
    """Text without what looks like an operator inside a word: "Kab/Kota", clock times, labels."""
    return _NO_OPERATORS.sub(" ", text)

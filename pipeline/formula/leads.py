"""What stands before, between and after a formula's operands in words: lead-ins, their partner, definitions, remarks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.formula.operators import OPERATORS, QUANTITY
from pipeline.formula.pieces import Piece, at

_LEADS = (
    (("perbandingan", "antara"), "ratio"), (("perbandingan",), "ratio"), (("rasio", "antara"), "ratio"), (("ratio", "antara"), "ratio"),
    (("rasio",), "ratio"), (("ratio",), "ratio"), (("proporsi", "antara"), "ratio"), (("proporsi",), "share"), (("hasil", "bagi", "antara"), "ratio"),
    (("persentase", "dari"), "share"),
    (("prosentase", "dari"), "share"), (("dengan", "formulasi"), "plain"),
    (("selisih", "antara"), "minus"), (("selisih",), "minus"), (("hasil", "pembagian"), "ratio"), (("pembagian",), "ratio"),
)  # fmt: skip
_ADDS_UP = re.compile(r"^(?:jumlah|jml|total|seluruh|banyaknya)$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^1(?:0{3,5}|0?0?[.,]000)$")
_DEFINES = {"adalah", "yaitu", "yakni"}


def per_thousand(pieces: list[Piece]) -> list[Piece]:
    """ "kasus per 100.000 penduduk", "kasus / 1.000 penduduk" is kasus / penduduk × 100.000, where nothing else divides."""
    place = next((i for i, p in enumerate(pieces) if p.kind == "SCALE" and p.text[:1] in "pP"), None)
    if place is None:
        slash = next((i for i, p in enumerate(pieces[:-2]) if p.text == "/" and p.before), None)
        if slash is None or not _THOUSANDS.match(pieces[slash + 1].text):
            return pieces
        pieces = [*pieces[:slash], replace(pieces[slash + 1], kind="SCALE"), *pieces[slash + 2 :]]
        place = slash
    if place is None or any(p.kind in ("DIVW", "FRAC", "DIV") for p in pieces[:place]):
        return pieces
    after = pieces[place + 1 :]
    if place == 0 or not after or any(p.kind not in ("WORD", "MARK") for p in after):
        return pieces
    scale = pieces[place]
    return [*pieces[:place], Piece("DIV", "per", scale.start, scale.start + 1), *after, scale]


def per_quantity(pieces: list[Piece]) -> None:
    """ "jumlah guru per jumlah murid" divides one quantity by another, where nothing else divides; "per unsur" does not."""
    if not pieces or not QUANTITY.match(pieces[0].text) or any(p.kind in ("DIVW", "FRAC", "DIV") for p in pieces):
        return
    for left, right in pairwise(pieces[2:]):
        if left.kind == "WORD" and left.text.lower() == "per" and _ADDS_UP.match(right.text):
            left.kind = "DIVW"
            return


def lead_of(pieces: list[Piece]) -> tuple[str, list[Piece]]:
    start = 0
    while start < len(pieces) and pieces[start].kind == "LPAR" and start < 2:
        start += 1
    first = pieces[start].text.lower() if start < len(pieces) else ""
    for words, kind in _LEADS:
        if first != words[0] or len(pieces) <= start + len(words):
            continue
        if all(piece.text.lower() == word for piece, word in zip(pieces[start:], words, strict=False)):
            return kind, pieces[:start] + pieces[start + len(words) :]
    if len(pieces) > 2 and first in ("persentase", "prosentase") and not start and QUANTITY.match(pieces[1].text):
        against = (i for i, piece in enumerate(pieces) if piece.text.lower() == "terhadap")
        if any((right := at(pieces, i + 1)) is not None and QUANTITY.match(right.text) for i in against):
            return "ratio", pieces[1:]  # "Persentase jumlah A terhadap jumlah B"
    return "", pieces


def partner(pieces: list[Piece], lead: str) -> None:
    """The word that divides after "perbandingan …" or "rasio …": "dengan", "terhadap" or "dan" before the second quantity."""
    kind = "MINUS" if lead == "minus" else "DIVW"
    partners = ("terhadap",) if lead == "share" else ("dengan", "terhadap")
    divider = next((i for i, p in enumerate(pieces) if p.kind in ("DIVW", "FRAC", "DIV")), len(pieces))
    if divider < len(pieces) and lead != "minus":
        return
    places = [
        i
        for i, p in enumerate(pieces[:divider])
        if p.kind == "WORD" and p.text.lower() in partners and 0 < i < divider - 1
    ]
    if lead == "minus" or (not places and lead != "share"):
        places = places or [
            i for i, p in enumerate(pieces[:divider]) if p.text.lower() == "dan" and 0 < i < divider - 1
        ]
        places = [i for i in places if pieces[i].text.lower() != "dan" or QUANTITY.match(pieces[i + 1].text)]
    if not places:
        return
    head = next((p.text.lower() for p in pieces if p.kind == "WORD" and not QUANTITY.match(p.text)), "")
    ranked = sorted(
        places,
        key=lambda i: (
            not (
                QUANTITY.match(pieces[i + 1].text)
                or pieces[i + 1].kind == "SUM"
                or pieces[i + 1].text.lower() == "kebutuhan"
            ),
            pieces[i].text.lower() != "terhadap",
            pieces[i + 1].text.lower() not in (head, "yang"),
            -i,
        ),
    )
    pieces[ranked[0]].kind = kind


def after_definition(pieces: list[Piece]) -> list[Piece]:
    """ "X adalah jumlah A dibagi B": the formula begins after the word that defines, or with the sentence that divides."""
    divider = next((i for i, p in enumerate(pieces) if p.kind == "DIVW"), None)
    if divider is None:
        return pieces
    start = 0
    for i in range(divider):
        word = pieces[i].text.lower()
        sentence = word == "." and pieces[i].after
        counted = (
            word in ("berdasarkan", "dari")
            and i > 0
            and pieces[i - 1].text.lower() in ("dihitung", "diukur", "diperoleh")
        )
        if (word in _DEFINES or sentence or counted) and i + 1 < divider:
            start = i + 1
    return pieces[start:]


def before_remark(pieces: list[Piece]) -> list[Piece]:
    """A formula ends with the full stop after its multiplier; what follows is a remark."""
    for i in range(1, len(pieces) - 1):
        ends = pieces[i].text in (".", ";") and pieces[i - 1].kind in ("SCALE", "RPAR") and pieces[i].after
        if ends and not any(p.kind in OPERATORS or p.kind == "FRAC" for p in pieces[i:]):
            return pieces[:i]
    return pieces

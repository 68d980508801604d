"""What stands before, between and after a formula's operands in words: lead-ins, their partner, definitions, remarks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.formula.pieces import ADDS_UP, OPERATORS, QUANTITY, Piece, at, closing

_LEADS = (
    (("perbandingan", "antara"), "ratio"), (("perbandingan",), "ratio"), (("rasio", "antara"), "ratio"), (("ratio", "antara"), "ratio"),
    (("rasio",), "ratio"), (("ratio",), "ratio"), (("proporsi", "antara"), "ratio"), (("proporsi",), "share"), (("hasil", "bagi", "antara"), "ratio"),
    (("persentase", "dari"), "share"),
    (("prosentase", "dari"), "share"), (("dengan", "formulasi"), "plain"),
    (("selisih", "antara"), "minus"), (("selisih",), "minus"), (("hasil", "pembagian"), "ratio"), (("pembagian",), "ratio"),
    (("membandingkan", "antara"), "ratio"), (("membandingkan",), "ratio"), (("membagi", "antara"), "ratio"), (("membagi",), "ratio"),
)  # fmt: skip
_LEADS_OF = {first: tuple(lead for lead in _LEADS if lead[0][0] == first) for first in {lead[0][0] for lead in _LEADS}}
_THOUSANDS = re.compile(r"^1(?:0{3,5}|0?0?[.,]000)$")
_DEFINES = {"adalah", "yaitu", "yakni", "merupakan"}
_LEAD_ON = {
    "dari",
    "melalui",
    "menggunakan",
    "dengan",
    "dihitung",
    "persentase",
    "prosentase",
    "presentase",
}  # "dari perbandingan A dengan B"
_LED = {"perbandingan", "membandingkan", "pembagian", "membagi", "selisih"}
_VERBS = ("membandingkan", "membagi")
_LATER = re.compile(
    "[Mm](?:embandingkan|embagi|erupakan)|[Aa]dalah|[Yy]a(?:itu|kni)| antara |M(?:EMBANDINGKAN|EMBAGI|ERUPAKAN)|ADALAH|YA(?:ITU|KNI)| ANTARA "
)  # what a lead-in may follow
_PARTNERS = ("dengan", "terhadap", "dan")
_RATIOS = ("perbandingan", "rasio", "ratio", "proporsi")
_PER = ("per", "pada", "tiap", "setiap")  # how "per 100.000" begins
_WHOLES = {"angkatan", "penduduk", "keseluruhan", "pdrb", "pad", "apbd", "pendapatan", "belanja"}
_SOURCED = {"sumber", "catatan", "keterangan", "target", "data"}
_ASIDES = {"target", "sumber", "catatan", "standar"}  # "… dibagi jumlah keluhan (target 100%)"
_SHOWN = {"dinyatakan", "dihitung", "disajikan", "ditulis"}  # "yang dinyatakan dalam persen"
_SAYS = {*_SHOWN, "sama"}
_MAY_END = {".", ",", ";", "(", "[", "{", *_SAYS}  # what a formula may end before
ABBREVIATED = {
    "kab",
    "kec",
    "prov",
    "kel",
    "pemb",
    "pengemb",
    "dll",
    "dst",
    "dsb",
    "thn",
    "tgl",
    "pend",
    "adm",
    "fas",
    "peg",
}
_CALCULATES = ("DIVW", "FRAC", "SCALE", "EQ")  # more of a calculation; a slash, colon or dash alone says nothing
_DIVIDERS = ("DIVW", "DIV", "FRAC")
_LIKE_A_SLASH = {"I", "l", "J"}
_NUMBERED = {
    "eselon",
    "golongan",
    "kelas",
    "kelompok",
    "pim",
    "semester",
    "tahap",
    "tingkat",
    "triwulan",
    "tw",
    "wilayah",
}
_REMARK_WORDS = 5


def per_thousand(pieces: list[Piece]) -> list[Piece]:
    """ "kasus per 100.000 penduduk", "kasus / 1.000 penduduk" is kasus / penduduk × 100.000, where nothing else divides. In
    the name before a "=", it is a part of the name."""
    place = slash = None
    for i, piece in enumerate(pieces):
        if piece.kind == "SCALE" and piece.text.lower().startswith(_PER):
            place = i
            break
        if (
            piece.kind == "NUMBER"
            and i
            and pieces[i - 1].text.lower() in ("per", "tiap", "setiap")
            and _THOUSANDS.match(piece.text)
        ):
            pieces = [*pieces[: i - 1], replace(piece, kind="SCALE"), *pieces[i + 1 :]]
            place = i - 1
            break
        if slash is None and piece.kind == "DIV" and piece.before and piece.text == "/":
            slash = i
    if place is None:
        if slash is None or slash + 2 >= len(pieces) or not _THOUSANDS.match(pieces[slash + 1].text):
            return pieces
        pieces = [*pieces[:slash], replace(pieces[slash + 1], kind="SCALE"), *pieces[slash + 2 :]]
        place = slash
    if any(p.kind == "EQ" for p in pieces[place:]) or (place and pieces[place - 1].kind == "NUMBER"):
        pieces[place].kind = "WORD"  # a part of the name, or of a value: "kurang dari 1 per 1.000 penduduk"
        return pieces
    if any(p.kind in ("DIVW", "FRAC") or (p.kind == "DIV" and (p.before or not p.maybe)) for p in pieces[:place]):
        return pieces
    after = pieces[place + 1 :]
    while after and after[-1].kind == "MARK":
        after.pop()
    if place == 0 or not after or not all(_in_phrase(p) for p in after):
        return pieces
    scale = pieces[place]
    if pieces[0].text.lower() in _RATIOS and any(
        left.text.lower() in _PARTNERS and QUANTITY.match(right.text) for left, right in pairwise(pieces[:place])
    ):
        return [*pieces[:place], scale]  # "Rasio jumlah A dan jumlah B per 1.000 penduduk" has its two sides
    return [*pieces[:place], Piece("DIV", "per", scale.start, scale.start + 1), *after, scale]


def _in_phrase(piece: Piece) -> bool:
    """A word, number or mark, or a sign without blanks, as in "15-19 tahun"."""
    return piece.kind in ("WORD", "MARK", "NUMBER", "LPAR", "RPAR") or (piece.maybe and not piece.before)


def per_quantity(pieces: list[Piece]) -> None:
    """ "jumlah guru per jumlah murid" divides one quantity by another, where nothing else divides, and so does "jumlah A dari
    total B × 100%"; "per unsur" does not. A slash that OCR took for a letter divides there too: "Jumlah A I Jumlah B × 100%"."""
    stated = next((i + 1 for i, p in enumerate(pieces) if p.kind == "EQ"), 0)
    start = next((i for i in range(stated, len(pieces)) if pieces[i].kind != "LPAR"), 0)
    if not pieces or not QUANTITY.match(pieces[start].text) or any(p.kind in _DIVIDERS for p in pieces):
        return
    scaled = pieces[-1].kind == "SCALE"
    for before, left, right in zip(pieces[start + 1 :], pieces[start + 2 :], pieces[start + 3 :], strict=False):
        if left.kind != "WORD" or not ADDS_UP.match(right.text):
            continue
        slash = left.text in _LIKE_A_SLASH and before.text.lower() not in _NUMBERED
        if left.text.lower() == "per" or (scaled and (slash or left.text.lower() == "dari")):
            left.kind = "DIVW"
            return


def name_of(pieces: list[Piece]) -> list[Piece]:
    """What stands before the formula proper and its "=": "Laju pertumbuhan =". Nothing where that calculates, or a result
    alone follows it."""
    stated = next((i for i, piece in enumerate(pieces) if piece.kind == "EQ"), None)
    if stated is None or (
        len(pieces) > stated + 1 and pieces[stated + 1].kind == "NUMBER" and not _operates(pieces[stated + 1 :])
    ):
        return []
    name = pieces[: stated + 1]
    return name if all(piece.kind in ("WORD", "MARK", "EQ") or piece.text == "%" for piece in name) else []


def _operates(pieces: list[Piece]) -> bool:
    return any(piece.kind in OPERATORS or piece.kind in ("FRAC", "CROSS") for piece in pieces)


def lead_of(pieces: list[Piece], text: str) -> tuple[str, list[Piece]]:
    """What kind of lead-in stands at the start, or after the word that defines, and the pieces without it."""
    start = 0
    while start < len(pieces) and pieces[start].kind == "LPAR" and start < 2:
        start += 1
    depth = 0
    for i, piece in enumerate(pieces if _LATER.search(text) else ()):
        depth += (piece.kind == "LPAR") - (piece.kind == "RPAR")
        if piece.kind in ("DIVW", "FRAC", "SCALE"):
            break
        word = piece.text.lower()
        defined = i > 0 and pieces[i - 1].text.lower() in _DEFINES
        compared = word in _RATIOS and (after := at(pieces, i + 1)) is not None and after.text.lower() == "antara"
        if depth == 0 and (word in _VERBS or defined or compared):
            kind, width = _lead_at(pieces, i)
            if kind and any(p.text.lower() in _PARTNERS for p in pieces[i + width + 1 :]):
                return kind, pieces[i + width :]
    if [p.text.lower() for p in pieces[:3]] == ["rata", "-", "rata"] and pieces[3:4] and pieces[3].kind == "LPAR":
        after = at(pieces, (closing(pieces, 3) or 0) + 1)
        if after is not None and after.kind in _DIVIDERS:
            return "", pieces[3:]  # "Rata-rata (A + B) / 2"
    led = start
    while led < len(pieces) and led < start + 2 and pieces[led].text.lower() in _LEAD_ON:
        led += 1
    if led > start and (led == len(pieces) or pieces[led].text.lower() not in _LED):
        led = start
    kind, width = _lead_at(pieces, led)
    return kind, pieces[:start] + pieces[led + width :] if kind else pieces


def _lead_at(pieces: list[Piece], start: int) -> tuple[str, int]:
    """The lead-in that begins at a piece, and how many pieces it has."""
    first = pieces[start].text.lower() if start < len(pieces) else ""
    for words, kind in _LEADS_OF.get(first, ()):
        if len(pieces) > start + len(words) and all(
            piece.text.lower() == word for piece, word in zip(pieces[start:], words, strict=False)
        ):
            return kind, len(words)
    if len(pieces) > start + 2 and first in ("persentase", "prosentase"):
        counted = QUANTITY.match(pieces[start + 1].text)
        for left, right in pairwise(pieces[start + 2 :]):
            word = left.text.lower()
            if (word == "terhadap" and _whole(right)) or (counted and word == "dari" and ADDS_UP.match(right.text)):
                return "ratio", 1  # "Persentase jumlah A terhadap jumlah B", "Persentase jumlah A dari total B"
    return "", 0


def _whole(piece: Piece) -> bool:
    return bool(QUANTITY.match(piece.text)) or piece.text.lower() in _WHOLES


def partner(pieces: list[Piece], lead: str) -> None:
    """The word that divides after "perbandingan …" or "rasio …": "dengan", "terhadap" or "dan" before the second quantity."""
    if not pieces:
        return
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
    if not places and lead == "ratio":
        places = [
            i for i in range(1, divider - 1) if pieces[i].text.lower() == "dari" and ADDS_UP.match(pieces[i + 1].text)
        ]
    if lead == "minus" or (not places and lead != "share"):
        places = places or [
            i for i, p in enumerate(pieces[:divider]) if p.text.lower() == "dan" and 0 < i < divider - 1
        ]
        first = pieces[0].text.lower()
        places = [
            i
            for i in places
            if pieces[i].text.lower() != "dan"
            or QUANTITY.match(pieces[i + 1].text)
            or (lead == "minus" and pieces[i + 1].text.lower() == first)
        ]
    if not places and lead == "ratio":
        places = [i for i, p in enumerate(pieces) if p.text == ":" and p.before and p.after and 0 < i < len(pieces) - 1]
        places += [
            i
            for i, p in enumerate(pieces[:-1])
            if i and p.text.lower() == "per" and p.kind == "WORD" and QUANTITY.match(pieces[i + 1].text)
        ]
        places = places if len(places) == 1 else []  # "Perbandingan jumlah guru laki-laki : perempuan", "… per luas"
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
    """ "X adalah jumlah A dibagi B", "X sebesar 4 / 5 = 80%": the formula begins after the word that defines or tells the
    amount, or with the sentence that divides."""
    divider = next((i for i, p in enumerate(pieces) if p.kind in ("DIVW", "DIV")), None)
    if divider is None:
        return pieces
    start = int(pieces[0].text.lower() == "menghitung")
    for i in range(divider):
        word = pieces[i].text.lower()
        if pieces[i].kind == "EQ":
            break
        sentence = word == "." and _sentence_ends(pieces, i)
        counted = (
            word in ("berdasarkan", "dari", "dengan")
            and i > 0
            and pieces[i - 1].text.lower() in ("dihitung", "diukur", "diperoleh")
        )
        amounts = word == "sebesar" and i + 1 < divider and pieces[i + 1].kind in ("NUMBER", "LPAR")
        if (word in _DEFINES or sentence or counted or amounts) and i + 1 < divider:
            start = i + 1
    return pieces[start:]


def after_label(pieces: list[Piece]) -> list[Piece]:
    """ "Realisasi : 45 dokumen / 50 dokumen", "Cakupan K4: jumlah A / jumlah B": without the name before the colon."""
    place = next((i for i, p in enumerate(pieces) if p.kind not in ("WORD", "MARK") or p.text == ":"), 0)
    following = at(pieces, place + 1)
    if place == 0 or following is None or pieces[place].kind != "WORD" or not pieces[place].after:
        return pieces
    counts = bool(QUANTITY.match(following.text)) and not QUANTITY.match(pieces[0].text)
    divides = any(p.kind in ("DIV", "DIVW", "FRAC") for p in pieces[place:])
    return pieces[place + 1 :] if divides and (counts or following.kind in ("NUMBER", "LPAR", "SUM")) else pieces


def worked_aside(pieces: list[Piece]) -> list[Piece]:
    """The calculation that a bracket at the end works out: "3 kecamatan dari 15 kecamatan (3 / 15 x 100% = 20%)"."""
    if not pieces or pieces[-1].kind != "RPAR":
        return pieces
    opens = next((i for i, p in enumerate(pieces) if p.kind == "LPAR"), 0)
    inside = pieces[opens + 1 : -1]
    if not opens or closing(pieces, opens) != len(pieces) - 1 or any(p.kind in OPERATORS for p in pieces[:opens]):
        return pieces
    kinds = {p.kind for p in inside}
    return inside if {"EQ", "NUMBER", "DIV"} <= kinds <= {*OPERATORS, "NUMBER", "LPAR", "RPAR"} else pieces


def before_remark(pieces: list[Piece]) -> list[Piece]:
    """A formula ends with the full stop after its multiplier, or with the sentence that divides; what follows is a remark:
    "… x 100%. Target 2023: 58%", "… dikali 100 (sumber: BPS)", "… yang dinyatakan dalam persen"."""
    last = [p.text.lower() for p in pieces[-3:]]
    if last[1:] == ["dalam", "persen"] and last[0] not in _SHOWN and any(p.kind in _DIVIDERS for p in pieces):
        return pieces[:-2]
    if all(p.text.lower() not in _MAY_END for p in pieces):
        return pieces
    calculates = max((i for i, p in enumerate(pieces) if p.kind in _CALCULATES), default=-1)
    operates = max((i for i, p in enumerate(pieces) if p.kind in OPERATORS or p.kind == "FRAC"), default=-1)
    divided = pieces[0].kind in _DIVIDERS
    for i in range(1, len(pieces) - 1):
        here = pieces[i]
        kind = here.kind
        divided = divided or kind in _DIVIDERS
        if kind not in ("MARK", "LPAR") and (kind != "WORD" or here.text.lower() not in _SAYS):
            continue
        left, right = pieces[i - 1], pieces[i + 1]
        scaled = left.kind == "SCALE" and divided
        if divided and here.kind == "LPAR" and right.text.lower() in _ASIDES and closing(pieces, i) == len(pieces) - 1:
            return pieces[:i]
        stops = here.after and (here.text in (".", ";") or (here.text == "," and right.text.lower() in _SOURCED))
        shown = here.text.lower() in _SHOWN and right.text.lower() == "dalam"
        if scaled and (here.text.lower(), right.text.lower()) == ("sama", "dengan"):
            return pieces[:i]  # "… dikalikan seratus persen sama dengan seratus"
        if not (stops or (scaled and here.kind == "LPAR") or shown):
            continue
        if scaled and (stops or right.text.lower() in _SOURCED) and calculates < i:
            return pieces[:i]
        if operates >= i:
            continue
        if stops and left.kind in ("SCALE", "RPAR"):
            return pieces[:i]
        if divided and here.text == "." and _sentence_ends(pieces, i) and len(pieces) - i > _REMARK_WORDS:
            return pieces[:i]
        if divided and shown:
            return pieces[: i - (left.text.lower() in ("yang", "dan"))]
    return pieces


def _sentence_ends(pieces: list[Piece], i: int) -> bool:
    """A full stop after a word that is no abbreviation, before a capital letter: not "Kab. Jombang", "s.d. 18 tahun"."""
    here, left, right = pieces[i], at(pieces, i - 1), at(pieces, i + 1)
    if here.text != "." or not here.after or left is None or right is None:
        return False
    ends = left.kind in ("SCALE", "RPAR") or (len(left.text) > 3 and left.text.lower() not in ABBREVIATED)
    return ends and (right.text[:1].isupper() or right.kind in ("NUMBER", "SUM", "LPAR"))

"""Says what kind of formula a tree is: what is written, not what ought to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.formula.algebra import over_the_whole, same, unscaled
from pipeline.formula.nodes import (
    Add,
    Eq,
    Frac,
    Missing,
    Mul,
    Neg,
    Node,
    Num,
    Prose,
    Term,
    Total,
    children,
    holds,
    scale_of,
    walk,
)
from pipeline.formula.pieces import COUNT, COUNTING

_COUNT = re.compile(
    rf"^\W*(?:(?:adalah|merupakan|data|meng?hitung|(?:di)?hitung\s+(?:dari|berdasarkan))\s+)?(?:{COUNTING}|frekuensi(?!\s+dan)|\d+\s+(?:dokumen|laporan|unit|kali|orang|paket|kegiatan)\s*$|terdapat\s+\d|dari\s+target\s+\d|rekapitulasi\s+jumlah|akumulasi)",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"^\W*(?:hasil\s+|perhitungan\s+|capaian\s+(?=nilai|indeks|index|skor))?(?:(?<=hasil )(?:evaluasi|re?viu|review)|penilaian|pengukuran|nilai|level|indeks|index|indek|skor|opini|predikat|peringkat|survey|survei|kuesioner|kategori|"
    r"tingkat\s+(?:maturitas|kematangan|kapabilitas)|perhitungan\s+\w+)", re.IGNORECASE
)  # fmt: skip
_SURVEYED = re.compile(
    r"\b(?:berdasarkan\s+hasil\s+(?:survei|survey|penilaian|kuesioner)|hasil\s+(?:publikasi|rilis)|"
    r"di(?:hitung|ukur|peroleh|nilai)\s+(?:dari|berdasarkan|melalui)\s+(?:hasil\s+)?(?:survei|survey|penilaian|evaluasi|kuesioner|SKM|IKM)|"
    r"(?:dirilis|dikeluarkan|dipublikasikan)\s+(?:oleh\s+)?(?:BPS|BPKP?|Badan\s+Pusat|Kemen\w+))\b", re.IGNORECASE
)  # fmt: skip
_AVERAGE = re.compile(r"^\W*(?:rata\s*[-–—]?\s*rata|rerata)\b", re.IGNORECASE)
_OUTPUT = re.compile(
    r"^\W*(?:laporan|dokumen|lh[aepr]|berita acara|naskah|produk hukum|sertifikat)\b"
    r".*\b(?:di\s?terbitkan|tersusun|disusun|terbit|hasil|dihasilkan|ditetapkan|diselesaikan)\b", re.IGNORECASE
)  # fmt: skip
_EVALUATED = re.compile(r"^\W*(?:hasil\s+(?:evaluasi|penilaian|re?viu|review|survei)|predikat|opini)\b", re.IGNORECASE)
_RATED = re.compile(
    r"\s+(?:hasil\s+(?:evaluasi|penilaian|re?viu|review|survei|survey)|level|skor|predikat|opini)\b", re.IGNORECASE
)  # "… adalah Level Maturitas SPIP"
_RATED_BY = re.compile(
    r"^\W*(?:pilihan|skala|skor|nilai|kriteria)?\s*:?\s*\d\s*=\s*[^\W\d][^=]*\d\s*=\s*[^\W\d]", re.IGNORECASE
)  # "Pilihan: 0 = belum, 1 = sudah"
_DEFINITION = re.compile(r"\b(?:adalah|merupakan|yaitu|yakni)\b", re.IGNORECASE)
_COLUMN = re.compile(r"^kolom\s*\(?\d{1,2}\)?$", re.IGNORECASE)  # "Kolom 6"
_INDEX_LENGTH = 200
_PERIOD = re.compile(
    r"\b(?:triwulan|tw|semester|smt)\s+(?:ke\s*-?\s*)?(?:[iv]{1,3}|\d)\b|\b(?:tahun|thn|th|periode|bulan|triwulan|tw)?\s*(?:ke\s*-?\s*)?(?:\(?[nti]\s*[-+]?\s*\d?\)?|(?:19|20)\d\d|ini|lalu|sebelumnya|berjalan|sekarang|dasar)(?![\w])"
    r"|[_(][^)\s]*\)+|\d$", re.IGNORECASE
)  # fmt: skip

_PERIOD_ALONE = re.compile(r"^(?:tahun|periode|bulan|triwulan)\s+(?:sebelumnya|lalu|yang lalu|dasar)$")


def kind_of(tree: Node, indikator: str | None = None, legend: Mapping[str, str] | None = None) -> str:
    """One of DESIGN's kinds. What the letters stand for (`legend`) tells growth from other differences."""
    if isinstance(tree, Prose | Term):
        return _words_kind(tree.text, indikator)
    formula = main(tree)
    if isinstance(formula, Term):
        return _words_kind(formula.text, indikator)
    worded = holds(formula, (Term,))
    if _columns_named(tree) if worded else _column_reference(tree, formula):
        return "column_reference"
    sides = tree.sides if isinstance(tree, Eq) else ()
    numeric = not worded and not holds(formula, (Missing,) if sides else (Total, Missing))
    if numeric or (any(_numeric(side) for side in sides) and not holds(formula, (Frac,))):
        return "equation" if holds(tree, (Num,)) and not isinstance(formula, Num) else "other"
    scale = scale_of(formula)
    body = unscaled(formula)
    if isinstance(body, Frac):
        if isinstance(body.den, Term) and scale is None and _PERIOD_ALONE.match(body.den.key):
            return "growth"
        return _fraction_kind(body, scale.value if scale else None, legend or {})
    if (
        isinstance(body, Mul)
        and isinstance(body.left, Frac)
        and isinstance(body.left.num, Num)
        and isinstance(body.right, Add)
    ):
        return "average"
    if _weighted(body):
        return "weighted_sum"
    if isinstance(body, Mul) and isinstance(body.left, Frac) and scale is None:
        return "ratio"  # "total nilai / total unsur × nilai penimbang"
    if isinstance(body, Total):
        return "count" if scale is None else "percentage"
    if isinstance(body, Add):
        if _index_growth(body):
            return "growth"
        whole = over_the_whole(formula)
        over = None if whole is None else unscaled(whole)
        if isinstance(over, Frac):
            return _fraction_kind(over, pengali_of(formula))
        if scale is not None:
            return "percentage" if pengali_of(formula) == 100 else "ratio"
        inner = [part for part in walk(body) if isinstance(part, Frac)]
        return _fraction_kind(inner[0], Decimal(100)) if inner else "sum"
    if scale is not None and scale.value == 100:
        return "percentage"
    return "ratio" if isinstance(body, Mul) and isinstance(body.left, Frac) else "other"


def main(tree: Node) -> Node:
    """The side of an equation that is the formula: the first that calculates; the tree itself where there is no "="."""
    if not isinstance(tree, Eq):
        return tree
    calculating = [side for side in tree.sides if isinstance(side, Frac | Mul | Add | Neg | Total)]
    if len(calculating) > 1 and isinstance(_counted(calculating[0]), Term):
        calculating = calculating[1:]  # "∑ perkara = ∑ perkara baru + sisa": a name that counts
    scaled = [side for side in calculating if pengali_of(side) is not None] if len(calculating) > 1 else calculating
    return (scaled or calculating or tree.sides[-1:])[0]


def pengali_of(formula: Node) -> Decimal | None:
    """The constant multiplier, of the whole or of its last part."""
    scale = scale_of(formula) or next((found for part in walk(formula) if (found := scale_of(part)) is not None), None)
    return None if scale is None else scale.value


def _words_kind(text: str, indikator: str | None) -> str:
    if _AVERAGE.match(text):
        return "prose" if len(text) > 120 else "average"
    if _COUNT.match(text):
        return "count"
    defined = _DEFINITION.search(text)
    if _OUTPUT.match(text) and not defined and len(text) <= _INDEX_LENGTH:
        return "count"
    if defined and len(text) <= _INDEX_LENGTH and _RATED.match(text, defined.end()):
        return "index"
    if _RATED_BY.match(text):
        return "index"
    looked_up = _INDEX.match(text) or _SURVEYED.search(text)
    if looked_up and not defined and (len(text) <= _INDEX_LENGTH or _EVALUATED.match(text)):
        return "index"
    counted = indikator is not None and _COUNT.match(indikator)
    if counted and not defined and len(text) <= _INDEX_LENGTH and text.casefold() in (indikator or "").casefold():
        return "count"
    return "prose"


def _numeric(node: Node) -> bool:
    """A calculation in numbers alone."""
    return not isinstance(node, Num) and not holds(node, (Term, Missing))


def _column_reference(tree: Node, formula: Node) -> bool:
    """A header's "(5/4)*100" or "6 (= 5/4 *100)%": small whole numbers that are columns."""
    if isinstance(tree, Eq) and not (
        len(tree.sides) == 2 and isinstance(tree.sides[0], Num) and tree.sides[0].value < 40
    ):
        return False
    if holds(formula, (Neg, Eq, Missing, Prose)) or isinstance(formula, Num):
        return False
    numbers = [part for part in walk(unscaled(formula)) if isinstance(part, Num)]
    small = all(n.value == int(n.value) and 0 < n.value < 40 and not n.percent and not n.unit for n in numbers)
    return bool(numbers) and small


def _columns_named(formula: Node) -> bool:
    """ "Kolom 6 / Kolom 4 x 100%": every term is the name of a column."""
    first = formula
    while below := children(first):
        first = below[0]
    if not isinstance(first, Term) or not _COLUMN.match(first.text):
        return False
    terms = [part.text for part in walk(formula) if isinstance(part, Term)]
    return len(terms) > 1 and all(_COLUMN.match(text) for text in terms)


def _fraction_kind(body: Frac, scale: Decimal | None, legend: Mapping[str, str] = MappingProxyType({})) -> str:
    if isinstance(body.num, Add) and _growth(body, legend):
        return "growth"
    if _average(body) and not (scale == 100 and (isinstance(body.den, Term) or _has_unit(body.den))):
        return "average"
    if (
        isinstance(body.num, Total)
        and _weighted(body.num)
        and not (isinstance(body.den, Total) and _weighted(body.den))
    ):
        return "weighted_sum"
    return "percentage" if scale == 100 else "ratio"


def _growth(body: Frac, legend: Mapping[str, str]) -> bool:
    """(x - y) / y, or / x, of one quantity at two times."""
    num = body.num
    if not isinstance(num, Add) or not num.minus:
        return False
    left, right, den = _counted(num.left), _counted(num.right), _counted(body.den)
    if not isinstance(left, Term) or not isinstance(right, Term):
        return False
    if _PERIOD_ALONE.match(right.key) and isinstance(den, Term):
        return same(den, right) or _timeless(left) == _timeless(den)  # "kunjungan tahun ini - tahun lalu"
    terms = [part for part in (left, right, den) if isinstance(part, Term)]
    timeless = [_timeless(Term.of(legend[part.text]) if part.text in legend else part) for part in terms]
    if len(timeless) == 3 and len(set(timeless)) == 1 and same(body.den, body.den):
        return left != right
    return same(body.den, num.right)


def _counted(node: Node) -> Node:
    """What "∑ …" counts."""
    return node.body if isinstance(node, Total) and not node.bounds else node


def _index_growth(body: Add) -> bool:
    """x / y × 100 - 100 of one quantity at two times: what an index has grown by."""
    ratio = unscaled(body.left)
    if not body.minus or not isinstance(body.right, Num) or not isinstance(ratio, Frac):
        return False
    scale = scale_of(body.left)
    if scale is None or scale.value != body.right.value:
        return False
    num, den = _counted(ratio.num), _counted(ratio.den)
    return isinstance(num, Term) and isinstance(den, Term) and _timeless(num) == _timeless(den)


def _timeless(term: Term) -> str:
    words = _PERIOD.sub(" ", term.key.casefold()).split()
    return " ".join(words[1:] if len(words) > 1 and COUNT.match(words[0]) else words)


def _has_unit(node: Node) -> bool:
    return isinstance(node, Num) and bool(node.unit)


def _average(body: Frac) -> bool:
    """(a + b + c) / 3, or (∑ x) / n with a bare count below."""
    addends = _addends(body.num)
    if isinstance(body.den, Num) and body.den.value == len(addends) and len(addends) > 1:
        return True
    if (
        isinstance(body.den, Num)
        and isinstance(body.num, Term)
        and body.den.value == body.num.text.count(" + ") + 1 > 1
    ):
        return True  # "\\text{I HLS + I RLS}" over 2: one phrase, but a sum
    if isinstance(body.den, Num) and body.den.value < 30 and isinstance(body.num, Total | Add):
        return True
    if isinstance(body.den, Term) and body.den.text.lower() == "n" and isinstance(body.num, Total | Add):
        return True
    return isinstance(body.den, Num) and body.den.value == 2 and isinstance(body.num, Add)


def _addends(node: Node) -> list[Node]:
    if isinstance(node, Add) and not node.minus:
        return [*_addends(node.left), node.right]
    return [node]


def _weighted(node: Node) -> bool:
    if isinstance(node, Total):
        return isinstance(node.body, Mul) and scale_of(node.body) is None
    addends = _addends(node)
    return len(addends) > 1 and all(isinstance(part, Mul) for part in addends)

"""Why a figure is likely what it is: the slip of the pen, the neighbour copied, the child forgotten, the old value kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pipeline.audit.identities.check import ROUNDED
from pipeline.audit.identities.model import Figure, Identity, Ref, solved
from pipeline.audit.identities.patterns import digits_of, misprint
from pipeline.audit.identities.sameness import whole_names
from pipeline.audit.identities.shapes import Board, board_of
from pipeline.interval import Interval
from pipeline.normalize.names import key_of

ORDINARY = 1
"""Significant digits of values that stand everywhere (0, 1, 80, 100): their equality with a neighbour says nothing."""
SINGULAR = 3
"""Significant digits from which a measured value equal to its neighbour's is sooner copied than equal."""
RANKS = {
    "rincian_hilang": 0, "nol_hilang": 0, "nol_hilang_rincian": 0, "selisih_kecil": 0, "pemisah_bergeser": 0, "anak_tertinggal": 1, "anak_ganda": 1, "nilai_lama": 1, "pembulatan": 1,
    "tanpa_seratus": 1, "salin_tahun": 1, "salin_lain": 1, "digit_hilang": 1, "digit_tertukar": 1, "tanda": 1, "salin_kolom": 1, "salin_baris": 2, "salin_angka": 1,
    "digit_ganda": 1, "digit_salah": 2, "lain": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cause:
    """`kind` is one of RANKS; `source`: the cell copied from, forgotten, counted twice, or holding the old value."""

    kind: str
    source: Figure | None = None

    @property
    def rank(self) -> int:
        return RANKS[self.kind]

    @property
    def inherited(self) -> bool:
        """Whether the sums above were added up from the wrong total, and so hold with it and not without it."""
        return self.kind in ("anak_tertinggal", "anak_ganda")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All figures known, by place and by what they are about."""

    board: Board
    by_key: dict[str, list[Figure]]
    vouched: Container[Ref] = frozenset()
    by_value: Mapping[Decimal, list[Figure]] = field(default_factory=dict)  # long amounts, which chance does not repeat


def surroundings(figures: Iterable[Figure], vouched: Container[Ref]) -> Surroundings:
    known = list(figures)
    by_key: dict[str, list[Figure]] = defaultdict(list)
    names = whole_names(key_of(figure.label) for figure in known)
    for figure in known:
        if figure.value is not None and figure.label and figure.peran in ("realisasi", "capaian", "serapan"):
            by_key[names[key_of(figure.label)]].append(figure)
    by_value: dict[Decimal, list[Figure]] = defaultdict(list)
    for figure in known:
        if figure.value is not None and len(digits_of(figure.value)[0]) >= LONG:
            by_value[figure.value].append(figure)
    return Surroundings(board_of(known), by_key, vouched, by_value)


LONG = 6
"""Significant digits from which the same amount in two places is no chance."""


def cause_of(
    figures: Sequence[Figure],
    proposed: Decimal | None,
    needed: Interval,
    explained: Sequence[Identity],
    around: Surroundings,
) -> Cause:
    """The most telling explanation of `figures` (one figure and its other prints) where `needed` (best guess `proposed`)
    belongs."""
    figure = figures[0]
    if figure.value is None:
        return Cause("lain")
    results = [identity for identity in explained if identity.result.ref == figure.ref]
    for identity in results:
        if _rounded(figure, needed, identity):
            return Cause("pembulatan")
    for identity in explained:
        if identity.kind.startswith("jumlah") and _small(identity, figure, needed):
            return Cause("selisih_kecil")
    for identity in results:
        if identity.kind.startswith("jumlah") and (child := _child(identity, figure)) is not None:
            return child
        if identity.kind.startswith("rata_rata") and (old := _stale(identity, around)) is not None:
            return Cause("nilai_lama", old)
    slip = misprint(figure.value, proposed) if proposed is not None and needed.is_exact else "lain"
    if slip == "pemisah_bergeser":
        return Cause(_power(figure.value, proposed))
    if slip in ("digit_hilang", "digit_tertukar", "digit_ganda", "tanda"):
        return Cause(slip)
    other_year = _other_year(figures, around)
    if other_year is not None:
        return Cause("salin_tahun", other_year)
    part = not results and all(one.kind.startswith("jumlah") for one in explained)
    copied = None if part else _copied(figure, around, any(not one.kind.startswith("jumlah") for one in results))
    if copied is not None:
        return copied
    if results and (other := _elsewhere(figure, around)) is not None:
        return Cause("salin_lain", other)
    if slip != "lain":
        return Cause(slip)
    ranged = not needed.is_exact and (results or _narrow(needed))
    return _vague(figure, needed) if ranged else Cause("lain")


def _narrow(needed: Interval) -> bool:
    """Whether the interval shows more digits than a slip of one could hide in."""
    return abs(needed.low + needed.high) > 2000 * (needed.high - needed.low)


def _rounded(figure: Figure, needed: Interval, identity: Identity) -> bool:
    """Rounded up, or rounded to fewer decimals than are printed: 38,82 printed as 39,00; 111,111 as 111,12."""
    if (identity.form == "linear" and identity.kind not in ROUNDED) or figure.value is None:
        return False
    value = Fraction(figure.value)
    unit = Fraction(1, 10**figure.reading.places)
    if needed.meets(Interval(value - unit, value + unit)):
        return True
    for places in range(figure.reading.places):
        half = Fraction(1, 2 * 10**places)
        coarse = (value * 10**places).denominator == 1
        if coarse and needed.meets(Interval(value - half, value + half)):
            return True
    return False


def _small(identity: Identity, figure: Figure, needed: Interval) -> bool:
    """Off by no more units of the last place than there are addends: each was rounded on its own."""
    if figure.value is None or not needed.is_exact:
        return False
    unit = Fraction(1, 10**figure.reading.places)
    return abs(needed.low - Fraction(figure.value)) <= unit * len(identity.operands) and abs(figure.value) > 1000


def _child(identity: Identity, total: Figure) -> Cause | None:
    """The total leaves one addend out, or counts one twice."""
    parts = [figure for figure in identity.operands if figure.value]
    if total.value is None or len(parts) < 2 or any(weight != 1 for weight in identity.weights):
        return None
    difference = total.value - sum((part.value for part in parts if part.value is not None), Decimal(0))
    for part in parts:
        if part.value == -difference:
            return Cause("anak_tertinggal", part)
        if part.value == difference:
            return Cause("anak_ganda", part)
    return None


def _stale(identity: Identity, around: Surroundings) -> Figure | None:
    """A value printed elsewhere for one of the averaged indicators, with which the average comes out."""
    for operand in identity.operands:
        need = solved(identity, operand.ref)
        if need is None:
            continue
        for other in around.by_key.get(key_of(operand.label), ()):
            if other.value is not None and other.value != operand.value and other.value in need:
                return other
    return None


def _power(printed: Decimal, right: Decimal | None) -> str:
    """Zeros lost in groups of three, or a separator elsewhere."""
    if right is None or not printed:
        return "pemisah_bergeser"
    ratio = Fraction(right) / Fraction(printed)
    if 1 / ratio in (1000, 1000**2):
        return "nol_hilang_rincian"
    return "nol_hilang" if ratio in (1000, 1000**2, 1000**3) else "pemisah_bergeser"


def _other_year(figures: Sequence[Figure], around: Surroundings) -> Figure | None:
    """The same number, printed elsewhere for the same indicator and not as the same figure: as a rule that of another
    year."""
    figure = figures[0]
    if _ordinary(figure.value):
        return None
    own = {one.ref for one in figures}
    same = around.by_key.get(key_of(figure.label), ()) if figure.peran in ("realisasi", "capaian") else ()
    return next(
        (one for one in same if one.value == figure.value and one.ref.table != figure.ref.table and one.ref not in own),
        None,
    )


def _elsewhere(figure: Figure, around: Surroundings) -> Figure | None:
    """The same long amount in another row of the table, vouched for there."""
    if figure.value is None:
        return None
    for other in around.by_value.get(figure.value, ()):
        same_table = (other.ref.sha256, other.ref.table) == (figure.ref.sha256, figure.ref.table)
        if same_table and other.ref.row != figure.ref.row and other.ref in around.vouched:
            return other
    return None


def _copied(figure: Figure, around: Surroundings, computed: bool) -> Cause | None:
    """The same number stands in the row above or below (of a computed figure, or a measured one of many digits), or in
    another column of the row, where it is vouched for."""
    if figure.ref.table < 0 or _ordinary(figure.value):
        return None
    singular = figure.peran == "realisasi" and not _ordinary(figure.value, SINGULAR - 1)
    columns = around.board.get((figure.ref.sha256, figure.ref.table), {})
    own = columns.get(figure.ref.column, {})
    rows = sorted(own)
    at = rows.index(figure.ref.row) if figure.ref.row in own else -1
    for step in (-1, 1, -2):
        next_to = abs(step) == 1 and singular
        if (computed or next_to) and 0 <= at + step < len(rows) and at >= 0:
            source = own[rows[at + step]]
            if source.value == figure.value:
                return Cause("salin_angka" if _others_too(figure, source, columns) else "salin_baris", source)
    for column, figures in columns.items():
        other = figures.get(figure.ref.row)
        if column == figure.ref.column or other is None or other.value != figure.value:
            continue
        money = {"pagu", "realisasi_anggaran", "anggaran_akhir"}
        if other.ref in around.vouched and (other.peran == figure.peran or {other.peran, figure.peran} <= money):
            return Cause("salin_kolom", other)
    return None


def _ordinary(value: Decimal | None, digits: int = ORDINARY) -> bool:
    return value is None or len(digits_of(value)[0]) <= digits


def _others_too(figure: Figure, source: Figure, columns: Mapping[int, Mapping[int, Figure]]) -> bool:
    """Whether another measured or computed figure of the row is that of the source's row as well."""
    for column, cells in columns.items():
        mine, theirs = cells.get(figure.ref.row), cells.get(source.ref.row)
        if column == figure.ref.column or mine is None or theirs is None or mine.peran not in ("realisasi", "capaian"):
            continue
        if mine.value == theirs.value and not _ordinary(mine.value, SINGULAR - 1):
            return True
    return False


def _vague(figure: Figure, needed: Interval) -> Cause:
    """Slips that a range of values still shows: a share that was not multiplied by 100, digits out of order."""
    if figure.value is None or not figure.value:
        return Cause("lain")
    value, unit = Fraction(figure.value), Fraction(1, 2 * 10**figure.reading.places)
    around = Interval(value - unit, value + unit)
    if around.scale(100).meets(needed) and figure.reading.places > 0:
        return Cause("tanpa_seratus")
    for factor in (Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100), Fraction(1000), Fraction(1, 1000)):
        if around.scale(factor).meets(needed):
            return Cause("pemisah_bergeser")
    digits = str(abs(int(figure.value * 10**figure.reading.places)))
    for index in range(len(digits) - 1):
        swapped = digits[:index] + digits[index + 1] + digits[index] + digits[index + 2 :]
        other = Fraction(int(swapped), 10**figure.reading.places)
        if swapped != digits and Interval(other - unit, other + unit).meets(needed):
            return Cause("digit_tertukar")
    return Cause("lain")

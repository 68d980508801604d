"""How one printed number came to stand where another belongs: digits lost, swapped, copied, separators moved."""

from __future__ import annotations

from decimal import Decimal


def digits_of(value: Decimal) -> tuple[str, int]:
    """The significant digits of a number and its exponent: 99.50 → ("995", -1); 0 → ("0", 0)."""
    normal = value.copy_abs().normalize()
    text = "".join(map(str, normal.as_tuple().digits))
    exponent = normal.as_tuple().exponent
    return text, exponent if isinstance(exponent, int) else 0


def misprint(printed: Decimal, right: Decimal) -> str:
    """Names the slip that turns `right` into `printed`; "lain" where no single slip does."""
    if printed == -right:
        return "tanda"
    a, a_exponent = digits_of(printed)
    b, b_exponent = digits_of(right)
    if a == b:
        return "pemisah_bergeser"
    a_full, b_full = _aligned(printed, right)
    if len(a_full) == len(b_full):
        return _same_length(a_full, b_full)
    if len(a_full) + 1 == len(b_full) and _one_missing(a_full, b_full):
        return "digit_hilang"
    if len(a_full) == len(b_full) + 1 and _one_missing(b_full, a_full):
        return "digit_ganda"
    if len(a_full) + 1 == len(b_full) and _one_missing(a.rstrip("0"), b) and a_exponent != b_exponent:
        return "digit_hilang"
    return "lain"


def _aligned(a: Decimal, b: Decimal) -> tuple[str, str]:
    """Both as whole numbers of the same last place."""
    places = max(0, *(-int(x.normalize().as_tuple().exponent) for x in (a, b)))
    scale = Decimal(10) ** places
    return str(int(abs(a) * scale)), str(int(abs(b) * scale))


def _same_length(a: str, b: str) -> str:
    differing = [index for index, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differing) == 1:
        return "digit_salah"
    if len(differing) == 2:
        i, j = differing
        if j == i + 1 and a[i] == b[j] and a[j] == b[i]:
            return "digit_tertukar"
    return "lain"


def _one_missing(short: str, long: str) -> bool:
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))

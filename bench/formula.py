"""Formulas per second and the share read right, beside the LaTeX readers that others use, on the same cells in one run.

    python bench/formula.py [--cells ../shared/formulas.tsv] [--seconds 2]

The peers (sympy with antlr4-python3-runtime 4.11, latex2sympy2_extended, latex2mathml) are no dependencies of lkip: install
them beside it. The LaTeX cells are those of the survey and the LaTeX of every fraction of the collection. Cold start is left
out of every rate, and so are cells that a peer refuses: each is compared on those that it accepts. lkip keeps the tokens of a
shape of LaTeX, whatever its words are, and its second line is the rate of cells of shapes that it has not met; its memo of whole
cells is left out.

"Right" for a peer that makes no pembilang and penyebut is: it returns a result without raising in which both phrases still
stand on both sides of one division; case and spaces are forgiven.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from pipeline.formula import shapes
from pipeline.formula.formula import parse

SEVEN = (
    # the forms of the survey of peers: text, pembilang, penyebut
    (r"\frac{\text{Jumlah Rekomendasi Ditindaklanjuti}}{\text{Jumlah Rekomendasi}} \times 100\%", "Jumlah Rekomendasi Ditindaklanjuti", "Jumlah Rekomendasi"),
    (r"\frac{\sum \text{Rekomendasi Ditindaklanjuti}}{\sum \text{Rekomendasi}} \times 100\%", "∑ Rekomendasi Ditindaklanjuti", "∑ Rekomendasi"),
    (r"\frac{\text{Total dari nilai persepsi per unsur}}{\text{Total unsur yang terisi}} \times \text{nilai penimbang}", "Total dari nilai persepsi per unsur", "Total unsur yang terisi"),
    ("(Jumlah Dokumen tersusun dibagi Jumlah Dokumen sesuai ketentuan / pedoman) x 100%", "Jumlah Dokumen tersusun", "Jumlah Dokumen sesuai ketentuan / pedoman"),
    ("= (99,5% + 87,8%) : 2 = 93,65%", "99,5% + 87,8%", "2"),
    (r"\frac<Jumlah surat selesai><Jumlah surat masuk> × 100%", "Jumlah surat selesai", "Jumlah surat masuk"),
    ("(44 unit BMD / 44 unit BMD) × 100% = 100%", "44 unit BMD", "44 unit BMD"),
)  # fmt: skip
LATEX = tuple(case for case in SEVEN if "{" in case[0])
Reader = Callable[[str], Any]


def peers() -> dict[str, Reader]:
    """The peers that are installed; the others are named on the way."""
    found: dict[str, Reader] = {}
    try:
        from sympy.parsing.latex import parse_latex

        parse_latex("x")
        found["sympy parse_latex (antlr)"] = parse_latex
    except Exception as reason:
        print(f"sympy (antlr) is left out: {reason}".splitlines()[0])
    try:
        from sympy.parsing.latex import parse_latex as with_backend

        with_backend("x", backend="lark")
        found["sympy parse_latex (lark)"] = lambda text: with_backend(text, backend="lark")
    except Exception as reason:
        print(f"sympy (lark) is left out: {reason}".splitlines()[0])
    try:
        from latex2sympy2_extended import latex2sympy

        found["latex2sympy2_extended"] = latex2sympy
    except ImportError as reason:
        print(f"latex2sympy2_extended is left out: {reason}")
    try:
        from latex2mathml.converter import convert

        found["latex2mathml (presentation)"] = convert
    except ImportError as reason:
        print(f"latex2mathml is left out: {reason}")
    return found


def rates(readers: Sequence[Reader], texts: Sequence[str], seconds: float) -> list[float]:
    """Texts per second of processor time of each reader, after one warm round; in turn, for a tenth of the time or a round,
    so that whatever else the machine does slows all of them."""
    spent, rounds = [0.0] * len(readers), [0] * len(readers)
    for read in readers:
        _round(read, texts)
    while min(spent) < seconds:
        for number, read in enumerate(readers):
            slice_ends = spent[number] + seconds / 10
            while spent[number] < slice_ends:
                spent[number] += _round(read, texts)
                rounds[number] += 1
    return [count * len(texts) / time for count, time in zip(rounds, spent, strict=True)]


def _of_a_new_shape(text: str) -> Any:
    shapes.shape_of.cache_clear()
    return parse(text)


def _round(read: Reader, texts: Sequence[str]) -> float:
    started = time.process_time()
    for text in texts:
        _try(read, text)
    return time.process_time() - started


def _try(read: Reader, text: str) -> Any:
    try:
        return read(text)
    except Exception:
        return None


def peer_is_right(result: Any, pembilang: str, penyebut: str) -> bool:
    """Both phrases in what the peer made, in this order, on both sides of one fraction; case and spaces are forgiven."""
    shown = unescape(str(result))
    fraction = re.search(r"<mfrac>(.*)</mfrac>", shown)
    bare = re.sub(r"<[^>]+>", "", fraction.group(1)) if fraction else shown
    between = "" if fraction else "/"
    return (_squeezed(pembilang) + between + _squeezed(penyebut)) in _squeezed(bare)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


def ours_is_right(text: str, pembilang: str, penyebut: str) -> bool:
    formula = parse(text)
    return (formula.pembilang, formula.penyebut) == (pembilang, penyebut)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cells", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "formulas.tsv")
    options.add_argument("--seconds", type=float, default=2.0)
    chosen = options.parse_args()
    cells = _cells(chosen.cells) if chosen.cells.exists() else []
    texts = [case[0] for case in LATEX]
    texts += sorted({latex for cell in cells if "\\frac" in (latex := parse(cell).latex)})
    ours, anew = (rates([read], texts, chosen.seconds)[0] for read in (parse, _of_a_new_shape))
    right = sum(ours_is_right(*case) for case in SEVEN)
    print(
        f"{'reader':<30}{'LaTeX cells/s':>14}{f'accepts of {len(texts)}':>17}{'right of 7':>12}{'lkip is × as fast':>20}"
    )
    print(f"{'lkip':<30}{ours:>14.0f}{len(texts):>17}{right:>12}{1:>20.1f}")
    print(f"{'lkip, a shape not met before':<30}{anew:>14.0f}{len(texts):>17}")
    for name, read in peers().items():
        accepted = [text for text in texts if _try(read, text) is not None]
        good = sum(peer_is_right(_try(read, text), above, below) for text, above, below in SEVEN)
        if not accepted:
            print(f"{name:<30}{'reads none':>14}{0:>17}{good:>12}")
            continue
        same, theirs = rates([parse, read], accepted, chosen.seconds)
        print(f"{name:<30}{theirs:>14.1f}{len(accepted):>17}{good:>12}{same / theirs:>20.1f}")
    if not cells:
        print(f"no collection of cells at {chosen.cells}: only the seven cells were read")
        return
    print(f"all {len(cells)} cells of {chosen.cells.name}: {rates([parse], cells, chosen.seconds)[0]:.0f} a second")


def _cells(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [row[1].replace("\\n", "\n").replace("\\t", "\t") for row in rows]


if __name__ == "__main__":
    main()

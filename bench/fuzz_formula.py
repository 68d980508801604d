"""Feeds damaged formulas to the formula reader until something raises or hangs: `python bench/fuzz_formula.py -max_total_time=600`.

Needs atheris (not a dependency of lkip). Anything above 50 ms per kilobyte, or any exception, stops the run.
"""

from __future__ import annotations

import sys
import time

from pipeline.formula.formula import parse

PIECES = (
    "\\frac", "\\text{", "{", "}", "(", ")", "[", "]", "/", ":", "÷", " x ", "X", "×", "*", "-", "–", "+", "=", "∑", "_(", "^(", "100%",
    " x 100% ", "\n", " dibagi ", " dikali ", "Jumlah ", "Perbandingan ", "----", "99,5", "1.000", "<p>", "<", "%", ",", ".", "Keterangan:", "A = ",
)  # fmt: skip
ALLOWED = 0.05  # seconds per kilobyte
INSTRUMENTED = 10  # times as slow as it runs, is code that atheris watches
LONGEST = 8000  # characters


def build(data: bytes) -> str:
    """Half of the bytes choose a piece of a formula, the others are characters of their own; the first says how often the
    whole is repeated, which is what makes a reader slow that looks at every sign from every other."""
    text = "".join(PIECES[byte % len(PIECES)] if byte & 1 else chr(byte) for byte in data[1:])
    return (text * (1 + data[0]))[:LONGEST] if data else ""


def one(data: bytes) -> None:
    text = build(data)
    started = time.process_time()
    parse(text).to_json()
    spent = time.process_time() - started
    if spent > INSTRUMENTED * ALLOWED * max(0.5, len(text.encode()) / 1024):
        raise RuntimeError(f"{spent:.3f} s for {len(text)} characters")


def main() -> None:
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: pip install atheris")
    parse("a / b x 100%")
    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

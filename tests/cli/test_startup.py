"""The command answers at once: what a subcommand does not need is not imported."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

HEAVY = (
    "sqlalchemy",
    "alembic",
    "pandas",
    "numpy",
    "pdfplumber",
    "pypdfium2",
    "docx",
    "lark",
    "openpyxl",
    "rich",
    "cv2",
    "yaml",
)


def _loaded(code: str) -> set[str]:
    program = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_nothing_heavy_is_imported_to_say_who_one_is(arguments: list[str]) -> None:
    """Shell completion and scripts call this a hundred times."""
    assert not _loaded(f"from pipeline.cli.main import main; main({arguments!r})") & set(HEAVY)


def test_a_formula_needs_no_database() -> None:
    """Parsing one formula must not wait for SQLAlchemy and PDF readers."""
    loaded = _loaded("from pipeline.cli.main import main; main(['formula', 'A / B x 100%'])")
    assert not loaded & {"sqlalchemy", "alembic", "pandas", "pdfplumber", "docx", "openpyxl"}


def test_version_takes_a_quarter_of_a_second() -> None:
    """The best of five, so that a busy machine does not fail it."""
    best = 9.0
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", "from pipeline.cli.main import main; main(['--version'])"],
            check=True,
            capture_output=True,
        )
        best = min(best, time.perf_counter() - started)
    assert best < 0.25

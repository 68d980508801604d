"""Finds the data that lies beside the code: `grammars/` and `db/`, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def resource(relative: str) -> Path:
    """The path of `grammars/…` or `db/…`. Raises FileNotFoundError where the installation is incomplete."""
    package = Path(__file__).resolve().parent
    for root in (package / "_bundled", package.parent):
        if (root / relative).exists():
            return root / relative
    raise FileNotFoundError(f"lkip's own file {relative} is missing: install lkip anew")


def read_yaml(path: Path) -> Any:
    """The vocabulary in a YAML file, read by libyaml where PyYAML has it: ten times as fast."""
    import yaml

    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

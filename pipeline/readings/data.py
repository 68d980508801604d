"""Loads the YAML files that lie beside the readings, with libyaml where it is there (ten times faster)."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(name: str) -> Any:
    """The content of `pipeline/readings/<name>`."""
    return yaml.load((files("pipeline.readings") / name).read_text(encoding="utf-8"), Loader=LOADER)

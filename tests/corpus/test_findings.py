"""The findings on the samples are those of the golden table; a difference is shown line by line."""

from __future__ import annotations

import difflib

from bench.golden import COLUMNS, TABLE, rows, sample_documents
from pipeline.audit import audit


def test_findings_on_the_samples() -> None:
    """A change that loses a finding, or accuses somebody new, would go unnoticed: read the difference, and if it is right run
    `python -m bench.golden`."""
    documents = sample_documents()
    result = audit(documents)
    assert not result.crashed
    found = ["\t".join(COLUMNS), *rows(result.findings, documents)]
    golden = TABLE.read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(golden, found, "golden", "found", n=0, lineterm=""))
    assert not difference, "\n".join(difference)

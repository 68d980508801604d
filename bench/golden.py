"""Writes the golden table of findings on the samples, so that a change of the audit shows what it changes.

python -m bench.golden            # rewrites tests/corpus/findings.tsv
git diff tests/corpus/findings.tsv
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.audit import audit
from pipeline.model import Berkas, Finding
from pipeline.normalize import read_berkas

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests" / "corpus" / "findings.tsv"
COLUMNS = ("rule", "document", "line", "severity", "message")


def sample_documents() -> list[Berkas]:
    """The five text samples, read."""
    return [read_berkas(path, path.name) for path in sorted((ROOT / "samples").glob("*.txt"))]


def rows(findings: Sequence[Finding], documents: Sequence[Berkas]) -> list[str]:
    """One line a finding: rule, document, line, severity and the beginning of the message, ordered by place."""
    names = {one.dokumen.sha256: Path(one.dokumen.path).name for one in documents}
    ordered = sorted(findings, key=lambda f: (names[f.sha256], f.where.line or 0, f.rule, f.message))
    return ["\t".join((f.rule, names[f.sha256], str(f.where.line or ""), f.severity, f.message[:100])) for f in ordered]


def main() -> int:
    documents = sample_documents()
    lines = ["\t".join(COLUMNS), *rows(audit(documents).findings, documents)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} findings written to {TABLE.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

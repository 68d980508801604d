"""Re-reads every place that findings on real PDFs point to, and prints how many hold the text that is quoted from them.

    python -m bench.evidence [--corpus ../shared/corpus] [--misses]

A place without a box (a page, a whole document) cannot be shown and is counted apart; `lkip show --image` says the same of
a single finding.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.audit import audit
from pipeline.errors import LkipError
from pipeline.extract.picture import confirms, texts_in_boxes
from pipeline.model import Berkas, Evidence
from pipeline.normalize import read_berkas

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"


def documents(corpus: Path) -> Iterator[tuple[Path, Berkas]]:
    for path in sorted(corpus.glob("*.pdf")):
        try:
            yield path, read_berkas(path, path.name)
        except LkipError as error:
            print(f"{path.name}: {error}")


def checked(path: Path, places: Iterable[Evidence]) -> Iterator[tuple[str, Evidence, str]]:
    """Each place with its verdict: "passed", "not passed" or "no box"; and what stands there."""
    ordered = list(places)
    for place, seen in zip(ordered, texts_in_boxes(path.read_bytes(), [place.where for place in ordered]), strict=True):
        if place.where.bbox is None:
            yield "no box", place, seen
        else:
            yield "passed" if confirms(seen, place.quote) else "not passed", place, seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--misses", action="store_true", help="list the places that hold something else")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    read = list(documents(given.corpus))
    findings = audit([berkas for _, berkas in read]).findings
    total: Counter[str] = Counter()
    for path, berkas in read:
        own = {
            (place.where, place.quote): (finding.rule, place)
            for finding in findings
            for place in finding.evidence
            if place.sha256 == berkas.dokumen.sha256
        }
        for (rule, _), (verdict, place, seen) in zip(
            own.values(), checked(path, [place for _, place in own.values()]), strict=True
        ):
            total[verdict] += 1
            if given.misses and verdict != "passed":
                print(f"{verdict}: {rule} {path.name} p{place.where.page} {place.quote[:90]!r} / {seen[:90]!r}")
    boxed = total["passed"] + total["not passed"]
    share = 100 * total["passed"] / boxed if boxed else 0.0
    print(
        f"{len(findings)} findings, {sum(total.values())} places: {total['passed']} of {boxed} boxes hold what is quoted"
        f" ({share:.1f}%), {total['no box']} places without a box"
    )


if __name__ == "__main__":
    main()

"""Audits growing numbers of generated documents and prints the time per document: it should stay flat.

python bench/scale.py --sizes 100,1000,10000
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.offices import lkip, office
from pipeline.audit import audit
from pipeline.extract.text import read_text
from pipeline.model import Berkas
from pipeline.normalize import berkas_of


def documents(count: int, patterns: int = 50) -> list[Berkas]:
    """`count` documents of as many offices and years, from a few texts read once and re-addressed."""
    read = []
    for seed in range(min(count, patterns)):
        text = lkip(office(random.Random(seed)))
        read.append(berkas_of(read_text(text.encode(), f"lkip-{seed}.txt"), f"lkip-{seed}.txt"))
    made = []
    for index in range(count):
        one = read[index % len(read)]
        office_number, year = divmod(index, 5)
        instansi = replace(one.dokumen.instansi, kunci=f"kantor {office_number}")
        name = sha256(str(index).encode()).hexdigest()
        made.append(replace(one, dokumen=replace(one.dokumen, sha256=name, tahun=2020 + year, instansi=instansi)))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,300,1000,3000,10000")
    parser.add_argument("--select", default="", help="rule codes or prefixes, comma separated; all by default")
    options = parser.parse_args()
    select = tuple(part for part in options.select.split(",") if part)
    for size in map(int, options.sizes.split(",")):
        berkas = documents(size)
        began = time.process_time()
        found = audit(berkas, select=select)
        seconds = time.process_time() - began
        print(
            f"{size:>6} documents {seconds:>8.2f} s {1000 * seconds / size:>7.2f} ms each, {len(found.findings)} findings"
        )


if __name__ == "__main__":
    main()

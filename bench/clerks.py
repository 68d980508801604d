"""Spoils whole reports the way clerks do, writes them as text, reads them, and prints how many of the slips are found.

    python -m bench.clerks --seed 1 --each 20

A slip counts as found when a finding shows one of the lines that were changed. The clean reports are counted too: nobody may be accused there.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable

from bench.offices import (
    ACTS,
    OBJECTS,
    Measure,
    Office,
    achieved,
    agreement,
    decimal,
    flat,
    goal,
    groups_of,
    lkip,
    mean,
    office,
    plain,
    rupiah,
    share,
    value,
)  # fmt: skip
from pipeline.audit import audit
from pipeline.extract.text import read_text
from pipeline.model import Berkas, Finding
from pipeline.normalize import berkas_of
from pipeline.readings.words import COUNTING

CLASSES = ((91, "Sangat Tinggi"), (76, "Tinggi"), (66, "Sedang"), (51, "Rendah"))
WORDS = ("nol", *COUNTING)


def grade(capaian: float) -> str:
    return next((name for limit, name in CLASSES if capaian >= limit), "Sangat Rendah")


def told(measure: Measure, year: int) -> str:
    """Two sentences that say of an indikator what the tables say."""
    before, now = measure.history[-2:]
    move = "meningkat" if now > before else "menurun"
    step = plain(round(abs(now - before), 2))
    unit = "poin" if measure.satuan == "%" else measure.satuan
    line = f"Realisasi {measure.name} tahun {year} sebesar {value(measure, now)}"
    if "keluhan" in measure.name or measure.satuan != "%":
        return f"{line}."
    return (
        f"{line} dari target {goal(measure)} atau tercapai {decimal(achieved(measure))}%. Realisasi itu {move} dari "
        f"{decimal(before)}% pada tahun {year - 1} menjadi {decimal(now)}% atau {move} sebesar {step} {unit}."
    )


def report(one: Office) -> str:
    """The report of `bench.offices`, with an introduction, a scale and its predikat, an analysis per sasaran, and a closing chapter."""
    groups = groups_of(one)
    count, indicators = len(groups), len(one.measures)
    pagu = sum(line.pagu for line in one.programs)
    rows = [
        "\t".join(
            (str(n), sasaran, m.name, goal(m), value(m, m.history[-1]), f"{decimal(achieved(m))}%", grade(achieved(m)))
        )
        for n, (sasaran, members) in enumerate(groups.items(), 1)
        for m in members
    ]
    analysis = [
        f"Sasaran {n} didukung oleh kegiatan {ACTS[n].lower()} dengan {len(members)} indikator. "
        + " ".join(told(m, one.tahun) for m in members)
        for n, (_, members) in enumerate(groups.items(), 1)
    ]
    return "\n".join((
        lkip(one),
        f"Laporan Kinerja {one.name} Tahun {one.tahun} disusun sebagai pertanggungjawaban {one.name} atas pelaksanaan Perjanjian Kinerja {one.name}.\n",
        f"Pada tahun {one.tahun} terdapat {count} ({WORDS[count]}) sasaran strategis dengan {indicators} indikator. "
        f"Anggaran tahun {one.tahun} sebesar {rupiah(pagu)}.\n",
        "**Tabel 3.5 Skala Nilai Peringkat Kinerja**\n",
        "No\tInterval Nilai Realisasi Kinerja\tKriteria Penilaian Realisasi Kinerja",
        "1\t≥ 91\tSangat Tinggi\n2\t76 ≤ 90\tTinggi\n3\t66 ≤ 75\tSedang\n4\t51 ≤ 65\tRendah\n5\t≤ 50\tSangat Rendah\n",
        f"**Tabel 3.6 Predikat Kinerja Tahun {one.tahun}**\n",
        f"No\tSasaran Strategis\tIndikator Kinerja\tTarget {one.tahun}\tRealisasi {one.tahun}\tCapaian (%)\tPredikat",
        *rows,
        "",
        *(f"{text}\n" for text in analysis),
        "## BAB IV PENUTUP\n",
        f"Dari {count} ({WORDS[count]}) sasaran strategis {one.name} tahun {one.tahun}, rata-rata capaian sasaran pertama adalah "
        f"{decimal(mean(next(iter(groups.values()))))}%. Demikian Laporan Kinerja {one.name} Tahun {one.tahun}.\n",
    ))  # fmt: skip


Slip = Callable[[random.Random, Office, list[str]], bool]
"""Spoils the lines of a report in place; False where this report offers no place for it."""


def _change(rng: random.Random, lines: list[str], pattern: str, new: Callable[[re.Match[str]], str]) -> bool:
    places = [(n, match) for n, line in enumerate(lines) for match in re.finditer(pattern, line)]
    if not places:
        return False
    number, match = rng.choice(places)
    lines[number] = lines[number][: match.start()] + new(match) + lines[number][match.end() :]
    return True


def other_office(rng: random.Random, one: Office, lines: list[str]) -> bool:
    other = rng.choice([name for name in OBJECTS if not set(name.split()) & set(one.name.split())])
    return _change(
        rng,
        lines,
        rf"(?<=pertanggungjawaban ){re.escape(one.name)}|(?<=Perjanjian Kinerja ){re.escape(one.name)}",
        lambda _: f"Dinas {other} Kabupaten Contoh",
    )


def later_year(rng: random.Random, one: Office, lines: list[str]) -> bool:
    return _change(
        rng,
        lines,
        rf"Anggaran {re.escape(one.name)} tahun {one.tahun} sebesar.*",
        lambda m: f"Rata-rata capaian anggaran tahun {one.tahun + 1} sebesar 93,17%. " + m[0],
    )


def capaian_of_a_draft(rng: random.Random, one: Office, lines: list[str]) -> bool:
    return _change(
        rng,
        lines,
        r"(?<=tercapai )\d+,\d\d",
        lambda m: decimal(float(m[0].replace(",", ".")) - rng.choice((1.5, 3.2, 7))),
    )


def wrong_difference(rng: random.Random, one: Office, lines: list[str]) -> bool:
    return _change(
        rng, lines, r"(?<=sebesar )[\d,]+(?= poin)", lambda m: plain(round(float(m[0].replace(",", ".")) + 2, 2))
    )


def words_left(rng: random.Random, one: Office, lines: list[str]) -> bool:
    return _change(rng, lines, r"\((?:dua|tiga|empat)\)(?= sasaran)", lambda m: "(delapan)")


def objectives_of_another_plan(rng: random.Random, one: Office, lines: list[str]) -> bool:
    wrong = rng.choice((5, 6, 7))
    return _change(
        rng, lines, r"(?:terdapat|Dari) \d \(\w+\)(?= sasaran)", lambda m: f"{m[0].split()[0]} {wrong} ({WORDS[wrong]})"
    )


def predikat_copied(rng: random.Random, one: Office, lines: list[str]) -> bool:
    return _change(rng, lines, r"(?<=[1-9],\d\d%\t)(?<!90,\d\d%\t)(?:Tinggi|Sedang|Rendah)$", lambda _: "Sangat Tinggi")


def rows_pasted(rng: random.Random, one: Office, lines: list[str]) -> bool:
    """The amounts of a sub kegiatan pasted over the next two."""
    rows = [n for n, line in enumerate(lines) if "\tSub Kegiatan " in line and line.count("\t") == 4]
    starts = [n for n in rows if n + 1 in rows and n + 2 in rows]
    if not starts:
        return False
    at = rng.choice(starts)
    amounts = lines[at].split("\t")[2:]
    for number in (at + 1, at + 2):
        lines[number] = "\t".join((*lines[number].split("\t")[:2], *amounts))
    return True


def not_updated(rng: random.Random, one: Office, lines: list[str]) -> bool:
    """A realisasi corrected in the measurement table and forgotten in the table of years."""
    measure = rng.choice(one.measures)
    old = value(measure, measure.history[-1])
    new = value(measure, measure.history[-1] + 3)
    trend = [
        n
        for n, line in enumerate(lines)
        if f"\t{measure.name}\t" in line and line.count("\t") == 5 and line.endswith(old)
    ]
    trend = [
        n for n in trend if "%" not in lines[n].split("\t")[-1] or lines[n].count("%") == 4 or measure.satuan != "%"
    ]
    if not trend:
        return False
    lines[trend[-1]] = lines[trend[-1]].removesuffix(old) + new
    return True


def agreement_of_a_draft(rng: random.Random, one: Office, lines: list[str]) -> bool:
    """A sub kegiatan whose pagu was changed everywhere but in one cell."""
    line = rng.choice([row for row in flat(one.programs) if row.level == 2])
    places = [n for n, text in enumerate(lines) if f"\t{line.name}\t" in text]
    if not places:
        return False
    lines[places[0]] = lines[places[0]].replace(rupiah(line.pagu), rupiah(line.pagu + 7_500_000))
    return True


def share_of_last_year(rng: random.Random, one: Office, lines: list[str]) -> bool:
    pagu, spent = sum(row.pagu for row in one.programs), sum(row.realisasi for row in one.programs)
    return _change(
        rng, lines, rf"{re.escape(share(spent, pagu))}(?= dari pagu)", lambda _: share(spent, int(pagu * 1.2))
    )


def analysis_pasted(rng: random.Random, one: Office, lines: list[str]) -> bool:
    """The analysis of one sasaran printed again under the next."""
    places = [
        n
        for n, line in enumerate(lines)
        if line.startswith("Sasaran ") and "didukung oleh kegiatan" in line and len(line.split()) >= 25
    ]
    if len(places) < 2:
        return False
    lines[places[1]] = lines[places[0]]
    return True


def placeholder(rng: random.Random, one: Office, lines: list[str]) -> bool:
    return _change(rng, lines, r"(?<=tercapai )\d+,\d\d%", lambda _: "....%")


SLIPS: tuple[Slip, ...] = (
    other_office, later_year, capaian_of_a_draft, wrong_difference, words_left, objectives_of_another_plan, predikat_copied, rows_pasted,
    not_updated, agreement_of_a_draft, share_of_last_year, analysis_pasted, placeholder,
)  # fmt: skip


def read(one: Office, text: str) -> list[Berkas]:
    texts = {"lkip.txt": text, "pk.txt": agreement(one)}
    return [berkas_of(read_text(content.encode(), name), name) for name, content in texts.items()]


def shows(finding: Finding, sha256: str, wanted: set[int]) -> bool:
    places = {(finding.sha256, finding.where.line), *((one.sha256, one.where.line) for one in finding.evidence)}
    return any(place == sha256 and line in wanted for place, line in places)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=20, help="slips of each kind")
    parser.add_argument(
        "--show", action="store_true", help="print what was missed, and what clean reports are accused of"
    )
    options = parser.parse_args()
    rng = random.Random(options.seed)
    offices = [office(random.Random(options.seed * 1000 + index)) for index in range(options.each)]
    alarms: dict[str, int] = defaultdict(int)
    for one in offices:
        for finding in audit(read(one, report(one))).findings:
            alarms[finding.severity] += 1
            if options.show and finding.severity != "notice":
                print("  clean:", finding.rule, finding.message)
    for severity in ("error", "warning", "notice"):
        print(f"clean reports: {alarms[severity] / len(offices):.2f} {severity}s each")
    for slip in SLIPS:
        done = found = loud = 0
        for one in offices:
            lines = report(one).split("\n")
            before = list(lines)
            if not slip(rng, one, lines):
                continue
            documents = read(one, "\n".join(lines))
            wanted = {n for n, (a, b) in enumerate(zip(before, lines, strict=True), 1) if a != b}
            hits = [one for one in audit(documents).findings if shows(one, documents[0].dokumen.sha256, wanted)]
            done += 1
            found += bool(hits)
            loud += any(one.severity != "notice" for one in hits)
            if options.show and not hits:
                print("  missed:", slip.__name__, [lines[n - 1][:160] for n in sorted(wanted)][:2])
        print(
            f"{slip.__name__:<28}{done:>4} {100 * found / max(done, 1):>5.0f}% found {100 * loud / max(done, 1):>5.0f}% as error or warning"
        )


if __name__ == "__main__":
    main()

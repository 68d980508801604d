"""Writes clean, consistent reports of invented offices in several shapes: what the benchmarks read and spoil."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

OBJECTS = (
    "Layanan Kesehatan", "Jalan Kabupaten", "Irigasi", "Perpustakaan", "Arsip", "Pasar Rakyat", "Koperasi", "Wisata",
    "Pelatihan Kerja", "Perizinan", "Sanitasi", "Air Minum", "Drainase", "Lampu Jalan", "Taman Kota", "Posyandu",
    "Benih Padi", "Ternak", "Nelayan", "Sekolah Dasar", "Guru", "Olahraga", "Pemuda", "Statistik Sektoral",
)  # fmt: skip
VERBS = (
    "terlayani",
    "memenuhi standar",
    "terpelihara",
    "ditindaklanjuti",
    "tersusun tepat waktu",
    "dalam kondisi baik",
)
ACTS = (
    "Perencanaan dan Evaluasi", "Administrasi Keuangan", "Administrasi Umum", "Pemeliharaan Barang Milik Daerah",
    "Pembinaan", "Pengelolaan", "Penyediaan Jasa", "Pengembangan", "Pengawasan", "Koordinasi",
)  # fmt: skip
PARTS = ("Penyusunan Dokumen", "Penyediaan Peralatan", "Rapat Koordinasi", "Bimbingan Teknis", "Survei", "Rehabilitasi",
         "Sosialisasi", "Pengadaan Bahan", "Verifikasi", "Penyuluhan")  # fmt: skip


@dataclass
class Line:
    """A row of the programme tree: amounts in rupiah."""

    level: int
    name: str
    pagu: int = 0
    realisasi: int = 0
    children: list[Line] = field(default_factory=list)


@dataclass
class Measure:
    """An indicator with the target and realisasi of the year and of the years before."""

    sasaran: str
    name: str
    satuan: str
    target: float
    history: list[float]


@dataclass
class Office:
    name: str
    tahun: int
    programs: list[Line]
    measures: list[Measure]
    shape: int
    places: int  # decimals of the absorption: 0, 1 or 2
    total: bool  # whether the budget table has a JUMLAH row


def office(rng: random.Random, tahun: int = 2024) -> Office:
    objects = rng.sample(OBJECTS, 6)
    programs = [_program(rng, objects[index], index) for index in range(rng.choice((1, 1, 2, 3)))]
    measures = []
    for index in range(rng.choice((2, 3, 4))):
        sasaran = f"Meningkatnya Kualitas {objects[index]} Daerah Secara Merata"
        for _ in range(rng.choice((1, 2, 3))):
            measures.append(_measure(rng, sasaran, objects[index], len(measures)))
    name = f"Dinas {objects[5]} Kabupaten Contoh"
    return Office(name, tahun, programs, measures, rng.randrange(4), rng.choice((0, 1, 2, 2)), rng.random() < 0.8)


def _measure(rng: random.Random, sasaran: str, about: str, serial: int) -> Measure:
    verb = VERBS[serial % len(VERBS)]
    if rng.random() < 0.15:
        history = [round(rng.uniform(4, 18), 2) for _ in range(4)]
        return Measure(
            sasaran, f"Persentase keluhan {about} tahap {serial + 1}", "%", float(rng.choice((6, 8, 10))), history
        )
    if rng.random() < 0.7:
        history = [round(rng.uniform(60, 99), 2) for _ in range(4)]
        return Measure(
            sasaran,
            f"Persentase {about} tahap {serial + 1} yang {verb}",
            "%",
            float(rng.choice((80, 85, 90, 95, 100))),
            history,
        )
    history = [float(rng.randrange(20, 400)) for _ in range(4)]
    return Measure(
        sasaran, f"Jumlah {about} tahap {serial + 1} yang {verb}", "unit", float(rng.randrange(50, 400)), history
    )


def _program(rng: random.Random, about: str, index: int) -> Line:
    program = Line(0, f"Program Pengembangan {about}")
    for act in rng.sample(ACTS, rng.choice((2, 3, 4, 5))):
        kegiatan = Line(1, f"Kegiatan {act} {about}")
        for part in rng.sample(PARTS, rng.choice((1, 2, 3, 4))):
            pagu = rng.randrange(5_000, 2_000_000) * rng.choice((100, 500, 1000))
            sub = Line(2, f"Sub Kegiatan {part} {act} {about}", pagu, int(pagu * rng.uniform(0.35, 0.99)))
            kegiatan.children.append(sub)
        _add_up(kegiatan)
        program.children.append(kegiatan)
    _add_up(program)
    return program


def _add_up(line: Line) -> None:
    line.pagu = sum(child.pagu for child in line.children)
    line.realisasi = sum(child.realisasi for child in line.children)


def flat(lines: list[Line]) -> list[Line]:
    return [one for line in lines for one in (line, *flat(line.children))]


def rupiah(amount: int) -> str:
    return f"Rp {amount:,}".replace(",", ".")


def decimal(value: float, places: int = 2) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def plain(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _table(caption: str, head: list[str], rows: list[list[str]]) -> str:
    return "\n".join([f"**{caption}**", "", "\t".join(head), *("\t".join(row) for row in rows), "", ""])


def lkip(one: Office) -> str:
    """The report as text: pengukuran, trend, efisiensi, anggaran, and prose that repeats their figures."""
    year = one.tahun
    parts = [
        f"# LAPORAN KINERJA INSTANSI PEMERINTAH\n\n# {one.name.upper()}\n\nTAHUN {year}\n",
        "## BAB III AKUNTABILITAS KINERJA\n",
        measured(one),
        trend(one),
        budget(one),
        efficiency(one),
        prose(one),
    ]
    return "\n".join(parts)


def achieved(measure: Measure) -> float:
    if "keluhan" in measure.name:
        return (2 * measure.target - measure.history[-1]) / measure.target * 100
    return measure.history[-1] / measure.target * 100


def value(measure: Measure, number: float) -> str:
    return f"{decimal(number)}%" if measure.satuan == "%" else f"{plain(number)} {measure.satuan}"


def goal(measure: Measure) -> str:
    return f"{plain(measure.target)}%" if measure.satuan == "%" else f"{plain(measure.target)} {measure.satuan}"


def measured(one: Office) -> str:
    head = [
        "No",
        "Sasaran Strategis",
        "Indikator Kinerja",
        f"Target {one.tahun}",
        f"Realisasi {one.tahun}",
        "Capaian (%)",
    ]
    if one.shape % 2:
        head = [
            "No",
            "Sasaran Strategis",
            "Indikator Kinerja",
            f"Target {one.tahun}",
            f"Realisasi {one.tahun}",
            "% Capaian",
        ]
    rows = []
    groups = groups_of(one)
    for number, (sasaran, members) in enumerate(groups.items(), start=1):
        for index, measure in enumerate(members):
            first = index == 0
            rows.append([
                str(number) if first else "", sasaran if first else "", measure.name, goal(measure),
                value(measure, measure.history[-1]), f"{decimal(achieved(measure))}%",
            ])  # fmt: skip
        if len(members) > 1 and one.shape != 2:
            rows.append(["", f"Rata-rata capaian sasaran {number}", "", "", "", f"{decimal(mean(members))}%"])
    return _table(f"Tabel 3.1 Pengukuran Kinerja Tahun {one.tahun}", head, rows)


def groups_of(one: Office) -> dict[str, list[Measure]]:
    groups: dict[str, list[Measure]] = {}
    for measure in one.measures:
        groups.setdefault(measure.sasaran, []).append(measure)
    return groups


def mean(members: list[Measure]) -> float:
    return sum(round(achieved(measure), 2) for measure in members) / len(members)


def trend(one: Office) -> str:
    years = [one.tahun - 3 + index for index in range(4)]
    head = ["Sasaran Strategis", "Indikator Kinerja", *(f"Realisasi {year}" for year in years)]
    rows = [[m.sasaran, m.name, *(value(m, number) for number in m.history)] for m in one.measures]
    return _table("Tabel 3.2 Perbandingan Realisasi Kinerja dengan Tahun Sebelumnya", head, rows)


def budget(one: Office) -> str:
    head = ["No", "Program/ Kegiatan/ Sub Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)", "% Serapan"]
    rows = []
    for number, line in enumerate(flat(one.programs), start=1):
        rows.append(
            [str(number), line.name, rupiah(line.pagu), rupiah(line.realisasi), share(line.realisasi, line.pagu)]
        )
    pagu = sum(line.pagu for line in one.programs)
    realisasi = sum(line.realisasi for line in one.programs)
    if one.total or len(one.programs) > 1:
        rows.append(["", "JUMLAH", rupiah(pagu), rupiah(realisasi), share(realisasi, pagu, one.places)])
    return _table(f"Tabel 3.3 Realisasi Anggaran Tahun {one.tahun}", head, rows)


def share(part: int, whole: int, places: int = 2) -> str:
    return f"{decimal(part / whole * 100, places)}%"


def efficiency(one: Office) -> str:
    head = ["Sasaran", "% Capaian Kinerja", "Kategori Efisiensi"]
    rows = []
    for number, (sasaran, members) in enumerate(groups_of(one).items(), start=1):
        rows.append([f"{number}. {sasaran}", f"{decimal(mean(members))}%", "Efisien"])
    return _table("Tabel 3.4 Efisiensi Penggunaan Sumber Daya", head, rows)


def prose(one: Office) -> str:
    pagu = sum(line.pagu for line in one.programs)
    realisasi = sum(line.realisasi for line in one.programs)
    first = one.measures[0]
    return (
        f"Anggaran {one.name} tahun {one.tahun} sebesar {rupiah(pagu)} dengan realisasi sebesar {rupiah(realisasi)} "
        f"atau {share(realisasi, pagu)} dari pagu anggaran.\n\n"
        f"Perhitungan: ({plain(first.history[-1])} / {plain(first.target)}) x 100% "
        f"= {decimal(first.history[-1] / first.target * 100)}%\n\n"
        f"Dari tabel 3.1 terlihat bahwa capaian {len(one.measures)} indikator sasaran rata-rata mencapai "
        f"{decimal(mean(one.measures))}%.\n\n"
    )


def agreement(one: Office) -> str:
    """The performance agreement that the report must repeat."""
    rows = []
    for number, (sasaran, members) in enumerate(groups_of(one).items(), start=1):
        for index, measure in enumerate(members):
            rows.append([str(number) if index == 0 else "", sasaran if index == 0 else "", measure.name, goal(measure)])
    kegiatan = [line for line in flat(one.programs) if line.level == 1]
    money = [
        [str(n), line.name.removeprefix("Kegiatan "), rupiah(line.pagu), "APBD"] for n, line in enumerate(kegiatan, 1)
    ]
    money.append(["", "Jumlah", rupiah(sum(line.pagu for line in kegiatan)), "APBD"])
    return "\n".join([
        f"# PERJANJIAN KINERJA TAHUN {one.tahun}\n\n## {one.name.upper()}\n",
        "\t".join(["No", "Sasaran Strategis", "Indikator Kinerja", "Target"]),
        *("\t".join(row) for row in rows),
        "",
        "\t".join(["No", "Kegiatan", "Anggaran", "Keterangan"]),
        *("\t".join(row) for row in money),
        "",
        f"Contoh, 15 Januari {one.tahun}\n\nPihak Pertama\n",
    ])  # fmt: skip

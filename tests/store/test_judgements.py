"""What a person corrected once, the next audit follows: readings, indicators and offices."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.audit import audit
from pipeline.model import Berkas
from pipeline.normalize import read_berkas, with_tables
from pipeline.normalize.matching import Judgement
from pipeline.store import open_store
from pipeline.store.judgements import READING, cell_key, judged, judgements
from tests.cli.support import lkip

SUM = """LAPORAN KINERJA
DINAS CONTOH KABUPATEN CONTOH
TAHUN 2024

Tabel 1 Anggaran dan realisasi
PROGRAM/ KEGIATAN\tANGGARAN (Rp)\tREALISASI (Rp)
Program Penunjang Urusan\t300.000.000\t280.000.000
Kegiatan Perencanaan\t100.000.000\t90.000.000
Kegiatan Kepegawaian\t230.000.000\t190.000.000
"""
PLAN = """INDIKATOR KINERJA UTAMA
{office} KABUPATEN CONTOH
TAHUN {year}

NO\tSASARAN\tINDIKATOR KINERJA UTAMA\tFORMULASI\tSUMBER DATA
1\tMeningkatnya layanan\t{name}\tJumlah {what} / Jumlah desa x 100%\tLaporan desa
"""


def plan(folder: Path, year: int, name: str, what: str, office: str = "KECAMATAN SATU") -> Berkas:
    path = folder / f"{year}-{office.replace(' ', '')}.txt"
    path.write_text(PLAN.format(year=year, name=name, what=what, office=office), encoding="utf-8")
    return read_berkas(path)


def changes(berkas: list[Berkas], *found: Judgement) -> list[str]:
    followed = judged(berkas, found)
    return [item.rule for item in audit(followed.berkas, select=["CHG"], apart=followed.apart).findings]


def test_reading_again_what_was_read_changes_nothing(tmp_path: Path) -> None:
    """A correction in one table would shift years and records of all others."""
    (tmp_path / "a.txt").write_text(SUM, encoding="utf-8")
    for path in (tmp_path / "a.txt", Path(__file__).parents[2] / "samples" / "iku-bakorwil-jember.txt"):
        one = read_berkas(path)
        assert with_tables(one, one.tables) == one


def test_a_corrected_cell_is_audited_as_corrected(tmp_path: Path) -> None:
    """The auditor looked at the page and saw a misread figure; the finding it caused would come back for ever."""
    (tmp_path / "a.txt").write_text(SUM, encoding="utf-8")
    db, file = f"sqlite:///{tmp_path / 'a.db'}", str(tmp_path / "a.txt")
    assert lkip("ingest", file, "--quiet", db=db).returncode == 0

    def found() -> list[str]:
        shown = lkip("audit", "--format", "json", "--fail-on", "never", "--select", "ARI001", db=db)
        return [item["found"] for item in json.loads(shown.stdout)["findings"]]

    assert found()
    told = ["--reason", "terbaca 230, tercetak 200", "--by", "Ani"]
    table = open_store(db).berkas()[0].tables[0]
    (row,) = (n for n, item in enumerate(table.rows) if any(cell.text == "230.000.000" for cell in item.cells))
    (column,) = (n for n, cell in enumerate(table.rows[row].cells) if cell.text == "230.000.000")
    done = lkip("match", "reading", f"{file}:{table.ordinal}:{row}:{column}", "200.000.000", *told, db=db)
    assert done.returncode == 0, done.stderr
    assert found() == []


def test_a_correction_of_what_is_no_longer_read_so_is_reported(tmp_path: Path) -> None:
    """After a better reading it would silently put the old doubt back."""
    (tmp_path / "a.txt").write_text(SUM, encoding="utf-8")
    one = read_berkas(tmp_path / "a.txt")
    item = Judgement(READING, cell_key(one.dokumen.sha256, 0, 2, 1, "lain"), "1", True, "x", "Ani")
    followed = judged([one], [item])
    assert followed.berkas == [one] and followed.unused == [item]


def test_indicators_that_are_one_are_compared(tmp_path: Path) -> None:
    """A renamed indicator would be called dropped, and its changed formula would go unseen."""
    one = plan(tmp_path, 2022, "Persentase desa mandiri", "desa mandiri")
    two = plan(tmp_path, 2023, "Tingkat kemajuan wilayah", "wilayah maju")
    first, second = one.indikator[0].kunci, two.indikator[0].kunci
    assert "CHG001" not in changes([one, two])
    same = Judgement("indikator", first, second, True, "hanya berganti nama", "Ani")
    assert "CHG001" in changes([one, two], same)
    assert "CHG001" not in changes([one, two], same, replace(same, sama=False))


def test_indicators_that_are_two_are_not_compared(tmp_path: Path) -> None:
    """Two indicators with like names would be accused of contradicting each other."""
    one = plan(tmp_path, 2022, "Persentase desa mandiri tepat waktu", "desa mandiri")
    two = plan(tmp_path, 2023, "Persentase desa mandiri tepat sasaran", "desa tertib")
    first, second = one.indikator[0].kunci, two.indikator[0].kunci
    assert "CHG001" in changes([one, two])
    assert "CHG001" not in changes([one, two], Judgement("indikator", first, second, False, "dua ukuran", "Ani"))


def test_offices_that_are_one_are_audited_together(tmp_path: Path) -> None:
    """An office that was renamed would lose its history."""
    one = plan(tmp_path, 2022, "Persentase desa mandiri", "desa mandiri")
    two = plan(tmp_path, 2023, "Persentase desa mandiri", "desa tertib", "KECAMATAN DUA")
    first, second = one.dokumen.instansi.kunci, two.dokumen.instansi.kunci
    assert first != second and "CHG001" not in changes([one, two])
    assert "CHG001" in changes([one, two], Judgement("instansi", first, second, True, "berganti nama", "Ani"))


@pytest.mark.parametrize("action", [["same", "a"], ["reading", "x.txt:0:0:0", "1"], ["office", "A", "B"]])
def test_a_judgement_on_nothing_is_refused(tmp_path: Path, action: list[str]) -> None:
    """A mistyped address would be kept and never do anything."""
    db = f"sqlite:///{tmp_path / 'a.db'}"
    done = lkip("match", *action, "--reason", "x", "--by", "Ani", db=db)
    assert done.returncode == 2 and judgements(open_store(db)) == []

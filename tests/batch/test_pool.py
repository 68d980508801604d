"""One bad document among many: it fails alone, and the rest are read."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from pipeline.batch import pool
from pipeline.batch.ingest import ingest, walk
from pipeline.errors import UsageError
from pipeline.store import open_store
from tests.cli.support import IKU


def read(path: str) -> pool.Outcome:
    """Stands for the reader: crashes, hangs or works, as the file's name says."""
    name = Path(path).name
    if name.startswith("crash"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("hang"):
        time.sleep(60)
    return pool.Outcome(path, None, "ok")


def test_a_crash_and_a_hang_fail_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A segfault in a PDF library must not lose the other nine hundred documents."""
    monkeypatch.setattr(pool, "read_one", read)
    paths = [f"ok{n}" for n in range(8)] + ["crash1", "hang1"] + [f"ok{n}" for n in range(8, 14)]
    done = {one.path: one.reason for one in pool.outcomes(paths, workers=2, executor="local", timeout=8)}
    assert sorted(done) == sorted(paths)
    assert "crashed" in done.pop("crash1") and "longer than 8 s" in done.pop("hang1")
    assert set(done.values()) == {"ok"}


def test_parallel_reading_stores_the_same_as_serial(tmp_path: Path) -> None:
    """How many processes read must not change what is read."""
    folder = tmp_path / "masuk"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(IKU.replace("2023", str(2020 + number)), encoding="utf-8")
    stores = [open_store(f"sqlite:///{tmp_path / name}") for name in ("satu.db", "dua.db")]
    counts = [ingest(store, walk([folder]), jobs=jobs) for store, jobs in zip(stores, (1, 2), strict=True)]
    assert [count.ingested for count in counts] == [4, 4] and counts[0].formulas == counts[1].formulas
    assert stores[0].berkas() == stores[1].berkas()


def test_an_interrupted_ingest_resumes(tmp_path: Path) -> None:
    """Ten hours of reading must not be lost to a power cut in the eleventh."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(IKU.replace("2023", str(2020 + number)), encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")

    def stop(name: str) -> None:
        if name == "1.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(store, walk([tmp_path / f"{n}.txt" for n in range(3)]), jobs=1, advance=stop)
    assert len(store.documents()) == 1
    again = ingest(store, walk([tmp_path / f"{n}.txt" for n in range(3)]), jobs=1)
    assert (again.ingested, again.unchanged) == (2, 1)


def test_what_is_stored_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run over ten thousand PDFs takes seconds."""
    (tmp_path / "a.txt").write_text(IKU, encoding="utf-8")
    store = open_store("sqlite://")
    ingest(store, walk([tmp_path]), jobs=1)
    monkeypatch.setattr("pipeline.batch.ingest.read_one", lambda _: pytest.fail("read again"))
    assert ingest(store, walk([tmp_path]), jobs=1).unchanged == 1


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    """The same folder gives the same database on every machine; lock files of Word are no documents."""
    for name in ("b.txt", "a/z.txt", ".git/x.txt", "~$b.docx", "a/.sembunyi", "c/x.txt", "c/.lkipignore"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    missing = tmp_path / "tidak-ada"
    assert walk([tmp_path, tmp_path / "b.txt", missing]) == [tmp_path / "b.txt", tmp_path / "a/z.txt", missing]
    assert walk([tmp_path / "c"]) == [tmp_path / "c/x.txt"]


def test_an_unknown_executor_is_refused(tmp_path: Path) -> None:
    """A typing error must not silently read on one machine only."""
    (tmp_path / "a.txt").write_text(IKU, encoding="utf-8")
    with pytest.raises(UsageError, match="unknown executor"):
        ingest(open_store("sqlite://"), walk([tmp_path]), executor="spark://x")

"""What was read of a document comes back from the database exactly; otherwise the audit judges something nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.model import Berkas
from pipeline.store import open_store
from pipeline.store.store import Store
from tests.store.support import example, files

few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

number = count()


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


@given(berkas=files())
@few
def test_loading_gives_back_what_was_saved(shared: Store, berkas: Berkas) -> None:
    """A number, an interval, a place that changes in the database is a wrong accusation later."""
    berkas = replace(berkas, dokumen=replace(berkas.dokumen, sha256=f"{next(number):064x}"))
    assert shared.save(berkas)
    assert shared.berkas([berkas.dokumen.sha256]) == [berkas]


def test_the_same_bytes_under_another_path_change_nothing(tmp_path: Path) -> None:
    """A copied file must not count as a second document."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    assert store.save(example("first.txt"))
    assert not store.save(example("copy/first.txt"))
    assert [one.dokumen.path for one in store.berkas()] == ["first.txt"]


def test_changed_bytes_at_the_same_path_are_a_new_document(tmp_path: Path) -> None:
    """A corrected report must not silently replace the one that was audited."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.save(example("iku.txt", "a" * 64))
    assert store.save(example("iku.txt", "b" * 64))
    assert len(store.documents()) == 2


def test_two_offices_without_a_name_keep_their_own_words(tmp_path: Path) -> None:
    """Documents whose office is unknown must not take each other's region."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    made = []
    for sha, wilayah in (("a" * 64, "Kota A"), ("b" * 64, "Kota B")):
        one = example(sha=sha)
        office = replace(one.dokumen.instansi, nama="", kunci="", wilayah=wilayah)
        made.append(replace(one, dokumen=replace(one.dokumen, instansi=office)))
        store.save(made[-1])
    assert store.berkas() == made


def test_a_save_that_breaks_off_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a crash the next ingest must read the document again, whole."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")

    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(Store, "_indikator", fail)
    with pytest.raises(RuntimeError):
        store.save(example())
    assert not store.known("a" * 64)
    assert store.berkas() == []
    monkeypatch.undo()
    assert store.save(example())
    assert store.berkas() == [example()]


def test_another_version_of_the_pipeline_reads_the_bytes_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update the database must not keep what the old version misread."""
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.save(example())
    monkeypatch.setattr("pipeline.store.store.reading_version", lambda: "next")
    assert not store.known("a" * 64)
    assert store.save(replace(example(), kinerja=()))
    assert store.berkas() == [replace(example(), kinerja=())]

"""If these fail, two spellings of one indicator no longer meet, or two indicators are taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.matching import Judgement, canonical, read_judgements, suggestions, write_judgements
from pipeline.normalize.names import content_words, fold, key_of, normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prosentase kegiatan yang di laksanakan", "Persentase kegiatan yang dilaksanakan"),
        ("1. Nilai SKM", "Nilai Survei Kepuasan Masyarakat"),
        ("% OPD yang tepat waktu", "Persentase Perangkat Daerah yang tepat waktu"),
        ("Jumlah dokumen kerjasama", "Jumlah Dokumen Kerja Sama"),
        ("Persentase hasil yang ditinjaklanjuti", "Persentase hasil yang ditindaklanjuti"),
    ],
)
def test_spellings_of_one_indicator_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Persentase rekomendasi yang ditindaklanjuti", "Persentase hasil yang ditindaklanjuti"),
        ("Jumlah dokumen RKA", "Jumlah dokumen DPA"),
        ("Nilai SAKIP", "Predikat SAKIP"),
    ],
)
def test_different_indicators_keep_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_cyrillic_lookalikes_and_soft_hyphens_do_not_split_a_name() -> None:
    assert fold("pем\u00adban") == "pemban"


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normal(normal(text)) == normal(text) or normal(text)[:1].isdigit()
    assert content_words(text) == frozenset(key_of(text).split())


def test_a_judgement_joins_and_splits(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Without it an auditor's correction of a match is forgotten."""
    keys = ["nilai sakip", "sakip nilai", "predikat sakip"]
    assert canonical(keys)["sakip nilai"].kanonik == "nilai sakip"
    split = [Judgement("indikator", "nilai sakip", "sakip nilai", False, "different scales", "A")]
    assert canonical(keys, split)["sakip nilai"].kanonik == "sakip nilai"
    joined = [Judgement("indikator", "nilai sakip", "predikat sakip", True, "same evaluation", "A")]
    match = canonical(keys, joined)["predikat sakip"]
    assert match.kanonik == "nilai sakip"
    assert "same evaluation" in match.alasan
    path = tmp_path / "judgements.jsonl"
    write_judgements(path, joined)
    assert read_judgements(path) == joined


def test_likeness_only_proposes() -> None:
    keys = ["persentase dokumen tersusun baik", "persentase dokumen tersusun benar"]
    assert suggestions(keys)[0][:2] == tuple(keys)
    assert canonical(keys)[keys[1]].kanonik == keys[1]

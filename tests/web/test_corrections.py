"""What a person corrects on the screens must hold in the next audit, with her name, and nobody else may do it for her."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from pipeline.audit import audit
from pipeline.store import open_store
from pipeline.store.judgements import judged, judgements
from pipeline.web import make_app
from tests.web.conftest import BASE, KEY, NAMES, SAMPLES, fill

OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
SIGNED = {"reason": "dilihat pada naskah", "by": "Ani"}


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A database of two documents of its own, to be written to."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    fill(url, [Path(shutil.copy(SAMPLES / name, tmp_path)) for name in NAMES[:2]])
    return url


def client_of(url: str, **given: Any) -> TestClient:
    client = TestClient(make_app(url, key=KEY, **given), base_url=BASE, follow_redirects=False)
    client.get(f"/?key={KEY}")
    return client


def rows(url: str, sql: str) -> list[Any]:
    with open_store(url, read_only=True).engine.connect() as connection:
        return list(connection.execute(text(sql)).all())


def place(url: str) -> str:
    """The page of a numerator that FRM001 accuses."""
    sha, t, b, k = rows(
        url,
        "SELECT d.sha256, c.tabel, c.baris, c.kolom FROM cell c JOIN document d ON d.id = c.document_id "
        "WHERE c.field = 'formula' AND c.text LIKE '%pemberdayaan%' AND d.path LIKE '%2021%' ORDER BY c.id",
    )[0]
    return f"/dokumen/{sha}/sel/{t}/{b}/{k}"


def test_a_corrected_reading_is_what_the_next_audit_reads(own: str) -> None:
    """A misreading by OCR would be accused in every audit, however often a person says what is printed."""
    client, where = client_of(own), place(own)
    screen = client.get(where)
    assert screen.status_code == 200 and "pemberdayaan" in screen.text
    right = "Jumlah Hasil Koordinasi bidang pemberdayaan yang ditindaklanjuti / Jumlah Hasil Koordinasi bidang pemberdayaan x 100%"
    answer = client.post(f"{where}/koreksi", data={"text": right, **SIGNED}, headers=OWN)
    assert answer.status_code == 303
    shown = client.get(answer.headers["location"]).text
    assert "Koreksi tersimpan" in shown and "dilihat pada naskah" in shown and "Ani" in shown
    store = open_store(own)
    (said,) = judgements(store)
    assert said.b == right and said.oleh == "Ani"
    followed = judged(store.berkas(), [said])
    assert not followed.unused
    before = {f.fingerprint for f in audit(store.berkas()).findings}
    assert {f.fingerprint for f in audit(followed.berkas).findings} != before
    table = where.split("/sel/")
    assert f"<ins>{right}" in client.get(f"{table[0]}?tabel={table[1].split('/')[0]}").text


def test_two_indicators_and_two_offices_can_be_judged(own: str) -> None:
    """The matching could only be put right by someone who knows the command line."""
    client = client_of(own)
    for kind, sql in (
        ("indikator", "SELECT DISTINCT kunci FROM indikator WHERE kunci <> '' ORDER BY kunci"),
        ("instansi", "SELECT kunci FROM instansi WHERE id IN (SELECT instansi_id FROM document) ORDER BY kunci"),
    ):
        keys = [row[0] for row in rows(own, sql)]
        one, two = keys[0], keys[-1]
        form = {"other": two, "verdict": "different", **SIGNED}
        answer = client.post(f"/{kind}/{quote(one, safe='')}/koreksi", data=form, headers=OWN)
        if one == two:
            assert answer.status_code == 400
            continue
        assert answer.status_code == 303, kind
        assert "dilihat pada naskah" in client.get(answer.headers["location"]).text
        assert "dilihat pada naskah" in client.get(f"/{kind}/{quote(two, safe='')}").text
    assert {(item.jenis, item.sama) for item in judgements(open_store(own))} >= {("indikator", False)}


@pytest.mark.parametrize(
    "changed",
    [{"reason": ""}, {"by": " "}, {"other": "tidak ada"}, {"other": ""}, {"verdict": ""}, {"verdict": "maybe"}],
)
def test_an_incomplete_judgement_is_refused_and_kept_in_the_form(own: str, changed: dict[str, str]) -> None:
    """A judgement without reason or name binds nobody; and what was typed would be lost."""
    keys = [row[0] for row in rows(own, "SELECT DISTINCT kunci FROM indikator WHERE kunci <> '' ORDER BY kunci")]
    form = {"other": keys[1], "verdict": "same", **SIGNED} | changed
    answer = client_of(own).post(f"/indikator/{quote(keys[0], safe='')}/koreksi", data=form, headers=OWN)
    assert answer.status_code == 400 and (not form["reason"] or form["reason"] in answer.text)
    assert judgements(open_store(own)) == []


def test_a_correction_that_changes_nothing_is_refused(own: str) -> None:
    """The list of corrections would fill with words that mean nothing."""
    where = place(own)
    read = rows(own, "SELECT text FROM cell WHERE field = 'formula' AND text LIKE '%pemberdayaan%' ORDER BY id")
    client = client_of(own)
    assert {client.post(f"{where}/koreksi", data={"text": r[0], **SIGNED}, headers=OWN).status_code for r in read} >= {
        400
    }
    assert client.post(f"{where}/koreksi", data={"text": "x"}, headers=OWN).status_code == 400


def test_nobody_else_corrects_in_her_name(own: str) -> None:
    """Another page in her browser, or a colleague who may only look, would change what the audit reads."""
    where, form = place(own), {"text": "lain", **SIGNED}
    assert client_of(own).post(f"{where}/koreksi", data=form).status_code == 403
    assert (
        client_of(own).post(f"{where}/koreksi", data=form, headers={"Origin": "http://evil.example"}).status_code == 403
    )
    looking = client_of(own, read_only=True)
    assert looking.post(f"{where}/koreksi", data=form, headers=OWN).status_code == 403
    assert "<form method" not in looking.get(where).text
    assert judgements(open_store(own)) == []


@pytest.mark.parametrize("address", ["0" * 64 + "/sel/0/0/0", "../../etc/sel/0/0/0", "x/sel/999999999999999999999/0/0"])
def test_a_cell_that_is_not_there_is_said_so(client: TestClient, address: str) -> None:
    """An address typed wrongly would end in an error page."""
    for end in ("", "/gambar.png"):
        assert client.get(f"/dokumen/{address}{end}").status_code == 404

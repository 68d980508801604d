"""One small database from samples/, read and audited once, for all tests of the app."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.audit import audit
from pipeline.normalize import read_berkas
from pipeline.store import open_store
from pipeline.web import make_app

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("iku-kecamatan-sumberjambe-2021.txt", "iku-kecamatan-sumberjambe-2022.txt", "iku-bakorwil-jember.txt")
PDF = "renditions/iku-kecamatan-sumberjambe-2021.pdf"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"""INDIKATOR KINERJA UTAMA
KECAMATAN {SCRIPT} KABUPATEN CONTOH
TAHUN 2022

NO\tSASARAN\tINDIKATOR KINERJA UTAMA\tFORMULASI\tSUMBER DATA
1\tMeningkatnya {SCRIPT}\tPersentase desa {SCRIPT} mandiri\t(Jumlah desa {SCRIPT} / Jumlah desa {SCRIPT}) x 100%\t{SCRIPT}
"""
KEY = "kunci"
BASE = "http://127.0.0.1:8123"


def fill(url: str, paths: list[Path]) -> None:
    """Reads files into the database and audits everything in it, as `lkip ingest` and `lkip audit` do."""
    store = open_store(url)
    for path in paths:
        store.save(read_berkas(path))
    store.save_audit(audit(store.berkas()), "test")
    store.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of the sample files beside a hostile one, and the database `lkip.db` made of them."""
    made = tmp_path_factory.mktemp("web")
    paths = [Path(shutil.copy(SAMPLES / name, made)) for name in (*NAMES, PDF)]
    (made / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    fill(f"sqlite:///{made / 'lkip.db'}", [*paths, made / "hostile.txt"])
    return made


@pytest.fixture(scope="session")
def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'lkip.db'}"


@pytest.fixture(scope="session")
def stranger(url: str) -> Iterator[TestClient]:
    """A client without the key."""
    with TestClient(make_app(url, key=KEY), base_url=BASE, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def client(url: str) -> Iterator[TestClient]:
    """A client that opened the printed address once."""
    with TestClient(make_app(url, key=KEY), base_url=BASE, follow_redirects=False) as made:
        assert made.get(f"/?key={KEY}").status_code == 303
        yield made


@pytest.fixture(scope="session")
def places(url: str) -> dict[str, str]:
    """A deep link to every kind of screen."""
    from urllib.parse import quote

    from sqlalchemy import text

    store = open_store(url, read_only=True)
    with store.engine.connect() as connection:

        def one(sql: str) -> str:
            return str(connection.execute(text(sql)).scalar())

        finding = one("SELECT fingerprint FROM finding WHERE rule = 'FRM001' ORDER BY ordinal")
        sha = one("SELECT sha256 FROM document WHERE path LIKE '%sumberjambe-2021.txt'")
        pdf = one("SELECT sha256 FROM document WHERE media = 'pdf'")
        kunci = one("SELECT kunci FROM indikator WHERE kunci <> '' ORDER BY kunci")
        cell = one(
            "SELECT d.sha256 || '/sel/' || c.tabel || '/' || c.baris || '/' || c.kolom FROM cell c "
            "JOIN document d ON d.id = c.document_id WHERE d.media = 'pdf' AND c.field = 'formula' ORDER BY c.id"
        )
        office = one(
            "SELECT i.kunci FROM instansi i JOIN document d ON d.instansi_id = i.id WHERE d.path LIKE '%2021.txt'"
        )
    store.close()
    return {
        "overview": "/",
        "findings": "/temuan",
        "finding": f"/temuan/{finding}",
        "documents": "/dokumen",
        "document": f"/dokumen/{sha}",
        "document-pdf": f"/dokumen/{pdf}",
        "cell": f"/dokumen/{cell}",
        "indicators": "/indikator",
        "indicator": f"/indikator/{quote(kunci, safe='')}",
        "offices": "/instansi",
        "office": f"/instansi/{quote(office, safe='')}",
        "rules": "/aturan",
        "rule": "/aturan/FRM001",
        "sql": "/sql?nama=temuan-per-instansi",
        "missing": "/temuan/tidakada",
    }

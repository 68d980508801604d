"""The same promises on PostgreSQL as on SQLite: an inspectorate keeps one server for all its auditors."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from pipeline.audit import audit
from pipeline.audit.engine import AuditResult
from pipeline.errors import UsageError
from pipeline.store import open_store, review
from pipeline.store.query import VIEW_ORDER, queries, run_sql, view_rows
from pipeline.web import make_app
from tests.store.support import example
from tests.web.conftest import BASE, KEY
from tests.web.test_listing import FINDINGS, ONE, TWO

pytestmark = pytest.mark.postgres


def test_documents_findings_decisions_views_and_queries(postgres: str) -> None:
    """Everything that the command line does to a database, once, in order."""
    store = open_store(postgres)
    one, other = example(), example("lain.txt", "b" * 64, office="Kecamatan Lain", tahun=2024)
    assert store.save(one) and store.save(other) and not store.save(replace(one))
    assert store.berkas() == [one, other]
    result = audit(store.berkas())
    store.save_audit(result, "0")
    assert store.findings() == list(result.findings)
    if result.findings:
        review.add(store, result.findings[0].fingerprint, "reject", "benar", "Uji")
        assert review.statuses(store, result.findings)[result.findings[0].fingerprint] == "reject"
    for view in VIEW_ORDER:
        columns, _ = view_rows(store, view)
        assert columns
    for query in queries():
        run_sql(store, query.sql)
    assert run_sql(store, "SELECT COUNT(*) FROM v_indikator WHERE indikator LIKE '%desa%'")[1] == [(2,)]
    with pytest.raises(UsageError):
        run_sql(store, "WITH x AS (DELETE FROM review RETURNING 1) SELECT * FROM x")
    for escape in (
        "SELECT 1; DELETE FROM document",
        "SELECT 1; COMMIT; DELETE FROM document",
        "SELECT 1; SET TRANSACTION READ WRITE",
    ):
        with pytest.raises(UsageError):  # several statements in one would leave the read-only transaction
            run_sql(store, escape)
    assert len(store.documents()) == 2
    assert run_sql(store, "VALUES (1), (2), (3);", limit=2) == (["column1"], [(1,), (2,)])
    assert run_sql(store, "EXPLAIN SELECT 1")[0] == ["QUERY PLAN"]
    with pytest.raises(UsageError, match="longer than"):
        run_sql(store, "SELECT pg_sleep(5)", seconds=0.3)
    store.close()
    again = open_store(postgres, read_only=True)
    assert again.berkas() == [one, other]
    again.close()


def test_every_screen_works_on_a_server(postgres: str) -> None:
    """An inspectorate with one PostgreSQL for all would get an error page where SQLite is laxer."""
    opened = open_store(postgres)
    opened.save(example())
    opened.save(example("lain.txt", TWO))
    opened.save_audit(AuditResult(FINDINGS, (), (), "r"), "1")
    paths = ["/", "/temuan?q=DESA+mandiri&sort=document&status=open", f"/temuan/{'f' * 15}1", "/dokumen?q=lain", f"/dokumen/{ONE}",
             "/indikator?q=desa", "/instansi?q=a", "/aturan", "/aturan/FRM001", "/sql?sql=SELECT+1"]  # fmt: skip
    with TestClient(make_app(postgres, key=KEY), base_url=BASE) as client:
        client.get(f"/?key={KEY}")
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200 and 'role="alert"' not in answer.text, path
        assert client.get("/temuan?q=DESA+mandiri").text.count("<li class=") == 2
        form = {"verdict": "reject", "reason": "sudah benar", "by": "Ani"}
        answer = client.post(f"/temuan/{'f' * 15}2/keputusan", data=form, headers={"Origin": BASE})
        assert answer.status_code == 200 and "sudah benar" in answer.text
        table = next(iter(example().tables))
        cell = f"/dokumen/{ONE}/sel/{table.ordinal}/0/0"
        form = {"text": "terbaca lain", "reason": "dilihat", "by": "Ani"}
        assert client.get(cell).status_code == 200
        assert "terbaca lain" in client.post(f"{cell}/koreksi", data=form, headers={"Origin": BASE}).text
        office = quote(example().dokumen.instansi.kunci, safe="")
        form = {"other": "tidak ada", "verdict": "same", "reason": "dilihat", "by": "Ani"}
        assert client.post(f"/instansi/{office}/koreksi", data=form, headers={"Origin": BASE}).status_code == 400
    opened.close()

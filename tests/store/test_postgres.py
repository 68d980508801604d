"""The same promises on PostgreSQL as on SQLite: an inspectorate keeps one server for all its auditors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.audit import audit
from pipeline.errors import UsageError
from pipeline.store import open_store, review
from pipeline.store.query import VIEW_ORDER, queries, run_sql, view_rows
from tests.store.support import example

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
    with pytest.raises(UsageError, match="longer than"):
        run_sql(store, "SELECT pg_sleep(5)", seconds=0.3)
    store.close()
    again = open_store(postgres, read_only=True)
    assert again.berkas() == [one, other]
    again.close()

"""The schema on disk is the one that the code means, and everything promised about it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from pipeline.errors import UsageError
from pipeline.resources import resource
from pipeline.store import engine, open_store
from pipeline.store.models import metadata
from pipeline.store.query import VIEW_ORDER, queries, run_sql, view_rows
from pipeline.store.store import Store
from tests.store.support import example


@pytest.fixture(scope="module")
def store() -> Store:
    made = open_store("sqlite://")
    made.save(example())
    made.save(example("2024.txt", "b" * 64, tahun=2024))
    made.save(example("lain.txt", "c" * 64, office="Kecamatan Lain"))
    return made


def _shape(made: Store) -> tuple[list[tuple[object, ...]], list[Any]]:
    """Everything that the database names itself, and where its tables differ from the models."""
    with made.engine.connect() as connection:
        listed = connection.execute(text("SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2"))
        named = [tuple(row) for row in listed if "autoindex" not in row[1]]
        return named, compare_metadata(MigrationContext.configure(connection), metadata)


def test_migrations_lead_to_the_models(store: Store) -> None:
    """A forgotten migration breaks every database that exists already; a new one comes from the models at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_create", engine._upgrade)
        migrated = open_store("sqlite://")
    assert _shape(migrated) == _shape(store)
    assert _shape(store)[1] == []


def test_migrating_a_database_twice_changes_nothing(tmp_path: Path) -> None:
    """Opening is migrating: it must be safe at any time."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    open_store(url).save(example())
    again = open_store(url)
    assert len(again.berkas()) == 1


def test_views_are_made_anew_when_the_schema_moves_on(tmp_path: Path) -> None:
    """An old view over a new table answers wrongly."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store = open_store(url)
    with store.engine.begin() as connection:
        connection.execute(text("DROP VIEW v_finding"))
        connection.execute(text("CREATE VIEW v_finding AS SELECT 1 AS old"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "version_of", lambda _: "0000")
        engine.migrate(store.engine)
    assert "fingerprint" in view_rows(store, "finding")[0]


def test_a_database_of_another_version_is_named(tmp_path: Path) -> None:
    """Reading it anyway would give no answer or a wrong one."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store = open_store(url)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(UsageError, match="another version"):
        open_store(url, read_only=True)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """`--db report.pdf` happens."""
    (tmp_path / "a.db").write_text("bukan basis data, sama sekali bukan" * 100)
    with pytest.raises(UsageError, match="cannot open the database"):
        open_store(f"sqlite:///{tmp_path / 'a.db'}")


@pytest.mark.parametrize("view", VIEW_ORDER)
def test_every_exported_view_answers(store: Store, view: str) -> None:
    """A view is only checked when it is read."""
    columns, rows = view_rows(store, view)
    assert columns and (rows or view in ("anggaran", "finding", "review"))


@pytest.mark.parametrize("name", [query.name for query in queries()])
def test_every_ready_query_has_two_titles_and_runs(store: Store, name: str) -> None:
    """An auditor picks it by its title and gets an answer, not an error."""
    query = next(one for one in queries() if one.name == name)
    assert query.judul and query.title and query.judul != query.title
    assert len(run_sql(store, query.sql)[0]) > 1


def test_at_least_ten_questions_are_ready() -> None:
    """They are how someone without SQL begins."""
    assert len(queries()) >= 10


def test_the_questions_find_what_they_ask_for(store: Store) -> None:
    """A query that runs and finds nothing is worse than none."""
    asked = {query.name: run_sql(store, query.sql)[1] for query in queries()}
    assert len(asked["tanpa-sumber"]) == 3
    assert len(asked["indikator-lintas-instansi"]) == 2
    assert {row[2] for row in asked["indikator-lintas-tahun"]} == {2023, 2024}
    assert len(asked["bacaan-tidak-pasti"]) == 3


def test_all_views_are_made(store: Store) -> None:
    """The file and the database must not drift."""
    sql = resource("db/views/views.sql").read_text(encoding="utf-8")
    made = set(inspect(store.engine).get_view_names())
    assert {"v_indikator", "v_formula", "v_finding", "v_kinerja", "v_anggaran", "v_target", "v_dokumen"} <= made
    assert made == {line.split()[2] for line in sql.splitlines() if line.startswith("CREATE VIEW")}

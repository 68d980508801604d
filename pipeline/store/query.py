"""Reads the database for people: ready-made queries of db/queries, SQL of one's own, the views of `lkip export`.

SQL runs on a connection that cannot write, stops after a time limit, and returns a bounded number of rows.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import UsageError
from pipeline.resources import resource
from pipeline.store.store import Store

Table = tuple[list[str], list[tuple[Any, ...]]]
_READS = re.compile(r"^\s*(?:--[^\n]*\n\s*)*(?:select|with|values|explain)\b", re.IGNORECASE)
VIEW_ORDER = {
    "indikator": "v_indikator ORDER BY document, \"table\", \"row\"",
    "formula": "v_formula ORDER BY document, \"table\", \"row\"",
    "kinerja": "v_kinerja ORDER BY document, \"table\", \"row\", \"column\"",
    "anggaran": "v_anggaran ORDER BY document, \"table\", \"row\", \"column\"",
    "document": "v_dokumen ORDER BY document",
    "table": "v_table ORDER BY document, \"table\"",
    "cell": "v_cell ORDER BY document, \"table\", \"row\", \"column\"",
    "finding": "v_finding ORDER BY ordinal",
    "review": "v_review ORDER BY at",
}  # fmt: skip
_WHERE = {"unread": "unread = 1", "uncertain": "status IN ('repaired', 'ambiguous', 'unreadable')"}


@dataclass(frozen=True, slots=True)
class Query:
    """A ready-made query: its file's name, what it answers in both languages, its SQL."""

    name: str
    judul: str
    title: str
    sql: str


def queries() -> list[Query]:
    found = []
    for path in sorted(resource("db/queries").glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        titles = dict(re.findall(r"^-- (id|en): (.+)$", sql, re.MULTILINE))
        found.append(Query(path.stem, titles.get("id", ""), titles.get("en", ""), sql))
    return found


def view_rows(store: Store, view: str, where: str | None = None) -> Table:
    """All rows of one of `lkip export`'s views."""
    source = VIEW_ORDER[view]
    if where is not None:
        if view != "cell":
            raise UsageError(f"--where {where} is for cells", "lkip export cell --where …")
        source = source.replace(" ORDER BY", f" WHERE {_WHERE[where]} ORDER BY")
    with store.engine.connect() as connection:
        result = connection.execute(text(f"SELECT * FROM {source}"))
        return list(result.keys()), [tuple(row) for row in result]


def run_sql(store: Store, sql: str, *, seconds: float = 30.0, limit: int | None = None) -> Table:
    """The columns and rows of a statement that only reads. Raises UsageError for one that does not, is wrong, or is slow."""
    if not _READS.match(sql):
        raise UsageError("only statements that read are run", "begin with SELECT or WITH")
    deadline = time.monotonic() + seconds
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            driver.set_progress_handler(lambda: int(time.monotonic() > deadline), 10_000)
            driver.set_authorizer(_reads_only)
        else:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
        try:
            result = connection.execution_options(no_parameters=True).exec_driver_sql(sql)  # % and ? are its own
            rows: Sequence[Any] = result.fetchall() if limit is None else result.fetchmany(limit)
            return list(result.keys()), [tuple(row) for row in rows]
        except DBAPIError as error:
            slow = time.monotonic() > deadline
            reason = f"took longer than {seconds:g} s" if slow else str(error.orig)
            raise UsageError(reason, "narrow it down" if slow else "see docs/schema.md for tables and views") from error
        finally:
            if isinstance(driver, sqlite3.Connection):
                driver.set_progress_handler(None, 0)
                driver.set_authorizer(None)


def _reads_only(action: int, first: str | None, *_: object) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    if action == sqlite3.SQLITE_FUNCTION and str(_[0] if _ else first).lower() == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY

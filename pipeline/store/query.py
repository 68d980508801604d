"""Reads the database for people: ready-made queries of db/queries, SQL of one's own, the views of `lkip export`.

SQL runs on a connection that cannot write, stops after a time limit, and returns a bounded number of rows.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from pipeline.errors import UsageError
from pipeline.resources import resource
from pipeline.store.store import Store

Table = tuple[list[str], list[tuple[Any, ...]]]
_READS = re.compile(r"^\s*(?:--[^\n]*\n\s*)*(?:select|with|values|explain)\b", re.IGNORECASE)
_EXPLAINS = re.compile(r"^\s*(?:--[^\n]*\n\s*)*explain\b", re.IGNORECASE)  # "EXPLAIN SELECT 1"
VALUE, ANSWER, STATEMENT = 100_000, 20_000_000, 8_000  # bytes of one value, of all, of a guarded statement
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


def run_sql(store: Store, sql: str, *, seconds: float = 30.0, limit: int | None = None, guarded: bool = False) -> Table:
    """The columns and rows of one statement that only reads. Raises UsageError for one that does not, is wrong, or is slow.
    `guarded`: for statements that a person may have pasted from elsewhere; values and the whole answer are bounded too."""
    if not _READS.match(sql):
        raise UsageError("only statements that read are run", "begin with SELECT or WITH")
    if guarded and len(sql) > STATEMENT:
        raise UsageError(f"longer than {STATEMENT} characters", "keep it as a file and use `lkip query`")
    deadline = time.monotonic() + seconds
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        on_sqlite = isinstance(driver, sqlite3.Connection)
        with _bounded(driver, deadline, guarded) if on_sqlite else nullcontext():
            try:
                if on_sqlite:
                    cursor = driver.execute(sql)
                    columns = [item[0] for item in cursor.description or ()]
                    return columns, _rows(cursor, limit, ANSWER if guarded else None)
                connection.execute(text("SET TRANSACTION READ ONLY"))
                connection.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
                return _from_server(driver, sql, limit)
            except connection.dialect.loaded_dbapi.Error as error:
                slow = time.monotonic() > deadline
                said = error.args[0] if error.args else ""
                reason = (
                    f"took longer than {seconds:g} s"
                    if slow
                    else str(said.get("M", "") if isinstance(said, dict) else said)
                )
                if "too big" in reason:
                    reason = f"a value is longer than {VALUE} bytes"
                raise UsageError(
                    reason, "narrow it down" if slow else "see docs/schema.md for tables and views"
                ) from error


def _from_server(driver: Any, sql: str, limit: int | None) -> Table:
    """The answer of PostgreSQL. A statement sent to be parsed alone is one statement: `SELECT 1; COMMIT; DELETE …` would leave
    the read-only transaction. The server keeps what is not fetched."""
    if _EXPLAINS.match(sql):
        shown = driver.execute_unnamed(sql)
    else:
        driver.execute_unnamed(f"DECLARE lkip NO SCROLL CURSOR FOR {sql}")
        shown = driver.execute_unnamed(f"FETCH {'ALL' if limit is None else limit} FROM lkip")
    return [column["name"] for column in shown.columns], [tuple(row) for row in shown.rows][:limit]


def _rows(cursor: Any, limit: int | None, most: int | None) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    size = 0
    while limit is None or len(rows) < limit:
        row = cursor.fetchone()
        if row is None:
            break
        rows.append(tuple(row))
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if most is not None and size > most:
            raise UsageError(
                f"the answer is larger than {most // 1_000_000} MB", "choose fewer columns, or shorten them"
            )
    return rows


@contextmanager
def _bounded(driver: sqlite3.Connection, deadline: float, guarded: bool) -> Iterator[None]:
    """Reading only, until the deadline. SQLite looks at the clock only where a loop turns, so that `guarded` bounds what one
    step can cost (searching one long text in another takes the square of their length) and looks more often."""
    bounds = {sqlite3.SQLITE_LIMIT_LENGTH: VALUE, sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000} if guarded else {}
    before = {limit: driver.setlimit(limit, most) for limit, most in bounds.items()}
    driver.set_progress_handler(lambda: int(time.monotonic() > deadline), 20 if guarded else 10_000)
    driver.set_authorizer(_reads_little if guarded else _reads_only)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
        driver.set_authorizer(None)
        for limit, most in before.items():
            driver.setlimit(limit, most)


def _reads_only(action: int, first: str | None, *_: object) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    if action == sqlite3.SQLITE_FUNCTION and str(_[0] if _ else first).lower() == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _reads_little(action: int, first: str | None, second: str | None, *more: object) -> int:
    """Without `printf`, which writes a billion blanks before it looks at any limit."""
    if action == sqlite3.SQLITE_FUNCTION and str(second).lower() in ("printf", "format"):
        return sqlite3.SQLITE_DENY
    return _reads_only(action, first, second, *more)

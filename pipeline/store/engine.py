"""Connects to SQLite or PostgreSQL, and brings the schema up to date with Alembic's migrations of db/migrations."""

from __future__ import annotations

import getpass
import re
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError
from sqlalchemy.pool import QueuePool

from pipeline.errors import UsageError
from pipeline.resources import resource


def connect(url: str, *, read_only: bool = False) -> Engine:
    """An engine; SQLite in WAL mode with foreign keys on. Raises UsageError for a URL that cannot be understood."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            server, arguments = _server(parsed)
            return create_engine(server, connect_args=arguments)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise UsageError(f"cannot open the database {url}: {error}", "sqlite:///file.db or postgresql://…") from error
    file = parsed.database
    if read_only and file and not Path(file).exists():
        raise UsageError(f"there is no database {file}", "make one with `lkip ingest`")
    if read_only and file:
        import sqlite3

        uri = Path(file).resolve().as_uri() + "?mode=ro"
        # SQLAlchemy would share one connection between the threads of an unnamed SQLite database, and close it under them
        engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False),
            poolclass=QueuePool,
        )
    else:
        engine = create_engine(parsed)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        if read_only:
            cursor.execute("PRAGMA mmap_size=1073741824")  # searching all findings need not copy each page first
        else:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


def _server(url: URL) -> tuple[URL, dict[str, Any]]:
    """The URL for the driver, and what its query says in libpq's words: `host=/run/postgresql` is a socket's folder,
    `sslmode=require` an encrypted connection."""
    if url.drivername != "postgresql":
        return url, {}
    arguments: dict[str, Any] = {}
    host, mode = url.query.get("host"), url.query.get("sslmode")
    if isinstance(host, str) and host.startswith("/"):
        arguments["unix_sock"] = f"{host}/.s.PGSQL.{url.port or 5432}"
        url = url.difference_update_query(["host"])
    if isinstance(mode, str):
        arguments["ssl_context"] = mode not in ("disable", "allow", "prefer") or None
        url = url.difference_update_query(["sslmode"])
    return url.set(drivername="postgresql+pg8000", username=url.username or getpass.getuser()), arguments


def version_of(engine: Engine) -> str | None:
    """The migration that the database stands at; None for an empty one. Raises UsageError for what is no database."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (DatabaseError, InterfaceError) as error:
        reason = str(error.orig).splitlines()[0]
        raise UsageError(
            f"cannot open the database: {reason}", "check the path, the server, the permissions"
        ) from error


def require_current(engine: Engine) -> None:
    """Raises UsageError where the schema is not this version's: reading it would give wrong or no answers."""
    if version_of(engine) != head():
        raise UsageError("the database was made by another version of lkip", "`lkip ingest` brings it up to date")


def migrate(engine: Engine) -> None:
    """Brings the schema to this version; an empty database gets all of it. Raises UsageError where it cannot."""
    version = version_of(engine)
    if version == head():
        return
    views = {_VIEW.findall(one)[0]: one for one in _statements("db/views/views.sql")}
    with engine.begin() as connection:
        for name in reversed(views):
            connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
        if version is None:
            _create(connection)
        else:
            _upgrade(connection)
        for statement in views.values():
            connection.execute(text(statement))


def _create(connection: Connection) -> None:
    """A new database comes from the models at once: the same schema as by all migrations (a test holds them together)."""
    from pipeline.store.models import metadata

    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resource("db/migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


# "CREATE VIEW v_indikator AS"
_VIEW = re.compile(r"CREATE VIEW (\w+) AS")


def _statements(relative: str) -> list[str]:
    sql = resource(relative).read_text(encoding="utf-8")
    return [statement for statement in sql.split(";\n") if statement.strip()]


def head() -> str:
    """The newest migration: file names in db/migrations/versions begin with their number."""
    newest = max(path.stem for path in resource("db/migrations/versions").glob("[0-9]*.py"))
    return newest.split("_")[0]

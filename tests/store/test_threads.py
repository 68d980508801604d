"""If this fails, the web app crashes as soon as a page asks for several pictures at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import text

from pipeline.store import open_store


def test_a_database_opened_for_reading_serves_many_threads(tmp_path: Path) -> None:
    """Regression: connections of a read-only SQLite database were closed under other threads, and Python died."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    open_store(url).close()
    store = open_store(url, read_only=True)

    def count(_: int) -> int:
        with store.engine.connect() as connection:
            return int(connection.execute(text("SELECT COUNT(*) FROM document")).scalar() or 0)

    with ThreadPoolExecutor(24) as pool:
        assert set(pool.map(count, range(400))) == {0}
    store.close()

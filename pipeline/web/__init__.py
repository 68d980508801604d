"""The auditor's screens: a small server-rendered app on 127.0.0.1, from a database that `lkip ingest` and `audit` made."""

from __future__ import annotations

from typing import Any

__all__ = ["make_app", "serve"]


def make_app(url: str, *, key: str, read_only: bool = False, lang: str = "id") -> Any:
    """The ASGI app over the database at `url`. `key` is the one-time key that the first request must carry."""
    from pipeline.web.app import build

    return build(url, key=key, read_only=read_only, lang=lang)


def serve(url: str, *, port: int = 0, read_only: bool = False, lang: str = "id", open_browser: bool = False) -> None:
    """Runs the app on 127.0.0.1 until interrupted; prints the address with its key. Port 0 takes a free one."""
    from pipeline.web.server import run

    run(url, port=port, read_only=read_only, lang=lang, open_browser=open_browser)

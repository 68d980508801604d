"""Starts the app: a free port on 127.0.0.1, a fresh key, the address on standard error."""

from __future__ import annotations

import secrets
import socket
import sys

from pipeline.errors import MissingToolError


def run(url: str, *, port: int, read_only: bool, lang: str, open_browser: bool) -> None:
    """Blocks until Ctrl-C. Raises MissingToolError where the extra `web` is not installed."""
    try:
        import uvicorn

        from pipeline.web.app import build
    except ImportError as error:
        raise MissingToolError("the web app needs the extra `web`", "pip install 'lkip[web]'") from error
    key = secrets.token_urlsafe(24)
    app = build(url, key=key, read_only=read_only, lang=lang)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/?key={key}"
    print(address, flush=True, file=sys.stderr)
    if open_browser:
        import webbrowser

        webbrowser.open(address)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False)).run(
        sockets=[listener]
    )

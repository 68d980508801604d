"""Guards the app on the auditor's laptop: a key, trusted hosts, own origin for every write, a strict content policy.

Findings name officials and the database may be confidential, so that another page open in the same browser, or another
name that resolves to this machine, must get nothing and change nothing.
"""

from __future__ import annotations

import hmac
import re

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "lkip_key"
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # "no-referrer" makes browsers send `Origin: null` with own forms
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
_SAFE_METHODS = {"GET", "HEAD"}


_HOST = re.compile(r"([a-z0-9.]{1,40})(:\d{1,5})?", re.IGNORECASE)  # "127.0.0.1:8000"
LARGEST = 200_000  # bytes of a form


def _host_name(header: str) -> str:
    """The name of `127.0.0.1:8000`; empty where it is anything else, such as `a@127.0.0.1`."""
    found = _HOST.fullmatch(header)
    return found[1].lower() if found else ""


class Guard:
    """ASGI middleware. `hosts`: names without port that may stand in Host; `key`: the one-time key of the printed URL,
    kept as a cookie afterwards; `read_only` refuses every write."""

    def __init__(self, app: ASGIApp, *, key: str, hosts: tuple[str, ...], read_only: bool) -> None:
        self.app = app
        self.key = key
        self.hosts = hosts
        self.read_only = read_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(Request(scope))

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(item for item in _HEADERS if item[0] not in names)]
            await send(message)

        await (refusal or self.app)(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> Response | None:
        if _host_name(request.headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("unknown host", 400)
        if request.method not in _SAFE_METHODS:
            if self.read_only:
                return PlainTextResponse("read-only", 403)
            if not self._own_origin(request.headers):
                return PlainTextResponse("foreign origin", 403)
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > LARGEST:
                return PlainTextResponse("too large", 413)
        offered = request.query_params.get("key")
        if offered is not None and hmac.compare_digest(offered.encode(), self.key.encode()):
            rest = request.url.remove_query_params("key")
            response = RedirectResponse("/" + rest.path.lstrip("/") + (f"?{rest.query}" if rest.query else ""), 303)
            response.set_cookie(COOKIE, self.key, httponly=True, samesite="strict")
            return response
        if not hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.key.encode()):
            return PlainTextResponse("open the address that `lkip serve` printed: its key is missing here", 403)
        return None

    def _own_origin(self, headers: Headers) -> bool:
        """A write must come from this very app: same Origin as Host, and not marked cross-site by the browser."""
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        origin = headers.get("origin")
        return origin == f"http://{headers.get('host')}"

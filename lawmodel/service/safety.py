"""What stands before everything that is served: who may ask, how much and how long, and what a browser is told.

The service has no accounts. On this machine alone a foreign page is what there is to fear: it could send a form here,
or have its own name point here and read what it is answered. So the name under which it is asked (`Host`) has to be one
of this machine, and a request that carries an `Origin` has to come from here. Reached from elsewhere, it also asks for
a token, in a header or in a cookie.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lawmodel.dataclass import dataclass
from lawmodel.service.limits import BODY_SECONDS, LONGEST_ADDRESS, MOST_BYTES

COOKIE: Final = "lawmodel-token"
QUERY: Final = "token"
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # to nobody else; without any, a browser names no origin of a form that is sent here either
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every answer says, unless it says otherwise itself. Answers depend on the day, and cases are private."""
HOST: Final = re.compile(r"(?P<name>[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?")
TOO_LARGE: Final = f"the request has more than {MOST_BYTES:,} bytes"
TOO_SLOW: Final = f"the request took more than {BODY_SECONDS:g} seconds to come"
PORTS: Final = {"http": 80, "https": 443}

Refusal = Callable[[Scope, int, str, str], Response]
"""The answer that refuses: for a request, with a status, what is wrong, and what to do."""


class Safety:
    """ASGI middleware: refuses what may not ask, bounds what is sent, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, *, refuse: Refusal, token: str | None = None) -> None:
        """``token``: what whoever asks has to know; None where only this machine can ask."""
        self._app, self._refuse, self._token = app, refuse, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError("only HTTP is served here")
        response = self._refused(scope, Headers(scope=scope))
        app: ASGIApp = self._app if response is None else response
        await app(scope, _bounded(receive), _with_headers(send))

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered in the place of the application; None: it may answer."""
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            mend = f"An address has at most {LONGEST_ADDRESS:,} characters. Send the case as a file."
            return self._refuse(scope, 414, "the address is too long", mend)
        host = _host(headers.getlist("host"))
        if host is None or (self._token is None and not is_this_machine(host.name)):
            return self._refuse(scope, 403, "this service goes by another name", "Ask it as localhost or 127.0.0.1.")
        if any(not _is_from(origin, host) for origin in headers.getlist("origin")):
            return self._refuse(scope, 403, "a page from elsewhere may not ask", "Open the service itself.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > len(str(MOST_BYTES)) or int(length) > MOST_BYTES:
            return self._refuse(scope, 413, TOO_LARGE, "Send less.")
        return None if self._token is None else self._without_token(scope, headers, self._token)

    def _without_token(self, scope: Scope, headers: Headers, token: str) -> Response | None:
        """What is answered to one who does not show the token; who has it in the address is given a cookie."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = [value for name, value in asked if name == QUERY]
        if shown and scope["method"] in ("GET", "HEAD") and _same(shown[-1], token):
            rest = urlencode([(name, value) for name, value in asked if name != QUERY], encoding="latin-1")
            path = scope["raw_path"].decode("latin-1")
            onward = RedirectResponse(f"/{path.lstrip('/')}{'?' if rest else ''}{rest}", 303)
            onward.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=scope["scheme"] == "https")
            return onward
        kind, _, given = headers.get("authorization", "").partition(" ")
        cookies = cookie_parser("; ".join(headers.getlist("cookie")))
        if _same(given if kind.lower() == "bearer" else cookies.get(COOKIE, ""), token):
            return None
        mend = "Open the address that `lawmodel serve` has shown, with its token; a program sends it as a bearer token."
        response = self._refuse(scope, 401, "this service asks for a token", mend)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response


def is_this_machine(host: str) -> bool:
    """Whether a name or a number of a host, as it stands before the port, means the machine it is used on."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _same(given: str, token: str) -> bool:
    """Compared in a time that does not tell how much of it is right."""
    return hmac.compare_digest(given.encode(), token.encode())


@dataclass(frozen=True, slots=True)
class _Host:
    name: str
    port: int | None


def _host(given: Sequence[str]) -> _Host | None:
    """The name and the port of a header; None where it is no such header, or stands there twice."""
    found = HOST.fullmatch(given[0].lower()) if len(given) == 1 else None
    return None if found is None else _Host(found["name"].strip("[]"), int(found["port"]) if found["port"] else None)


def _is_from(origin: str, host: _Host) -> bool:
    """Whether a page of this origin is one of those served here."""
    scheme, _, name = origin.partition("://")
    found, usual = _host([name]), PORTS.get(scheme)
    return (
        found is not None and usual is not None and (found.name, found.port or usual) == (host.name, host.port or usual)
    )


def _bounded(receive: Receive) -> Receive:
    """The body, as long as it is not too large and does not come too slowly."""
    received, until = 0, anyio.current_time() + BODY_SECONDS

    async def bounded() -> Message:
        nonlocal received
        message: Message = {}
        with anyio.CancelScope(deadline=until) as time:
            message = await receive()
        if time.cancelled_caught:
            raise HTTPException(408, TOO_SLOW)
        received += len(message.get("body", b""))
        if received > MOST_BYTES:
            raise HTTPException(413, TOO_LARGE)
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return with_headers

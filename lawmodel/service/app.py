"""The application: the interface for programs, and the pages, behind one gate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from lawmodel.problems import Problem
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.api import routes as api
from lawmodel.service.api.problem_details import problem_response
from lawmodel.service.pages import routes as pages
from lawmodel.service.pages.catalogue import catalogue
from lawmodel.service.pages.exchange import Supplied
from lawmodel.service.pages.notice import notice
from lawmodel.service.pool import WorkerPool
from lawmodel.service.safety import HEADERS, Safety
from lawmodel.service.workers import worker_pool

NOTHING: Final = Supplied()


def application(
    rulebook: Rulebook, *, supplied: Supplied = NOTHING, token: str | None = None, pool: WorkerPool | None = None
) -> Starlette:
    """Everything that is served about a rulebook.

    ``supplied`` says where the files of the cases and of the rulebook are. ``token`` is what whoever asks has to show;
    without one, only this machine may ask. The pool is closed when the application ends.
    """
    workers = pool or worker_pool(rulebook, supplied)

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        workers.warm()
        try:
            yield
        finally:
            await anyio.to_thread.run_sync(workers.close)

    return Starlette(
        routes=[*api.routes(workers), *pages.routes(workers, supplied)],
        middleware=[Middleware(Safety, refuse=refused, token=token), Middleware(GZipMiddleware, minimum_size=1_000)],
        exception_handlers={HTTPException: _http_error, Exception: _defect},
        lifespan=living,
    )


def refused(scope: Scope, status: int, message: str, mend: str) -> Response:
    """The answer that refuses: as problem details to a program, as a page to a person."""
    if scope["path"].startswith(f"{api.ROOT}/"):
        return problem_response(status, [Problem(message, mend, "")])
    return HTMLResponse(notice(catalogue("en"), f"{message[:1].upper()}{message[1:]}", mend), status)


WORDS: Final = {
    404: ("there is nothing at this address", f"{api.ROOT}/openapi.json names the addresses for programs."),
    405: ("this address is not asked in this way", f"{api.ROOT}/openapi.json says how."),
    408: ("the request took too long to come", "Send it again."),
    413: ("the request is too large", "Send less."),
}


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message, mend = WORDS.get(error.status_code, (error.detail.lower(), "Check the request."))
    response = refused(request.scope, error.status_code, message, mend)
    response.headers.update(error.headers or {})
    return response


async def _defect(request: Request, _: Exception) -> Response:
    message, mend = "a mistake of this program, not yours", "Please report it to those who keep lawmodel."
    response = refused(request.scope, 500, message, mend)
    response.headers.update(HEADERS)  # it is sent past the gate
    return response

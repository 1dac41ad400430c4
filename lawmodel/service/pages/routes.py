"""The addresses of the pages. Every page is made by a worker, so that none keeps another waiting."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from starlette.background import BackgroundTask
from starlette.datastructures import QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lawmodel.problems import ProblemsFound
from lawmodel.service.limits import MOST_BYTES, RETRY_AFTER
from lawmodel.service.pages.catalogue import catalogue
from lawmodel.service.pages.exchange import PageRequest, PageResponse, Supplied
from lawmodel.service.pages.notice import notice
from lawmodel.service.pages.static_files import SCRIPT, SCRIPT_ADDRESS, STYLE, STYLE_ADDRESS
from lawmodel.service.pool import Busy, OutOfTime, WorkerPool, WorkFailed
from lawmodel.service.workers import page_of

SLOW: Final = frozenset(("beside", "contested", "parting", "progress", "upload", "verify", "weights"))
"""The views that search or compare; every other is answered at once."""
OF_ONE: Final = ("beside", "contested", "interview", "parting", "weights")
"""The views of one case, or of one reading."""
FOR_A_YEAR: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes(pool: WorkerPool, supplied: Supplied) -> list[BaseRoute]:
    """The routes of the workbench; ``supplied`` says where its files are."""

    async def page(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        asked = _asked(request.url.path, request.query_params, request.url.path + query)
        if request.method == "POST":
            asked = await _with_content(request, asked)
        try:
            made = await pool.run(_is_slow(asked), page_of, supplied, asked)
            response = _response(made)
            if made.then:
                response.background = BackgroundTask(make_ready, made.then)
            return response
        except Busy:
            return _notice(asked, 503, "busy", headers={"Retry-After": str(RETRY_AFTER)})
        except OutOfTime as out:
            return _notice(asked, 504, "out_of_time", seconds=f"{out.seconds:g}")
        except WorkFailed as failed:
            sys.stderr.write(f"{failed}\n")  # for whoever runs it; a reader is told no more than that it failed
            return _notice(asked, 500, "failed")

    async def make_ready(address: str) -> None:
        """Make a page while another is read, if nobody waits; else it is made when it is asked for."""
        if not pool.is_idle:
            return
        path, _, query = address.partition("?")
        asked = _asked(unquote(path), QueryParams(query), address)
        with contextlib.suppress(Busy, OutOfTime, WorkFailed, ProblemsFound):
            await pool.run(True, page_of, supplied, asked)

    async def home(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/cases{query}", 303)

    async def style(request: Request) -> Response:
        return Response(STYLE, headers=FOR_A_YEAR, media_type="text/css")

    async def script(request: Request) -> Response:
        return Response(SCRIPT, headers=FOR_A_YEAR, media_type="text/javascript")

    return [
        Route("/", home),
        Route(STYLE_ADDRESS, style),
        Route(SCRIPT_ADDRESS, script),
        *(Route(path, page) for path in ("/cases", "/cases/{name:path}", "/law", "/law/{name:path}")),
        *(Route(f"/{view}/{{name:path}}", page) for view in OF_ONE),
        Route("/take/{name:path}", page, methods=["GET", "POST"]),
        Route("/upload", page, methods=["GET", "POST"]),
        Route("/verify", page, methods=["GET", "POST"]),
        Route("/progress", page, methods=["GET", "POST"]),
        Route("/practise", page),
        Route("/practise/{name:path}", page),
    ]


def _notice(
    asked: PageRequest, status: int, name: str, *, headers: Mapping[str, str] | None = None, **values: str
) -> Response:
    """Why there is no page; what was asked for by an address can be tried again."""
    t = catalogue(asked.language)
    again = "" if asked.content or asked.sent else asked.asked
    text = notice(t, t(f"notice.{name}"), t(f"notice.{name}_says", None, **values), again)
    return HTMLResponse(text, status, headers)


def _asked(path: str, query: QueryParams, address: str) -> PageRequest:
    view, _, name = path.strip("/").partition("/")
    return PageRequest(view, name, tuple(query.multi_items()), address)


def _is_slow(asked: PageRequest) -> bool:
    """Whether a page searches, compares, makes exercises, or decides a long case."""
    return (
        asked.view in SLOW
        or (asked.view == "take" and bool(asked.content))
        or (asked.view == "practise" and bool(asked.name))
    )


async def _with_content(request: Request, asked: PageRequest) -> PageRequest:
    """The request with the text that was sent, of the file or of the text field, and the other fields."""
    async with request.form(max_files=1, max_fields=3, max_part_size=MOST_BYTES) as form:
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        file, content = form.get("file"), texts.pop("content", "")
        if isinstance(file, UploadFile) and file.size:
            content = (await file.read(MOST_BYTES + 1)).decode("utf-8", "replace")
        return PageRequest(asked.view, asked.name, asked.query, asked.asked, content, tuple(texts.items()))


def _response(page: PageResponse) -> Response:
    if page.location:
        return RedirectResponse(page.location, page.status)
    headers = {"Content-Disposition": f'attachment; filename="{page.file}"'} if page.file else {}
    return Response(page.content or page.body, page.status, headers, page.media_type)

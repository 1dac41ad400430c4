"""The addresses of the pages. Every page is made by a worker, so that none keeps another waiting."""

from __future__ import annotations

import sys
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lawmodel.service.limits import MOST_BYTES, RETRY_AFTER
from lawmodel.service.pages.exchange import PageRequest, PageResponse, Supplied
from lawmodel.service.pages.static_files import SCRIPT, SCRIPT_ADDRESS, STYLE, STYLE_ADDRESS
from lawmodel.service.pool import Busy, OutOfTime, WorkerPool, WorkFailed
from lawmodel.service.workers import page_of

SLOW: Final = frozenset(("beside", "contested", "parting", "upload", "verify", "weights"))
"""The views that search or compare; every other is answered at once."""
OF_ONE: Final = ("beside", "contested", "interview", "parting", "take", "weights")
"""The views of one case, or of one reading."""
FOR_A_YEAR: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes(pool: WorkerPool, supplied: Supplied) -> list[BaseRoute]:
    """The routes of the workbench; ``supplied`` says where its files are."""

    async def page(request: Request) -> Response:
        view, _, name = request.url.path.strip("/").partition("/")
        query = f"?{request.url.query}" if request.url.query else ""
        content = await _content(request) if request.method == "POST" else ""
        asked = PageRequest(view, name, tuple(request.query_params.multi_items()), request.url.path + query, content)
        try:
            return _response(await pool.run(view in SLOW, page_of, supplied, asked))
        except Busy:
            return Response(
                "Too many are asking. Try again in a moment.", 503, {"Retry-After": str(RETRY_AFTER)}, "text/plain"
            )
        except OutOfTime as out:
            return Response(f"This took too long: {out}.", 504, media_type="text/plain")
        except WorkFailed as failed:
            sys.stderr.write(f"{failed}\n")  # for whoever runs it; a reader is told no more than that it failed
            return Response("The program failed on this page. It is a defect: please report its address.", 500)

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
        *(
            Route(f"/{view}/{{name:path}}", page)
            for view in ("beside", "contested", "interview", "parting", "take", "weights")
        ),
        Route("/upload", page, methods=["GET", "POST"]),
        Route("/verify", page, methods=["GET", "POST"]),
    ]


async def _content(request: Request) -> str:
    """The text that was sent: of the file, or of the text field."""
    async with request.form(max_files=1, max_fields=2, max_part_size=MOST_BYTES) as form:
        file, written = form.get("file"), form.get("content")
        if isinstance(file, UploadFile) and file.size:
            return (await file.read(MOST_BYTES + 1)).decode("utf-8", "replace")
        return written if isinstance(written, str) else ""


def _response(page: PageResponse) -> Response:
    if page.location:
        return RedirectResponse(page.location, page.status)
    headers = {"Content-Disposition": f'attachment; filename="{page.file}"'} if page.file else {}
    return Response(page.content or page.body, page.status, headers, page.media_type)

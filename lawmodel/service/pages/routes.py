"""The pages and their addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lawmodel.document import Block, Text
from lawmodel.problems import ProblemsFound
from lawmodel.render.formats import html
from lawmodel.service.pages.address import MOST, NEW, Address, href, read_address, with_query
from lawmodel.service.pages.case_page import case_page
from lawmodel.service.pages.catalogue import LANGUAGES, catalogue
from lawmodel.service.pages.gallery import Gallery
from lawmodel.service.pages.workbench import Workbench
from lawmodel.version import VERSION

STYLE: Final = ("page.css", "workbench.css")
SCRIPT: Final = ("htmx.min.js", "workbench.js")
FOR_A_DAY: Final = {"Cache-Control": "public, max-age=86400, immutable"}


def routes(workbench: Workbench) -> list[BaseRoute]:
    """The routes of the workbench, to be mounted at the root."""
    return Pages(workbench).routes()


class Pages:
    """The pages of one workbench. Each is a function of its address."""

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench
        self.gallery = Gallery(workbench)
        self.style = _static(STYLE)
        self.script = _static(SCRIPT)
        self.templates = Environment(
            loader=PackageLoader("lawmodel.service.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals |= {
            "blocks": _blocks,
            "inline": _inline,
            "style": f"/static/{_digest(self.style)}/workbench.css",
            "script": f"/static/{_digest(self.script)}/workbench.js",
            "version": VERSION,
            "rulebook": workbench.rulebook,
            "href": self._href,
        }

    def routes(self) -> list[BaseRoute]:
        """Every route."""
        return [
            Route("/", self._home),
            Route("/cases", self._gallery),
            Route("/cases/{name:path}", self._case),
            Route("/static/{digest}/workbench.css", self._style),
            Route("/static/{digest}/workbench.js", self._script),
        ]

    # -- pages

    async def _home(self, request: Request) -> Response:
        return RedirectResponse(with_query("/cases", dict(request.query_params)), 303)

    async def _gallery(self, request: Request) -> Response:
        query = request.query_params
        page = await run_in_threadpool(self.gallery.page, query.get("search", "")[:200], query.get("question", ""))
        return self._page(request, "gallery.html", page)

    async def _case(self, request: Request) -> Response:
        name = request.path_params["name"]
        return await run_in_threadpool(self._case_page, request, name)

    def _case_page(self, request: Request, name: str) -> Response:
        base = self.workbench.case(name)
        if base is None:
            return self._problem(request, 404, "no_case")
        query = request.query_params.multi_items()
        address = read_address(self.workbench.rulebook, name, base, query)
        canonical = href(self.workbench.rulebook, address)
        if len(canonical) > MOST:
            return self._problem(request, 414, "too_long")
        if not address.mistakes and _asked(request) != canonical:
            return RedirectResponse(canonical, 303)
        try:
            page = case_page(self.workbench, address)
        except ProblemsFound as found:
            return self._problem(request, 200, "contradiction", [*found.problems], address)
        return self._page(request, "case.html", {"address": address, "canonical": canonical, **page})

    # -- what they are made with

    def _page(self, request: Request, template: str, values: dict[str, Any], status: int = 200) -> Response:
        language = request.query_params.get("ui", "en")
        t = catalogue(language)
        other = next(one for one in LANGUAGES if one != t.language)
        switch = with_query(request.url.path, {**dict(request.query_params), "ui": other})
        # `values` last: a page may say more exactly what the others take for granted
        page = {
            "t": t,
            "path": request.url.path,
            "switch": switch,
            "other_language": other,
            "ui": _ui(t.language),
        } | values
        return HTMLResponse(self.templates.get_template(template).render(page), status)

    def _problem(
        self, request: Request, status: int, name: str, problems: Iterable[Any] = (), address: Address | None = None
    ) -> Response:
        page = {"name": name, "problems": list(problems), "address": address, "new": NEW}
        return self._page(request, "problem.html", page, status)

    def _href(self, address: Address, view: str = "") -> str:
        return href(self.workbench.rulebook, address, view)

    async def _style(self, request: Request) -> Response:
        return Response(self.style, media_type="text/css", headers=FOR_A_DAY)

    async def _script(self, request: Request) -> Response:
        return Response(self.script, media_type="text/javascript", headers=FOR_A_DAY)


def _asked(request: Request) -> str:
    """The address as it was asked for."""
    raw = request.url.query
    return f"{request.url.path}?{raw}" if raw else request.url.path


def _ui(language: str) -> str:
    """What is added to an address that says nothing of the language."""
    return "" if language == LANGUAGES[0] else f"?ui={language}"


def _blocks(blocks: Iterable[Block], level: int = 3) -> Markup:
    return Markup(html.blocks(blocks, level))  # noqa: S704 - the renderer escapes every text


def _inline(text: Text) -> Markup:
    return Markup(html.inline(text))  # noqa: S704 - the renderer escapes every text


def _static(names: Iterable[str]) -> bytes:
    """Files of the program that are sent as one."""
    parts = []
    for name in names:
        package = "lawmodel.render.formats" if name == "page.css" else "lawmodel.service.pages"
        folder = files(package) if name == "page.css" else files(package).joinpath("static")
        parts.append(folder.joinpath(name).read_bytes())
    return b"\n".join(parts)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]

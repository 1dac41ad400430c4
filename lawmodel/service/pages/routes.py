"""The pages and their addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterable
from importlib.resources import files
from typing import Any, Final, TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lawmodel.document import Block, Text
from lawmodel.problems import ProblemsFound
from lawmodel.render.formats import html
from lawmodel.service.pages.address import MOST, NEW, Address, href, parameters_of, read_address, with_query
from lawmodel.service.pages.case_page import case_page
from lawmodel.service.pages.catalogue import LANGUAGES, catalogue
from lawmodel.service.pages.contested_page import BY, contested_page
from lawmodel.service.pages.gallery import Gallery
from lawmodel.service.pages.interview_page import SEPARATOR, interview_page, replied
from lawmodel.service.pages.parting_page import parting_page
from lawmodel.service.pages.workbench import Workbench
from lawmodel.version import VERSION

STYLE: Final = ("page.css", "workbench.css")
SCRIPT: Final = ("htmx.min.js", "workbench.js")
CasePage: TypeAlias = Callable[[Request, Address], Response]
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
            Route("/cases/{name:path}", self._of_case(self._case_page)),
            Route("/contested/{name:path}", self._of_case(self._contested_page)),
            Route("/interview/{name:path}", self._of_case(self._interview_page)),
            Route("/parting/{reading}", self._parting),
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

    def _of_case(self, page: CasePage) -> Callable[[Request], Awaitable[Response]]:
        """A page of a case: what its address says is read, and what is wrong with it is told."""

        async def respond(request: Request) -> Response:
            return await run_in_threadpool(self._respond, page, request)

        return respond

    def _respond(self, page: CasePage, request: Request) -> Response:
        name = request.path_params["name"]
        base = self.workbench.case(name)
        if base is None:
            return self._problem(request, 404, "no_case")
        address = read_address(self.workbench.rulebook, name, base, request.query_params.multi_items())
        if len(href(self.workbench.rulebook, address)) > MOST:
            return self._problem(request, 414, "too_long")
        try:
            return page(request, address)
        except ProblemsFound as found:
            return self._problem(request, 200, "contradiction", found.problems, address)

    def _case_page(self, request: Request, address: Address) -> Response:
        canonical = href(self.workbench.rulebook, address)
        if not address.mistakes and _asked(request) != canonical:
            return RedirectResponse(canonical, 303)
        return self._page(request, "case.html", {"address": address, **case_page(self.workbench, address)})

    def _contested_page(self, request: Request, address: Address) -> Response:
        by = request.query_params.get("by", BY[0])
        picked = request.query_params.getlist("pick")[:2]
        page = contested_page(self.workbench, address, by if by in BY else BY[0], picked)
        parameters = parameters_of(self.workbench.rulebook, address)
        return self._page(request, "contested.html", {"parameters": parameters, **page})

    def _interview_page(self, request: Request, address: Address) -> Response:
        rulebook, query = self.workbench.rulebook, dict(request.query_params)
        asked = [one for one in query.get("asked", "").split(SEPARATOR) if one]
        mistake = ""
        if query.get("reply"):
            then, mistake = replied(rulebook, address, asked, query)
            if not mistake:
                return RedirectResponse(then, 303)
        page = interview_page(self.workbench, address, asked)
        parameters = {**parameters_of(rulebook, address), **({"asked": SEPARATOR.join(asked)} if asked else {})}
        return self._page(request, "interview.html", {"parameters": parameters, "mistake": mistake, **page})

    async def _parting(self, request: Request) -> Response:
        name, query = request.path_params["reading"], request.query_params
        rulebook = self.workbench.rulebook
        question = query.get("question", "")
        if name not in rulebook.readings or question not in rulebook.questions:
            return self._problem(request, 404, "not_found")
        number = int(query["number"]) if query.get("number", "").isdecimal() and len(query["number"]) < 3 else 0
        page = await run_in_threadpool(parting_page, self.workbench, name, question, number, None)
        return self._page(request, "parting.html", page)

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

    def _href(self, address: Address, view: str = "cases") -> str:
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

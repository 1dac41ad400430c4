"""The addresses for programs, under ``/api/v1``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.safe_text import json_text
from lawmodel.service.api.json_body import UnreadableBody, read_json
from lawmodel.service.api.problem_details import problem_response
from lawmodel.service.calls.table import CALLS, answer, as_json
from lawmodel.service.limits import RETRY_AFTER
from lawmodel.service.pool import Busy, OutOfTime, WorkerPool, WorkFailed

ROOT: Final = "/api/v1"
JSON: Final = "application/json"
LOG: Final = logging.getLogger("lawmodel.service")
LAW: Final = "law"
FLAGS: Final = {"true": True, "false": False}


def routes(pool: WorkerPool) -> list[Route]:
    """All routes of the interface for programs."""
    told = _Descriptions(pool)
    posted = [Route(f"{ROOT}/{name}", partial(_posted, pool, name), methods=["POST"]) for name in CALLS if name != LAW]
    return [
        *posted,
        Route(f"{ROOT}/law", partial(_law, pool)),
        Route(f"{ROOT}/law/{{id}}", partial(_law, pool)),
        Route(f"{ROOT}/openapi.json", told.document),
        Route(f"{ROOT}/schemas/{{name}}", told.schema),
    ]


async def _posted(pool: WorkerPool, call: str, request: HttpRequest) -> Response:
    """A call whose request is the body."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        message = f"the body is to be JSON, and this is {kind or 'of no named kind'}"
        return problem_response(415, [Problem(message, f"Send it with the header Content-Type: {JSON}.", "")])
    body = await request.body()
    try:
        plain = read_json(body)
    except UnreadableBody as found:
        return problem_response(400, found.problems)
    return await _answered(pool, call, plain)


async def _law(pool: WorkerPool, request: HttpRequest) -> Response:
    """The rulebook, or an entry of it: what is asked stands in the address."""
    plain: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in plain or name == "names":
            what = "stands there twice" if name in plain else "is no parameter"
            return problem_response(400, [Problem(f"`{name[:80]}` {what}", "Take it out.", name)])
        plain[name] = FLAGS.get(value, value) if name == "contested" else value
    named = request.path_params.get("id")
    if named is None:
        return await _answered(pool, LAW, plain, places=_parameter)
    if further := sorted(plain.keys() - {"on", "stage"}):
        return problem_response(400, [Problem(f"`{further[0][:80]}` is no parameter", "Take it out.", further[0])])
    return await _answered(pool, LAW, {**plain, "names": [named]}, places=_parameter, not_found="names")


def _parameter(place: str) -> str:
    """The name of a parameter, from the place of what it is in a request."""
    return place.lstrip("/").partition("/")[0].replace("names", "id")


async def _answered(
    pool: WorkerPool,
    call: str,
    plain: Any,
    *,
    places: Callable[[str], str] = str,
    not_found: str | None = None,
) -> Response:
    """The result of a call as JSON, or what is wrong with it."""
    return await _in_pool(pool, CALLS[call].slow, places, not_found, result_of, call, plain)


async def _in_pool(
    pool: WorkerPool,
    slow: bool,
    places: Callable[[str], str],
    not_found: str | None,
    work: Callable[..., bytes],
    *given: Any,
) -> Response:
    try:
        return Response(await pool.run(slow, work, *given), media_type=JSON)
    except ProblemsFound as found:
        missing = not_found is not None and all(one.file.startswith(f"/{not_found}") for one in found.problems)
        told = [Problem(one.message, one.mend, places(one.file)) for one in found.problems]
        return problem_response(404 if missing else 422, told)
    except (Busy, OutOfTime, WorkFailed) as stopped:
        return not_answered(stopped)


def not_answered(stopped: Busy | OutOfTime | WorkFailed) -> Response:
    """What is answered where the pool did not come to an answer."""
    match stopped:
        case Busy():
            told = Problem("too many questions are waiting", f"Come again in {RETRY_AFTER} seconds.", "")
            return problem_response(503, [told], {"Retry-After": str(RETRY_AFTER)})
        case OutOfTime(seconds=seconds):
            told = Problem(
                f"this took more than {seconds:g} seconds and was stopped",
                "Ask for less: leave less open, or fewer sets. The command line has no such limit.",
                "",
            )
            return problem_response(504, [told])
        case WorkFailed():
            LOG.error("%s", stopped)
            told = Problem("a mistake of this program, not yours", "Please report it to those who keep lawmodel.", "")
            return problem_response(500, [told])


class _Descriptions:
    """The OpenAPI document and the schemas, each made once: they depend on the rulebook alone."""

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool
        self._made: dict[str, bytes] = {}

    async def document(self, _: HttpRequest) -> Response:
        """The OpenAPI document."""
        return await self._once("", document_text)

    async def schema(self, request: HttpRequest) -> Response:
        """The schema of a case or of a result."""
        name = request.path_params["name"]
        return await self._once(name, schema_text, name)

    async def _once(self, name: str, work: Callable[..., bytes], *given: str) -> Response:
        if name in self._made:  # a response of its own: whoever sends it writes in its headers
            return Response(self._made[name], media_type=JSON)
        response = await _in_pool(self._pool, False, _parameter, "name", work, *given)
        if response.status_code == HTTPStatus.OK:  # of names that there are not, there are too many
            self._made[name] = bytes(response.body)
        return response


# --- in a worker -----------------------------------------------------------------------------------------


def result_of(rulebook: Rulebook, call: str, plain: Any) -> bytes:
    """The JSON of what a call comes to; raises `ProblemsFound`."""
    brief = isinstance(plain, Mapping) and plain.get("brief") is True
    return json_text(as_json(answer(rulebook, call, plain), brief=brief)).encode()


def document_text(rulebook: Rulebook) -> bytes:
    """The OpenAPI document."""
    from lawmodel.service.api.openapi import document

    return json_text(document(rulebook)).encode()


def schema_text(rulebook: Rulebook, name: str) -> bytes:
    """The schema of a case, or of a result; raises `ProblemsFound` where there is none of this name."""
    from lawmodel.service.calls.schemas import named_schema

    return json_text(named_schema(rulebook, name)).encode()

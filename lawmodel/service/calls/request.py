"""What is asked: a strict model for each call, read from plain data, with a JSON pointer to each mistake in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from lawmodel.case.values import NotAValue, parse_day
from lawmodel.problems import Collector, Place, Problem, ProblemsFound, did_you_mean, listed
from lawmodel.service.calls.pointer import pointer
from lawmodel.service.limits import LONGEST_NAME, MOST_NAMES


class Request(BaseModel, extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True):
    """What one call is given. Nothing in it names a file."""


AnyRequest = TypeVar("AnyRequest", bound=Request)


def _day(given: object) -> object:
    return parse_day(given) if isinstance(given, str) else given


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
"""Of something in the rulebook."""
Names = Annotated[list[Name], Field(max_length=MOST_NAMES)]
Day = Annotated[
    datetime.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""YYYY-MM-DD."""
Scalar = bool | int | Annotated[str, Field(max_length=LONGEST_NAME)]
"""A value of a fact, as a case file has it."""
Readings = Annotated[dict[Name, Name], Field(max_length=MOST_NAMES)]
"""From readings to options; ``unknown`` leaves one open."""


def request_of(model: type[AnyRequest], plain: object) -> AnyRequest:
    """The request that plain data holds; raises `ProblemsFound` with every mistake in it.

    The ``file`` of a problem is the JSON pointer of what is wrong.
    """
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        problems = Collector()
        for one in error.errors(include_url=False):
            problems.at(*_in_words(model, plain, one))
        raise ProblemsFound(problems.problems) from None


@contextmanager
def placed(request: Request) -> Iterator[None]:
    """What is wrong with an argument is wrong at its place in the request: arguments have the names of its fields."""
    try:
        yield
    except ProblemsFound as found:
        raise ProblemsFound([_placed(request, one) for one in found.problems]) from None


def _placed(request: Request, problem: Problem) -> Problem:
    """A problem where it lies. What goes by ``readings zone`` or ``names 1`` lies in an object or a list."""
    given_as = problem.file
    if not given_as or given_as.startswith("/"):
        return problem
    field, _, key = given_as.partition(" ")
    if field in type(request).model_fields:
        held = getattr(request, field)
        below = (isinstance(held, Mapping) and key in held) or (isinstance(held, list) and key.isdecimal())
        return replace(problem, file=pointer("", field, *([key] if below else [])))
    changed = getattr(request, "changes", {})
    name = given_as.partition("=")[0].strip()
    if name in changed:
        return replace(problem, file=pointer("", "changes", name))
    return replace(problem, file="/case" if "case" in type(request).model_fields else "")


def _in_words(model: type[Request], plain: object, error: ErrorDetails) -> tuple[Place, str, str]:
    """What pydantic found: where, what is wrong, and what to do."""
    steps, at = _reached(plain, error["loc"])
    place = Place(pointer("", *steps), 0, 0)
    last = str(error["loc"][-1]) if error["loc"] else ""
    context = error.get("ctx", {})
    wrong = context.get("error")
    if isinstance(wrong, NotAValue):
        return place, wrong.message, wrong.mend
    match error["type"]:
        case "model_type":
            return place, "an object is needed here", f"Its keys are: {listed(model.model_fields, 20)}."
        case "missing":
            return place, f"`{last}` is missing", f"Add `{last}`."
        case "extra_forbidden":
            known = [name for name in model.model_fields if len(error["loc"]) == 1]
            otherwise = f"The keys are: {listed(known, 20)}." if known else "Take it out, or check its spelling."
            return place, f"there is no key `{last}` here", did_you_mean(last, known, otherwise)
        case "literal_error":
            expected = str(context.get("expected", ""))
            return place, f"`{at}` is none of the words for this", f"Write one of: {expected}."
    message = error["msg"].removeprefix("Input should be ")
    return place, f"this is not as it has to be: {message[:1].lower()}{message[1:]}", "The OpenAPI document says how."


def _reached(plain: object, location: Sequence[int | str]) -> tuple[list[int | str], object]:
    """The steps of a location that lead through what was given, and where they end; pydantic names types as well."""
    steps: list[int | str] = []
    at = plain
    for step in location:
        within: Any = at
        if not (isinstance(at, Mapping) and step in at) and not (
            isinstance(at, list) and isinstance(step, int) and step < len(at)
        ):
            break
        at = within[step]
        steps.append(step)
    return steps, at

"""Exercises written to a file as JSON, and read from one: strictly, since a key may stand in it that decides marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, Final, assert_never

from lawmodel.exercises.exercise import (
    Exercise,
    ExerciseSet,
    OneChoice,
    SeveralChoices,
    StepOrder,
    WrittenCase,
    id_of,
)
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.results.encoder import encode
from lawmodel.safe_text import STEERING, json_text

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

MOST_BYTES: Final = 20_000_000
"""Of a file of exercises."""
MOST_TOLD: Final = 20
"""So many mistakes of one file are told."""
_MEND: Final = "Name a file that `lawmodel exercises` wrote, as it was written."
_OF_A_RESULT: Final = ("schema", "version")
"""Keys that a file has if a verb wrote it as a result."""


def exercises_text(exercises: ExerciseSet) -> str:
    """The text of a file of exercises."""
    return json_text(encode(exercises), indent=1) + "\n"


def parse_exercises(text: str, file: str = "exercises.json") -> ExerciseSet:
    """The exercises in a text; raises `ProblemsFound` with what is wrong, and where."""
    if len(text) > MOST_BYTES:
        raise _problem(file, f"a file of exercises has at most {MOST_BYTES:,} characters")
    try:
        plain = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number)
    except json.JSONDecodeError as error:
        raise ProblemsFound(
            [Problem(f"this is no JSON: {error.msg}", _MEND, file, error.lineno, error.colno)]
        ) from None
    except (ValueError, RecursionError) as error:
        said = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise _problem(file, f"these are no exercises: {said}") from None
    if isinstance(plain, dict):
        for name in _OF_A_RESULT:
            plain.pop(name, None)
    read = _validated(plain, file)
    wrong = list(_wrong_in(read))
    if wrong:
        raise ProblemsFound([Problem(said, _MEND, file) for said in wrong[:MOST_TOLD]])
    return read


@cache
def _adapter() -> TypeAdapter[ExerciseSet]:
    from pydantic import ConfigDict, TypeAdapter, with_config

    return TypeAdapter(with_config(ConfigDict(extra="forbid", strict=True))(ExerciseSet))


def _validated(plain: Any, file: str) -> ExerciseSet:
    from pydantic import ValidationError

    try:
        text = json.dumps(plain, ensure_ascii=False)
        text.encode()  # half of a character can be written as an escape
        return _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        raise ProblemsFound(
            [Problem(_said(one), _MEND, file) for one in error.errors(include_url=False)[:MOST_TOLD]]
        ) from None
    except (ValueError, RecursionError):
        raise _problem(file, "these are no exercises: a text is no Unicode, or something is nested too deep") from None


def _said(error: ErrorDetails) -> str:
    where = ""
    for part in error["loc"]:
        where += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if where else ''}{part}"
    what = re.sub(r"^(Input|Field) ", "", error["msg"])
    return f"`{where or 'the file'}`: {what[:1].lower()}{what[1:]}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    for key, value in pairs:
        for text in (key, *(value if isinstance(value, list) else (value,))):
            odd = STEERING.search(text) if isinstance(text, str) else None
            if odd is not None:
                raise ValueError(f"a text holds the control character U+{ord(odd[0]):04X}")
    return found


def _no_number(written: str) -> Any:
    raise ValueError(f"{written} is no whole number")


def _problem(file: str, said: str) -> ProblemsFound:
    return ProblemsFound([Problem(said, _MEND, file)])


def _wrong_in(read: ExerciseSet) -> Iterator[str]:
    """What no set that was written can be, although each part of it is of its type."""
    seen: set[str] = set()
    for number, one in enumerate(read.exercises, 1):
        if one.id in seen:
            yield f"`exercises[{number}]`: the id `{one.id}` stands twice"
        seen.add(one.id)
        for said in wrong_with(one):
            yield f"`exercises[{number}]`: {said}"


def wrong_with(exercise: Exercise) -> Iterator[str]:
    """What is wrong with an exercise by itself: its id is not of what it holds, or its key is no key of its form."""
    if exercise.id != id_of(exercise):
        yield f"it is not what its id `{exercise.id}` says: the case, the options or the key were changed"
    names = [one.id for one in exercise.options]
    if len(set(names)) < len(names):
        yield "two options have the same id"
    right = len(exercise.right)
    match exercise.response:
        case OneChoice():
            if right != 1:
                yield f"one option is to be right, and {right} are"
        case SeveralChoices(alone=alone):
            if not right:
                yield "no option is right"
            if alone is not None and alone not in names:
                yield f"there is no option `{alone}`"
            elif alone is not None and exercise.option(alone).right and right > 1:
                yield f"`{alone}` says that no other option is right, and another one is"
        case StepOrder(before):
            yield from _wrong_order(before, [one.id for one in exercise.right])
        case WrittenCase(possible=possible, example=example):
            if possible != bool(example):
                yield "an example is given where there is none, or is missing"
            if not possible and right != 1:
                yield f"one reason is to be right, and {right} are"
        case _:
            assert_never(exercise.response)


def _wrong_order(before: Sequence[tuple[str, str]], steps: Sequence[str]) -> Iterator[str]:
    unknown = sorted({name for pair in before for name in pair} - set(steps))
    if unknown:
        yield f"there is no step `{unknown[0]}` that belongs to the order"
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for first, second in before:
        sorter.add(second, first)
    try:
        sorter.prepare()
    except CycleError:
        yield "no order keeps all pairs of steps"

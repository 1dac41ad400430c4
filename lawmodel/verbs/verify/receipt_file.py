"""A receipt as somebody has sent it: read strictly, with the place of what is wrong, and its own hashes checked."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from lawmodel.answer.receipt import FORM, PARTS, Receipt, hash_of_answer
from lawmodel.case.case import Case
from lawmodel.case.file import CaseReader
from lawmodel.case.plain_nodes import nodes_of
from lawmodel.case.values import NotAValue, parse_day
from lawmodel.commands.json_output import VERSION, Schema
from lawmodel.dataclass import dataclass
from lawmodel.json_text import Bounds, JsonText, Path, read_json
from lawmodel.problems import Collector, Problem, ProblemsFound, no_such
from lawmodel.results.canonical_json import hash_of
from lawmodel.results.header import NAME
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.rule_files import content_hash

MOST_BYTES: Final = 2_000_000
"""Of a receipt."""
MOST_VALUES: Final = 5_000
"""Of a receipt: all lists and objects and what is in them together. One of the supplied cases has about 150."""
MOST_DEPTH: Final = 12
"""So deep are lists and objects of a receipt nested at most. It needs six."""
BOUNDS: Final = Bounds(MOST_BYTES, MOST_VALUES, MOST_DEPTH)
HEAD: Final = {"schema": Schema.RECEIPT.value, "version": VERSION, "receipt": FORM}
AS_WRITTEN: Final = "Name a file that `lawmodel decide --receipt FILE` wrote, as it was written."


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A receipt, and where in its text everything stands."""

    receipt: Receipt
    json: JsonText

    @property
    def file(self) -> str:
        """What it is called in messages."""
        return self.json.file

    def day(self) -> datetime.date | None:
        """The day of the law that was asked for; raises `ProblemsFound`."""
        written = self.receipt.asked.on
        try:
            return None if written is None else parse_day(written)
        except NotAValue as wrong:
            raise ProblemsFound([_problem(self.json, ("asked", "on"), wrong.message, wrong.mend)]) from None

    def case(self, rulebook: Rulebook) -> Case:
        """The case, as a rulebook understands it; raises `ProblemsFound`."""
        problems = Collector()
        within: Path = ("case",)
        node = nodes_of(self.receipt.case.content, lambda path: self.json.place((*within, *path)), problems)
        problems.raise_if_any()
        cases = CaseReader(rulebook, problems).cases(node, self.file)
        problems.raise_if_any()
        return replace(cases[0], title=self.receipt.case.title)

    def raise_unless_asked_of(self, rulebook: Rulebook) -> None:
        """Refuse a question that a rulebook does not have."""
        question = self.receipt.asked.question
        if question not in rulebook.questions:
            found = no_such(question, rulebook.questions, "question")
            raise ProblemsFound([_problem(self.json, ("asked", "question"), found.message, found.mend)])

    def placed(self, problem: Problem) -> Problem:
        """A problem of what was asked, which goes by the name of an argument, where it stands."""
        name, _, key = problem.file.partition(" ")
        return problem if problem.line else _problem(self.json, ("asked", name, key), problem.message, problem.mend)

    def altered(self) -> Iterator[str]:
        """The parts that are not what their hashes say."""
        receipt, plain = self.receipt, self.json.plain
        within = {
            "rulebook": receipt.rulebook.sha256 == content_hash(receipt.rulebook.files),
            "case": receipt.case.sha256 == hash_of(receipt.case.content),
            "answer": receipt.answer.sha256 == hash_of_answer(receipt.answer),
        }
        for part in PARTS:
            if hash_of(plain[part]) != plain["hashes"][part] or not within.get(part, True):
                yield part


def read_receipt(text: str, file: str) -> ReceiptFile:
    """The receipt that a text holds; raises `ProblemsFound` with the place of everything that is wrong with it."""
    found = read_json(text, file, "a receipt", BOUNDS)
    plain = found.plain
    if not isinstance(plain, dict) or "receipt" not in plain:
        raise ProblemsFound([_problem(found, (), "this is no receipt", AS_WRITTEN)])
    wrong = [
        _problem(found, (key,), f"`{key}` is not {json.dumps(value)}", AS_WRITTEN)
        for key, value in HEAD.items()
        if plain.get(key) != value or isinstance(plain[key], bool)
    ]
    if wrong:  # of another form there is no more to say
        raise ProblemsFound(wrong)
    rest = {**{key: value for key, value in plain.items() if key not in HEAD}, "receipt": FORM}
    try:
        receipt = TypeAdapter(Receipt).validate_json(json.dumps(rest))
    except ValidationError as error:
        told = dict.fromkeys(_in_words(found, one) for one in error.errors(include_url=False))
        raise ProblemsFound(list(told)) from None
    if receipt.program.name != NAME:
        raise ProblemsFound([_problem(found, ("program", "name"), f"this is no receipt of {NAME}", AS_WRITTEN)])
    return ReceiptFile(receipt, found)


def _in_words(found: JsonText, error: ErrorDetails) -> Problem:
    path, at = _reached(found.plain, error["loc"])
    name = ".".join(map(str, at))
    match error["type"]:
        case "missing":
            message = f"`{name}` is missing"
        case "extra_forbidden" | "unexpected_keyword_argument":
            message = f"there is no key `{name}` in a receipt"
        case _:
            message = f"`{name}` is not what a receipt has there"
    return _problem(found, path, message, AS_WRITTEN)


def _reached(plain: Any, location: tuple[int | str, ...]) -> tuple[Path, Path]:
    """How far a location leads through what was given, and the same with the key that is missing there.

    pydantic names the members of a union as well.
    """
    path: list[int | str] = []
    missing: list[int | str] = []
    at = plain
    for step in location:
        held: dict[Any, Any] = {}
        if isinstance(at, dict):
            held = at
        elif isinstance(at, list):
            held = dict(enumerate(at))
        if step in held:
            at, missing = held[step], []
            path.append(step)
        else:
            missing = [step]
    return tuple(path), (*path, *missing)


def _problem(found: JsonText, path: Path, message: str, mend: str) -> Problem:
    place = found.place(path)
    return Problem(message, mend, place.file, place.line, place.column)

"""What an interview comes to as data: a step of it, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from lawmodel.answer.answer import Answer
from lawmodel.dataclass import dataclass
from lawmodel.results.header import Header
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class Choice(ValueObject):
    """An answer that can be given, as a case file has it."""

    value: str | bool
    says: str


@dataclass(frozen=True, slots=True)
class PossibleReply(ValueObject):
    """Answers that come to the same, and what they would leave possible."""

    values: tuple[Any, ...]
    """As in a case file; for a list numbers of records."""
    says: str
    possible: tuple[str, ...]
    answer: str
    """What is then possible, in words."""


@dataclass(frozen=True, slots=True)
class InterviewStep(ValueObject):
    """What is asked next, and why."""

    number: int
    """Which question of the interview it is, counted from 1."""
    input: str
    """As users name it."""
    kind: Literal["reading", "yes/no", "choice", "date", "number", "span", "records"]
    asks: str
    record: str | None
    """The record it is about, by its kind and number; None where it is about none."""
    choices: tuple[Choice, ...]
    """The answers that there are; empty for days, numbers and numbers of records."""
    words: Mapping[str, str]
    """Words that stand for a day, each with what it says."""
    bears_on: tuple[str, ...]
    """The provisions that read it and may still apply, by id."""
    replies: tuple[PossibleReply, ...]
    """What each answer would leave possible; days and numbers are not tried."""
    possible: tuple[str, ...]
    """The outcomes that are still possible before it is answered."""


@dataclass(frozen=True, slots=True)
class InterviewResult(ValueObject):
    """How an interview ended."""

    answer: Answer
    asked: tuple[str, ...]
    """The inputs that were asked for, in order."""
    never_needed: tuple[str, ...]
    """The open facts that bear on the question and did not have to be asked."""
    stopped: bool
    """Whether the user stopped before the end."""
    facts: Mapping[str, Any]
    """What is known, by path, as in a case file."""
    case: Mapping[str, Any]
    """The case so far with its readings and its law, as a case file has it: to be gone on with."""
    not_known: tuple[str, ...]
    """The inputs that are not asked for again, since nothing is known of them."""
    next: InterviewStep | None
    """What would be asked next; None where nothing is left to ask."""

    json_is_brief: ClassVar[bool] = True
    json_keys: ClassVar[Mapping[str, str]] = {
        "answer": "answer",
        "asked": "asked",
        "never_needed": "never_needed",
        "stopped": "stopped",
        "facts": "facts",
        "case": "case",
        "not_known": "not_known",
        "next": "next",
        "header": "header",
    }

    @property
    def header(self) -> Header:
        """By which rulebook and program, on which case and question."""
        return self.answer.header

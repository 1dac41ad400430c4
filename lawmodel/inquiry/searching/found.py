"""A case that a search found, and the answers that it has from each side from which it is looked at."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from lawmodel.answer.answer import Answer
from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.case.writing import case_text
from lawmodel.dataclass import dataclass
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, summary
from lawmodel.words.outcomes import statement


@dataclass(frozen=True, slots=True)
class SideAnswer(ValueObject):
    """The answer from one side."""

    name: str
    """What the side is called; empty where there is only one."""
    readings: Mapping[str, str]
    """Those that are chosen, beside the defaults."""
    on: datetime.date | None
    stage: str | None
    answer: Answer

    json_keys: ClassVar[Mapping[str, str]] = {
        "as": "name",
        "readings": "readings",
        "on": "on",
        "stage": "stage",
        "outcome": "outcome",
        "says": "says",
        "grounds": "grounds",
        "consequences": "consequences",
    }

    @property
    def outcome(self) -> str | None:
        """The outcome; None where it depends on what is open."""
        return self.answer.outcome

    @property
    def grounds(self) -> tuple[str, ...]:
        """The ids of the grounds."""
        return tuple(ground.id for ground in self.answer.grounds)

    @property
    def says(self) -> str | None:
        """The outcome as a sentence; None where it depends on what is open."""
        answer = self.answer
        return None if answer.outcome is None else statement(answer.rulebook, answer.question, answer.outcome)

    @property
    def consequences(self) -> tuple[str, ...]:
        """The ids of what certainly follows besides."""
        return tuple(follows.id for follows in self.answer.consequences if follows.certain)

    def gist(self) -> tuple[str | None, tuple[str, ...]]:
        """The outcome and the ids of its grounds."""
        return self.outcome, self.grounds

    def as_expectation(self, question: str) -> dict[str, Any]:
        """The answer, as a case file expects it."""
        expected: dict[str, Any] = {"question": question}
        if self.readings:
            expected["readings"] = dict(self.readings)
        if self.on is not None:
            expected["on"] = self.on.isoformat()
        if self.stage is not None:
            expected["stage"] = self.stage
        expected |= {"outcome": self.outcome, "grounds": list(self.grounds)}
        if self.answer.consequences and all(follows.certain for follows in self.answer.consequences):
            expected["consequences"] = [follows.id for follows in self.answer.consequences]
        return expected


@dataclass(frozen=True, slots=True)
class Found(Result):
    """A case that shows what was wanted, with nothing in it that it does not need."""

    rulebook: Rulebook
    question: str
    case: Case
    readings: Mapping[str, str]
    seen: tuple[SideAnswer, ...]

    json_keys: ClassVar[Mapping[str, str]] = {
        "question": "question",
        "facts": "facts",
        "readings": "readings",
        "seen": "seen",
    }

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts, as a case file has them."""
        return plain_facts(self.rulebook, self.case.facts)

    def __repr__(self) -> str:
        sides = ", ".join(f"{one.name or 'the law'}: {one.answer.outcome or 'depends'}" for one in self.seen)
        return summary(self, f"of {self.question}:", sides)

    def to_yaml(self) -> str:
        """The text of a case file, which expects the answers that were found."""
        content: dict[str, Any] = {"title": self.case.title} if self.case.title else {}
        content |= {
            "questions": [self.question],
            "presume": "ordinary",
            "facts": plain_facts(self.rulebook, self.case.facts),
            "expect": [one.as_expectation(self.question) for one in self.seen],
        }
        return case_text(content)

"""What two versions of the law differ in: which entries, and on which cases the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from lawmodel.answer.law.condition_text import Line
from lawmodel.answer.whole_law.found import Found
from lawmodel.reasoning.formula import Formula
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, summary

How: TypeAlias = Literal["added", "removed", "changed", "comes into force", "ceases", "becomes law", "chosen"]


@dataclass(frozen=True, slots=True)
class Change(ValueObject):
    """An entry that is not the same on both sides."""

    kind: str
    """Of which section: ``provision``, ``concept``, ``instrument``, ``reading`` and so on."""
    id: str
    how: How
    title: str = ""
    keys: Mapping[str, tuple[str | None, str | None]] | None = None
    """Where it is changed: each key that is, as it is written before and after."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain: dict[str, Any] = {"kind": self.kind, "id": self.id, "how": self.how, "title": self.title}
        if self.keys is not None:
            plain["keys"] = {key: {"before": before, "after": after} for key, (before, after) in self.keys.items()}
        return plain


@dataclass(frozen=True, slots=True)
class Said(ValueObject):
    """One thing that is so, or not so, in the cases of a clause."""

    line: Line
    """As it is in those cases."""
    formula: Formula
    holds: bool
    """Whether the formula is so, or its contrary."""
    side: Literal["before", "after"]
    """By whose readings and day it is meant."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**self.line.to_json(), "holds": self.holds, "by": self.side}


@dataclass(frozen=True, slots=True)
class Turn(ValueObject):
    """The cases that have one outcome on one side and another on the other.

    Of all cases that have the outcome of one of the sides, exactly those have that of the other that meet a clause.
    Where each side has a day of its own, only cases count in which the law makes the difference: on one of the days,
    the outcome would be another by the law of the other day.
    """

    before: str
    after: str
    among: Literal["before", "after"]
    """Of which side that is: the one with the weaker outcome."""
    clauses: tuple[tuple[Said, ...], ...]
    """Any of these; in each, all of it. A clause with nothing in it is met by every case."""
    every: bool
    """Whether these are all the clauses; if not, there are cases that meet none of them."""
    besides: tuple[Said, ...]
    """What is so in each of these cases as well, of what one side alone asks about."""
    example: Found | None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "before": self.before,
            "after": self.after,
            "among": self.among,
            "any_of": [[said.to_json() for said in clause] for clause in self.clauses],
            "every": self.every,
            "in_each": [said.to_json() for said in self.besides],
            "example": None if self.example is None else self.example.to_json(),
        }


@dataclass(frozen=True, slots=True)
class QuestionDiff(ValueObject):
    """What two sides differ in on one question."""

    question: str
    turns: tuple[Turn, ...]
    """Empty: the outcomes are the same in every case, which is proved."""
    grounds: tuple[str, ...] = ()
    """The provisions that are a ground on one side alone in some case with the same outcome on both."""
    consequences: tuple[str, ...] = ()
    """The consequences that follow on one side alone in some case."""

    @property
    def equivalent(self) -> bool:
        """Whether outcomes, grounds and consequences are the same in every case."""
        return not (self.turns or self.grounds or self.consequences)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "question": self.question,
            "equivalent": self.equivalent,
            "turns": [turn.to_json() for turn in self.turns],
            "grounds": list(self.grounds),
            "consequences": list(self.consequences),
        }


@dataclass(frozen=True, slots=True)
class Diff(ValueObject):
    """Two versions of the law, and what they differ in."""

    before: str
    """What the first is called."""
    after: str
    rulebooks: tuple[Rulebook, Rulebook]
    changes: tuple[Change, ...]
    questions: tuple[QuestionDiff, ...]
    given: bool = False
    """Whether something is given of all cases."""
    two_days: bool = False
    """Whether each side has a day of its own; then what the passing of time alone changes is left out."""
    interrupted: bool = False

    def __repr__(self) -> str:
        asked = ", ".join(one.question for one in self.questions)
        return summary(self, f"of {self.before} and {self.after}: {len(self.changes)} changes, on {asked}")

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "before": self.before,
            "after": self.after,
            "changes": [change.to_json() for change in self.changes],
            "questions": [one.to_json() for one in self.questions],
            "two_days": self.two_days,
            "interrupted": self.interrupted,
        }

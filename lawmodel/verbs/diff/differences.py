"""What two versions of the law differ in: which entries, and on which cases the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.searching.found import Found
from lawmodel.reasoning.formula import Formula
from lawmodel.results.header import Header
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, summary
from lawmodel.words.outline import OutlineLine

How: TypeAlias = Literal["added", "removed", "changed", "comes into force", "ceases", "becomes law", "chosen"]
EntryKind: TypeAlias = Literal[
    "instrument",
    "provision",
    "concept",
    "conclusion",
    "consequence",
    "reading",
    "number",
    "date",
    "question",
    "fact",
    "choices",
    "telling",
    "property",
    "source",
    "gap",
    "misconception",
    "stages",
    "calendar",
    "consistency",
]
SideName: TypeAlias = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class KeyChange(ValueObject):
    """A key of an entry as it is written on both sides; None: it is not there."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class EntryChange(ValueObject):
    """An entry that is not the same on both sides."""

    kind: EntryKind
    """Of which section."""
    id: str
    how: How
    title: str = ""
    keys: Mapping[str, KeyChange] | None = None
    """Where it is changed: each key that is."""

    json_optional: ClassVar[tuple[str, ...]] = ("keys",)


@dataclass(frozen=True, slots=True)
class ClauseLiteral(ValueObject):
    """A formula that is so, or whose contrary is, in the cases of a clause."""

    line: OutlineLine
    """As it is in those cases."""
    formula: Formula
    holds: bool
    """Whether the formula is so, or its contrary."""
    side: SideName
    """By whose readings and day it is meant."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "says": "says",
        "name": "name",
        "option": "option",
        "default": "default",
        "below": "below",
        "holds": "holds",
        "by": "side",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("name", "option", "default", "below")

    @property
    def says(self) -> str:
        """What is so, in the law's words."""
        return self.line.says

    @property
    def name(self) -> str:
        """The path, or the kind and id, by which the rulebook knows what it speaks of."""
        return self.line.name

    @property
    def option(self) -> str:
        """The option of a reading under which it holds."""
        return self.line.option

    @property
    def default(self) -> bool | None:
        """Whether that option is taken by default."""
        return self.line.default_of_option

    @property
    def below(self) -> tuple[OutlineLine, ...]:
        """What belongs to it."""
        return self.line.below


@dataclass(frozen=True, slots=True)
class OutcomeChange(ValueObject):
    """The cases that have one outcome on one side and another on the other.

    Of all cases that have the outcome of one of the sides, exactly those have that of the other that meet a clause.
    Where each side has a day of its own, only cases count in which the law makes the difference: on one of the days,
    the outcome would be another by the law of the other day.
    """

    before: str
    after: str
    says_before: str
    """The outcome before, as a predicate."""
    says_after: str
    among: SideName
    """Of which side that is: the one with the weaker outcome."""
    clauses: tuple[tuple[ClauseLiteral, ...], ...]
    """Any of these; in each, all of it. A clause with nothing in it is met by every case."""
    every: bool
    """Whether these are all the clauses; if not, there are cases that meet none of them."""
    besides: tuple[ClauseLiteral, ...]
    """What is so in each of these cases as well, of what one side alone asks about."""
    example: Found | None

    json_keys: ClassVar[Mapping[str, str]] = {
        "before": "before",
        "after": "after",
        "says_before": "says_before",
        "says_after": "says_after",
        "among": "among",
        "any_of": "clauses",
        "every": "every",
        "in_each": "besides",
        "example": "example",
    }


@dataclass(frozen=True, slots=True)
class QuestionDiff(ValueObject):
    """What two sides differ in on one question."""

    question: str
    title: str
    """What the question is about."""
    changes: tuple[OutcomeChange, ...]
    """Empty: the outcomes are the same in every case, which is proved."""
    grounds: tuple[str, ...] = ()
    """The provisions that are a ground on one side alone in some case with the same outcome on both."""
    consequences: tuple[str, ...] = ()
    """The consequences that follow on one side alone in some case."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "question": "question",
        "title": "title",
        "equivalent": "equivalent",
        "turns": "changes",
        "grounds": "grounds",
        "consequences": "consequences",
    }

    @property
    def equivalent(self) -> bool:
        """Whether outcomes, grounds and consequences are the same in every case."""
        return not (self.changes or self.grounds or self.consequences)


@dataclass(frozen=True, slots=True)
class Diff(Result):
    """Two versions of the law, and what they differ in."""

    before: str
    """What the first is called."""
    after: str
    headers: tuple[Header, Header]
    """Of the two versions: rulebook, law and readings."""
    changes: tuple[EntryChange, ...]
    questions: tuple[QuestionDiff, ...]
    given: bool = False
    """Whether something is given of all cases."""
    two_days: bool = False
    """Whether each side has a day of its own; then what the passing of time alone changes is left out."""
    interrupted: bool = False

    json_keys: ClassVar[Mapping[str, str]] = {
        name: name for name in ("before", "after", "changes", "questions", "two_days", "interrupted", "headers")
    }

    @property
    def rulebooks(self) -> tuple[Rulebook, Rulebook]:
        """The law before and after."""
        return self.headers[0].rulebook, self.headers[1].rulebook

    def __repr__(self) -> str:
        asked = ", ".join(one.question for one in self.questions)
        return summary(self, f"of {self.before} and {self.after}: {len(self.changes)} changes, on {asked}")

"""What would have to be otherwise for another outcome: the smallest sets of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.results.given_input import GivenInput
from lawmodel.results.header import LawApplied
from lawmodel.results.reasons import names
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, in_brief, summary


@dataclass(frozen=True, slots=True)
class RequiredFinding(ValueObject):
    """How an open input has to come out."""

    name: str
    """As users name it; ``list[1]`` for a record that there has to be, ``list[+]`` where there must be no further."""
    says: str
    value: str | bool | int | None
    """As in a case file; None where it is about a record or a list."""
    record: tuple[RequiredFinding, ...] = ()
    """Of a record: what matters of it."""

    json_keys: ClassVar[Mapping[str, str]] = {"input": "name", "says": "says", "value": "value", "record": "record"}
    json_optional: ClassVar[tuple[str, ...]] = ("value", "record")


@dataclass(frozen=True, slots=True)
class InputBefore(ValueObject):
    """What is so of an input."""

    says: str
    value: str | bool | int | Mapping[str, str] | None
    origin: str


@dataclass(frozen=True, slots=True)
class After(ValueObject):
    """What would be so of an input."""

    says: str
    values: tuple[Any, ...]
    """Values as in a case file, or spans from and to."""
    every: bool
    """Whether these are all the values that work; else they are an example."""
    record: tuple[RequiredFinding, ...] = ()
    """Of an added record: what matters of it."""

    json_optional: ClassVar[tuple[str, ...]] = ("record",)


@dataclass(frozen=True, slots=True)
class ChangedInput(ValueObject):
    """An input with other values."""

    before: GivenInput
    says: str
    """What would be so, in the law's words."""
    values: tuple[Any, ...]
    """Values as in a case file, or spans from and to; empty where a record is added or taken out."""
    every: bool
    """Whether these are all the values that work, what has to be found being found; else they are an example, which
    works with the other changes."""
    record: tuple[RequiredFinding, ...] = ()
    """Of an added record: what matters of it."""

    json_keys: ClassVar[Mapping[str, str]] = {"input": "name", "kind": "kind", "before": "was", "after": "would_be"}

    @property
    def name(self) -> str:
        """The name of the input."""
        return self.before.name

    @property
    def kind(self) -> str:
        """What kind of input it is."""
        return self.before.kind

    @property
    def was(self) -> InputBefore:
        """What is so."""
        return InputBefore(self.before.in_words, self.before.value, self.before.origin)

    @property
    def would_be(self) -> After:
        """What would be so."""
        return After(self.says, self.values, self.every, self.record)


@dataclass(frozen=True, slots=True)
class ChangeSet(ValueObject):
    """Changes that together reach the outcome, and of which none can be spared."""

    changes: tuple[ChangedInput, ...]
    findings: tuple[RequiredFinding, ...]
    """What has to be found of open inputs besides; none of it can be spared with these values."""
    provisions: tuple[str, ...] = ()
    """Where nothing has to be changed: the provisions that then speak for the outcome."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "changes": "changes",
        "findings": "findings",
        "provisions": "speaking",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("provisions",)

    @property
    def speaking(self) -> tuple[str, ...] | None:
        """The provisions that then speak for the outcome, where nothing has to be changed."""
        return None if self.changes else self.provisions


Status: TypeAlias = Literal["answer", "possible", "found", "larger", "none", "never", "unknown"]


@dataclass(frozen=True, slots=True)
class Changes(Result):
    """The smallest sets of changes that would give an outcome."""

    rulebook: Rulebook
    case: str
    title: str
    question: str
    outcome: str
    """The one that is asked for."""
    possible: tuple[str, ...]
    """The outcomes of the case as it is."""
    law_date: str | None
    stage: str
    status: Status
    """``answer``: it is the outcome already; ``possible``: nothing known has to change; ``found``: there are sets;
    ``larger``: only larger ones than were looked for; ``none``: no change of what may change gives it; ``never``: no
    case whatever has it; ``unknown``: interrupted before any was found."""
    sets: tuple[ChangeSet, ...]
    """The smallest first."""
    every: bool
    """Whether these are all up to the size that was asked for."""
    up_to: int
    least: int | None
    """Where only larger ones would do: how many changes the smallest has; None where that is not known."""
    kept: tuple[GivenInput, ...]
    """What was not to change."""
    in_the_way: tuple[tuple[GivenInput, ...], ...]
    """Where no change gives it: the smallest sets of what was not to change that would have to, for there to be one."""
    interrupted: bool = False

    json_keys: ClassVar[Mapping[str, str]] = {
        "case": "case",
        "question": "question",
        "to": "outcome",
        "possible": "possible",
        "law": "law",
        "status": "status",
        "sets": "sets",
        "every": "every",
        "up_to": "up_to",
        "least": "least",
        "kept": "names_kept",
        "in_the_way": "names_in_the_way",
    }

    @property
    def law(self) -> LawApplied:
        """The law that is applied."""
        return LawApplied(self.law_date, self.stage)

    @property
    def names_kept(self) -> tuple[str, ...]:
        """What was not to change, by name."""
        return names(self.kept)

    @property
    def names_in_the_way(self) -> tuple[tuple[str, ...], ...]:
        """The sets of what stands in the way, by name."""
        return tuple(map(names, self.in_the_way))

    def __repr__(self) -> str:
        return summary(
            self,
            f"{self.status}, {len(self.sets)} sets to {self.outcome} of {self.question}:",
            in_brief(self.title or self.case),
        )

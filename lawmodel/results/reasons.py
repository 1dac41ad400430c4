"""Why an outcome is so, or is excluded: the smallest sets of what a case holds that settle it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.reasoning.trace import Trace
from lawmodel.results.given_input import GivenInput
from lawmodel.results.header import LawApplied
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject, in_brief, summary


@dataclass(frozen=True, slots=True)
class Reason(ValueObject):
    """A smallest set of held inputs that settles it alone."""

    inputs: tuple[GivenInput, ...]
    grounds: tuple[str, ...]
    """The provisions that then speak for the outcome in every completion."""
    between: tuple[str, ...] = ()
    """Where there is none: provisions of which at least one does in every completion."""


@dataclass(frozen=True, slots=True)
class OutcomeOfProvision(ValueObject):
    """A provision, and an outcome for which it speaks, or cannot."""

    provision: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Excluding(ValueObject):
    """Inputs because of which some provisions cannot speak for an outcome."""

    inputs: tuple[GivenInput, ...]
    provisions: tuple[tuple[str, str], ...]
    """Each provision with the outcome for which it cannot speak."""

    json_keys: ClassVar[Mapping[str, str]] = {"inputs": "names", "excludes": "excludes"}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return names(self.inputs)

    @property
    def excludes(self) -> tuple[OutcomeOfProvision, ...]:
        """The provisions, each with the outcome for which it cannot speak."""
        return tuple(OutcomeOfProvision(*one) for one in self.provisions)


@dataclass(frozen=True, slots=True)
class Alternatives(ValueObject):
    """Sets of which each reason contains exactly one."""

    sets: tuple[tuple[GivenInput, ...], ...]
    """Fewest inputs first."""
    count: int | None
    """How many there are; None where they were not counted."""

    json_keys: ClassVar[Mapping[str, str]] = {"count": "count", "sets": "names"}

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The names of the inputs of each set."""
        return tuple(map(names, self.sets))


@dataclass(frozen=True, slots=True)
class ReasonsFound(ValueObject):
    """The reasons that were looked for."""

    reasons: tuple[Reason, ...]
    """Fewest inputs first."""
    every: bool
    """Whether these are all."""
    count: int | None
    """How many there are; None where they were not counted."""
    needed: tuple[GivenInput, ...]
    """What is in every reason."""
    alternatives: tuple[Alternatives, ...] | None
    """Each reason is what is needed, and one set of each of these; None where not all reasons are known."""
    grounds: tuple[str, ...] | None
    """The provisions that speak for the outcome in every completion, whichever the reason; None where not all reasons
    are known, or where it is not about the outcome that the case has."""
    between: tuple[str, ...] | None
    """Where there is none: provisions of which at least one does in every completion."""
    supporting: tuple[GivenInput, ...]
    """The part of the first reason because of which some provision speaks for the outcome."""
    excluding: tuple[Excluding, ...]
    """Its parts because of which none speaks for a stronger one."""
    without_effect: tuple[GivenInput, ...] | None
    """What is in no reason; None where not all reasons are known."""
    held: int
    """How many inputs of the case bear on the question at all."""
    interrupted: bool = False

    json_keys: ClassVar[Mapping[str, str]] = {
        "held": "held",
        "reasons": "reasons",
        "every": "every",
        "count": "count",
        "needed": "needed_names",
        "alternatives": "alternatives",
        "grounds": "grounds",
        "between": "between",
        "supporting": "supporting_names",
        "excluding": "excluding",
        "without_effect": "names_without_effect",
    }

    @property
    def needed_names(self) -> tuple[str, ...]:
        """What is in every reason, by name."""
        return names(self.needed)

    @property
    def supporting_names(self) -> tuple[str, ...]:
        """The part of the first reason because of which some provision speaks for the outcome, by name."""
        return names(self.supporting)

    @property
    def names_without_effect(self) -> tuple[str, ...] | None:
        """What is in no reason, by name; None where not all reasons are known."""
        return None if self.without_effect is None else names(self.without_effect)


@dataclass(frozen=True, slots=True)
class ExcludedOutcome(ValueObject):
    """An outcome that is excluded, with a smallest reason."""

    outcome: str
    inputs: tuple[GivenInput, ...]
    grounds: tuple[str, ...]
    between: tuple[str, ...]


def names(inputs: Sequence[GivenInput]) -> tuple[str, ...]:
    """The names of inputs."""
    return tuple(one.name for one in inputs)


@dataclass(frozen=True, slots=True)
class Why(Result):
    """What settles the answer to a question on a case."""

    rulebook: Rulebook
    case: str
    title: str
    question: str
    outcome: str | None
    """None: nothing settles it, several outcomes are possible."""
    possible: tuple[str, ...]
    law_date: str | None
    stage: str
    found: ReasonsFound | None
    """None where nothing settles the answer."""
    excluded: tuple[tuple[str, Reason], ...] = ()
    """Where nothing does: the outcomes that are excluded all the same, each with a smallest reason."""
    trace: tuple[Trace, ...] = ()
    """The steps of the provisions that the reasons name, on this case."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "case": "case",
        "question": "question",
        "outcome": "outcome",
        "possible": "possible",
        "law": "law",
        "excluded": "excluded_outcomes",
        "trace": "trace",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("excluded",)
    json_merged: ClassVar[tuple[str, ...]] = ("found",)

    @property
    def law(self) -> LawApplied:
        """The law that is applied."""
        return LawApplied(self.law_date, self.stage)

    @property
    def excluded_outcomes(self) -> tuple[ExcludedOutcome, ...] | None:
        """Where nothing settles the answer: the outcomes that are excluded all the same."""
        if self.found is not None:
            return None
        return tuple(ExcludedOutcome(outcome, one.inputs, one.grounds, one.between) for outcome, one in self.excluded)

    def __repr__(self) -> str:
        comes_to = self.outcome or f"depends: {' or '.join(self.possible)}"
        found = "" if self.found is None else f", {len(self.found.reasons)} reasons"
        return summary(self, f"{comes_to} of {self.question}{found}:", in_brief(self.title or self.case))

"""How much each open input weighs: in how many situations it alone would change the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from lawmodel.answer.answer import Answer
from lawmodel.dataclass import dataclass
from lawmodel.results.header import LawApplied
from lawmodel.results.result import Result
from lawmodel.value_object import ValueObject, summary


@dataclass(frozen=True, slots=True)
class Weight(ValueObject):
    """An open input, or inputs that can only move together."""

    inputs: tuple[str, ...]
    influence: int | None
    """In how many situations another value of it, all else as it is, gives another outcome; None: not weighed."""

    @property
    def flips(self) -> int | None:
        """`influence`, by its earlier name."""
        return self.influence


@dataclass(frozen=True, slots=True)
class InputWeight(ValueObject):
    """An open input (or several, as a list) by its influence."""

    input: str | tuple[str, ...]
    influence: int | None
    """In how many situations another value of it alone gives another outcome; None where nothing is weighed."""

    json_keys: ClassVar[Mapping[str, str]] = {"input": "input", "flips": "influence"}


@dataclass(frozen=True, slots=True)
class Weights(Result):
    """The open inputs that an answer turns on, weighed."""

    answer: Answer
    total: int | None
    """How many situations of what is left open the question tells apart; None where they are too many to be counted."""
    outcomes: Mapping[str, int]
    """In how many of them each outcome is reached, strongest first."""
    inputs: tuple[Weight, ...]
    """The heaviest first."""
    bound: tuple[str, ...] = ()
    """Where they are too many: the open inputs that are bound together."""
    measured: bool = False
    """Whether the law measures the time between these."""

    def __repr__(self) -> str:
        weighed = ", ".join(f"{' + '.join(one.inputs)} {one.flips}" for one in self.inputs)
        return summary(self, f"of {self.answer.question}, {self.total} situations:", weighed)

    json_keys: ClassVar[Mapping[str, str]] = {
        "question": "question",
        "case": "case",
        "status": "status",
        "outcome": "outcome",
        "possible": "possible",
        "situations": "total",
        "outcomes": "outcomes",
        "inputs": "weighed",
        "law": "law",
    }

    @property
    def question(self) -> str:
        """The question."""
        return self.answer.question

    @property
    def case(self) -> str:
        """The case."""
        return self.answer.case

    @property
    def status(self) -> str:
        """Whether the answer is determined, or depends."""
        return self.answer.status

    @property
    def outcome(self) -> str | None:
        """The outcome, where it is certain."""
        return self.answer.outcome

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that are possible, strongest first."""
        return self.answer.possible

    @property
    def law(self) -> LawApplied:
        """The law that is applied."""
        return self.answer.law

    @property
    def weighed(self) -> tuple[InputWeight, ...]:
        """The open inputs that the answer turns on, the heaviest first."""
        return tuple(
            InputWeight(one.inputs[0] if len(one.inputs) == 1 else one.inputs, one.influence) for one in self.inputs
        )

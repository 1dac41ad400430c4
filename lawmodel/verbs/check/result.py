"""What was checked, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.problems import Problem
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.load import describe
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class CheckResult(ValueObject):
    """Every mistake, and every expectation that is not met."""

    mistakes: tuple[Problem, ...]
    unmet: tuple[Problem, ...] | None
    """None where the expectations were not tested."""
    left_out: tuple[str, ...]
    """The files with a mistake: the expectations of the others are tested."""
    rulebooks: tuple[Rulebook, ...]
    """Those without a mistake."""
    misconceptions: int
    """How many these have, each with a case on which it is to show."""
    cases: int
    """How many there are in files without a mistake."""
    expectations: int
    """How many these have."""
    odd: tuple[Problem, ...] = ()
    """What is odd about these cases, by the rulebook's `consistency`; no mistake."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "problems": "problems",
        "tested": "tested",
        "left_out": "left_out",
        "mistakes": "mistake_count",
        "unmet": "unmet_count",
        "rulebooks": "rulebooks_used",
        "misconceptions": "misconceptions",
        "cases": "cases",
        "expectations": "expectations",
        "remarks": "odd",
    }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The mistakes, then the expectations that are not met."""
        return (*self.mistakes, *(self.unmet or ()))

    @property
    def tested(self) -> bool:
        """Whether the expectations were tested."""
        return self.unmet is not None

    @property
    def mistake_count(self) -> int:
        """How many of the problems are mistakes; they come first."""
        return len(self.mistakes)

    @property
    def unmet_count(self) -> int | None:
        """How many of the problems are expectations that are not met; None where none was tested."""
        return None if self.unmet is None else len(self.unmet)

    @property
    def rulebooks_used(self) -> tuple[RulebookUsed, ...]:
        """The rulebooks without a mistake."""
        return tuple(map(RulebookUsed.of, self.rulebooks))

    def sizes(self) -> tuple[str, ...]:
        """How much there is in each rulebook, in a line."""
        return tuple(map(describe, self.rulebooks))

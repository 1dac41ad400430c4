"""How reported decisions stand to a rulebook."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from lawmodel.answer.answer import Answer
from lawmodel.case.reported_decision import ReportedDecision, ReportSource, Verdict
from lawmodel.dataclass import dataclass
from lawmodel.reasoning.comparing.smallest_changes import SmallestChanges
from lawmodel.results.header import Header, LawApplied
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class ComparedDecision(ValueObject):
    """A decision beside the answer of the rulebook on the facts that are reported."""

    decision: ReportedDecision
    answer: Answer
    """Under the readings taken by default, or as the file chooses them."""
    verdict: Verdict
    turns_on: tuple[tuple[str, ...], ...]
    """The inputs on which it turns whether the case is decided as it was, where that is open."""
    let_go: tuple[str, ...]
    """The readings that bear on the question and are not chosen in the file: those that may be changed."""
    agrees_under: SmallestChanges | None = None
    """Of one that is open or departs: the smallest changes of readings with which it agrees."""
    open_under: SmallestChanges | None = None
    """Of one that departs, where no small change makes it agree: the changes with which it is open."""
    not_under: SmallestChanges | None = None
    """Of one that agrees: the smallest changes of readings with which it does not."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "file": "file",
        "title": "title",
        "authority": "authority",
        "day": "day",
        "question": "question",
        "outcome": "outcome",
        "grounds": "grounds",
        "report": "report",
        "remarks": "remarks",
        "sources": "sources",
        "law": "law",
        "verdict": "verdict",
        "expected": "expected",
        "as_expected": "as_expected",
        "possible": "possible",
        "grounds_found": "grounds_found",
        "turns_on": "turns_on",
        "rests_on": "rests_on",
        "readings": "let_go",
        "agrees_under": "agrees_under",
        "open_under": "open_under",
        "not_under": "not_under",
    }
    json_optional: ClassVar[tuple[str, ...]] = ("agrees_under", "open_under", "not_under")

    @property
    def file(self) -> str:
        """The file of the decision."""
        return self.decision.name

    @property
    def title(self) -> str:
        """What it is called."""
        return self.decision.title

    @property
    def authority(self) -> str:
        """Who decided."""
        return self.decision.authority

    @property
    def day(self) -> datetime.date:
        """When it was decided."""
        return self.decision.day

    @property
    def question(self) -> str:
        """The question that was decided."""
        return self.decision.question

    @property
    def outcome(self) -> str:
        """What was decided."""
        return self.decision.outcome

    @property
    def grounds(self) -> tuple[str, ...]:
        """The grounds that are reported."""
        return self.decision.grounds

    @property
    def report(self) -> str:
        """What the report says."""
        return self.decision.report

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the file remarks."""
        return self.decision.remarks

    @property
    def sources(self) -> tuple[ReportSource, ...]:
        """Where it is reported."""
        return self.decision.sources

    @property
    def law(self) -> LawApplied:
        """The law that was applied."""
        return self.answer.header.law or LawApplied(None, self.answer.stage)

    @property
    def expected(self) -> Verdict | None:
        """The verdict that the file records."""
        return self.decision.expect

    @property
    def as_expected(self) -> bool | None:
        """Whether the verdict is the one recorded; None where none is."""
        return None if self.expected is None else self.expected == self.verdict

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes that the rulebook allows, the strongest first."""
        return self.answer.possible

    @property
    def grounds_found(self) -> tuple[str, ...]:
        """The provisions that speak for the rulebook's outcome, where it is certain."""
        return tuple(ground.id for ground in self.answer.grounds)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The readings by default and the presumed facts of which another value changes the answer."""
        return self.answer.rests_on


@dataclass(frozen=True, slots=True)
class VerdictCounts(ValueObject):
    """How many decisions have which verdict."""

    agrees: int
    open: int
    departs: int


@dataclass(frozen=True, slots=True)
class ComparedDecisions(ValueObject):
    """All decisions that were compared, in the order of their files."""

    header: Header
    decisions: tuple[ComparedDecision, ...]

    json_keys: ClassVar[Mapping[str, str]] = {
        "rulebook": "rulebook",
        "compared": "compared",
        "counted": "counted",
        "not_as_expected": "not_as_expected",
        "decisions": "decisions",
        "header": "header",
    }

    @property
    def rulebook(self) -> str:
        """The title of the rulebook."""
        return self.header.rulebook.title

    @property
    def compared(self) -> int:
        """How many there are."""
        return len(self.decisions)

    @property
    def counted(self) -> VerdictCounts:
        """How many have which verdict."""
        found = [one.verdict for one in self.decisions]
        return VerdictCounts(found.count("agrees"), found.count("open"), found.count("departs"))

    @property
    def not_as_expected(self) -> tuple[str, ...]:
        """The files that record another verdict."""
        return tuple(one.file for one in self.decisions if one.as_expected is False)

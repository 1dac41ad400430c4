"""What came of a property: proved for every case, or refuted by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.case.writing import case_text
from lawmodel.dataclass import dataclass
from lawmodel.inputs import GivenValue
from lawmodel.inquiry.searching.found import SideAnswer
from lawmodel.results.gap import TouchingGap
from lawmodel.results.header import Header
from lawmodel.results.result import Result
from lawmodel.rulebook.model import Property, Rulebook
from lawmodel.value_object import ValueObject, summary

SECOND = "second"
"""The variant that holds the second case, where a property is about two."""


@dataclass(frozen=True, slots=True)
class Refutation(ValueObject):
    """A case for which a property does not hold; or two, where it is about two."""

    rulebook: Rulebook
    stated: Property
    case: Case
    second: Mapping[str, GivenValue] | None
    """The facts in which a second case differs; None where there is one case, seen from one side or two."""
    seen: tuple[SideAnswer, ...]

    json_keys: ClassVar[Mapping[str, str]] = {"facts": "facts", "second": "second_facts", "seen": "seen"}

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts, as a case file has them."""
        return plain_facts(self.rulebook, self.case.facts)

    @property
    def second_facts(self) -> Mapping[str, Any] | None:
        """Those in which a second case differs, as a case file has them; None where there is one case."""
        return None if self.second is None else plain_facts(self.rulebook, self.second)

    def __repr__(self) -> str:
        return summary(self, f"of {self.stated.id}, by a case with {len(self.case.facts)} facts")

    def to_yaml(self) -> str:
        """The text of a case file, which expects the answers that were found."""
        content: dict[str, Any] = {
            "title": f"Against: {self.stated.says}",
            "questions": [self.stated.question],
            "presume": "ordinary",
            "facts": self.facts,
        }
        expected = [one.as_expectation(self.stated.question) for one in self.seen]
        if self.second is None:
            return case_text({**content, "expect": expected})
        variant = {
            "id": SECOND,
            "title": "The second case",
            "facts": self.second_facts,
            "expect": expected[1:],
        }
        return case_text({**content, "expect": expected[:1], "variants": [variant]})


@dataclass(frozen=True, slots=True)
class PropertyVerdict(Result):
    """What came of one property."""

    stated: Property
    refutation: Refutation | None
    """None: it is proved."""
    records: Mapping[str, int]
    """How many records of each list the proof speaks of: more could make no condition true that is not."""
    readings: tuple[str, ...]
    """The readings of which every option was taken."""
    facts: int
    """How many facts and fields of records could be anything."""
    against: tuple[str, ...] = ()
    """The instruments whose rules were looked at, by their ids as sources."""
    gaps: tuple[TouchingGap, ...] = ()
    """What was looked for and not found, or not read, and could touch an answer to the question."""
    of_nothing: bool = False
    """Whether there is no case of which the property speaks, so that it holds, and says nothing."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "property": "id",
        "says": "says",
        "question": "question",
        "verdict": "verdict",
        "as_stated": "as_stated",
        "of_nothing": "of_nothing",
        "because": "because",
        "records": "records",
        "readings": "readings",
        "facts": "facts",
        "against": "against",
        "gaps": "gaps",
        "refutation": "refutation",
    }

    @property
    def id(self) -> str:
        """The property."""
        return self.stated.id

    @property
    def says(self) -> str:
        """What it says."""
        return self.stated.says

    @property
    def question(self) -> str:
        """The question about whose answers it is."""
        return self.stated.question

    @property
    def because(self) -> str | None:
        """Why it holds, or what the case shows that refutes it, as the rulebook says."""
        return self.stated.because

    @property
    def verdict(self) -> Literal["proved", "refuted"]:
        """What came of it."""
        return "proved" if self.holds else "refuted"

    def __repr__(self) -> str:
        came_of_it = "proved of nothing" if self.of_nothing else "proved" if self.holds else "refuted"
        return summary(self, f"{came_of_it}: {self.stated.id}")

    @property
    def holds(self) -> bool:
        """Whether the property holds for every case."""
        return self.refutation is None

    @property
    def as_stated(self) -> bool:
        """Whether that is what the rulebook says of it, and of anything."""
        return self.holds == self.stated.holds and not self.of_nothing


@dataclass(frozen=True, slots=True)
class Proofs(ValueObject):
    """What came of several properties of a rulebook."""

    header: Header
    properties: tuple[PropertyVerdict, ...]

    json_keys: ClassVar[Mapping[str, str]] = {"properties": "properties", "header": "header"}

    @property
    def rulebook(self) -> Rulebook:
        """The law."""
        return self.header.rulebook

    @property
    def otherwise(self) -> tuple[PropertyVerdict, ...]:
        """Those that came out otherwise than the rulebook says."""
        return tuple(one for one in self.properties if not one.as_stated)

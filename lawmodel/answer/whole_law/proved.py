"""What came of a property: proved for every case, or refuted by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lawmodel.answer.whole_law.found import Seen
from lawmodel.case.case import Case
from lawmodel.case.plain import plain_facts
from lawmodel.case.writing import case_text
from lawmodel.inputs import Value
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
    second: Mapping[str, Value] | None
    """The facts in which a second case differs; None where there is one case, seen from one side or two."""
    seen: tuple[Seen, ...]

    def __repr__(self) -> str:
        return summary(self, f"of {self.stated.id}, by a case with {len(self.case.facts)} facts")

    def to_yaml(self) -> str:
        """The text of a case file, which expects the answers that were found."""
        content: dict[str, Any] = {
            "title": f"Against: {self.stated.says}",
            "questions": [self.stated.question],
            "presume": "ordinary",
            "facts": plain_facts(self.rulebook, self.case.facts),
        }
        expected = [one.as_expectation(self.stated.question) for one in self.seen]
        if self.second is None:
            return case_text({**content, "expect": expected})
        variant = {
            "id": SECOND,
            "title": "The second case",
            "facts": plain_facts(self.rulebook, self.second),
            "expect": expected[1:],
        }
        return case_text({**content, "expect": expected[:1], "variants": [variant]})

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "facts": plain_facts(self.rulebook, self.case.facts),
            "second": None if self.second is None else plain_facts(self.rulebook, self.second),
            "seen": [
                {
                    "readings": dict(one.readings),
                    "on": None if one.on is None else one.on.isoformat(),
                    "stage": one.stage,
                    "outcome": one.answer.outcome,
                    "grounds": [ground.id for ground in one.answer.grounds],
                    "consequences": [follows.id for follows in one.answer.consequences if follows.certain],
                }
                for one in self.seen
            ],
        }


@dataclass(frozen=True, slots=True)
class Verdict(ValueObject):
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
    of_nothing: bool = False
    """Whether there is no case of which the property speaks, so that it holds, and says nothing."""

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

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "property": self.stated.id,
            "says": self.stated.says,
            "question": self.stated.question,
            "verdict": "proved" if self.holds else "refuted",
            "as_stated": self.as_stated,
            "of_nothing": self.of_nothing,
            "because": self.stated.because,
            "records": dict(self.records),
            "readings": list(self.readings),
            "facts": self.facts,
            "refutation": None if self.refutation is None else self.refutation.to_json(),
        }

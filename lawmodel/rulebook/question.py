"""Questions, with the outcomes that an answer can have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.entry_types import STRICT
from lawmodel.rulebook.fact import Fact, SameAs
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, kw_only=True)
class LeadsTo(ValueObject):
    """What an outcome can make true: one more record that other questions then read."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    add: str
    record: Mapping[str, str | SameAs]
    """Field to value, as in a case file; ``law-date`` is the day of the law, and a fact of type date its day."""
    place: Place

    def taken(self, facts: Mapping[str, Fact]) -> Mapping[str, str]:
        """The fields that have what the case has for a fact, each with the fact."""
        sorts = {field.id: field.sort for field in facts[self.add].of}
        found = {}
        for name, value in self.record.items():
            if isinstance(value, SameAs):
                found[name] = value.path
            elif sorts.get(name) == "date" and value in facts:
                found[name] = value
        return found


@dataclass(frozen=True, kw_only=True)
class Outcome(ValueObject):
    """An answer that a question can have."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    says: str
    means: str
    predicate: str | None = None
    """What it says of the question's subject: ``must be refused``."""
    leads_to: LeadsTo | None = None
    place: Place


@dataclass(frozen=True, kw_only=True)
class OutcomeConsequence(ValueObject):
    """What follows from the outcome itself, whatever provision it rests on: certainly of some, possibly of others."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    """Of the consequence."""
    citation: str
    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    place: Place

    def follows(self, outcomes: Collection[str]) -> bool | None:
        """Whether it follows from whatever outcome of these there is; None where it may."""
        if all(one in self.certain for one in outcomes):
            return True
        return None if any(one in self.certain or one in self.possible for one in outcomes) else False


@dataclass(frozen=True, kw_only=True)
class Question(ValueObject):
    """What can be asked; the strongest outcome first, the last holds when no rule speaks."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    title: str
    asks: str
    outcomes: tuple[Outcome, ...]
    subject: str | None = None
    """What the answers are statements about; without it, the title."""
    remark: str | None = None
    consequences: tuple[OutcomeConsequence, ...] = ()
    place: Place

    def outcome(self, name: str) -> Outcome:
        """The outcome of this id; KeyError if there is none."""
        for outcome in self.outcomes:
            if outcome.id == name:
                return outcome
        raise KeyError(name)

"""Misconceptions: a law that somebody may take for the law, by what it has otherwise, and the case that tells.

They decide nothing. Whoever asks a question of the rulebook gets the answers of the law; whoever asks what one would
answer who holds a misconception asks `lawmodel.rulebook.held_law` for another rulebook.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook import condition as statements
from lawmodel.rulebook.condition import Written
from lawmodel.value_object import ValueObject

Condition: TypeAlias = Annotated[statements.Condition, Written("condition")]
Conclusion: TypeAlias = Annotated[statements.Conclusion, Written("conclusion")]
MisconceptionKind: TypeAlias = Literal["slip", "reading"]
"""``reading``: the law as some option of its readings has it; ``slip``: what no reading of it says."""
EditedSection: TypeAlias = Literal["provisions", "concepts", "conclusions"]
_STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Edit(ValueObject):
    """One thing that is otherwise: an option of a reading, what an entry states, or a day of an instrument."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    reading: str | None = None
    option: str | None = None
    """Taken where nobody chooses another."""
    provision: str | None = None
    concept: str | None = None
    conclusion: str | None = None
    in_force: Condition | None = None
    when: Condition | None = None
    unless: Condition | None = None
    concludes: Conclusion | None = None
    brings: Conclusion | None = None
    instrument: str | None = None
    stage: str | None = None
    """The step of the instrument that has another day, or that it is taken to have."""
    date: datetime.date | None = None
    place: Place

    @property
    def changed(self) -> tuple[str, str]:
        """The section and the id of the entry that is otherwise."""
        if self.reading is not None:
            return "readings", self.reading
        if self.instrument is not None:
            return "instruments", self.instrument
        return str(self.section), str(self.entry)

    @property
    def section(self) -> EditedSection | None:
        """The section of the entry of which a statement is otherwise; None where it is no such edit."""
        named: tuple[tuple[EditedSection, str | None], ...] = (
            ("provisions", self.provision),
            ("concepts", self.concept),
            ("conclusions", self.conclusion),
        )
        return next((section for section, name in named if name is not None), None)

    @property
    def entry(self) -> str | None:
        """The id of that entry."""
        return self.provision or self.concept or self.conclusion


@dataclass(frozen=True)
class TellingFact(ValueObject):
    """A value that the telling case gives."""

    path: tuple[str, ...]
    """The keys, and the numbers of records from 0, that lead to it."""
    value: str | None
    """As it is written; None for a list in which nothing is."""
    place: Place


@dataclass(frozen=True)
class TellingCase(ValueObject):
    """The facts of a case as a case file has them, with their places; what is not given is ordinary."""

    facts: tuple[TellingFact, ...]
    place: Place

    def plain(self) -> dict[str, Any]:
        """The facts as plain data: every value the text that is written."""
        whole: dict[str, Any] = {}
        for fact in self.facts:
            at: Any = whole
            for step, following in zip(fact.path, (*fact.path[1:], None), strict=True):
                found: Any = ([] if fact.value is None else fact.value) if following is None else _empty(following)
                if isinstance(at, list):
                    if int(step) == len(at):
                        at.append(found)
                    at = at[int(step)]
                else:
                    at = at.setdefault(step, found)
        return whole


def _empty(following: str) -> dict[str, Any] | list[Any]:
    return [] if following.isdigit() else {}


@dataclass(frozen=True, kw_only=True)
class ToldAnswer(ValueObject):
    """What is answered on the telling case."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    outcome: str
    grounds: tuple[str, ...] = ()
    """All of them."""
    consequences: tuple[str, ...] | None = None
    """Those that certainly follow; None where they do not matter."""
    place: Place


@dataclass(frozen=True, kw_only=True)
class Misconception(ValueObject):
    """What somebody may take for the law, and a case on which it shows."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    says: str
    """What one who holds it believes, as a sentence."""
    question: str
    edit: tuple[Edit, ...]
    case: Annotated[TellingCase, Written("telling-case")]
    law: ToldAnswer
    """The answer of the law on that case."""
    held: ToldAnswer
    """The answer of one who holds it."""
    readings: Mapping[str, str] = field(default_factory=dict)
    """Those that are chosen for both answers."""
    on: datetime.date | None = None
    stage: str | None = None
    because: str | None = None
    """What the law has in its place, as a sentence."""
    place: Place

    @property
    def kind(self) -> MisconceptionKind:
        """Whether it is a way to read the law, or a slip."""
        return "reading" if all(one.reading is not None for one in self.edit) else "slip"

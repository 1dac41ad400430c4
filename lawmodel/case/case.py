"""A case: what is given of the facts, what may be presumed, and what it is expected to show."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from itertools import islice
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.inputs import GivenValue
from lawmodel.problems import Place
from lawmodel.value_object import ValueObject, in_brief, summary

MOST_SHOWN: Final = 8
"""So many facts are looked at for the `repr` of a case, which holds fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(ValueObject):
    """What a question should answer; a key that is None is not checked."""

    question: str
    readings: Mapping[str, str] = field(default_factory=dict)
    on: datetime.date | None = None
    stage: str | None = None
    told_by: str | None = None
    """The telling that chooses stage and readings where nothing else in the expectation does."""
    status: str | None = None
    outcome: str | None = None
    possible: tuple[str, ...] | None = None
    grounds: tuple[str, ...] | None = None
    turns_on: tuple[tuple[str, ...], ...] | None = None
    """Groups of inputs; most have one member."""
    rests_on: tuple[str, ...] | None = None
    consequences: tuple[str, ...] | None = None
    """Those that certainly follow."""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(ValueObject):
    """The facts of one case, as given. Every question reads the same facts."""

    facts: Mapping[str, GivenValue] = field(default_factory=dict)
    """By path: what is given. None says that it is unknown; what is not in here is left out.
    A list of records holds mappings from field to value, again only what is given. Of a day that is not known a
    `DayBounds` says between which days it is."""
    presume: bool | tuple[str, ...] = False
    """True: whatever is left out takes its ordinary value where it has one. Or the facts that may be presumed."""
    title: str = ""
    point: str = ""
    hypothetical: int | None = None
    questions: tuple[str, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    name: str = ""
    """The file, and after `#` the variant."""
    variant: str | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    """The readings under which it is asked, unless others are chosen; ``unknown`` leaves one open."""
    on: datetime.date | None = None
    """The day whose law is applied, unless another is chosen; None: the day that the facts give, or today."""
    stage: str | None = None
    """The stage that bills must have reached to count as law, unless another is chosen; None: the last."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where each fact stands, by the key of its input."""

    def __repr__(self) -> str:
        called = self.title or self.name
        given = (
            f"{path} ({len(value)})" if isinstance(value, tuple) else f"{path}={in_brief(value)}"
            for path, value in islice(self.facts.items(), MOST_SHOWN)
        )
        return summary(self, f"{in_brief(called)}:" if called else None, ", ".join(given) or "nothing given")

    def asked(self) -> tuple[str, ...]:
        """The questions the case itself asks: those it names, else those it expects an answer to."""
        return self.questions or tuple(dict.fromkeys(one.question for one in self.expectations))

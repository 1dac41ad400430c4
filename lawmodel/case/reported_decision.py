"""A reported decision: what an authority or a court decided on a case, by whom that is reported, and on what facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar, Final, Literal, TypeAlias, get_args

from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.problems import Place
from lawmodel.rulebook.model import HowSeen, Seen
from lawmodel.value_object import ValueObject

Verdict: TypeAlias = Literal["agrees", "open", "departs"]
"""How a decision stands to a rulebook under the readings taken by default. ``agrees``: every completion of the facts
has the outcome that was decided, on all grounds that are stated; ``departs``: none has; ``open``: some have."""
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSource(ValueObject):
    """Where a decision is reported, and how that was seen by those who wrote the file."""

    title: str
    at: str | None
    """A paragraph, a page, a line."""
    address: str | None
    """Where it can be read (https:// or http://); it is shown, and never fetched."""
    seen: Seen

    json_keys: ClassVar[Mapping[str, str]] = {
        "title": "title",
        "at": "at",
        "address": "address",
        "seen": "how",
        "seen_on": "seen_on",
    }

    @property
    def how(self) -> HowSeen:
        """How it was seen."""
        return self.seen.how

    @property
    def seen_on(self) -> datetime.date | None:
        """On which day it was seen; None where the file does not say."""
        return self.seen.on


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDecision(ValueObject):
    """One decision."""

    case: Case
    """The facts as the report states them. Its name is the file; its title that of the decision."""
    authority: str
    """The court or authority that decided."""
    day: datetime.date
    """On which it decided. The law is that of this day, unless the facts or the case say another one."""
    sources: tuple[ReportSource, ...]
    question: str
    outcome: str
    """What was decided."""
    grounds: tuple[str, ...]
    """The provisions that the report names as grounds; empty where it names none."""
    report: str
    """What the report says, in a few words of those who wrote the file."""
    remarks: tuple[str, ...] = ()
    expect: Verdict | None = None
    """How it is recorded to stand to the rulebook."""
    expect_place: Place | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The file."""
        return self.case.name

    @property
    def title(self) -> str:
        """What it is called."""
        return self.case.title

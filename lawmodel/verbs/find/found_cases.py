"""The cases that were found, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from lawmodel.dataclass import dataclass
from lawmodel.inquiry.searching.find import View, Wanted
from lawmodel.inquiry.searching.found import Found
from lawmodel.results.header import Header
from lawmodel.rulebook.model import Rulebook
from lawmodel.value_object import ValueObject
from lawmodel.words.law import day
from lawmodel.words.outcomes import both, statement

Differ: TypeAlias = Literal["reading", "date", "stage", "telling", "misconception", "rules"]


@dataclass(frozen=True, slots=True)
class FoundCases(ValueObject):
    """Cases that show what was sought, each essentially different from the others."""

    header: Header
    questions: tuple[str, ...]
    """Those that could be meant; the cases are about the first of them that has any."""
    views: tuple[View, ...]
    wanted: Wanted
    cases: tuple[Found, ...]
    most: int
    """How many were asked for."""
    differ: Differ | None = None
    """In what the sides differ from which a case is looked at."""
    lifelike: bool = False
    """Whether the cases are made like those from life."""

    json_keys: ClassVar[Mapping[str, str]] = {
        "cases": "cases",
        "sought": "sought",
        "questions": "questions",
        "exhausted": "exhausted",
        "header": "header",
    }

    @property
    def rulebook(self) -> Rulebook:
        """The law."""
        return self.header.rulebook

    @property
    def exhausted(self) -> bool:
        """Whether it is proved that there is no other case that is essentially different."""
        return len(self.cases) < self.most

    @property
    def sought(self) -> str:
        """What a case was to show, in words."""
        wanted, law = self.wanted, self.rulebook
        parts = [] if self.differ is None else [self._differing(self.differ)]
        if wanted.outcome is not None:
            parts.append(f"the answer is “{statement(law, self.questions[0], wanted.outcome)}”")
        if wanted.grounds:
            cited = both([law.provisions[name].citation for name in wanted.grounds])
            parts.append(f"{cited} {'is a ground' if len(wanted.grounds) == 1 else 'are grounds'}")
        if wanted.only_ground is not None:
            parts.append(f"{law.provisions[wanted.only_ground].citation} is the only ground")
        parts += [f"{name} follows" for name in wanted.brings]
        return both(parts)

    def _differing(self, differ: Differ) -> str:
        if differ == "reading":
            name = next(iter(self.views[0].readings))
            sides = [f"{name}={view.readings[name]}" for view in self.views]
        else:
            sides = [self.side(view) for view in self.views]
        return f"{both(sides)} come to different answers"

    def side(self, view: View) -> str:
        """From where a case is looked at, in words."""
        if self.differ == "reading":
            name, option = next(iter(view.readings.items()))
            options = self.rulebook.readings[name].options
            return next(one.says for one in options if one.id == option)
        if self.differ == "date" and view.on is not None:
            return f"the law of {day(view.on)}"
        if self.differ == "stage":
            if view.stage == self.rulebook.ordinary_stage:
                return "the law in force"
            return f"every bill {next(one.says for one in self.rulebook.stages if one.id == view.stage)}"
        return f"the telling of {view.name}" if self.differ == "telling" else view.name

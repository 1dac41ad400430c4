"""Answers compared under the law of every day, and as if bills were law at every stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from lawmodel.answer.comparing.comparison import Compared, Gist
from lawmodel.value_object import ValueObject

EventKind: TypeAlias = Literal["begins", "ends", "wording", "fact", "day", "order"]


@dataclass(frozen=True, slots=True)
class Change(ValueObject):
    """Something that is otherwise from a day on: an instrument, a fact of the case, a day that the law names."""

    kind: EventKind
    """``begins``, ``ends``, ``wording``: of an instrument. ``order``: only what the order of days allows."""
    id: str
    """The instrument; the key of the fact; what the law calls the day."""
    says: str
    date: str | None = None
    certainty: str | None = None
    """Of the date of an instrument; ``disputed`` where a source gives another one."""
    remark: str | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the date is derived, open or disputed."""
        return self.certainty in ("derived", "open", "disputed")

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain: dict[str, Any] = {"kind": self.kind, "id": self.id, "says": self.says}
        if self.date is not None:
            plain |= {"date": self.date, "certainty": self.certainty, "remark": self.remark}
        return plain


Because: TypeAlias = tuple[tuple[Change, ...], ...]
"""Alternatives: each the least that has to change for the new answer."""


def _because(because: Because) -> list[list[dict[str, Any]]]:
    return [[one.to_json() for one in together] for together in because]


@dataclass(frozen=True, slots=True)
class DayRow(ValueObject):
    """Days of the law with the same answer."""

    first: str | None
    """None: since the law that is modelled begins."""
    last: str | None
    """None: for ever."""
    gist: Gist | None
    """None: the days of the case exclude these."""
    of_case: bool
    """Whether the day of the case is one of these."""
    because: Because
    """Why the answer is another than on the day before."""
    excluded_by: str | None = None
    """Where the days of the case exclude these: how."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "first": self.first,
            "last": self.last,
            **(Gist(()) if self.gist is None else self.gist).to_json(),
            "of_case": self.of_case,
            "because": _because(self.because),
            "excluded_by": self.excluded_by,
        }


@dataclass(frozen=True, slots=True)
class DayComparison(ValueObject):
    """The answer under the law of every day."""

    about: Compared
    rows: tuple[DayRow, ...]

    def __repr__(self) -> str:
        return self.about.described(self, "date", len(self.rows))

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**self.about.to_json("date"), "rows": [row.to_json() for row in self.rows]}


@dataclass(frozen=True, slots=True)
class StageRow(ValueObject):
    """Stages with the same answer, if every bill were law that had reached them by the day of the case."""

    stages: tuple[str, ...]
    gist: Gist
    of_case: bool
    """Whether the law that is in force is among these."""
    because: tuple[tuple[str, ...], ...]
    """Why the answer is another than at the stages before: sets of instruments, each enough for it."""
    reached: Mapping[str, tuple[str, str] | None]
    """For each of these instruments the stage that it reached last by the day of the case, and when."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "stages": list(self.stages),
            **self.gist.to_json(),
            "of_case": self.of_case,
            "because": [list(together) for together in self.because],
            "reached": {
                name: None if step is None else {"stage": step[0], "date": step[1]}
                for name, step in self.reached.items()
            },
        }


@dataclass(frozen=True, slots=True)
class StageComparison(ValueObject):
    """The answer as if every bill were law that had reached a stage, for each stage."""

    about: Compared
    rows: tuple[StageRow, ...]

    def __repr__(self) -> str:
        return self.about.described(self, "stage", len(self.rows))

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**self.about.to_json("stage"), "rows": [row.to_json() for row in self.rows]}

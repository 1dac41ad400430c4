"""The answers of a run: each different one once, by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.outcomes import predicate

DEPENDS: Final = "depends"
"""Stands in the place of an outcome where it is open."""


def said_by(rulebook: Rulebook, question: str) -> dict[str, str]:
    """What each outcome of a question says of its subject, the strongest first, and `DEPENDS` at the end."""
    outcomes = {one.id: predicate(rulebook, question, one.id) for one in rulebook.questions[question].outcomes}
    return {**outcomes, DEPENDS: "it depends"}


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What a question comes to in a row, without the reasons."""

    status: str
    """``determined`` or ``depends``."""
    outcome: str | None
    possible: tuple[str, ...]
    grounds: tuple[str, ...]
    """The provisions that support the outcome in every completion."""
    grounds_between: tuple[str, ...] = ()
    """Where no single one does although the outcome is certain: the provisions that between them cover every case."""
    turns_on: tuple[tuple[str, ...], ...] = ()

    json_keys: ClassVar[Mapping[str, str]] = {
        "outcome": "outcome",
        "status": "status",
        "possible": "possible",
        "grounds": "grounds",
        "grounds_between": "grounds_between",
        "turns_on": "joined_turns_on",
    }
    """The columns, in their order."""
    json_in_full: ClassVar[tuple[str, ...]] = ("turns_on",)

    @property
    def joined_turns_on(self) -> tuple[str, ...]:
        """On what an open answer turns; inputs that move together are one."""
        return tuple(" + ".join(group) for group in self.turns_on)


class Answers:
    """Numbers for answers."""

    def __init__(self) -> None:
        self.every: list[RowAnswer] = []
        self._numbers: dict[RowAnswer, int] = {}

    def number(self, answer: RowAnswer) -> int:
        """The number of an answer."""
        if answer not in self._numbers:
            self._numbers[answer] = len(self.every)
            self.every.append(answer)
        return self._numbers[answer]

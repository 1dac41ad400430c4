"""The answers of a run: each different one once, by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

DEPENDS: Final = "depends"
"""Stands in the place of an outcome where it is open."""


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

    def to_json(self, turns_on: bool) -> dict[str, Any]:
        """Plain data, in the order of the columns."""
        found: dict[str, Any] = {
            "outcome": self.outcome,
            "status": self.status,
            "possible": list(self.possible),
            "grounds": list(self.grounds),
            "grounds_between": list(self.grounds_between),
        }
        return found | {"turns_on": [" + ".join(group) for group in self.turns_on]} if turns_on else found


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

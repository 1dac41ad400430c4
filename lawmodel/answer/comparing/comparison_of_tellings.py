"""Answers compared as sources tell the law: which of them conclude alike, and over what the others part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lawmodel.answer.comparing.comparison import Compared, Gist
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class TellingRow(ValueObject):
    """Tellings whose readers would conclude alike, in outcomes and in what follows beside them."""

    tellings: tuple[str, ...]
    """By id; ``text`` for the text with the defaults."""
    gist: Gist

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"tellings": list(self.tellings), **self.gist.to_json()}


@dataclass(frozen=True, slots=True)
class Parted(ValueObject):
    """The smallest differences over which tellings of two rows part."""

    rows: tuple[int, int]
    """Their numbers, counted from 0."""
    over: tuple[str, ...]
    """Readings (or ``stage``): had the one read these as the other does, it would conclude as the other does."""
    pairs: tuple[tuple[str, str], ...]
    """The tellings that part over these: of the first row, and of the second."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"rows": list(self.rows), "over": list(self.over), "pairs": [list(pair) for pair in self.pairs]}


@dataclass(frozen=True, slots=True)
class TellingComparison(ValueObject):
    """What readers of each source would conclude, those together that conclude alike."""

    about: Compared
    rows: tuple[TellingRow, ...]
    """That of the text first."""
    silent: tuple[str, ...]
    """The tellings that say nothing of the question."""
    partings: tuple[Parted, ...]
    stages: Mapping[str, str]
    """The stage from which each telling counts bills as law."""

    def __repr__(self) -> str:
        return self.about.described(self, "telling", len(self.rows))

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **self.about.to_json("telling"),
            "rows": [row.to_json() for row in self.rows],
            "silent": list(self.silent),
            "partings": [one.to_json() for one in self.partings],
            "stages": dict(self.stages),
        }

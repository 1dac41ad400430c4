"""Which law a result was worked out by."""

from __future__ import annotations

from dataclasses import dataclass

from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class LawApplied(ValueObject):
    """Which law is applied."""

    date: str | None
    """The day; None where it is not known."""
    stage: str
    """Bills that had got so far count as law."""

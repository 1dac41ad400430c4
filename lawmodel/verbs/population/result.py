"""What was drawn: what the description assumes, and how often each value came of it."""

from __future__ import annotations

from collections.abc import Mapping

from lawmodel.dataclass import dataclass
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class PopulationResult(ValueObject):
    """A population that was drawn."""

    population: str
    """The title of its description."""
    assumes: str
    """What its author takes for granted."""
    rows: int
    seed: int
    drawn: Mapping[str, Mapping[str, int]]
    """By fact or ``list.field``, how often each value was drawn, the most frequent first; days by their year."""

"""What is said of a case beside its answer: that it is odd, or that it may be one that there cannot be."""

from __future__ import annotations

from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Level
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class Remark(ValueObject):
    """A rule of consistency that bears on the case; the answer is what it would be without it."""

    id: str
    level: Level
    """``warning``: the case is as the rule says, which is odd. ``error``: it may be so, depending on what is open; no
    case can, and completions that are so were not left out."""
    says: str

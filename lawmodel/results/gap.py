"""A gap in what is known of the law that could touch an answer."""

from __future__ import annotations

from typing import Literal

from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Gap
from lawmodel.value_object import ValueObject


@dataclass(frozen=True, slots=True)
class TouchingGap(ValueObject):
    """What was looked for and not found, or not read, where it could touch an answer or a proof."""

    id: str
    title: str
    how: Literal["not_found", "not_read"]
    on: str
    """The day on which it was last looked for."""

    @classmethod
    def of(cls, gap: Gap) -> TouchingGap:
        """What is said of a gap."""
        return cls(gap.id, gap.title, gap.how, gap.on.isoformat())

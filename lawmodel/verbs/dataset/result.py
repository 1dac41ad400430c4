"""What was written: how many cases of each answer and label."""

from __future__ import annotations

from lawmodel.dataclass import dataclass
from lawmodel.results.header import RulebookUsed
from lawmodel.value_object import ValueObject
from lawmodel.verbs.dataset.selection import CaseGroup


@dataclass(frozen=True, slots=True)
class GroupCount(ValueObject):
    """How many cases there are of a group."""

    group: CaseGroup
    cases: int

    json_merged = ("group",)


@dataclass(frozen=True, slots=True)
class DatasetResult(ValueObject):
    """A data set."""

    rulebook: RulebookUsed
    seed: int
    cases: int
    wanted: int
    drawn: int
    """So many cases were drawn."""
    alike: int
    """So many were dropped: the law sees nothing in them that another one does not have."""
    groups: tuple[GroupCount, ...]
    files: tuple[str, ...]
    """Their names; none where nothing was written."""

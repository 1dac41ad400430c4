"""Rows with two records that share more than a day, for a whole block: as `lawmodel.case.consistency.overlaps`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lawmodel.batch.rows.input_column import Held, Listed, Unknown, Whole, YesNo
from lawmodel.batch.rows.truths import Flags, Rows, unpacked
from lawmodel.inputs import NO_DAY
from lawmodel.rulebook.model import Consistency


def overlapping(rule: Consistency, listed: Listed) -> Flags:
    """The rows of which two records certainly overlap, and are alike in the fields that the rule names.

    Each record is compared with the next of its row, then with the one after that, and so on: as often as the longest
    list has records.
    """
    found = np.zeros(len(listed.known), dtype=np.bool_)
    first, last, *alike = (path.rpartition(".")[2] for path in (*rule.overlap, *rule.same))
    begins, ends = (listed.fields.get(name) for name in (first, last))
    if not isinstance(begins, Whole) or not isinstance(ends, Whole):
        return found  # they are known nowhere
    same = [listed.fields.get(name, Unknown(len(listed.parents))) for name in alike]
    lasting = np.flatnonzero(_is_day(begins) & _is_day(ends) & listed.known[listed.parents])
    # Those that are next to each other among these; the nearer ones first.
    distance = 1
    while len(one := lasting[:-distance]):
        other = lasting[distance:]
        together = listed.parents[one] == listed.parents[other]
        if not together.any():
            break
        one, other = one[together], other[together]
        longer = np.maximum(begins.values[one], begins.values[other]) < np.minimum(ends.values[one], ends.values[other])
        one, other = one[longer], other[longer]
        found[listed.parents[one[_alike(same, one, other)]]] = True
        distance += 1
    return found


def _is_day(held: Whole) -> Flags:
    """Where it is known, and a day that comes; a day before or after every day is one."""
    comes: Flags = held.values != NO_DAY
    return comes if held.known is None else comes & held.known


def _alike(fields: Sequence[Held], one: Rows, other: Rows) -> Flags:
    """Where two records have the same value in every field, and it is known."""
    found = np.ones(len(one), dtype=np.bool_)
    for held in fields:
        mine, theirs = held.taken(one), held.taken(other)
        match mine, theirs:
            case (Unknown(), _) | (_, Unknown()):
                return np.zeros(len(one), dtype=np.bool_)
            case (YesNo(), _) | (_, YesNo()):
                raise AssertionError("what is taken of yes and no is coded")
            case _:
                found &= unpacked(mine.same(theirs).true, len(one))  # type: ignore[arg-type] # both of one kind
    return found

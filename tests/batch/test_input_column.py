"""Columns of one input: yes and no as bits compare as they do by number."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lawmodel.batch.rows.input_column import Coded, YesNo
from lawmodel.batch.rows.truths import packed, unpacked

VALUES = (True, False, None)


@pytest.mark.parametrize("accepted", [set(some) for count in range(3) for some in combinations((True, False), count)])
def test_yes_and_no_are_compared_as_by_number(accepted: set[bool]) -> None:
    column = [VALUES[number % 3] for number in range(19)]
    held = YesNo(
        packed(np.array([one is True for one in column])), packed(np.array([one is False for one in column])), 19
    )
    coded = Coded(np.array([VALUES.index(one) for one in column]), VALUES)
    for found in (held.one_of(accepted), coded.one_of(accepted)):
        assert unpacked(found.true, 19).tolist() == [one in accepted for one in column]
        assert unpacked(found.false, 19).tolist() == [one is not None and one not in accepted for one in column]
    assert [held.at(row) for row in range(19)] == column

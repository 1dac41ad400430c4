"""Records that overlap, for a whole block, are those that overlap row by row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.batch.rows.input_column import Coded, Held, Listed, Unknown, Whole, YesNo
from lawmodel.batch.rows.overlapping import overlapping
from lawmodel.batch.rows.truths import packed
from lawmodel.case.consistency import overlaps
from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, NO_DAY
from lawmodel.rulebook.model import Consistency
from tests.sizes import examples

DAYS = st.sampled_from([None, NO_DAY, BEFORE_EVERY_DAY, AFTER_EVERY_DAY, 7, 8, 9, 10, 11])
RECORDS = st.fixed_dictionaries(
    {
        "came": DAYS,
        "went": DAYS,
        "site": st.sampled_from(["home", "away", None]),
        "alone": st.sampled_from([True, None]),
    }
)


def held(values: list[Any]) -> Held:
    """A column of whatever these are."""
    if all(one is None for one in values):
        return Unknown(len(values))
    if any(isinstance(one, bool) for one in values):
        return YesNo(
            packed(np.array([one is True for one in values])), packed(np.zeros(len(values), bool)), len(values)
        )
    if any(isinstance(one, str) for one in values):
        choices = ("away", "home", None)
        return Coded(np.array([choices.index(one) for one in values]), choices)
    known = np.array([one is not None for one in values])
    return Whole(np.array([one or 0 for one in values]), None if known.all() else known)


@given(
    st.lists(st.none() | st.lists(RECORDS, max_size=5), min_size=1, max_size=12),
    st.sampled_from([(), ("visits.site",), ("visits.site", "visits.alone")]),
)
@examples(quick=200, full=3_000)
def test_whoever_overlaps_in_a_row_does_in_the_block(
    rows: list[list[dict[str, Any]] | None], same: tuple[str, ...]
) -> None:
    rule = cast(Consistency, SimpleNamespace(overlap=("visits.came", "visits.went"), same=same))
    lengths = [len(one or ()) for one in rows]
    records = [record for one in rows for record in one or ()]
    listed = Listed(
        np.array([one is not None for one in rows]),
        np.repeat(np.arange(len(rows)), lengths),
        np.concatenate([[0], np.cumsum(lengths)]),
        {name: held([record[name] for record in records]) for name in ("came", "went", "site", "alone")},
    )
    expected = [overlaps(rule, {"visits": None if one is None else tuple(one)}) for one in rows]
    assert overlapping(rule, listed).tolist() == expected

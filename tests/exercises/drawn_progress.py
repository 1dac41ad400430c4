"""Logs of answers drawn at random: few exercises and few times, so that answers meet."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import strategies as st

from lawmodel.exercises.exercise import KINDS
from lawmodel.exercises.progress import LoggedAnswer, StudentProgress, merged

EVENING = datetime.datetime(2026, 11, 29, 21, tzinfo=datetime.UTC)
TIMES = st.integers(0, 60 * 24 * 90).map(lambda minutes: EVENING + datetime.timedelta(minutes=minutes))
_POINTS = st.lists(
    st.sampled_from(("misconception:a", "misconception:b", "provision:c", "provision:d")),
    min_size=1,
    unique=True,
)


@st.composite
def answers(draw: st.DrawFn) -> LoggedAnswer:
    """One answer."""
    points = draw(_POINTS)
    share = draw(st.sampled_from((Fraction(0), Fraction(2, 5), Fraction(9, 10), Fraction(1))))
    missed = [one for one in points if draw(st.booleans())] if share < 1 else []
    return LoggedAnswer(
        exercise=draw(st.sampled_from(("outcome-1", "outcome-2", "ground-3"))),
        kind=draw(st.sampled_from(KINDS)),
        question="crossing",
        points=tuple(points),
        missed=tuple(missed),
        share=share,
        hints=draw(st.integers(0, 3)),
        chosen=tuple(draw(st.lists(st.sampled_from(("law", "a", "b")), unique=True))),
        at=draw(TIMES) + datetime.timedelta(milliseconds=draw(st.sampled_from((0, 0, 5)))),
        rulebook=draw(st.sampled_from(("5f" * 32, None))),
    )


def logs(most: int = 12) -> st.SearchStrategy[StudentProgress]:
    """A log of a few answers."""
    return st.lists(answers(), max_size=most).map(lambda drawn: merged(StudentProgress(tuple(drawn))))

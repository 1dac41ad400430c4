"""Choices of readings: the defaults first, and one after the other departed from."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from lawmodel.case.arguments import question_problems, raise_problems
from lawmodel.case.values import UNKNOWN
from lawmodel.rulebook.model import Rulebook, raise_unless_rulebook
from lawmodel.testing.reads import reads_of_questions


def readings(
    rulebook: Rulebook, question: str | None = None, *, unknowns: bool = False
) -> st.SearchStrategy[Mapping[str, str]]:
    """An option for the readings on which a question (without one: any question) depends.

    A reading with a default is named only where the choice departs from it; one without is always chosen. With
    ``unknowns`` a reading may also be left open.
    """
    raise_unless_rulebook(rulebook)
    if question is not None:
        raise_problems(*question_problems(rulebook, question))
    asked = tuple(rulebook.questions) if question is None else (question,)
    read = [rulebook.readings[name] for name in reads_of_questions(rulebook, asked).readings]
    needed = {
        one.id: st.sampled_from([option.id for option in one.options] + [UNKNOWN] * unknowns)
        for one in read
        if one.default is None
    }
    departures = {
        one.id: st.sampled_from(
            [option.id for option in one.options if option.id != one.default] + [UNKNOWN] * unknowns
        )
        for one in read
        if one.default is not None
    }
    chosen = st.lists(st.sampled_from(list(departures)), unique=True, max_size=4) if departures else st.just([])

    @st.composite
    def choices(draw: st.DrawFn) -> Mapping[str, str]:
        departing = set(draw(chosen))
        return {
            name: draw(needed[name] if name in needed else departures[name])
            for name in rulebook.readings
            if name in needed or name in departing
        }

    return choices()

"""A property that is stated once, as data, and both proved and tested.

The proof goes through the solver, the test through evaluation on drawn cases: where the two contradict each other this
program is defective, and the test says so.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import Phase
from hypothesis import given as drawn_from
from hypothesis import settings as Settings  # noqa: N812
from hypothesis import strategies as st

from lawmodel.answer.answer import Answer
from lawmodel.case.arguments import raise_problems
from lawmodel.inquiry.decide import decide
from lawmodel.inquiry.searching.claimed import contradicts, given_holds
from lawmodel.inquiry.searching.prove import prove
from lawmodel.problems import Problem, kind_of
from lawmodel.rulebook.model import Property, Rulebook, raise_unless_rulebook
from lawmodel.rulebook.read_property import parse_property
from lawmodel.testing.case_strategies import cases
from lawmodel.testing.drawn_case import DrawnCase
from lawmodel.testing.property import replaced_name
from lawmodel.testing.reading_strategies import readings as choices_of_readings


class Refuted(AssertionError):
    """A property does not hold; the message holds the case that refutes it."""


class OfNothing(AssertionError):
    """A property speaks of no case at all."""


class NotTheSame(AssertionError):
    """What was proved is contradicted by a case: a defect of this program."""


def theorem(
    rulebook: Rulebook, text: str, *, settings: Settings | None = None
) -> Callable[[Callable[[], object]], Callable[[], None]]:
    """State a property of the law, to be proved for every case and tested on drawn ones: a decorator.

    ``text`` is a property as rulebooks state it (YAML), without ``id``, ``says`` and ``holds``: those are the name of
    the function, the first line of what is written about it, and that it does hold. The function takes nothing and
    does nothing. Raises `ProblemsFound` where the text is wrong. ``settings`` are Hypothesis's, for the drawn cases;
    what is about two cases that differ in their facts is proved alone.
    """
    raise_unless_rulebook(rulebook)
    given: object = text
    if not isinstance(given, str):
        mend = "Give the lines of a property, as a rulebook states it."
        raise_problems(Problem(f"a text is needed, and this is {kind_of(given)}", mend, "text"))

    def test_of(function: Callable[[], object]) -> Callable[[], None]:
        name = function.__name__.removeprefix("test_").replace("_", "-")
        says = (inspect.getdoc(function) or "").partition("\n")[0] or name
        stated = parse_property(rulebook, text, name=name, says=says, file=f"the theorem {name}")
        drawn = _drawn(rulebook, stated, settings or Settings(deadline=None))

        def test() -> None:
            __tracebackhide__ = True
            verdict = prove(rulebook, stated)
            if verdict.refutation is not None:
                raise Refuted(
                    f"this does not hold: {says}\nThe case that refutes it:\n\n{verdict.refutation.to_yaml()}"
                )
            if verdict.of_nothing:
                raise OfNothing(f"no case is as it gives, so this says nothing: {says}")
            drawn()

        replaced_name(test, function)
        return test

    return test_of


def _drawn(rulebook: Rulebook, stated: Property, settings: Settings) -> Callable[[], None]:
    changed = stated.changed
    if changed is not None and (changed.facts or changed.to or changed.one_more):
        return lambda: None

    @st.composite
    def asked(draw: st.DrawFn) -> DrawnCase:
        return draw(cases(rulebook, stated.question))

    def holds(case: DrawnCase, chosen: dict[str, str]) -> None:
        __tracebackhide__ = True
        readings = {**({} if stated.by_default else chosen), **stated.readings}
        stage = stated.stages[0] if stated.stages else None
        if not given_holds(rulebook, stated, case, readings, stage):
            return
        answers = [_answer(stated, case, readings, stated.on, stage)]
        if changed is not None:
            other = {**readings, **changed.readings}
            on, at = changed.on or stated.on, changed.stage or stage
            answers.append(_answer(stated, case, other, on, at))
        if contradicts(stated, answers):
            raise NotTheSame(f"this was proved, and yet a case contradicts it: {stated.says}")

    phases = [phase for phase in settings.phases if phase != Phase.explain]
    made: Any = drawn_from(case=asked(), chosen=choices_of_readings(rulebook, stated.question))(holds)
    test: Callable[[], None] = Settings(settings, phases=phases)(made)
    return test


def _answer(
    stated: Property, case: DrawnCase, readings: Mapping[str, str], on: datetime.date | None, stage: str | None
) -> Answer:
    question = stated.question
    return decide(case.rulebook, case, question, readings=readings, on=on, stage=stage, forward_chaining=False)

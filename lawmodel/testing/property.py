"""A property of the law: a claim about answers, stated once as a plain function and tested on cases that are drawn.

What was stated stays with the test as data (`property_of`): question, readings, stage and claim. Whoever can settle a
property in another way, by proof, finds there what it has to hold for.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Literal, TypeAlias

from hypothesis import Phase, note
from hypothesis import given as drawn_from
from hypothesis import settings as Settings  # noqa: N812
from hypothesis import strategies as st

from lawmodel.answer.answer import Answer
from lawmodel.case.arguments import day_problems, question_problems, raise_problems, readings_problems, stage_problems
from lawmodel.case.case import Case
from lawmodel.dataclass import dataclass
from lawmodel.problems import Problem, kind_of
from lawmodel.rulebook.model import Rulebook, raise_unless_rulebook
from lawmodel.testing.brief_text import brief_text
from lawmodel.testing.case_strategies import cases
from lawmodel.testing.drawn_case import DrawnCase
from lawmodel.testing.reading_strategies import readings as choices_of_readings
from lawmodel.value_object import ValueObject

Claim: TypeAlias = Callable[..., object]
"""A function of `case`, of `answer`, or of both; it asserts, or returns whether the property holds."""
ANY: Literal["any"] = "any"
_PARTS = ("case", "answer")
_ATTRIBUTE = "lawmodel_property"


@dataclass(frozen=True, slots=True)
class Property(ValueObject):
    """What is claimed, and of which cases."""

    name: str
    says: str
    """The first line of what is written about it."""
    rulebook: Rulebook
    question: str
    given: st.SearchStrategy[Case]
    readings: st.SearchStrategy[Mapping[str, str]]
    """Those that are chosen beside the readings that a case of `near` brings along."""
    on: st.SearchStrategy[datetime.date | None]
    """The day whose law counts; None: the law of the day that the case gives."""
    stage: str | None
    """None: that which a case of `near` brings along; without one, the law as it stands."""
    claim: Claim

    def answer(self, case: DrawnCase) -> Answer:
        """The answer on a case of which the property speaks, looked at as it was drawn."""
        return case.answer(self.question)

    def judge(self, case: Case, answer: Answer) -> None:
        """Hold a case and the answer on it against the claim; raises what the claim raises where it is wrong."""
        __tracebackhide__ = True
        parts = {"case": case, "answer": answer}
        held = self.claim(**{name: parts[name] for name in self._asked})
        if held is not None and not held:
            raise AssertionError(f"this does not hold: {self.says or self.name}")

    @property
    def _asked(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.claim).parameters)


def holds_for_all(
    rulebook: Rulebook,
    *,
    question: str,
    given: st.SearchStrategy[Any] | Mapping[str, Any] | None = None,
    readings: st.SearchStrategy[Mapping[str, str]] | Mapping[str, str] | Literal["any"] | None = None,
    on: st.SearchStrategy[datetime.date] | datetime.date | None = None,
    stage: str | None = None,
    settings: Settings | None = None,
) -> Callable[[Claim], Callable[[], None]]:
    """Test a property on drawn cases: a decorator for a function of ``case`` and ``answer``.

    ``given`` says which cases: a strategy, or facts that are the same in all; without it all complete cases of the
    question. ``readings`` are chosen ones, a strategy for choices, or ``"any"``; without it the defaults (and what
    the case brings along). ``on`` is the day whose law counts, or a strategy for such days (`days` is one); without
    it the law of the day that each case gives. The function asserts, or returns whether the property holds.
    Raises `ProblemsFound` for whatever is wrong with what is given; what a strategy draws is checked when it is drawn.
    ``settings`` are Hypothesis's, to be given here and not as a decorator; without them the profile counts, but no
    case has a deadline. Hypothesis's explanations are left out.
    """
    raise_unless_rulebook(rulebook)
    raise_problems(*_problems(rulebook, question, given, readings, on, stage))
    of_cases = given if isinstance(given, st.SearchStrategy) else cases(rulebook, question, known=given, stage=stage)
    if readings == ANY:
        of_readings = choices_of_readings(rulebook, question)
    elif isinstance(readings, st.SearchStrategy):
        of_readings = readings
    else:
        of_readings = st.just(dict(readings or {}))
    of_days = on if isinstance(on, st.SearchStrategy) else st.just(on)

    def test_of(claim: Claim) -> Callable[[], None]:
        parameters = list(inspect.signature(claim).parameters)
        if not parameters or not set(parameters) <= set(_PARTS):
            said = f"{claim.__name__} should be a function of `case` and `answer`"
            raise_problems(Problem(said, "Let it take one of them, or both, and nothing else.", "the function"))
        says = (inspect.getdoc(claim) or "").partition("\n")[0]
        stated = Property(claim.__name__, says, rulebook, question, of_cases, of_readings, of_days, stage, claim)
        return _as_test(stated, settings or Settings(deadline=None))

    return test_of


def _problems(
    rulebook: Rulebook, question: object, given: object, readings: object, on: object, stage: object
) -> Iterator[Problem]:
    yield from question_problems(rulebook, question)
    if not isinstance(given, st.SearchStrategy | Mapping | None):
        mend = "Give a strategy for cases, or a dictionary of facts."
        yield Problem(f"cases are needed, and this is {kind_of(given)}", mend, "given")
    if isinstance(readings, str) and readings != ANY:
        yield Problem(f"`{readings}` is no choice", 'Write {reading: option}, or "any".', "readings")
    elif not isinstance(readings, str | st.SearchStrategy):
        yield from readings_problems(rulebook, readings)
    if not isinstance(on, st.SearchStrategy):
        yield from day_problems(on)
    yield from stage_problems(rulebook, stage)


def property_of(test: Callable[..., Any]) -> Property:
    """What a test made by `holds_for_all` claims; TypeError for another function."""
    found = getattr(test, _ATTRIBUTE, None)
    if not isinstance(found, Property):
        raise TypeError(f"{test!r} was not made by holds_for_all")
    return found


def replaced_name(test: Callable[..., Any], stated: Callable[..., Any]) -> None:
    """Let a test go by the name of the function that states it, which pytest shows."""
    for name in ("__name__", "__qualname__", "__module__", "__doc__"):
        setattr(test, name, getattr(stated, name))


def _as_test(stated: Property, settings: Settings) -> Callable[[], None]:
    @st.composite
    def asked(draw: st.DrawFn) -> DrawnCase:
        case = draw(stated.given)
        own = {one.name: getattr(case, one.name) for one in fields(Case)}
        looked_at = {
            "questions": (stated.question,),
            "readings": {**case.readings, **draw(stated.readings)},
            "on": draw(stated.on) or case.on,
            "stage": stated.stage or case.stage,
        }
        return DrawnCase(**{**own, **looked_at}, rulebook=stated.rulebook)

    def test(case: DrawnCase) -> None:
        __tracebackhide__ = True
        answer = stated.answer(case)
        note(f"The answer is:\n{brief_text(answer)}")
        stated.judge(case, answer)

    replaced_name(test, stated.claim)
    phases = [phase for phase in settings.phases if phase != Phase.explain]  # it would trace every line of the machine
    made: Callable[[], None] = Settings(settings, phases=phases)(drawn_from(case=asked())(test))
    setattr(made, _ATTRIBUTE, stated)
    return made

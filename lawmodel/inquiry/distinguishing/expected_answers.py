"""The expectations of cases, each as the values under which a question is asked: what tests the law.

A change of the law is *noticed* by an expectation that is met by the law as it is and would not be by the changed one.
Only outcomes, grounds and consequences are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from lawmodel.case.case import Case, Expectation
from lawmodel.case.valuation import value_case
from lawmodel.dataclass import dataclass
from lawmodel.inputs import DayBounds, Valuation, Value, reading_key
from lawmodel.inquiry.distinguishing.compiled_question import Level, Said
from lawmodel.reasoning.formula import ResolvedQuestion
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.whole_law.every_stage import of_law, standing_for
from lawmodel.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """An expectation, with the values of all inputs under which it is asked."""

    case: Case
    expectation: Expectation
    values: dict[str, Value]
    """Also of the stage of the law."""
    same_as: dict[str, str]
    soft: tuple[str, ...] = ()
    """The inputs whose values were not given but assumed."""
    bounds: Mapping[str, DayBounds] = field(default_factory=dict)

    @property
    def valuation(self) -> Valuation:
        """The case under its circumstances."""
        return Valuation(self.values, self.same_as, self.bounds)

    @property
    def name(self) -> str:
        """The file of the case and its variant."""
        return self.case.name

    @property
    def line(self) -> int:
        """Where the expectation stands in the file; 0 where it stands in none."""
        return self.expectation.place.line if self.expectation.place else 0


def expected_answers(rulebook: Rulebook, cases: Iterable[Case], every_stage: bool = False) -> Iterator[ExpectedAnswer]:
    """Every expectation of these cases; raises `ProblemsFound` where the days of one contradict each other.

    The stage of each is the one that stands for it in `resolve_at_every_stage`; or it itself, for a question that was
    resolved for ``every_stage``.
    """
    standing = {one.id: one.id for one in rulebook.stages} if every_stage else standing_for(rulebook)
    for case in cases:
        for one in case.expectations:
            valued = value_case(rulebook, case, one.readings, one.on)
            valuation = valued.valuation
            soft = (*map(reading_key, valued.defaults), *valued.presumed)
            stage = standing[one.stage or rulebook.ordinary_stage]
            values = {**valuation.values, **of_law(rulebook, stage, one.on)}
            yield ExpectedAnswer(case, one, values, dict(valuation.same_as), soft, valuation.bounds)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a test, as far as evaluation settles it."""

    said: Said
    consequences: tuple[str, ...] | None
    """None where they are open, or nobody asked."""


def possible(question: ResolvedQuestion, test: ExpectedAnswer) -> tuple[str, ...]:
    """Every outcome that some completion of the case reaches."""
    return CertainAnswers(question, test.valuation).possible()


def meets_outcome(expectation: Expectation, possible: tuple[str, ...]) -> bool:
    """Whether these possible outcomes are what was expected."""
    outcome = possible[0] if len(possible) == 1 else None
    status = "determined" if len(possible) == 1 else "depends"
    return (
        expectation.status in (None, status)
        and expectation.outcome in (None, outcome)
        and (expectation.possible is None or set(expectation.possible) == set(possible))
    )


def _same(expected: tuple[str, ...] | None, found: tuple[str, ...] | None) -> bool:
    return expected is None or found is None or set(expected) == set(found)


def meets(expectation: Expectation, answered: Answered) -> bool:
    """Whether an answer that evaluation settles is what was expected, as far as it is settled."""
    assert answered.said.outcome is not None
    return (
        meets_outcome(expectation, (answered.said.outcome,))
        and _same(expectation.grounds, answered.said.grounds)
        and _same(expectation.consequences, answered.consequences)
    )


def changed(one: Answered, other: Answered) -> Level | None:
    """What of an answer is another; None where nothing is, as far as evaluation settles it."""
    if one.said.outcome != other.said.outcome:
        return "outcome"
    if None not in (one.said.grounds, other.said.grounds) and one.said.grounds != other.said.grounds:
        return "grounds"
    if None not in (one.consequences, other.consequences) and one.consequences != other.consequences:
        return "consequences"
    return None

"""The stretches of days with the same answer: every day of a window against brute force, and a bound at each end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given

from lawmodel.inputs import FIRST_DAY, LAST_DAY
from lawmodel.reasoning.comparing.law_days import Places, places, stretches
from lawmodel.reasoning.formula import (
    LAW_DATE,
    TRUE,
    All,
    Domain,
    Fixed,
    Formula,
    Input,
    Not,
    OneOf,
    Ordered,
    Ordering,
    ResolvedQuestion,
    Rule,
    Valuation,
)
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from tests.reasoning.random_questions import RandomCase, cases
from tests.sizes import examples

DATE = Domain("date")
random_cases = examples(quick=15, full=60)


def asked(case: RandomCase) -> Callable[[int], tuple[str, ...]]:
    known: dict[int, tuple[str, ...]] = {}

    def answer(day: int) -> tuple[str, ...]:
        if day not in known:
            same_as = {key: other for key, other in case.valuation.same_as.items() if key != LAW_DATE}
            valuation = Valuation({**case.valuation.values, LAW_DATE: day}, same_as, case.valuation.bounds)
            known[day] = CertainAnswers(case.question, valuation).possible()
        return known[day]

    return answer


def let_go(case: RandomCase) -> Places:
    same_as = {key: other for key, other in case.valuation.same_as.items() if key != LAW_DATE}
    return places(case.question, Valuation({**case.valuation.values, LAW_DATE: 100}, same_as, case.valuation.bounds))


@given(cases(completions=300))
@random_cases
def test_every_day_is_in_a_stretch_that_has_its_answer(case: RandomCase) -> None:
    answer = asked(case)
    found = stretches(let_go(case), answer)
    others = let_go(case).others
    assert (found[0].first, found[-1].last) == (FIRST_DAY + others, LAST_DAY - others)
    for before, now in pairwise(found):
        assert before.last + 1 == now.first
        assert before.answer != now.answer
    for day in [FIRST_DAY + others, 50, 90, *range(94, 109), 200, 700_000, LAST_DAY - others]:
        (one,) = (one for one in found if one.first <= day <= one.last)
        assert one.answer == answer(day), day


def of_days(formula: Formula, orderings: tuple[Ordering, ...] = (), **values: int | None) -> RandomCase:
    domains = {**dict.fromkeys(values, DATE), LAW_DATE: DATE}
    question = ResolvedQuestion("q", ("yes", "no"), (Rule("r", formula, (("yes", TRUE),)),), domains, orderings)
    return RandomCase(question, Valuation({**values, LAW_DATE: 100}, {}), ())


def before(one: str, other: str) -> Formula:
    return Ordered(Input(one), Input(other), strict=True)


def told(case: RandomCase) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(one.first, one.last, one.answer) for one in stretches(let_go(case), asked(case))]


def test_a_law_that_begins_and_ends() -> None:
    law = All((Ordered(Fixed(1000), Input(LAW_DATE)), Not(Ordered(Fixed(2000), Input(LAW_DATE)))))
    no, yes = ("no",), ("yes",)
    assert told(of_days(law)) == [(FIRST_DAY, 999, no), (1000, 1999, yes), (2000, LAST_DAY, no)]


def test_the_last_day_of_the_calendar_may_stand_alone() -> None:
    found = stretches(Places((LAST_DAY - 1,), 0), lambda day: day == LAST_DAY)
    assert [(one.first, one.last, one.answer) for one in found] == [
        (FIRST_DAY, LAST_DAY - 1, False),
        (LAST_DAY, LAST_DAY, True),
    ]


def test_unknown_days_need_room() -> None:
    """Two days between a known one and that of the law, one before the other: there must be two days between."""
    between = All((Ordered(Fixed(1000), Input("a"), strict=True), before("a", "b"), before("b", LAW_DATE)))
    case = of_days(between, a=None, b=None)
    assert told(case) == [(FIRST_DAY + 2, 1002, ("no",)), (1003, LAST_DAY - 2, ("yes", "no"))]


def test_unknown_days_that_fill_all_the_room_there_is() -> None:
    low, high = Ordered(Fixed(1000), Input("a"), strict=True), Ordered(Input("b"), Fixed(1004), strict=True)
    case = of_days(All((low, before("a", LAW_DATE), before(LAW_DATE, "b"), high)), a=None, b=None)
    assert [one for one in told(case) if "yes" in one[2]] == [(1002, 1002, ("yes", "no"))]


def test_an_order_of_days_binds_as_a_comparison_does() -> None:
    """The law is of no day before that of the request, which is known through one that is not."""
    orderings = (Ordering("request", "hearing"), Ordering("hearing", LAW_DATE))
    case = of_days(OneOf(Input("hearing"), frozenset({-1})), orderings, request=1000, hearing=None)
    assert told(case)[0] == (FIRST_DAY + 1, 999, ())
    assert told(case)[1][0] == 1000


def test_few_days_are_asked_about() -> None:
    """Where nothing else is open, one for each constant and one for each stretch between two."""
    days: list[int] = []
    law = All(tuple(Ordered(Fixed(number), Input(LAW_DATE)) for number in (1000, 5000, 9000)))
    case = of_days(law)
    answer = asked(case)

    def counted(day: int) -> tuple[str, ...]:
        days.append(day)
        return answer(day)

    stretches(let_go(case), counted)
    assert len(days) == 7

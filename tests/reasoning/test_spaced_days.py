"""Time between open days: every engine against brute force, over days, over the ends of months and of the calendar."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

import pytest

from lawmodel.inputs import AFTER_EVERY_DAY, BEFORE_EVERY_DAY, FIRST_DAY, LAST_DAY, LAW_DATE, Scalar
from lawmodel.problems import ProblemsFound
from lawmodel.reasoning.chaining import forward_chaining
from lawmodel.reasoning.chaining.forward_chaining import ForwardChaining
from lawmodel.reasoning.comparing.law_days import places, stretches
from lawmodel.reasoning.evaluation import NO_RECORD, Evaluation, compare_spaced, meaning
from lawmodel.reasoning.formula import (
    TRUE,
    All,
    Domain,
    Fixed,
    Input,
    Ordered,
    ResolvedQuestion,
    Rule,
    Spaced,
    Valuation,
    Value,
    field_key,
)
from lawmodel.reasoning.generated.generated_evaluation import GeneratedEvaluation
from lawmodel.reasoning.open_cases.certain_answers import CertainAnswers
from lawmodel.reasoning.open_cases.decision_diagram import DecisionDiagram
from lawmodel.reasoning.open_cases.grounding import ground_residual
from lawmodel.reasoning.open_cases.residual import Residual
from lawmodel.reasoning.open_cases.variable_blocks import TooManySituations
from lawmodel.reasoning.reasons.selectors import SelectorEncoding
from lawmodel.reasoning.reasons.what_if_check import AskedTooOften, WhatIfCheck
from lawmodel.reasoning.spaced_days import BoundDays, later, steps, with_left_known, with_right_known
from lawmodel.time_spans import TimeSpan, Unit, first_moved_to, last_moved_to, moved_by
from tests.reasoning.answer_sets import check
from tests.reasoning.brute_force import BruteForce
from tests.reasoning.random_questions import listed_records
from tests.reasoning.spaced_questions import DAYS, FIELDS, OF_DAYS, OF_MONTHS, OUTCOMES, Calendar, SpacedQuestions
from tests.reasoning.test_answer_set_program import check_each
from tests.reasoning.test_certain_answers import assign, complete, follow
from tests.sizes import sizes

ONE_MONTH = (TimeSpan(1, "month", "after"),)
CALENDARS = pytest.mark.parametrize("calendar", [OF_DAYS, OF_MONTHS], ids=["days", "months"])
SPECIAL = (BEFORE_EVERY_DAY, AFTER_EVERY_DAY)


def made(calendar: Calendar, seed: int) -> tuple[ResolvedQuestion, Valuation]:
    return SpacedQuestions(Random(seed), calendar).case()  # noqa: S311 - the same each time


def brute_force(question: ResolvedQuestion, valuation: Valuation, calendar: Calendar) -> BruteForce:
    return BruteForce(question, valuation, 100_000, calendar.window)


# --- what is known ------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
@pytest.mark.parametrize("direction", ["after", "before"])
def test_the_first_and_the_last_day_that_are_moved_to_a_day(unit: Unit, direction: str) -> None:
    chance = Random(7)  # noqa: S311 - the same each time
    for count in (0, 1, 3, 18, 999_999):
        span = TimeSpan(count, unit, "after" if direction == "after" else "before")
        counts_first, past_end = (
            count > 0 and chance.random() < 0.5,
            unit in ("month", "year") and chance.random() < 0.5,
        )
        spans = (replace(span, past_end=past_end, counts_first=counts_first),)
        days = [*SPECIAL, FIRST_DAY, FIRST_DAY + 58, LAST_DAY, *(chance.randrange(1, LAST_DAY) for _ in range(20))]
        for bound in days:
            first, last = first_moved_to(bound, spans), last_moved_to(bound, spans)
            for day in {*days, first, first - 1, first + 1, last, last - 1, last + 1}:
                if FIRST_DAY <= day <= LAST_DAY or day in SPECIAL:
                    assert (moved_by(day, spans) >= bound) is (day >= first)
                    assert (moved_by(day, spans) <= bound) is (day <= last)


@CALENDARS
def test_with_one_day_known_it_is_an_order_of_the_other(calendar: Calendar) -> None:
    chance = Random(1)  # noqa: S311 - the same each time
    days = [int(day) for day in calendar.window(Domain("date", special=frozenset(SPECIAL)))]
    for _ in range(200):
        spans = SpacedQuestions(chance, calendar).spans()
        atom = Spaced(Input("a"), Input("b"), spans, chance.random() < 0.5, chance.random() < 0.5)
        left, right = chance.choice(days), chance.choice(days)
        truth = compare_spaced(atom, left, right)
        assert meaning(with_left_known(atom, left))({"b": right}, NO_RECORD) is truth
        assert meaning(with_right_known(atom, right))({"a": left}, NO_RECORD) is truth


# --- what is open -------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", sizes(60, 450))
@CALENDARS
def test_possible_outcomes_and_what_they_turn_on(calendar: Calendar, count: int) -> None:
    for seed in range(count if calendar is OF_DAYS else count // 3):
        question, valuation = made(calendar, seed)
        truth, exact = brute_force(question, valuation, calendar), CertainAnswers(question, valuation)
        assert exact.possible() == truth.possible(), seed
        assert exact.turns_on() == truth.turns_on(), seed
        evaluation = Evaluation(question)
        for outcome in exact.possible():
            values = complete(valuation, truth.completions[0].values, exact.witness(outcome))
            assert evaluation.outcome(values) == outcome, seed
        if len(exact.possible()) == 1:
            tree = exact.distinction()
            assert all(follow(tree, one.values).outcome == one.outcome for one in truth.completions[::7]), seed


@pytest.mark.parametrize("count", sizes(8, 50))
def test_what_an_outcome_rests_on(count: int) -> None:
    for seed in range(count):
        question, valuation = made(OF_DAYS, seed)
        soft = [key for key in ("day.one", "day.two", LAW_DATE) if valuation.values[key] is not None]
        soft = [key for key in soft if key not in valuation.same_as][:1]
        possible = brute_force(question, valuation, OF_DAYS).possible()
        others = {
            key: {
                brute_force(question, assign(valuation, key, value), OF_DAYS).possible()
                for value in OF_DAYS.window(question.domains[key])
            }
            for key in soft
        }
        expected = [key for key, reached in others.items() if possible and reached - {possible, ()}]
        assert CertainAnswers(question, valuation, soft).rests_on() == expected, seed


@pytest.mark.parametrize("count", sizes(12, 60))
def test_all_values_with_which_an_outcome_is_reached(count: int) -> None:
    measured = 0
    for seed in range(count):
        question, valuation = made(OF_DAYS, seed)
        for key in {"day.one", "day.two"} - {*valuation.same_as, *valuation.same_as.values()}:
            freed = [] if valuation.values[key] is None else [key]
            checks = {outcome: WhatIfCheck(question, valuation, freed, outcome) for outcome in OUTCOMES}
            checks = {name: one for name, one in checks.items() if one.possible}
            checks = {name: one for name, one in checks.items() if key in one.completions.encoding.inputs}
            found = {name: (one.reaching(key), one.working(key)) for name, one in checks.items()}
            measured += sum(key in one.completions.encoding.open.measured for one in checks.values())
            for value in OF_DAYS.window(question.domains[key]) if found else ():
                bounds = valuation.bounds.get(key)
                excluded = bounds is not None and not bounds.first <= int(value) <= bounds.last
                supposed = assign(valuation, key, value)
                truth = () if excluded else brute_force(question, supposed, OF_DAYS).possible()
                for outcome, (reaching, certain) in found.items():
                    assert (value in reaching) is (outcome in truth), (seed, key, value)
                    assert (value in certain) is (truth == (outcome,)), (seed, key, value)
    assert measured


@pytest.mark.parametrize("count", sizes(40, 250))
def test_what_is_reached_when_days_that_are_held_are_let_go(count: int) -> None:
    for seed in range(count):
        question, valuation = made(OF_DAYS, seed)
        pinned = SelectorEncoding(question, valuation)
        held = [key for key in ("day.one", "day.two", LAW_DATE) if key in pinned.held]
        let_go = held[: 2 - len(days_open(valuation))]
        freed = {key: None for key, other in valuation.same_as.items() if other in let_go}
        bounds = {key: one for key, one in valuation.bounds.items() if key not in let_go}  # they are held as values are
        opened = replace(valuation, values={**valuation.values, **freed, **dict.fromkeys(let_go)}, bounds=bounds)
        possible = brute_force(question, opened, OF_DAYS).possible()
        kept = pinned.all & ~pinned.subset(let_go)
        reached = [one for one in OUTCOMES if one in pinned.outcomes and pinned.can_hold(kept, [pinned.reached(one)])]
        assert not possible or tuple(reached) == possible, seed  # what contradicts itself is no case


def days_open(valuation: Valuation) -> list[str]:
    records = listed_records(valuation.values["spell"])
    found = [key for key in DAYS if valuation.values[key] is None and key not in valuation.same_as]
    return [*found, *(name for record in records for name in FIELDS if record[name] is None)]


def under_the_law_of(question: ResolvedQuestion, valuation: Valuation) -> Callable[[int], tuple[str, ...]]:
    known: dict[int, tuple[str, ...]] = {}

    def possible(day: int) -> tuple[str, ...]:
        if day not in known:
            on_the_day = replace(valuation, values={**valuation.values, LAW_DATE: day})
            known[day] = CertainAnswers(question, on_the_day).possible()
        return known[day]

    return possible


@pytest.mark.parametrize("count", sizes(30, 200))
@CALENDARS
def test_the_stretches_of_days_with_one_answer(calendar: Calendar, count: int) -> None:
    measured = 0
    for seed in range(count):
        question, valuation = made(calendar, seed)
        same_as = {key: other for key, other in valuation.same_as.items() if key != LAW_DATE}
        bounds = {key: one for key, one in valuation.bounds.items() if key != LAW_DATE}
        valuation = replace(valuation, same_as=same_as, bounds=bounds)  # the day of the law is gone through
        answer = under_the_law_of(question, valuation)
        try:
            found = places(question, replace(valuation, values={**valuation.values, LAW_DATE: 1}))
        except ProblemsFound:  # in a circle of months
            assert calendar is OF_MONTHS
            continue
        measured += bool(found.borders)
        together = stretches(found, answer)
        for day in range(calendar.centre - 20, calendar.centre + 20, 1 if calendar is OF_DAYS else 3):
            (one,) = (one for one in together if one.first <= day <= one.last)
            assert one.answer == answer(day), (seed, day)
    assert measured


def flat(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a completion, those of fields by their own keys."""
    fields = {
        field_key(key, number, name): one
        for key, value in values.items()
        for number, record in enumerate(listed_records(value) if isinstance(value, tuple) else (), 1)
        for name, one in record.items()
    }
    return {**values, **fields}


@pytest.mark.parametrize("count", sizes(5, 50))
@CALENDARS
def test_how_much_each_open_day_weighs(calendar: Calendar, count: int) -> None:
    """Situations, and those in which another value of one input would change the outcome, are those of completions.

    A day that stays and two that it may be compared with lie up to three spans from one that is known; and a month that
    leads out of the calendar leads to what a day before every day is as well.
    """
    if calendar is OF_DAYS:
        wide = replace(calendar, reach=24)
    else:
        wide = replace(calendar, apart=(-90, -59, -28, 0, 31, 61, 92), ends=1)
    weighed = seed = 0
    while weighed < count:
        seed += 1
        question, valuation = made(calendar, seed)
        grounded = ground_residual(Residual(question, valuation))
        try:
            diagram = DecisionDiagram(grounded)
        except TooManySituations:
            continue
        atoms = [one for each in diagram.groups for one in each.atoms]
        if not any(isinstance(atom, Spaced) for atom in atoms):
            continue
        weighed += 1
        truth = brute_force(question, valuation, wide)
        holds = [meaning(atom) for atom in atoms]
        situations = [tuple(one(flat(each.values), NO_RECORD) for one in holds) for each in truth.completions]
        outcomes = dict(zip(situations, (each.outcome for each in truth.completions), strict=True))
        assert diagram.total == len(outcomes), seed
        reached = diagram.reached()
        assert {name: number for name, number in reached.items() if number} == Counter(outcomes.values()), seed
        for place, key in enumerate(truth.keys):
            if key in grounded.inputs:
                beside: dict[object, set[tuple[bool | None, ...]]] = {}
                for each, situation in zip(truth.completions, situations, strict=True):
                    rest = (*each.open_values[:place], *each.open_values[place + 1 :])
                    beside.setdefault(rest, set()).add(situation)
                parted = (one for one in beside.values() if len({outcomes[each] for each in one}) > 1)
                changed = {each for one in parted for each in one}
                assert diagram.influence(grounded.inputs[key]) == len(changed), (seed, key)


# --- other engines ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", sizes(40, 300))
@CALENDARS
def test_an_engine_that_nobody_here_wrote_agrees(calendar: Calendar, count: int) -> None:
    for seed in range(count):
        question, valuation = made(calendar, seed)
        try:
            check(question, valuation)
        except ProblemsFound:
            assert calendar is OF_MONTHS
            continue
        check_each(question, valuation)


@CALENDARS
def test_generated_functions_are_evaluation(calendar: Calendar) -> None:
    for seed in range(40):
        question, valuation = made(calendar, seed)
        evaluation, generated = Evaluation(question), GeneratedEvaluation(question)
        completions = brute_force(question, valuation, calendar).completions[::97]
        for values in (valuation.values, *(one.values for one in completions)):
            assert generated.supports(values) == evaluation.supports(values), seed


@pytest.mark.skipif(not forward_chaining.AVAILABLE, reason="the engine is not there")
@pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning")
def test_production_rules_derive_what_evaluation_defines() -> None:
    for seed in range(40):
        question, valuation = made(OF_DAYS, seed)
        derived = ForwardChaining(question).derive(valuation.values)
        assert derived.supports == Evaluation(question).supports(valuation.values), seed


# --- a few in words -----------------------------------------------------------------------------------


def asked(*atoms: Ordered | Spaced, special: frozenset[int] = frozenset(), **days: int | None) -> CertainAnswers:
    rule = Rule("rule", All(atoms), (("yes", TRUE),))
    values: dict[str, Value] = {**days}
    domains = dict.fromkeys(days, Domain("date", special=special))
    return CertainAnswers(ResolvedQuestion("question", ("yes", "no"), (rule,), domains, ()), Valuation(values, {}))


def no_later(left: str, right: str, span: TimeSpan, *, strict: bool = False) -> Spaced:
    return Spaced(Input(left), Input(right), (span,), moves_left=False, strict=strict)


def test_a_month_and_thirty_days_leave_room_only_in_some_months() -> None:
    """A day that is 30 days after another, and not a month after it or later, needs a month of 31 days."""
    month = no_later("then", "first", TimeSpan(1, "month", "after"), strict=True)
    days = Spaced(Input("first"), Input("then"), (TimeSpan(30, "day", "after"),), moves_left=True)
    assert asked(month, days, first=None, then=None).possible() == ("yes", "no")
    february = datetime.date(2026, 2, 1).toordinal()
    in_february = [Ordered(Input("first"), Fixed(february + 27)), Ordered(Fixed(february), Input("first"))]
    assert asked(month, days, *in_february, first=None, then=None).possible() == ("no",)


def test_at_the_ends_of_the_calendar_a_day_is_before_or_after_every_day() -> None:
    later_on = no_later("then", "first", TimeSpan(10, "day", "after"))
    assert asked(later_on, first=LAST_DAY - 3, then=None).possible() == ("yes",)
    earlier = no_later("then", "first", TimeSpan(10, "day", "before"))
    assert asked(earlier, first=FIRST_DAY + 3, then=None).possible() == ("no",)
    special = frozenset({BEFORE_EVERY_DAY})
    assert asked(earlier, first=FIRST_DAY + 3, then=None, special=special).possible() == ("yes", "no")


def test_days_in_an_uneven_circle_are_not_taken_for_few() -> None:
    month = Spaced(Input("a"), Input("b"), ONE_MONTH, moves_left=False)
    days = Spaced(Input("a"), Input("b"), (TimeSpan(30, "day", "after"),), moves_left=False)
    nothing: dict[str, set[int]] = {"a": set(), "b": set()}
    together = BoundDays([*steps("a", "b", month), *steps("a", "b", days)], nothing, nothing)
    assert together.enough is None
    assert together.borders("a") is None
    for alone in (month, days):
        assert BoundDays([*steps("a", "b", alone)], nothing, nothing).enough is not None
    # Between the end of a month and its last days there is room for a day only at the end of some months.
    thrice = [*steps("a", "b", month), *steps("a", "c", month), later("b", "c", 1)]
    assert BoundDays(thrice, {**nothing, "c": set()}, {**nothing, "c": set()}).enough is None


def test_where_too_much_would_have_to_be_asked_no_values_are_named() -> None:
    month = no_later("then", "first", TimeSpan(1, "month", "after"), strict=True)
    days = Spaced(Input("first"), Input("then"), (TimeSpan(30, "day", "after"),), moves_left=True)
    exact = asked(month, days, first=None, then=None)
    trial = WhatIfCheck(exact._question, exact._valuation, [], "yes")
    with pytest.raises(AskedTooOften):
        trial.reaching("first")
    assert not trial.working("first")
    value: Scalar = datetime.date(2026, 3, 1).toordinal()
    assert trial.reaches({"first": value})

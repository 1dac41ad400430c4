"""Sufficient reasons and ways out against brute force: they suffice, none of them can be spared, and these are all."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from lawmodel.reasoning.reasons import reasons as reasons_module
from lawmodel.reasoning.reasons.correction_sets import CorrectionSets
from lawmodel.reasoning.reasons.minimal_sets import Subset
from lawmodel.reasoning.reasons.reasons import Reasons, find_reasons, parts_of, speaking
from lawmodel.reasoning.reasons.selectors import SelectorEncoding, negated
from tests.reasoning.everything_let_go import (
    Everything,
    TooManyCompletions,
    hitting,
    rules_that_speak,
    smallest,
)
from tests.reasoning.small_questions import OUTCOMES, Case, SmallQuestions, small_questions
from tests.sizes import examples

random_cases = examples(quick=10, full=40)


class Checked:
    """A case, what holds it, and everything that it could have been."""

    def __init__(self, case: Case, *, removable: bool = False) -> None:
        question, valuation = case
        self.selectors = SelectorEncoding(question, valuation, removable=removable)
        bearing = {*self.selectors.held, *self.selectors.open}
        try:
            self.truth = Everything(question, valuation, bearing, removable=removable)
        except TooManyCompletions:
            assume(condition=False)
            raise
        assume(any(not one.differs for one in self.truth.alternatives))

    def possible(self) -> set[str]:
        return {one.outcome for one in self.truth.alternatives if not one.differs}

    def ways_to(self, *outcomes: str) -> set[frozenset[str]]:
        return smallest({one.differs for one in self.truth.alternatives if one.outcome in outcomes})

    def sets(self, *subsets: Subset) -> list[frozenset[str]]:
        return [frozenset(self.selectors.keys(subset)) for subset in subsets]


def found_reasons(correction_sets: CorrectionSets, weights: list[int], most: int) -> Reasons:
    found = Reasons()
    find_reasons(found, correction_sets, weights, most)
    return found


def weights(selectors: SelectorEncoding) -> list[int]:
    return [(1 << len(selectors.held)) + (1 << number) for number in range(len(selectors.held))]


def not_the(outcome: str) -> list[str]:
    return [one for one in OUTCOMES if one != outcome]


@given(small_questions())
@random_cases
def test_reasons_for_the_outcome_are_all_and_in_order(made: SmallQuestions) -> None:
    checked = Checked(made.case())
    assume(len(checked.possible()) == 1)
    outcome = checked.possible().pop()
    selectors = checked.selectors
    found = found_reasons(CorrectionSets(selectors, [negated(selectors.reached(outcome))]), weights(selectors), 1000)
    expected = hitting(checked.ways_to(*not_the(outcome)))
    assert found.every
    assert set(checked.sets(*found.smallest)) == expected
    weighed = [
        sum(weights(selectors)[number] for number in range(len(selectors.held)) if one >> number & 1)
        for one in found.smallest
    ]
    assert weighed == sorted(weighed)
    check_summary(found, expected, checked)
    for reason in found.smallest[:5]:
        check_parts(checked, reason, outcome)
        check_speaking(checked, reason, outcome)


def check_summary(found: Reasons, expected: set[frozenset[str]], checked: Checked) -> None:
    """What is needed, the alternatives, the number and what has no effect follow from all reasons."""
    assert found.count == len(expected)
    assert found.idle is not None
    assert found.alternatives is not None
    assert checked.sets(found.needed) == [frozenset.intersection(*expected)]
    assert checked.sets(found.idle) == [frozenset(checked.selectors.held) - frozenset().union(*expected)]
    combined = product(*(one.sets for one in found.alternatives))
    made = {frozenset(checked.selectors.keys(found.needed | sum(chosen))) for chosen in combined}
    assert made == expected


def check_parts(checked: Checked, reason: Subset, outcome: str) -> None:
    """Each part does what it is said to do, by all of its members; and every member of a reason is in some part."""
    parts = parts_of(checked.selectors, reason, outcome)
    together: Subset = 0
    for part in parts:
        together |= part.inputs
        assert part.inputs & reason == part.inputs
        (inputs,) = checked.sets(part.inputs)
        assert does(checked, inputs, part.rule, part.outcome)
        assert not any(does(checked, inputs - {one}, part.rule, part.outcome) for one in inputs)
    assert together == reason


def does(checked: Checked, inputs: frozenset[str], rule: str | None, outcome: str) -> bool:
    question = checked.truth.question
    agreeing = [one for one in checked.truth.alternatives if not one.differs & inputs]
    speak = [rules_that_speak(question, one.values, outcome) for one in agreeing]
    return all(speak) if rule is None else not any(rule in one for one in speak)


def check_speaking(checked: Checked, reason: Subset, outcome: str) -> None:
    found = speaking(checked.selectors, reason, outcome)
    (inputs,) = checked.sets(reason)
    agreeing = [one for one in checked.truth.alternatives if not one.differs & inputs]
    speak = [rules_that_speak(checked.truth.question, one.values, outcome) for one in agreeing]
    assert set(found.always) == set.intersection(*speak)
    if found.between:
        assert not found.always
        assert all(one & set(found.between) for one in speak)
        assert not any(all(one & set(found.between) - {spared} for one in speak) for spared in found.between)
    elif not found.always:
        assert not all(speak)


@given(small_questions(), st.booleans())
@random_cases
def test_ways_to_each_outcome_are_all_and_by_size(made: SmallQuestions, removable: bool) -> None:
    checked = Checked(made.case(), removable=removable)
    selectors = checked.selectors
    assert {
        one for one in OUTCOMES if CorrectionSets(selectors, [selectors.reached(one)]).differing(0) is not None
    } == (checked.possible())
    for outcome in OUTCOMES:
        ways = CorrectionSets(selectors, [selectors.reached(outcome)])
        found = []
        for size, (of_size, every) in enumerate(ways.by_size(1000)):
            assert every
            assert all(one.bit_count() == size for one in of_size)
            found += of_size
        assert ways.exhausted()
        assert len(found) == len(set(found))
        assert set(checked.sets(*found)) == checked.ways_to(outcome)


@given(small_questions())
@random_cases
def test_ways_where_something_stays_as_it_is(made: SmallQuestions) -> None:
    checked = Checked(made.case())
    selectors = checked.selectors
    assume(len(selectors.held) > 1)
    kept = selectors.all & 0x55555555
    (held,) = checked.sets(kept)
    for outcome in OUTCOMES:
        ways = CorrectionSets(selectors, [selectors.reached(outcome)], kept)
        found = [one for of_size, _ in ways.by_size(1000) for one in of_size]
        moved = {one.differs for one in checked.truth.alternatives if one.outcome == outcome and not one.differs & held}
        assert set(checked.sets(*found)) == smallest(moved)


@given(small_questions())
@random_cases
def test_every_reason_against_an_outcome_meets_every_way_to_it(made: SmallQuestions) -> None:
    checked = Checked(made.case())
    selectors = checked.selectors
    for outcome in [one for one in OUTCOMES if one not in checked.possible()]:
        ways = [
            one
            for of_size, _ in CorrectionSets(selectors, [selectors.reached(outcome)]).by_size(1000)
            for one in of_size
        ]
        found = found_reasons(CorrectionSets(selectors, [selectors.reached(outcome)]), weights(selectors), 1000)
        assert found.smallest
        assert all(reason & way for reason in found.smallest for way in ways)


@given(small_questions())
@random_cases
def test_few_ways_out_at_a_time_lead_to_the_same_reasons(made: SmallQuestions) -> None:
    """Where not all ways out are looked for at first, those that are needed are found one after the other."""
    checked = Checked(made.case())
    selectors = checked.selectors
    for outcome in [one for one in OUTCOMES if one not in checked.possible()]:
        whole = found_reasons(CorrectionSets(selectors, [selectors.reached(outcome)]), weights(selectors), 1000)
        before = reasons_module.MOST_WAYS_OUT
        try:
            reasons_module.MOST_WAYS_OUT = 1  # type: ignore[misc]
            step_by_step = found_reasons(
                CorrectionSets(selectors, [selectors.reached(outcome)]), weights(selectors), 1000
            )
        finally:
            reasons_module.MOST_WAYS_OUT = before  # type: ignore[misc]
        assert step_by_step.smallest == whole.smallest
        assert step_by_step.every


@given(small_questions())
@random_cases
def test_a_reason_stays_a_reason_when_more_is_known(made: SmallQuestions) -> None:
    """What settles the outcome settles it too where something that was open is known."""
    question, valuation = made.case()
    selectors = SelectorEncoding(question, valuation)
    possible = [one for one in OUTCOMES if CorrectionSets(selectors, [selectors.reached(one)]).differing(0) is not None]
    assume(len(possible) == 1 and selectors.open)
    found = found_reasons(CorrectionSets(selectors, [negated(selectors.reached(possible[0]))]), weights(selectors), 5)
    known = made.learned(valuation, made.random.choice(selectors.open))
    more = SelectorEncoding(question, known)
    assume(
        CorrectionSets(more, [more.reached(possible[0])]).differing(0) is not None
    )  # or it contradicts what is known
    for reason in found.smallest:
        held = more.subset(selectors.keys(reason))
        assert held.bit_count() == reason.bit_count()
        assert CorrectionSets(more, [negated(more.reached(possible[0]))]).refuting(more.all & ~held) is not None
